import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { perSecond, spread } from '../figures.js';
import { freshFolder } from '../gangway.js';

const wanted = { 'pg-boss': '12.30.0', 'graphile-worker': '0.18.0' };
const database = { port: 55_432, user: 'bench' };
const connectionString = `postgres://${database.user}@127.0.0.1:${database.port}/postgres`;

/**
 * The same chain of eight empty steps as job queues keep it: each step a job that puts the next in the queue. Durable as
 * PostgreSQL is by default (`fsync` and `synchronous_commit` on), in a cluster made for this and thrown away after it.
 */
export async function peers({ row }, { many, count }) {
  const postgres = programs();
  if (!postgres) return row('peers', 'left out', 'no PostgreSQL on this machine');
  const folder = freshFolder();
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies: wanted }));
  const installed = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts'], {
    cwd: folder,
  });
  if (installed.status !== 0) return row('peers', 'left out', 'npm could not install them');
  const load = name => import(pathToFileURL(createRequire(join(folder, 'package.json')).resolve(name)).href);
  const cluster = await openPostgres(postgres, join(folder, 'postgres'));
  try {
    for (const [name, open] of Object.entries({ 'pg-boss': pgBoss, 'graphile-worker': graphile })) {
      const queue = await open(await load(name));
      const { rate, times } = await drive(queue, many, count);
      row(`${name} ${wanted[name]}, eight jobs in a row, ${many} in flight`, perSecond(rate), spread(times));
      await queue.close();
    }
  } finally {
    await cluster.close();
  }
}

async function drive(queue, many, count) {
  const ended = new Map();
  queue.onEnd(id => ended.get(id)?.());
  let serial = 0;
  const times = [];
  const run = async left => {
    const lane = async () => {
      while (left-- > 0) {
        const id = ++serial;
        const begin = performance.now();
        const end = new Promise(resolve => ended.set(id, resolve));
        await queue.put({ id, step: 1 });
        await end;
        ended.delete(id);
        times.push(performance.now() - begin);
      }
    };
    await Promise.all(Array.from({ length: many }, lane));
  };
  await run(many);
  times.length = 0;
  const begin = performance.now();
  await run(count);
  return { rate: count / ((performance.now() - begin) / 1000), times };
}

async function pgBoss({ PgBoss }) {
  const boss = new PgBoss({ connectionString, max: 20, useListenNotify: true });
  boss.on('error', error => console.error('pg-boss:', error.message));
  await boss.start();
  await boss.createQueue('step', { notify: true });
  let end = () => {};
  const put = job => boss.send('step', job);
  await boss.work('step', { localConcurrency: 8, batchSize: 8, burstWhenBatchFull: true }, async jobs => {
    for (const { data } of jobs) await (data.step < 8 ? put({ ...data, step: data.step + 1 }) : end(data.id));
  });
  return { put, onEnd: told => (end = told), close: () => boss.stop({ graceful: false }) };
}

async function graphile({ run, Logger }) {
  let end = () => {};
  const step = async (job, { addJob }) => {
    if (job.step < 8) await addJob('step', { ...job, step: job.step + 1 });
    else end(job.id);
  };
  const runner = await run({
    connectionString,
    taskList: { step },
    logger: new Logger(() => () => {}),
    preset: { worker: { concurrentJobs: 16, maxPoolSize: 20, pollInterval: 1000 } },
  });
  return { put: job => runner.addJob('step', job), onEnd: told => (end = told), close: () => runner.stop() };
}

/** The folder of PostgreSQL's own programs, of the newest version there is. */
function programs() {
  const home = '/usr/lib/postgresql';
  const versions = existsSync(home) ? readdirSync(home).sort((a, b) => Number(b) - Number(a)) : [];
  return versions.map(version => join(home, version, 'bin')).find(bin => existsSync(join(bin, 'initdb')));
}

async function openPostgres(bin, folder) {
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
