import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { seededRandom } from '#lib/random.ts';
import { openSqlite } from '#platform/sqlite.ts';
import { temporaryFolder } from '#platform/temporary-folder.testing.ts';

const victim = fileURLToPath(new URL('./victim.ts', import.meta.url));
const kills = Number(process.env.GANGWAY_KILLS ?? 12);
const seed = process.env.GANGWAY_SEED ?? 'kill';
const executions = 8 * kills;
const live = 32;
/** Steps of one execution that may be under way at the same time. */
const beside = 3;

/** Name, attempt, and when its turn comes: once a step of a later turn has begun, all earlier ones are recorded. */
const steps = [
  ['first', 1, 0],
  ['left', 1, 1],
  ['right', 1, 1],
  ['again', 1, 1],
  ['again', 2, 1],
  ['inside', 1, 2],
  ['inner', 1, 3],
  ['last', 1, 4],
] as const;
const turns = new Map<string, number>(steps.map(([step, , turn]) => [step, turn]));

async function born(folder: string, generation: number) {
  const child = spawn(process.execPath, [victim, folder, String(generation), String(executions)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = once(child, 'exit');
  await once(child.stdout, 'data');
  return { child, exit };
}

it(`loses nothing to ${kills} kills, and repeats only what was under way`, {
  timeout: 30_000 + kills * 5_000,
}, async () => {
  const folder = temporaryFolder('kill');
  const random = seededRandom(seed);
  for (let generation = 0; generation < kills; generation++) {
    const { child, exit } = await born(folder, generation);
    const [byte = 0] = random.bytes(1, 'when to kill');
    await new Promise(resolve => setTimeout(resolve, 20 + byte));
    child.kill('SIGKILL');
    await exit;
  }
  const { exit } = await born(folder, kills);
  expect(await exit).toEqual([0, null]);

  const ran = new Map<string, string[]>();
  const reached = new Map<string, number>();
  const afterRecorded: string[] = [];
  for (const line of readFileSync(join(folder, 'effects.txt'), 'utf8').trim().split('\n')) {
    const [n = '', step = '', attempt, generation = ''] = line.split(' ');
    const turn = turns.get(step) ?? -1;
    if (turn < (reached.get(n) ?? 0)) afterRecorded.push(line);
    reached.set(n, turn);
    const key = `${n} ${step} ${attempt}`;
    ran.set(key, [...(ran.get(key) ?? []), generation]);
  }
  const expected = Array.from({ length: executions }, (_, n) =>
    steps.map(([step, attempt]) => `${n} ${step} ${attempt}`),
  ).flat();
  expect([...ran.keys()].sort()).toEqual(expected.sort());

  expect(afterRecorded).toEqual([]);
  const twiceInOneLife = [...ran].filter(([, lives]) => new Set(lives).size < lives.length);
  expect(twiceInOneLife).toEqual([]);
  const repeated = [...ran.values()].reduce((sum, lives) => sum + lives.length - 1, 0);
  expect(repeated).toBeLessThanOrEqual(kills * live * beside);

  const db = openSqlite(join(folder, 'durable.db'));
  expect(db.get('PRAGMA integrity_check')).toEqual({ integrity_check: 'ok' });
  const told = db.all<{ result: string }>("SELECT result FROM executions WHERE workflow = 'story@1'");
  expect(told.map(({ result }) => result)).toEqual(Array(executions).fill('"answered inner"'));
  db.close();
});
