import { expect, it } from 'vitest';
import { openSqlite, type Sqlite } from '#platform/sqlite.ts';
import type { Run } from './durable.ts';
import type { EngineOptions } from './engine.ts';
import { engineWorld, gate } from './engine-world.ts';
import { held, update } from './held.fixture.ts';

/** A database that notes of every write whether it waits for the disk, or only until no crash can undo it. */
function listening() {
  const db = openSqlite(':memory:');
  const waits: ('disk' | 'crash')[] = [];
  const noting: Sqlite = {
    ...db,
    write(work) {
      waits.push('disk');
      return db.write(work);
    },
    writeSoon(work) {
      waits.push('crash');
      return db.writeSoon(work);
    },
    relaxed: () => ({ ...noting, write: noting.writeSoon }),
  };
  return { db: noting, waits };
}

const [disk, crash] = ['disk', 'crash'] as const;

it.each<[EngineOptions['powerFailureKeeps'], string, readonly string[]]>([
  ['every step', 'the start, what each step came to, and the end', Array(4).fill(disk)],
  [undefined, 'the same, where nothing else is asked for', Array(4).fill(disk)],
  [
    'start and end',
    'the start and the end; a step waits until no crash undoes it',
    [disk, crash, crash, disk],
  ],
  ['nothing', 'nothing: not even a start waits for the disk', [crash, crash, crash, crash]],
])('what a power failure keeps (%s): %s', async (powerFailureKeeps, _, expected) => {
  const { db, waits } = listening();
  const { engine } = engineWorld(
    {
      'two@1': async (_: object, run: Run) => {
        const one = await run.step('one', async () => 1);
        return one + (await run.step('two', async () => 2));
      },
    },
    { db, ...(powerFailureKeeps && { powerFailureKeeps }) },
  );
  await engine.start('two@1', 'a', {});
  await engine.idle();
  expect(await engine.describe('two@1', 'a')).toMatchObject({ status: 'SUCCEEDED', result: 3 });
  expect(waits).toEqual(expected);
});

const wait = update('w', 'WAIT', 'START', { WaitOptions: { WaitSeconds: 5 } });

it.each([
  ['that a step begins', [update('s', 'STEP', 'START')], []],
  ['what a step came to', [update('s', 'STEP', 'SUCCEED')], [crash]],
  ['that a branch begins', [update('b', 'CONTEXT', 'START')], [crash]],
  [
    'a step that begins beside one that has ended',
    [update('s', 'STEP', 'START'), update('t', 'STEP', 'SUCCEED')],
    [crash],
  ],
  ['a wait', [wait], [disk]],
  ['a callback', [update('c', 'CALLBACK', 'START')], [disk]],
  ['a wait beside a step', [update('s', 'STEP', 'SUCCEED'), wait], [disk]],
  ['a poll that brings nothing', [], []],
])('where steps may run again, %s waits for no more than it has to', async (_, updates, expected) => {
  const { db, waits } = listening();
  const { invoke, write } = await held({ stepsMayRerun: true, db });
  const { token } = invoke();
  waits.length = 0;
  await write(token, ...updates);
  expect(waits).toEqual(expected);
});

it('a poll that brings nothing waits for nothing where every step counts either', async () => {
  const { db, waits } = listening();
  const { invoke, write } = await held({ db });
  const { token } = invoke();
  waits.length = 0;
  const { CheckpointToken } = await write(token);
  expect(waits).toEqual([]);
  await write(CheckpointToken, update('s', 'STEP', 'START'));
  expect(waits).toEqual([disk]);
});

it('a branch is in the journal before anything in it begins, a step in it is not', async () => {
  const { invoke, write, journalled } = await held({ stepsMayRerun: true });
  const { token } = invoke();
  const { CheckpointToken } = await write(token, update('b', 'CONTEXT', 'START'));
  await write(CheckpointToken, update('s', 'STEP', 'START', { ParentId: 'b' }));
  expect(journalled().map(({ operation }) => operation.Id)).toEqual(['b']);
});

it.each([
  ['every step', ['STARTED']],
  ['start and end', []],
  ['nothing', []],
] as const)(
  'a step that begins beside a wait is in the journal where a power failure keeps %s: %j',
  async (powerFailureKeeps, expected) => {
    const committed = gate();
    const work = gate();
    const { engine, db } = engineWorld(
      {
        'both@1': (_: object, run: Run) =>
          Promise.all([
            run.wait({ seconds: 5 }),
            run.step('work', () => work.promise),
            run.step('done', async () => 1).then(() => committed.resolve()),
          ]),
      },
      { powerFailureKeeps },
    );
    await engine.start('both@1', 'a', {});
    await committed.promise;
    const steps = db
      .all<{ status: string }>(
        `SELECT value ->> '$.operation.Status' AS status FROM journal, json_each(entries)
         WHERE value ->> '$.operation.Name' = 'work'`,
      )
      .map(({ status }) => status);
    expect(steps).toEqual(expected);
    work.resolve();
    await engine.close();
  },
);
