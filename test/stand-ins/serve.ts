import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Asked = { method: string; url: URL; headers: IncomingHttpHeaders; body: Buffer };
export type Answer = { status: number; headers?: Record<string, string>; body?: string | Buffer };

/** A service of AWS as a small HTTP server on this machine. `fail` breaks the next requests before or after they took effect. */
export async function serve(answer: (asked: Asked) => Answer | Promise<Answer>) {
  const failing: ('before' | 'after' | Answer)[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const how = failing.shift();
    if (how === 'before') return void request.socket.destroy();
    const asked = {
      method: request.method ?? '',
      url: new URL(request.url ?? '/', 'http://stand-in'),
      headers: request.headers,
      body: Buffer.concat(chunks),
    };
    const { status, headers, body } = typeof how === 'object' ? how : await answer(asked);
    if (how === 'after') return void request.socket.destroy();
    response.writeHead(status, headers).end(body);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    fail: (...how: typeof failing) => void failing.push(...how),
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** What every client of a stand-in is made with. */
export const noAccount = {
  region: 'us-east-1',
  credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
};
