import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type HttpServer, listen, type Patience } from '#main/embedded/http-server.ts';
import { openWorld, type World } from '../world.ts';

/** The ways of slowhttptest: say nothing, dribble headers, dribble a body, ask and never read. */
const ways = {
  'says nothing': () => '',
  'never ends its headers': () => 'GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-A: 1\r\n',
  'never ends its body': () =>
    'POST /webhooks/boatsetter HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{',
  'never reads': () => 'GET /docs HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(20),
} as const;

const sockets: Socket[] = [];

/** A connection that dribbles on for as long as it is let; resolves when the other side has cut it off. */
function slow(port: number, way: keyof typeof ways): Promise<void> {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1');
    sockets.push(socket);
    socket.pause();
    socket.on('connect', () => socket.write(ways[way]()));
    const dribble = setInterval(
      () => socket.write(way === 'never ends its headers' ? 'X-B: 2\r\n' : 'x'),
      50,
    );
    if (way !== 'never ends its headers' && way !== 'never ends its body') clearInterval(dribble);
    // Whoever was cut off learns of it by reading; nothing was to be read until then.
    if (way !== 'never reads') socket.resume();
    socket.on('error', () => {});
    socket.on('close', () => {
      clearInterval(dribble);
      resolve();
    });
  });
}

const impatient: Patience = { headers: 1_000, request: 2_000, idle: 500, connections: 2_000 };

describe('connections that are slow on purpose', () => {
  let world: World | undefined;
  let server: HttpServer | undefined;
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    await server?.stop(0);
    await world?.close();
    [world, server] = [undefined, undefined];
  });

  const serving = async (patience?: Patience) => {
    const it = await openWorld();
    world = it;
    server = await listen({
      fetch: (request, env) => it.app().fetch(request, env),
      port: 0,
      address: '127.0.0.1',
      ...(patience ? { patience } : {}),
    });
    return server.port;
  };
  const probe = (port: number) =>
    fetch(`http://127.0.0.1:${port}/healthz`, { headers: { connection: 'close' } });

  it('keep nobody else waiting, a thousand of them, and those that send are cut off', {
    timeout: 120_000,
  }, async () => {
    const port = await serving(impatient);
    const cut = (['says nothing', 'never ends its headers', 'never ends its body'] as const).flatMap(way =>
      Array.from({ length: 250 }, () => slow(port, way)),
    );
    for (let n = 0; n < 250; n++) void slow(port, 'never reads');
    for (let n = 0; n < 50; n++) expect((await probe(port)).status).toBe(200);
    await Promise.all(cut);
    expect((await probe(port)).status).toBe(200);
  });

  it('are cut off by the server as it is started, too', { timeout: 120_000 }, async () => {
    const port = await serving();
    await Promise.all([slow(port, 'says nothing'), slow(port, 'never ends its headers')]);
    expect((await probe(port)).status).toBe(200);
  });

  it('beyond the bound are not taken on, and make place again', { timeout: 60_000 }, async () => {
    const port = await serving({ ...impatient, headers: 30_000, request: 60_000, connections: 100 });
    const held = Array.from({ length: 100 }, () => connect(port, '127.0.0.1'));
    sockets.push(...held);
    await Promise.all(held.map(socket => new Promise(resolve => socket.once('connect', resolve))));
    await expect(probe(port)).rejects.toThrow();
    const gone = held.map(socket => new Promise(resolve => socket.once('close', resolve)));
    for (const socket of held) socket.destroy();
    await Promise.all(gone);
    await expect
      .poll(
        () =>
          probe(port).then(
            ({ status }) => status,
            () => 0,
          ),
        { timeout: 30_000 },
      )
      .toBe(200);
  });
});
