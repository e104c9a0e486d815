import { spawn } from 'node:child_process';
import { type AddressInfo, connect, createServer } from 'node:net';

/** A port of this machine that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise(resolve => server.close(resolve));
  return port;
}

/** Tries until somebody listens. */
async function answers(port: number): Promise<void> {
  for (;;) {
    const isThere = await new Promise<boolean>(resolve => {
      const socket = connect(port, '127.0.0.1');
      socket.on('connect', () => resolve(true)).on('error', () => resolve(false));
      socket.on('connect', () => socket.destroy());
    });
    if (isThere) return;
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}

/**
 * Starts a server that listens on `port`, and resolves to what stops it. Throws `why` it ended, where it did before
 * anybody could reach it, given what it said on standard error.
 */
export async function startOn(
  port: number,
  program: string,
  args: readonly string[],
  why: (said: string) => string,
): Promise<() => Promise<void>> {
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', chunk => {
    said += chunk;
  });
  const ended = new Promise<void>(resolve => child.on('close', () => resolve()));
  const died = ended.then(() => {
    throw new Error(why(said));
  });
  died.catch(() => {});
  await Promise.race([answers(port), died]);
  return async () => {
    child.kill('SIGTERM');
    await ended;
  };
}
