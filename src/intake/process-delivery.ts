import type { Booking, BookingId } from '#booking/booking.ts';
import type { Problem } from '#booking/problem.ts';
import { type BookingDesk, recordBooking } from '#booking/record-booking.ts';
import { type FinanceNote, wordless } from '#finances/finance-note.ts';
import { Refusal } from '#lib/refusal.ts';
import type { Log } from '#platform/log.ts';
import { type AtHand, atHand } from './at-hand.ts';
import { correctedRead } from './corrected.ts';
import {
  type Correction,
  type Delivery,
  type DeliveryId,
  type Inbox,
  isMail,
  type Outcome,
} from './inbox.ts';
import { type Asked, type LookUp, noticeOf } from './look-up.ts';
import { driftOf } from './mail/drift.ts';
import type { TakeMail } from './mail/take-mail.ts';
import { bookingUnheard, sourceGone, unsigned } from './reading-problems.ts';
import type { Books, Read, Sources } from './source.ts';
import { stumble } from './stumble.ts';

/** What reading deliveries works with. */
export type IntakeRoom = {
  inbox: Inbox;
  sources: Sources;
  desk: BookingDesk;
  books: Books;
  /** How mails are opened and judged. */
  mail: TakeMail;
  /** How marketplaces are asked for what their notices leave out. */
  lookUp: LookUp;
  log: Log;
  /** One more delivery read, with its source and how it stands. */
  count?: {
    (name: 'deliveries', labels: { source: string; state: string }): void;
    /** One more mail that is proven the marketplace's and no longer reads as its template expects. */
    (name: 'mails_drifted', labels: { source: string }): void;
  };
  /** A booking has a revision that no surface shows yet. Not waited for. */
  onRecorded?: (booking: Booking) => void;
  /**
   * Something new was said about a booking's money. Waited for before the delivery counts as read: the booking's revision
   * stays what it was, so after a crash nothing else would ever find that the books are behind.
   */
  onNoted?: (booking: BookingId) => Promise<void>;
};

export type Intake = {
  /** Reads one delivery if it is pending, and returns how it stands then; null for an unknown one. Idempotent. */
  process(id: DeliveryId): Promise<Delivery | null>;
  /** Reads everything that is due: after a crash, and on every tick. */
  processPending(): Promise<void>;
  /** Reads one again for a person, as after a change of the configuration. Throws `delivery-unknown`. */
  rerun(id: DeliveryId, by: string): Promise<Delivery>;
  /** Hands what was said about the money of bookings over to the one they turned out to be. Idempotent. */
  handOver(absorbed: readonly BookingId[], into: BookingId): Promise<void>;
  /** Reads one as a person says it is meant. Throws as `rerun` does. */
  correct(id: DeliveryId, correction: Correction, by: string): Promise<Delivery>;
};

/**
 * Turns deliveries into bookings. What cannot be read or taken is held back with its problems, the message kept and
 * nothing published. A fault of our own is tried again and, after `mostTries`, held back as `delivery-poisoned`.
 * Money goes to the books after the booking is recorded, and can neither stop nor change it.
 */
export function createIntake(room: IntakeRoom): Intake {
  const now = atHand((id, now) => read(room, id, now));
  const process = now.read;

  return {
    process,
    async processPending() {
      const tried = new Set<DeliveryId>();
      for (;;) {
        const due = (await room.inbox.pending(tried.size + batch)).filter(({ id }) => !tried.has(id));
        if (due.length === 0) return;
        for (const after of await Promise.all(due.slice(0, batch).map(({ id }) => process(id)))) {
          if (after?.state === 'pending') tried.add(after.id);
        }
      }
    },
    async rerun(id, by) {
      await now.done(id);
      const delivery = await room.inbox.rerun(id, by);
      return (await process(id)) ?? delivery;
    },
    handOver: (absorbed, into) => handOver(room, now, absorbed, into),
    async correct(id, correction, by) {
      await now.done(id);
      const delivery = await room.inbox.correct(id, correction, by);
      return (await process(id)) ?? delivery;
    },
  };
}

/** So many are read at once: enough to share a commit, few enough to hold in memory. */
const batch = 32;

async function read(room: IntakeRoom, id: DeliveryId, now: AtHand): Promise<Delivery | null> {
  const delivery = await room.inbox.find(id);
  if (delivery?.state !== 'pending') return delivery;
  try {
    const became = await take(room, delivery, now);
    if ('problems' in became) await holdBack(room, delivery, became.problems);
    else await finish(room, delivery, became);
  } catch (error) {
    await stumble(room, delivery, error);
  }
  const after = await room.inbox.find(id);
  room.count?.('deliveries', { source: delivery.source, state: after?.state ?? 'pending' });
  return after;
}

async function holdBack(room: IntakeRoom, delivery: Delivery, problems: readonly Problem[]): Promise<void> {
  await room.inbox.quarantine(delivery.id, problems);
  const after = await room.inbox.find(delivery.id);
  const drift = driftOf(after ? [after] : []);
  for (const { source } of drift) {
    room.count?.('mails_drifted', { source });
    room.log.error('mails of a source no longer read as its templates expect', {
      source,
      delivery: delivery.id,
    });
  }
}

type Became = Outcome & { forgotten: boolean };

