import type { Workflow, WorkflowName } from '#durable/durable.ts';
import { openEngine } from '#durable/engine.ts';
import { type Fulfilment, fulfilBooking, withCalendarServers } from '#fulfilment/fulfil-booking.ts';
import { keepBooks } from '#fulfilment/keep-books.ts';
import type { Fared } from '#fulfilment/steps.ts';
import { settableClock } from '#lib/clock.ts';
import { seededRandom } from '#lib/random.ts';
import { silentLog } from '#platform/log.ts';
import { openSqlite, type Sqlite } from '#platform/sqlite.ts';

/** How each try at something ends, the last for all that follow: what is not listed is stated at once. */
export type Script = Readonly<Record<string, readonly (Fared | 'throws')[]>>;

/** The rows of one execution as the engine stored them. */
export type Stored = {
  readonly workflow: WorkflowName;
  readonly input: string;
  readonly result: string | null;
  readonly status: string;
  readonly journal: readonly { readonly outside: number; readonly entries: string }[];
};

export type Golden = { readonly what: string; readonly script: Script } & Stored;

/** Far ahead of any machine's clock, which the durable SDK compares with. */
const beginning = '2041-05-01T19:00:00Z';

/** What a workflow asks for, by the words it asks with; tells how often each was asked. */
function scripted(script: Script, triedBefore: ReadonlyMap<string, number>) {
  const asked = new Map<string, number>();
  const ask = async (what: string): Promise<Fared> => {
    const tries = (asked.get(what) ?? 0) + 1;
    asked.set(what, tries);
    const ends = script[what] ?? ['stated'];
    const end = ends[Math.min((triedBefore.get(what) ?? 0) + tries, ends.length) - 1];
    if (end === 'throws' || end === undefined) throw new Error('crew-unknown');
    return end;
  };
  const toEverybody: Fulfilment = {
    say: surface => ask(surface),
    setAgenda: () => ask('agenda'),
    openBooks: () => ask('books'),
    report: async () => void (await ask('report')),
  };
  const workflows: Readonly<Record<WorkflowName, Workflow>> = {
    'fulfil-booking@1': fulfilBooking(toEverybody),
    'fulfil-booking@2': fulfilBooking(toEverybody, withCalendarServers),
    'keep-books@1': keepBooks({
      say: surface => ask(surface),
      report: async () => void (await ask('report')),
    }),
  };
  return { workflows, asked };
}

export const workflowNames = Object.keys(scripted({}, new Map()).workflows) as WorkflowName[];

/** Runs an execution to its end, on an engine that finds `from` of it on its disk, and returns what is stored then. */
export async function tell(
  it: Pick<Golden, 'workflow' | 'input' | 'script'>,
  from: Stored['journal'] = [],
  triedBefore: ReadonlyMap<string, number> = new Map(),
): Promise<Stored & { readonly asked: ReadonlyMap<string, number> }> {
  const db = openSqlite(':memory:');
  const clock = settableClock(beginning);
  const { workflows, asked } = scripted(it.script, triedBefore);
  await layDown(db, it, from);
  const engine = openEngine({
    db,
    workflows,
    clock,
    random: seededRandom('golden'),
    log: silentLog,
  });
  for (let rounds = 0; rounds < 100; rounds++) {
    await engine.idle();
    const execution = await engine.describe(it.workflow, 'golden');
    if (execution?.endedAt) break;
    clock.advance(Math.max(1, (clock.nextDue() ?? clock.now()) - clock.now()));
  }
  const row = db.get<Omit<Stored, 'journal'>>('SELECT workflow, input, result, status FROM executions');
  const journal = db.all<Stored['journal'][number]>('SELECT outside, entries FROM journal ORDER BY id');
  await engine.close();
  db.close();
  if (!row) throw new Error('the execution is gone');
  return { ...row, journal, asked };
}

/** What a process that was killed in the middle leaves: the execution under way, and the journal up to there. */
async function layDown(
  db: Sqlite,
  { workflow, input }: Pick<Golden, 'workflow' | 'input'>,
  from: Stored['journal'],
): Promise<void> {
  const nothing = openEngine({
    db,
    workflows: {},
    clock: settableClock(beginning),
    random: seededRandom('golden'),
    log: silentLog,
  });
  await nothing.close();
  await db.write(tx => {
    tx.run(
      "INSERT INTO executions (workflow, name, status, input, startedAt) VALUES (?, 'golden', 'ACTIVE', ?, ?)",
      workflow,
      input,
      Date.parse(beginning),
    );
    for (const { outside, entries } of from)
      tx.run('INSERT INTO journal (execution, outside, entries) VALUES (1, ?, ?)', outside, entries);
  });
}
