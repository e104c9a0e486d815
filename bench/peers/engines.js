import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { perSecond, spread } from '../figures.js';
import { freshFolder } from '../gangway.js';
import { installed } from './installed.js';
import { openPostgres, postgresPrograms } from './postgres.js';
import { bullmq, dbos, graphile, pgBoss } from './queues.js';
import { hasRedis, openRedis } from './redis.js';
import { openRestate, restate } from './restate.js';

const onPostgres = { '@dbos-inc/dbos-sdk': '5.3.0', 'pg-boss': '12.30.0', 'graphile-worker': '0.18.0' };
const onRedis = { bullmq: '6.7.0', ioredis: '5.11.1' };
const onRestate = { '@restatedev/restate-sdk': '1.17.2', '@restatedev/restate-server': '1.7.12' };

/**
 * The same chain of eight empty steps as others keep it: a workflow engine and two job queues on PostgreSQL, a job queue
 * on Redis, Restate on its own server. Every step is on disk before the next begins, in servers that are made for this
 * and thrown away after it.
 */
export async function engines({ row, saw }, { many, count }) {
  const measure = async (dependencies, queues, open) => {
    const names = Object.keys(queues);
    const leftOut = cause => {
      for (const name of names) row(name, 'left out', cause);
    };
    if (typeof open === 'string') return leftOut(open);
    const { folder, cause } = installed(folderFor(dependencies), { dependencies });
    if (!folder) return leftOut(cause);
    const load = name =>
      import(pathToFileURL(createRequire(join(folder, 'package.json')).resolve(name)).href);
    const server = await open(folder);
    try {
      for (const [name, openQueue] of Object.entries(queues)) {
        const queue = await openQueue(await load(name));
        const { rate, times } = await drive(queue, many, count);
        saw(name, { rate });
        const what = `${name} ${dependencies[name]}, eight steps in a row, ${many} in flight`;
        row(what, perSecond(rate), spread(times));
        await queue.close();
      }
    } catch (error) {
      leftOut(error.message.split('\n')[0].replaceAll('|', ' ').slice(0, 200));
    } finally {
      await server.close();
    }
  };

  const place = join(freshFolder(), 'data');
  const postgres = postgresPrograms();
  await measure(
    onPostgres,
    { '@dbos-inc/dbos-sdk': dbos, 'pg-boss': pgBoss, 'graphile-worker': graphile },
    postgres
      ? () => openPostgres(postgres, place)
      : 'no PostgreSQL on this machine; on Debian: apt-get install postgresql',
  );
  await measure(onRestate, { '@restatedev/restate-sdk': restate }, folder =>
    openRestate(folder, freshFolder()),
  );
  await measure(
    onRedis,
    { bullmq },
    hasRedis()
      ? () => openRedis(join(freshFolder(), 'redis'))
      : 'no redis-server on this machine; on Debian: apt-get install redis-server',
  );
}

const folderFor = dependencies =>
  Object.entries(dependencies)
    .map(([name, version]) => `${name.replace(/.*\//, '')}-${version}`)
    .join('_');

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