/** Of somebody who is forgotten nothing is kept but that a message came in. */
async function finish(
  room: IntakeRoom,
  delivery: Delivery,
  { forgotten, ...outcome }: Became,
): Promise<void> {
  // A notice belongs to the booking that its answer is about: it may hold the same guest.
  const notice = noticeOf(delivery);
  if (notice) await room.inbox.markDone(notice, { ...outcome, kind: 'asked' }, { erase: forgotten });
  await room.inbox.markDone(delivery.id, outcome, { erase: forgotten });
  if (forgotten && outcome.booking) await room.desk.bookings.forget(outcome.booking);
}

async function take(
  room: IntakeRoom,
  delivery: Delivery,
  now: AtHand,
): Promise<Became | { problems: readonly Problem[] }> {
  const asked = await askAfter(room, delivery);
  if (asked.kind === 'refused') return asked;
  if (asked.kind === 'answered') {
    const answer = await now.read(asked.answer.id);
    const { booking = null, revision = null } = answer?.outcome ?? {};
    return { kind: 'asked', booking, revision, forgotten: (answer?.erasedAt ?? null) !== null };
  }
  const said = await readFrom(room, delivery);
  if ('problems' in said) return said;
  if ('nothing' in said) return { kind: 'nothing', booking: null, revision: null, forgotten: false };
  if ('about' in said) return noted(room, said, booking => now.joins(delivery.id, booking));
  const recorded = await recordBooking(room.desk, said.message);
  if (recorded.kind === 'refused') return { problems: recorded.problems };

  const { booking, kind } = recorded;
  const forgotten = booking?.forgottenAt !== undefined;
  if (booking && kind !== 'unchanged' && kind !== 'remembered') room.onRecorded?.(booking);
  if (booking) {
    now.joins(delivery.id, booking.id);
    await handOver(room, now, recorded.absorbed, booking.id);
    await note(room, booking.id, forgotten && said.finance ? wordless(said.finance) : said.finance);
  }
  return { kind, booking: booking?.id ?? null, revision: booking?.revision ?? null, forgotten };
}

/** What says nothing about the booking itself goes to its books. */
async function noted(
  room: IntakeRoom,
  { about, finance }: Extract<Read, { about: unknown }>,
  joins: (booking: BookingId) => void,
): Promise<Became | { problems: readonly Problem[] }> {
  const booking = await room.desk.bookings.byName(about.source, about.externalId);
  if (!booking) return { problems: [bookingUnheard(about.externalId)] };
  joins(booking.id);
  const forgotten = booking.forgottenAt !== undefined;
  await note(room, booking.id, forgotten && finance ? wordless(finance) : finance);
  return { kind: 'noted', booking: booking.id, revision: booking.revision, forgotten };
}

/** A notice is worth a question and no more: what it says itself is not believed where the marketplace can be asked. */
async function askAfter(room: IntakeRoom, delivery: Delivery): Promise<Asked> {
  const source = room.sources(delivery.source);
  if (!source?.api || isMail(delivery) || delivery.correction) return { kind: 'says all' };
  try {
    return await room.lookUp(delivery, await bodyOf(room, delivery), source);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { kind: 'refused', problems: [problemOf(error)] };
  }
}

async function bodyOf(room: IntakeRoom, { id }: Delivery): Promise<Uint8Array> {
  const body = await room.inbox.body(id);
  if (!body) throw new Error('a pending delivery has lost its body');
  return body;
}

async function readFrom(room: IntakeRoom, delivery: Delivery): Promise<Read> {
  const source = room.sources(delivery.source);
  if (!source) return { problems: [sourceGone(delivery.source)] };
  if (
    source.holdUnsigned &&
    !isMail(delivery) &&
    delivery.via === 'url-secret' &&
    delivery.decision === null
  ) {
    return { problems: [unsigned] };
  }
  const body = await bodyOf(room, delivery);
  try {
    const reading = { settings: source.settings, fleet: room.desk.fleet };
    if (isMail(delivery)) return await room.mail({ delivery, body, source, reading });
    return delivery.correction
      ? correctedRead(delivery, delivery.correction, reading)
      : source.read(delivery, body, reading);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { problems: [problemOf(error)] };
  }
}

/** The bad input as a problem of the whole message. */
export const problemOf = ({ code, message, cure }: Refusal): Problem => ({
  field: 'message',
  code,
  reason: message,
  cure,
});

async function note(room: IntakeRoom, booking: BookingId, finance: FinanceNote | null): Promise<void> {
  if (!finance) return;
  try {
    await room.books.note(booking, finance);
  } catch (error) {
    // What the books refuse is theirs to show; anything else is tried again, the booking standing meanwhile.
    if (!(error instanceof Refusal)) throw error;
    room.log.warn('the books refused a note', { booking, code: error.code });
    return;
  }
  await room.onNoted?.(booking);
}

/** What was said about the money of a booking that turned out to be another is said again about that other. */
async function handOver(
  room: IntakeRoom,
  now: AtHand,
  absorbed: readonly BookingId[],
  into: BookingId,
): Promise<void> {
  for (const old of absorbed) {
    await now.joined(old);
    for (const delivery of await room.inbox.list({ booking: old, limit: 1000 })) {
      if (delivery.outcome?.kind === 'asked') continue;
      const said = await readFrom(room, delivery);
      if ('finance' in said) await note(room, into, said.finance);
    }
    await room.inbox.rebook(old, into);
  }
}
