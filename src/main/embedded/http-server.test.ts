import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { webhookRoutes } from '#intake/routes.ts';
import { jsonLimits } from '#lib/strict-json.ts';
import { problemResponse } from '#web/problem.ts';
import { type HttpServer, listen } from './http-server.ts';

let server: HttpServer | null = null;
afterEach(() => server?.stop(0));

/** The door for webhooks on a port of its own. */
async function open() {
  const app = webhookRoutes({
    sources: () => null,
    inbox: null as never,
    clock: null as never,
    count: () => {},
    answering: answer => answer(),
    onReceived: () => {},
  });
  app.onError((error, c) => problemResponse(c, error));
  server = await listen({ fetch: app.fetch as never, port: 0, address: '127.0.0.1' });
  return server.port;
}

/** Writes as a program does that reads only when it has sent all; what came back until the connection ended, and how it ended. */
const sent = (port: number, head: string, chunk: Buffer, times: number, end: string) =>
  new Promise<{ answer: string; reset: string | null }>(resolve => {
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    let reset: string | null = null;
    socket.setEncoding('latin1').on('data', text => {
      answer += text;
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      reset = error.code ?? 'error';
    });
    socket.on('close', () => resolve({ answer, reset }));
    socket.write(head);
    let left = times;
    const more = () => {
      while (left > 0 && !socket.destroyed) {
        left--;
        if (!socket.write(chunk)) return void socket.once('drain', more);
      }
      if (!socket.destroyed) socket.write(end);
    };
    more();
  });

const kilobytes = (count: number) => Buffer.alloc(count * 1024, 0x20);
const post = (more: string) =>
  ['POST /webhooks/boatsetter HTTP/1.1', 'Host: here', 'Content-Type: application/json', more, '', ''].join(
    '\r\n',
  );

describe('a webhook that is too large', () => {
  it.each([
    ['with its length', post(`Content-Length: ${64 * 64 * 1024}`), kilobytes(64)],
    [
      'in chunks',
      post('Transfer-Encoding: chunked'),
      Buffer.concat([Buffer.from('10000\r\n'), kilobytes(64), Buffer.from('\r\n')]),
    ],
  ])('%s is refused in words, not by a reset, and ends the connection', async (_how, head, piece) => {
    const end = head.includes('chunked') ? '0\r\n\r\n' : '';
    const { answer, reset } = await sent(await open(), head, piece, 64, end);
    const [said = '', body = ''] = answer.split('\r\n\r\n');
    expect(reset).toBeNull();
    expect(said).toMatch(/^HTTP\/1\.1 413 /);
    expect(said).toMatch(/^content-type: application\/problem\+json$/im);
    expect(said.match(/^connection: .*$/gim)).toEqual([expect.stringMatching(/^connection: close$/i)]);
    expect(JSON.parse(body)).toMatchObject({ code: 'body-too-large', limit: jsonLimits.bytes });
  });

  it('without end is not listened to for ever', async () => {
    const { answer } = await sent(
      await open(),
      post('Transfer-Encoding: chunked'),
      Buffer.from(`${'10000\r\n'.padEnd(65_543, ' ')}\r\n`),
      100_000,
      '',
    );
    expect(answer === '' || answer.startsWith('HTTP/1.1 413 ')).toBe(true);
  });

  it('gets its answer also where the sender falls silent', async () => {
    const { answer } = await sent(
      await open(),
      post(`Content-Length: ${64 * 64 * 1024}`),
      kilobytes(64),
      1,
      '',
    );
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  });
});
