// A process that is there to be killed. Runs executions whose steps leave a line in a file each, answers their callbacks as a
// persistent client would (again after every restart, until it is told that it is done), and ends when all have ended.
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Run } from '#durable/durable.ts';
import { openEngine } from '#durable/engine.ts';
import { systemClock } from '#lib/clock.ts';
import { systemRandom } from '#lib/random.ts';
import { silentLog } from '#platform/log.ts';
import { openSqlite } from '#platform/sqlite.ts';

const [folder = '.', generation = '0', count = '100'] = process.argv.slice(2);
const effects = `${folder}/effects.txt`;
const asked = `${folder}/asked.txt`;

type Input = { readonly n: number };

/** A step that leaves a line; `fails` makes its first attempt fail. */
const leave = (run: Run, n: number, name: string, fails = false) =>
  run.step(
    name,
    async ({ attempt }) => {
      if (n % 3 === 0) await sleep(n % 7);
      appendFileSync(effects, `${n} ${name} ${attempt} ${generation}\n`);
      if (fails && attempt === 1) throw new Error('the first attempt fails');
      return name;
    },
    { retryStrategy: (_error, made) => ({ shouldRetry: made < 2, delay: { seconds: 1 } }) },
  );

const story = async ({ n }: Input, run: Run) => {
  await leave(run, n, 'first');
  await Promise.all([leave(run, n, 'left'), leave(run, n, 'right'), leave(run, n, 'again', true)]);
  await run.runInChildContext('inside', async child => {
    await leave(child, n, 'inside');
    await child.wait('pause', { seconds: 1 });
  });
  const answer = await run.waitForCallback('ask', async id => {
    appendFileSync(asked, `${id}\n`);
    answerLater(id);
  });
  const inner = await run.invoke<Input, string>('invoke', 'inner@1', { n });
  await leave(run, n, 'last');
  return `${answer} ${inner}`;
};

const engine = openEngine({
  db: openSqlite(`${folder}/durable.db`),
  clock: systemClock,
  random: systemRandom,
  log: silentLog,
  live: 32,
  workflows: {
    'story@1': story,
    'inner@1': async ({ n }: Input, run: Run) => leave(run, n, 'inner'),
  },
});

function answerLater(id: string): void {
  setImmediate(() => {
    engine.completeCallback(id, 'answered').catch((error: { code?: string }) => {
      // Handed out by a step that was killed before it was recorded, or answered before.
      if (error.code !== 'callback-closed' && error.code !== 'callback-unknown') throw error;
    });
  });
}

process.stdout.write('ready\n');
if (existsSync(asked)) for (const id of readFileSync(asked, 'utf8').split('\n')) if (id) answerLater(id);
const all = Array.from({ length: Number(count) }, (_, n) => n);
await Promise.all(all.map(n => engine.start('story@1', `e${n}`, { n })));
for (;;) {
  await engine.idle();
  const told = await engine.list({ workflow: 'story@1', limit: 10_000 });
  if (told.every(({ status }) => status === 'SUCCEEDED')) break;
  if (told.some(({ status }) => status === 'FAILED'))
    throw new Error(JSON.stringify(told.find(e => e.error)));
  await sleep(50);
}
await engine.close();
process.stdout.write('done\n');
process.exit(0);
