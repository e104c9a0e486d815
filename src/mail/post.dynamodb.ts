import { type Clock, isoInstant } from '#lib/clock.ts';
import type { Egress } from '#platform/egress.ts';
import { along, keep, listSpread } from '#platform/indexed.ts';
import type { Log } from '#platform/log.ts';
import type { Place, Stretch, Table, Unit } from '#platform/table.ts';
import { checkLetter } from './check-letter.ts';
import { emitLetter } from './emit-letter.ts';
import type { Letter } from './letter.ts';
import { letterKey } from './letter-key.ts';
import { bodyAt, entries, fresh, type LetterRow as Row, rowAt } from './letter-rows.dynamodb.ts';
import type { Handed, Mailer } from './mailer.ts';
import type { LetterState, Post, Posted } from './post.ts';
import { notWaiting } from './post-refusals.ts';
import { cutOff, settleAttempt } from './settle-attempt.ts';
import type { OnLetterChange } from './tell-changes.ts';

/** Longer than any function lives: who has not said by then how it went will not say it. */
const longestHandOverMs = 15 * 60_000;
const restMs = 60_000;
const restAt: Place = { pk: 'LETTERS-REST', sk: '-' };
const atOnce = 6;

/**
 * A post office in a table, for many short-lived processes at once: whoever takes a letter marks it before it is handed
 * over, and a mark that outlives its time counts as an attempt that may have arrived. The money side's post is given the
 * part of the table that is fenced.
 */
