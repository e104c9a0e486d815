import { settableClock } from '#lib/clock.ts';
import { seededRandom } from '#lib/random.ts';
import { Refusal, Unavailable } from '#lib/refusal.ts';
import type { Log } from '#platform/log.ts';
import { type Counter, counter } from './counter.ts';
import { type Action, beginning, type History, type Statement } from './history.ts';
import { mail } from './mail.ts';
import { type Mortal, mortal } from './mortal.ts';
import { planOf } from './plan.ts';
import type { Disks } from './story.ts';
import { quiet, turn } from './turns.ts';

/** A story at the counter as it was told: everything that can be seen at its end. */
export type CounterTold = Awaited<ReturnType<typeof tellAtCounter>>;

const minute = 60_000;

const laid = new WeakSet<Disks>();

/** Makes the tables, which stay when a story is taken back. */
export function layTables(on: Disks): void {
  if (laid.has(on)) return;
  laid.add(on);
  const { open, money } = on;
  const idle = mortal(() => 'go');
  counter({
    open: open.heldBy(idle),
    money: money.heldBy(idle),
    clock: settableClock(beginning),
    random: seededRandom('tables'),
    log: { info() {}, warn() {}, error() {} },
    mailer: mail().heldBy(
      idle,
      () => {},
      () => beginning,
    ),
  });
}

/** Tells a story to the counter: messages, processes that die, disks that fill up and a mail server with moods. */
export async function tellAtCounter(history: History, on: Disks, options: { trace?: boolean } = {}) {
  for (const each of [on.open, on.money]) each.wipe();
  layTables(on);
  const clock = settableClock(beginning);
  const random = seededRandom('story');
  const mailbox = mail();
  const plan = planOf(history.faults, clock.now);
  const wrong: string[] = [];
  const trace: string[] = [];
  const acknowledged = new Set<string>();
  let activity = 0;
  let starts = 0;
  let life!: Mortal;
  let desk!: Counter;

  const note = (line: string) => {
    if (options.trace) trace.push(line);
  };
  const suspect = (what: string, { error }: { error?: unknown } = {}) => {
    note(`log ${what} ${error instanceof Error ? error.message : ''}`);
    if (!(error instanceof Error) || life.isOver()) return;
    if (error instanceof Refusal || error instanceof Unavailable || error.message.includes('mailer broke'))
      return;
    wrong.push(`defect logged: ${what}: ${error.stack ?? error.message}`);
  };
  const log: Log = { info: () => {}, warn: suspect, error: suspect };

  const begin = (): Mortal =>
    mortal(
      (edge, what) => {
        activity++;
        const fate = plan.next(edge);
        note(`${edge} ${plan.seen[edge]} ${what}: ${fate}`);
        return fate;
      },
      {
        stirs: () => void activity++,
        writes: (file, sql, values) => note(`${file} ${sql} ${values}`),
        onEnd(how) {
          if (how === 'power after') for (const each of [on.open, on.money]) each.losePower(plan.much());
          for (const { id } of on.open.reader.all<{ id: string }>('SELECT id FROM letters WHERE on_wire = 1'))
            mailbox.doubts.set(id, (mailbox.doubts.get(id) ?? 0) + 1);
        },
      },
    );

  // Nothing here waits longer for the disk than one turn.
  const still = () => quiet(() => activity, 3);
  const later = (ms: number, work: () => void) =>
    clock.after(ms, () => {
      activity++;
      work();
    });

  const start = () => {
    starts++;
    life = begin();
    const mine = life;
    desk = counter({
      open: on.open.heldBy(mine),
      money: on.money.heldBy(mine),
      clock: { now: clock.now, after: (ms, work) => later(ms, () => mine.isOver() || work()) },
      random,
      log,
      mailer: mailbox.heldBy(mine, work => void later(plan.much(), work), clock.now),
    });
    tick();
  };

  let ticking: Mortal | null = null;
  const tick = () => {
    if (ticking === life) return;
    const mine = life;
    ticking = mine;
    desk
      .doDue()
      .catch((error: unknown) => suspect('the sweep broke', { error }))
      .finally(() => {
        if (ticking === mine) ticking = null;
      });
  };

  const deliver = async (statement: Statement) => {
    clock.advance(1);
    const mine = life;
    const answer = desk.knock(statement).then(
      () => 'taken' as const,
      (error: unknown) => error,
    );
    const answered = await Promise.race([answer, mine.over.then(() => 'none' as const)]);
    note(`answer to ${statement.key}: ${answered}`);
    if (answered === 'taken') acknowledged.add(statement.key);
    else if (answered !== 'none' && !(answered instanceof Unavailable))
      wrong.push(`a good message was answered with ${answered}`);
  };

  const pass = async (ms: number) => {
    const until = clock.now() + ms;
    for (let due = clock.nextDue(); due !== null && due < until; due = clock.nextDue()) {
      clock.advance(Math.max(0, due - clock.now()));
      await still();
    }
    clock.advance(until - clock.now());
    if (life.isOver()) start();
    tick();
    await still();
  };

  const doIt = async (action: Action) => {
    switch (action.do) {
      case 'deliver':
        return deliver(action.statement);
      case 'wait':
        for (let left = action.ms, step = minute; left > 0; left -= step, step *= 4)
          await pass(Math.min(left, step));
        return;
      case 'jump':
        return clock.set(clock.now() + action.ms);
      case 'restart':
        return life.end('crash before');
    }
  };

  const rest = async ({ rest: how }: Pick<Action, 'rest'>) => {
    if (how === 'quiet') return still();
    for (let n = 0; n < how && !life.isOver(); n++) await turn();
  };

  /** Until somebody lives through it. */
  const upAndStill = async () => {
    for (;;) {
      await still();
      if (!life.isOver()) return;
      start();
    }
  };

  const waits = () => {
    const count = (file: 'open' | 'money', what: string) =>
      Number(on[file].reader.get<{ n: number }>(`SELECT count(*) AS n FROM ${what}`)?.n);
    return (
      count('money', "deliveries WHERE state = 'pending'") +
      count('open', "letters WHERE state = 'waiting'") +
      count('open', 'bookings WHERE revision > fulfilledRevision')
    );
  };

  start();
  for (const action of history.actions) {
    note(`${clock.now()} ${JSON.stringify(action)}`);
    await doIt(action);
    if (!life.isOver()) await rest(action);
    if (life.isOver()) start();
  }
  await upAndStill();
  const last = history.actions.findLast(action => action.do === 'deliver');
  for (const fault of plan.left()) {
    plan.bring(fault);
    if (last?.do === 'deliver') await deliver(last.statement);
    await upAndStill();
  }
  plan.heal();
  for (const pause of [1, 1, 6, 16, 61, 61, 61, 61]) {
    for (const action of history.actions)
      if (action.do === 'deliver' && !acknowledged.has(action.statement.key)) await deliver(action.statement);
    await pass(pause * minute);
    if (waits() === 0) break;
  }
  life.end('crash before');
  if (waits() > 0) wrong.push(`I9 not settled after four hours: ${waits()} things still wait`);
  const { arrived, doubts } = mailbox;
  const { fired, seen } = plan;
  return { history, on, clock, wrong, trace, acknowledged, arrived, doubts, fired, seen, starts };
}
