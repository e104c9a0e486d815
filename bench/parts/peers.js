import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { perSecond, spread } from '../figures.js';
import { freshFolder } from '../gangway.js';
import { bullmq, dbos, graphile, pgBoss } from './peer-queues.js';
import { openPostgres, postgresPrograms } from './postgres.js';
import { hasRedis, openRedis } from './redis.js';

const wanted = {
  '@dbos-inc/dbos-sdk': '5.3.0',
  'pg-boss': '12.30.0',
  'graphile-worker': '0.18.0',
  bullmq: '6.7.0',
  // bullmq's way to Redis, which it leaves to whoever uses it.
  ioredis: '5.11.1',
};

/**
 * The same chain of eight empty steps as others keep it: a workflow engine and two job queues on PostgreSQL, a job queue
 * on Redis. Every step is on disk before the next begins, in servers that are made for this and thrown away after it.
 */
export async function peers({ row }, { many, count }) {
  const folder = freshFolder();
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies: wanted }));
  const installed = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts'], {
    cwd: folder,
  });
  if (installed.status !== 0) return row('peers', 'left out', 'npm could not install them');
  const load = name => import(pathToFileURL(createRequire(join(folder, 'package.json')).resolve(name)).href);
  const measure = async (server, queues) => {
    try {
      for (const [name, open] of Object.entries(queues)) {
        const queue = await open(await load(name));
        const { rate, times } = await drive(queue, many, count);
        row(
          `${name} ${wanted[name]}, eight steps in a row, ${many} in flight`,
          perSecond(rate),
          spread(times),
        );
        await queue.close();
      }
    } finally {
      await server.close();
    }
  };

  const postgres = postgresPrograms();
  if (postgres) {
    const queues = { '@dbos-inc/dbos-sdk': dbos, 'pg-boss': pgBoss, 'graphile-worker': graphile };
    await measure(await openPostgres(postgres, join(folder, 'postgres')), queues);
  } else row('peers on PostgreSQL', 'left out', 'no PostgreSQL on this machine');
  if (hasRedis()) await measure(await openRedis(join(folder, 'redis')), { bullmq });
  else row('bullmq', 'left out', 'no redis-server on this machine');
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
