import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, startOn } from './ports.ts';

const program = ['/usr/bin/radicale', '/usr/local/bin/radicale'].find(existsSync);

export type Radicale = Awaited<ReturnType<typeof openRadicale>>;

/** A real Radicale on a free port, with one user and an empty calendar of theirs. */
export async function openRadicale() {
  if (!program) throw new Error('Radicale is missing: install the package radicale');
  const folder = mkdtempSync(join(tmpdir(), 'gangway-radicale-'));
  const port = await freePort();
  const [user, password] = ['joan', 'the calendar of the boats'];
  writeFileSync(join(folder, 'users'), `${user}:${password}\n`);
  writeFileSync(join(folder, 'config'), configuration(folder, port));
  const start = () => startOn(port, program, ['--config', join(folder, 'config')], () => 'Radicale ended');
  let stop = await start();
  const url = `http://127.0.0.1:${port}/${user}/charters/`;
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  const as = (method: string, name: string, init: { body?: string; headers?: Record<string, string> } = {}) =>
    fetch(`${url}${name}`, { method, ...init, headers: { authorization, ...init.headers } });
  const made = await as('MKCALENDAR', '');
  if (made.status !== 201) throw new Error(`Radicale made no calendar: ${made.status}`);

  return {
    url,
    user,
    password,
    /** What the calendar program of somebody else does. */
    as,
    entries: () => {
      const at = join(folder, 'collections', 'collection-root', user, 'charters');
      return readdirSync(at)
        .filter(name => name.endsWith('.ics'))
        .map(name => readFileSync(join(at, name), 'utf8').replace(/\r?\n[ \t]/g, ''));
    },
    stop: () => stop(),
    async startAgain() {
      stop = await start();
    },
    async close() {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const configuration = (folder: string, port: number) => `
[server]
hosts = 127.0.0.1:${port}
[auth]
type = htpasswd
htpasswd_filename = ${folder}/users
htpasswd_encryption = plain
delay = 0
[storage]
filesystem_folder = ${folder}/collections
[logging]
level = critical
`;