export function dynamoPost(it: {
  table: Table;
  mailer: Mailer;
  egress: Egress;
  clock: Clock;
  log: Log;
  onChange?: OnLetterChange;
  nameInLog?: (id: string) => string;
}): Post {
  const { table, mailer, egress, clock, log, onChange, nameInLog = letterKey } = it;
  const now = () => isoInstant(clock.now());
  const spread = (stretch: Stretch) => listSpread<Row>(table, stretch);
  const find = async (id: string) => (await table.get<Row>(rowAt(id)))?.posted ?? null;
  const change = <T>(id: string, edit: (row: Row, unit: Unit) => { row: Row | null; answer: T }) =>
    table.unit(async unit => {
      const before = await unit.get<Row>(rowAt(id));
      if (!before) return null;
      const { row, answer } = edit(before, unit);
      if (row) await keep(unit, rowAt(id), row, entries);
      return answer;
    });
  let running: Promise<void> | null = null;
  let isAsked = false;
  let closed = false;

  /** Who joins a run that has looked already has it look once more: what they posted meanwhile is due now. */
  const deliverDue = (): Promise<void> => {
    isAsked = true;
    running ??= whileAsked();
    return running;
  };

  const whileAsked = async () => {
    try {
      while (isAsked) {
        isAsked = false;
        await deliver();
      }
    } finally {
      running = null;
    }
  };

  const deliver = async () => {
    while (!closed && (await isOpen())) {
      const due = await spread({ pk: 'LETTERS-DUE', to: `${now()}#\u{10ffff}`, limit: atOnce });
      if (due.length === 0) break;
      await Promise.all(due.map(({ value }) => attempt(value.posted.id)));
    }
    await tellAll();
  };

  /** Not while everything rests because of something that would stop any letter. */
  const isOpen = async () => ((await table.get<string>(restAt)) ?? '') <= now();

  const attempt = async (id: string) => {
    const taken = await change(id, row => {
      if (row.posted.state !== 'waiting' || row.posted.nextAt === null || row.posted.nextAt > now())
        return { row: null, answer: null };
      const onWireUntil = isoInstant(clock.now() + longestHandOverMs);
      const mayHaveGone = row.posted.mayHaveGone || !mailer.exactlyOnce;
      return {
        row: { ...row, onWireUntil, posted: { ...row.posted, nextAt: onWireUntil, mayHaveGone } },
        answer: row,
      };
    });
    if (!taken) return;
    const wasCutOff = taken.onWireUntil !== null && !mailer.exactlyOnce;
    await settle(id, wasCutOff ? cutOff : await handOver(id));
  };

  const handOver = async (id: string): Promise<Handed> => {
    const letter = await table.get<Letter>(bodyAt(id));
    if (!letter) return { kind: 'returned', reason: 'What the letter said is not there any more.' };
    return mailer.send(letter).catch((error: Error) => {
      log.error('the mailer broke', { letter: nameInLog(id), error });
      const reason = 'Something in Gangway itself went wrong while the letter was handed over.';
      return mailer.exactlyOnce ? { kind: 'later', reason, blocks: 'letter' } : { kind: 'unclear', reason };
    });
  };

  const settle = async (id: string, handed: Handed) => {
    const end = await change<LetterState>(id, (row, unit) => {
      const settled = settleAttempt(handed, row.tries, clock.now());
      const posted = { ...row.posted, attempts: row.posted.attempts + 1 };
      const done = { ...row, onWireUntil: null, toTell: true };
      if (settled.state === 'sent') {
        unit.remove(bodyAt(id));
        const sent = {
          ...posted,
          state: 'sent',
          sentAt: now(),
          nextAt: null,
          error: null,
          mayHaveGone: false,
        } as const;
        return { row: { ...done, posted: sent }, answer: 'sent' };
      }
      const { state, error, unclear } = settled;
      const tries = { ...row.tries, made: row.tries.made + 1, unclear };
      const wasRecalled = row.posted.state === 'recalled';
      const stays = { state, error, nextAt: state === 'waiting' ? isoInstant(settled.nextAt) : null };
      const after = { ...posted, ...(wasRecalled ? {} : stays), mayHaveGone: unclear > 0 };
      return { row: { ...done, posted: after, tries }, answer: state };
    });
    if (handed.kind === 'later' && handed.blocks === 'all')
      await table.unit(async unit => unit.put(restAt, isoInstant(clock.now() + restMs)));
    const what = { letter: nameInLog(id), code: handed.kind };
    if (end === 'sent') log.info('letter sent', what);
    else log.warn(end === 'waiting' ? 'letter waits' : 'letter returned', what);
  };

  /** Each change is told at least once; who would not listen is told again by the next run. */
  const tellAll = async () => {
    for (const { value } of await spread({ pk: 'LETTERS-UNTOLD' })) {
      const { id, state, error } = value.posted;
      try {
        await onChange?.(id, state, error ?? undefined);
        await change(id, row => {
          const isSame = row.posted.state === state && row.posted.attempts === value.posted.attempts;
          return { row: isSame ? { ...row, toTell: false } : null, answer: null };
        });
      } catch (error) {
        log.error('a letter’s change was not taken', { letter: nameInLog(id), code: state, error });
      }
    }
  };

  const recall = async (id: string) => {
    const caught = await change(id, (row, unit) => {
      if (!['waiting', 'returned'].includes(row.posted.state)) return { row: null, answer: false };
      const isCaught = row.tries.unclear === 0 && row.onWireUntil === null;
      unit.remove(bodyAt(id));
      const unclear = Math.max(row.tries.unclear, isCaught ? 0 : 1);
      const posted = { ...row.posted, state: 'recalled', nextAt: null, mayHaveGone: unclear > 0 } as const;
      return { row: { ...row, posted, tries: { ...row.tries, unclear }, toTell: true }, answer: isCaught };
    });
    return caught ?? false;
  };

  return {
    async post(letter) {
      if (await find(letter.id)) return 'already-posted';
      checkLetter(letter);
      await emitLetter(egress, letter);
      const outcome = await table.unit(async unit => {
        if (await unit.get(rowAt(letter.id))) return 'already-posted';
        unit.put(bodyAt(letter.id), letter);
        await keep<Row>(unit, rowAt(letter.id), fresh(letter, clock.now()), entries);
        return 'posted';
      });
      void deliverDue().catch(error => log.error('letters could not be delivered', { error }));
      return outcome;
    },
    async recall(id) {
      const caught = await recall(id);
      void tellAll().catch(error => log.error('letters could not be told of', { error }));
      return caught;
    },
    async cameBack(id, reason) {
      await change(id, row =>
        row.posted.state === 'sent'
          ? {
              row: { ...row, posted: { ...row.posted, state: 'recalled', error: reason }, toTell: true },
              answer: null,
            }
          : { row: null, answer: null },
      );
    },
    async forget(about) {
      const letters = (await table.list<Row>({ pk: `LETTERS-ABOUT#${about}` })).map(
        ({ value }) => value.posted.id,
      );
      for (const id of letters) await recall(id);
      await deliverDue();
      for (const id of letters) {
        await mailer.forget?.(id);
        await table.unit(async unit => {
          await keep<Row>(unit, rowAt(id), null, entries);
          unit.remove(bodyAt(id));
        });
      }
    },
    find,
    async list({ about, state, limit = 100 }) {
      const found: Posted[] = [];
      const read = about === undefined ? spread : (stretch: Stretch) => table.list<Row>(stretch);
      const pk = about !== undefined ? `LETTERS-ABOUT#${about}` : state ? `LETTERS-IN#${state}` : 'LETTERS';
      for await (const { value } of along(read, { pk, descending: true })) {
        if (found.length === limit) break;
        if (state === undefined || value.posted.state === state) found.push(value.posted);
      }
      return found;
    },
    async retry(id) {
      const done = await change(id, row => {
        if (!['waiting', 'returned'].includes(row.posted.state))
          return { row: null, answer: row.posted.state };
        const posted = { ...row.posted, state: 'waiting', nextAt: now() } as const;
        const tries = { ...row.tries, made: 0, from: clock.now() };
        return { row: { ...row, posted, tries, toTell: true }, answer: 'waiting' as LetterState };
      });
      if (done !== 'waiting') throw notWaiting(done ?? undefined);
      void deliverDue().catch(error => log.error('letters could not be delivered', { error }));
    },
    deliverDue,
    async close() {
      closed = true;
      await running;
      await tellAll();
    },
  };
}
