import type { Clock } from '#lib/clock.ts';
import { Refusal } from '#lib/refusal.ts';
import type { Log } from '#platform/log.ts';
import type { Transaction } from '#platform/sqlite.ts';
import type { Letter } from './letter.ts';
import type { LetterRows, UnderWay } from './letter-rows.sqlite.ts';
import type { Handed, Mailer } from './mailer.ts';
import { cutOff, settleAttempt } from './settle-attempt.ts';
import type { NoteSent } from './tell-changes.ts';

/** Gets what is due out of the door. One of these runs per table of letters and is the only one to hand them over. */
export type Delivery = {
  /** See `Post.deliverDue`. */
  run(): Promise<void>;
  /** Starts a run and does not wait for it. `posted`: what has just been posted need not be read from the table. */
  nudge(posted?: Letter): void;
  isOnWire(id: string): boolean;
  close(): Promise<void>;
};

/** More would only queue up in the mailer: SMTP servers seldom allow as many connections from one client. */
const lettersAtOnce = 6;

/** How long everything is left alone after something failed that would fail for any letter. */
const restMs = 60_000;

type Ended = { row: UnderWay; handed: Handed };

export function delivery(it: {
  rows: LetterRows;
  mailer: Mailer;
  clock: Clock;
  log: Log;
  nameInLog: (id: string) => string;
  tellChanges: () => Promise<boolean>;
  noteSent?: NoteSent | undefined;
}): Delivery {
  const { rows, mailer, clock, log, nameInLog, tellChanges, noteSent } = it;
  const flying = new Map<string, Promise<void>>();
  /** Handed over, but the disk would not take how it ended: not to be handed over again by this process. */
  const unsettled = new Map<string, Ended>();
  /** Posted since the last rest, as far as there is room. */
  const atHand = new Map<string, Letter>();
  /** Whether something may be due that the table was not asked for yet. */
  let mayBeDue = true;
  let idle: (() => void)[] = [];
  let recovery: Promise<unknown> | null = null;
  let restUntil = 0;
  let closed = false;
  let disarm = () => {};

  const run = async () => {
    if (closed) return;
    recovery ??= Promise.all(rows.leftOnWire().map(row => settle({ row, handed: cutOff })));
    await recovery;
    await new Promise<void>(resolve => {
      idle.push(resolve);
      mayBeDue = true;
      pump();
    });
    const toldAll = await tellChanges();
    if (!closed) arm(toldAll);
  };

  const pump = () => {
    try {
      if (!closed && clock.now() >= restUntil) launchDue();
    } catch (error) {
      rest('the post could not use its table', error);
    }
    if (flying.size > 0) return;
    atHand.clear();
    const waiting = idle;
    idle = [];
    for (const resolve of waiting) resolve();
  };

  const launchDue = () => {
    for (const [id, ended] of unsettled) if (!flying.has(id)) launch(id, () => settle(ended));
    const free = lettersAtOnce - flying.size;
    if (free <= 0 || !mayBeDue) return;
    const most = lettersAtOnce + flying.size + unsettled.size;
    const due = rows.due(clock.now(), most);
    const next = due.filter(({ id }) => !flying.has(id) && !unsettled.has(id));
    mayBeDue = due.length === most || next.length > free;
    for (const row of next.slice(0, free)) launch(row.id, () => attempt(row));
  };

  const launch = (id: string, work: () => Promise<void>) => {
    const flight = work()
      .catch(error => rest('the post could not use its table', error))
      .finally(() => {
        flying.delete(id);
        pump();
      });
    flying.set(id, flight);
  };

  const attempt = async (row: UnderWay) => {
    const letter = atHand.get(row.id) ?? rows.letter(row.id);
    if (!mailer.exactlyOnce && !(await rows.putOnWire(row.id))) return;
    await settle({ row, handed: await handOver(letter) });
  };

  const handOver = (letter: Letter) =>
    mailer.send(letter).catch((error: unknown): Handed => {
      if (error instanceof Refusal) return { kind: 'returned', reason: `${error.message} ${error.cure}` };
      log.error('the mailer broke', { letter: nameInLog(letter.id), error });
      const reason = 'Something in Gangway itself went wrong while the letter was handed over.';
      return mailer.exactlyOnce ? { kind: 'later', reason, blocks: 'letter' } : { kind: 'unclear', reason };
    });

  const settle = async (ended: Ended) => {
    const { row, handed } = ended;
    const now = clock.now();
    const end = settleAttempt(handed, row, now);
    const blocksAll = handed.kind === 'later' && handed.blocks === 'all';
    const isFree = !blocksAll && handed.kind !== 'unclear' && rows.isAnyHeld();
    let onceNoted: (() => void) | undefined;
    const note = (tx: Transaction): boolean => {
      try {
        onceNoted = noteSent?.(tx, row.id);
      } catch (error) {
        log.error('that a letter went out was not taken down', { letter: nameInLog(row.id), error });
      }
      return onceNoted !== undefined;
    };
    try {
      await Promise.all([
        rows.settle(row.id, end, now, blocksAll, note),
        blocksAll && rows.holdDue(now, now + restMs, handed.reason),
        // Not what was held a moment ago, or a server that takes only a few letters a minute would be hammered.
        isFree && rows.releaseHeld(now, now - restMs),
      ]);
      mayBeDue ||= isFree;
      unsettled.delete(row.id);
    } catch (error) {
      unsettled.set(row.id, ended);
      return rest('how a letter ended could not be stored', error);
    }
    const what = { letter: nameInLog(row.id), attempt: row.attempts + 1, code: handed.kind };
    if (end.state === 'sent') log.info('letter sent', what);
    else log.warn(end.state === 'waiting' ? 'letter waits' : 'letter returned', what);
    if (onceNoted) onceNoted();
    else void tellChanges();
  };

  const rest = (what: string, error: unknown) => {
    log.error(what, { error });
    restUntil = clock.now() + restMs;
  };

  const arm = (toldAll: boolean) => {
    disarm();
    const now = clock.now();
    const dueAt = rows.nextDueAt() ?? Number.POSITIVE_INFINITY;
    const wakeAt = toldAll && unsettled.size === 0 ? dueAt : Math.min(dueAt, now + restMs);
    if (wakeAt < Number.POSITIVE_INFINITY)
      disarm = clock.after(Math.max(wakeAt, restUntil) - now, () => nudge());
  };

  const nudge = (posted?: Letter) => {
    if (posted && atHand.size < lettersAtOnce) atHand.set(posted.id, posted);
    void run().catch(error => log.error('letters could not be delivered', { error }));
  };

  return {
    run,
    nudge,
    isOnWire: id => flying.has(id),
    async close() {
      closed = true;
      disarm();
      await Promise.all(flying.values());
      await tellChanges();
    },
  };
}
