import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const database = { port: 55_432, user: 'bench' };
export const connectionString = `postgres://${database.user}@127.0.0.1:${database.port}/postgres`;

/** The folder of PostgreSQL's own programs, of the newest version there is. */
export function postgresPrograms() {
  const home = '/usr/lib/postgresql';
  const versions = existsSync(home) ? readdirSync(home).sort((a, b) => Number(b) - Number(a)) : [];
  return versions.map(version => join(home, version, 'bin')).find(bin => existsSync(join(bin, 'initdb')));
}

/** A cluster of its own, durable as PostgreSQL is by default: `fsync` and `synchronous_commit` on. */
export async function openPostgres(bin, folder) {
  mkdirSync(folder, { mode: 0o700 });
  // It refuses to run as root.
  const asRoot = process.getuid?.() === 0;
  const as = (program, args) =>
    asRoot ? ['runuser', ['-u', 'postgres', '--', join(bin, program), ...args]] : [join(bin, program), args];
  if (asRoot) {
    spawnSync('chown', ['postgres', folder]);
    spawnSync('chmod', ['755', join(folder, '..')]);
  }
  const made = spawnSync(
    ...as('initdb', ['-D', folder, '-U', database.user, '--auth=trust', '-E', 'UTF8', '--locale=C']),
  );
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr}`);
  const settings = [
    '-c',
    'listen_addresses=127.0.0.1',
    '-c',
    `unix_socket_directories=${folder}`,
    '-c',
    'max_connections=100',
  ];
  const child = spawn(...as('postgres', ['-D', folder, '-p', String(database.port), ...settings]), {
    stdio: 'ignore',
  });
  const isUp = () =>
    spawnSync(join(bin, 'pg_isready'), ['-h', '127.0.0.1', '-p', String(database.port)]).status === 0;
  for (let tries = 0; tries < 200 && !isUp(); tries++) await sleep(100);
  return {
    async close() {
      spawnSync(...as('pg_ctl', ['-D', folder, '-m', 'fast', '-w', 'stop']));
      if (child.exitCode === null) await new Promise(resolve => child.once('exit', resolve));
    },
  };
}
