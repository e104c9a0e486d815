import { settableClock } from '#lib/clock.ts';
import { seededRandom } from '#lib/random.ts';
import { silentLog } from '#platform/log.ts';
import type { Proven, Violation } from '../prove.ts';
import { inSlices } from '../slices.ts';
import { counter } from './counter.ts';
import { orderFaults } from './counter-check.ts';
import { layTables } from './counter-story.ts';
import { lookAt } from './histories.ts';
import { beginning, type History, type Statement } from './history.ts';
import type { Fate } from './life.ts';
import { firstDifference, rowsOf } from './money.ts';
import { mortal } from './mortal.ts';
import { longest, messagesOf, sequenceAt, sequences, shortFirst, wordsOf } from './orders.ts';
import { type Disks, disks } from './story.ts';

/** F10, all of it: every sequence up to length six over six kinds of message, to the state that the set of them implies. */
export const everyOrder = inSlices({
  name: 'orders',
  promise:
    'In whatever order and however often messages come: bookings and books are what the set of them says.',
  unit: 'sequences at the counter',
  gate: sequences,
  full: sequences,
  chunk: 1_555,
  slice: (from, to) => walk(from, to, sequenceAt),
});

/** Sequences up to one message less than the longest, and up to two less. */
const upToFive = sequences - 6 ** longest;
const upToFour = upToFive - 6 ** (longest - 1);

/** The same with the process dying at every edge, and starting again. */
export const everyOrderCut = inSlices({
  name: 'orders-cut',
  promise: 'The same, row for row, where the process dies before or after any write of any message.',
  unit: 'sequences at the counter',
  gate: upToFive,
  full: sequences,
  chunk: 259,
  slice: (from, to) => walk(from, to, shortFirst, true),
});

/** The same told to the whole program, to the last letter. */
export const everyOrderWhole = inSlices({
  name: 'orders-whole',
  promise:
    'In whatever order messages come, every surface, letter and ledger says what the set of them says.',
  unit: 'sequences told to the whole program',
  gate: upToFour,
  full: upToFive,
  chunk: 20,
  slice: (from, to) => whole(from, to),
});

let ofTheCounter: Disks | null = null;
let ofTheProgram: Disks | null = null;

/** Ways in which a process ends at a write. */
const ends: readonly Fate[] = ['crash before', 'crash after', 'power after'];

/** Read a second time, a message has changed nothing, and its delivery says so. */
const remark = /(?<=\{)\\"kind\\":\\"[a-z]+\\",/;

/**
 * Goes from sequence to sequence. What two of them begin with is told once: it is marked, and gone back to. With `cut`,
 * the last message of each is also told with the process dying at each of its writes, which has to leave the same rows as
 * if nothing had happened; so whatever comes after is shown by the sequences that go on from there.
 */
export async function walk(
  from: number,
  to: number,
  nth: (index: number) => number[],
  cut = false,
): Promise<Proven> {
  ofTheCounter ??= disks();
  const on = ofTheCounter;
  for (const each of [on.open, on.money]) each.wipe();
  layTables(on);
  const violations: Violation[] = [];
  const path: number[] = [];
  let cuts = 0;

  const mark = () => {
    on.open.mark();
    on.money.mark();
  };
  const back = () => {
    on.open.back();
    on.money.back();
  };

  const tell = async (statement: Statement, depth: number, end?: { nth: number; how: Fate }) => {
    let writes = 0;
    let isHeard = false;
    const processOf = (end?: { nth: number; how: Fate }) => {
      const life = mortal(() => (writes++ === end?.nth ? end.how : 'go'), {
        onEnd: how => {
          if (how !== 'power after') return;
          for (const each of [on.open, on.money]) each.losePower(1);
        },
      });
      const clock = settableClock(beginning + depth * 60_000);
      const random = seededRandom(`message ${depth}`);
      const [open, money] = [on.open.heldBy(life), on.money.heldBy(life)];
      return {
        life,
        desk: counter({ open, money, clock, random, log: silentLog }),
      };
    };
    const first = processOf(end);
    const told = (async () => {
      await first.desk.knock(statement);
      isHeard = true;
      await first.desk.still();
    })();
    await Promise.race([told, first.life.over]);
    if (!first.life.isOver()) return writes;
    const second = processOf();
    await second.desk.doDue();
    if (!isHeard) await second.desk.knock(statement);
    await second.desk.still();
    return writes;
  };

  const rows = () => [...rowsOf(on, 'open'), ...rowsOf(on, 'money')].map(row => row.replace(remark, ''));

  const cutUp = async (statement: Statement, depth: number): Promise<string[]> => {
    mark();
    const writes = await tell(statement, depth);
    const wanted = rows();
    back();
    const wrong: string[] = [];
    for (let at = 0; at < writes; at++) {
      for (const how of ends) {
        mark();
        await tell(statement, depth, { nth: at, how });
        cuts++;
        const different = firstDifference(wanted, rows());
        back();
        if (different) wrong.push(`I2 ${how} write ${at} of the last one leaves other rows: ${different}`);
      }
    }
    return wrong;
  };

  for (let seed = from; seed < to; seed++) {
    const sequence = nth(seed % sequences);
    const statements = messagesOf(sequence);
    const shared = sequence.findIndex((kind, place) => kind !== path[place] || place === sequence.length - 1);
    while (path.length > shared) {
      back();
      path.pop();
    }
    const wrong: string[] = [];
    for (let depth = shared; depth < sequence.length; depth++) {
      const statement = statements[depth] as Statement;
      if (cut && depth === sequence.length - 1) wrong.push(...(await cutUp(statement, depth)));
      mark();
      await tell(statement, depth);
      path.push(sequence[depth] as number);
    }
    wrong.push(
      ...orderFaults({
        history: historyOf(statements),
        acknowledged: new Set(statements.map(({ key }) => key)),
        clock: settableClock(beginning),
        on,
      }),
    );
    if (wrong.length > 0) violations.push({ seed, what: `${wordsOf(sequence)}: ${wrong.join('; ')}` });
    if (violations.length > 5) break;
  }
  return {
    done: to - from,
    figures: cut ? { 'processes ended at a write': cuts } : {},
    violations,
  };
}

const historyOf = (statements: readonly Statement[]): History => ({
  actions: statements.map(statement => ({ do: 'deliver', statement, rest: 'quiet' })),
  faults: [],
});

async function whole(from: number, to: number): Promise<Proven> {
  ofTheProgram ??= disks();
  const violations: Violation[] = [];
  let letters = 0;
  for (let seed = from; seed < to; seed++) {
    const sequence = shortFirst(seed % sequences);
    const seen = await lookAt(historyOf(messagesOf(sequence)), ofTheProgram);
    letters += seen.letters;
    if (seen.wrong.length > 0)
      violations.push({ seed, what: `${wordsOf(sequence)}: ${seen.wrong.join('; ')}` });
  }
  return { done: to - from, figures: { letters }, violations };
}
