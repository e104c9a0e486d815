import type { Booking, BookingId } from '#booking/booking.ts';
import { desk } from '#booking/message.ts';
import type { SurfaceName } from '#booking/surface.ts';
import type { Due } from '#durable/agenda.ts';
import type { Workflow } from '#durable/durable.ts';
import { oneAtATime } from '#lib/one-at-a-time.ts';
import { Refusal } from '#lib/refusal.ts';
import { converge, describe } from './converge.ts';
import type { Drive } from './drives.ts';
import { eraser } from './erase-guests.ts';
import { type FulfilInput, type Fulfilment, fulfilBooking, withCalendarServers } from './fulfil-booking.ts';
import type { FulfilmentParts } from './fulfilment-parts.ts';
import { type BooksInput, keepBooks } from './keep-books.ts';
import { type Drift, mend, type ReconcileParts, type Reconciliation, reconcile } from './reconcile.ts';
import type { Side } from './side.ts';
import { type DueKind, timeline } from './timeline.ts';

export type FulfilmentRoom = {
  workflows: Readonly<Record<`${string}@${number}`, Workflow>>;
  /** Starts making a booking true at its present revision. Durable when it resolves; safe to repeat. */
  fulfil(booking: Booking): Promise<void>;
  /** Something was said about a booking's amounts: the books are drawn up again, if they have been opened. */
  rebook(booking: BookingId): Promise<void>;
  /** Goes over every surface of a booking again now: a person asked for it, or the roster changed. Safe at any moment. */
  again(booking: BookingId): Promise<void>;
  /** Starts fulfilment wherever a revision is not fulfilled and nobody has started it. */
  catchUp(): Promise<void>;
  /**
   * Goes over everything that was under way when the last process ended. Not only carried on but run anew, because after a
   * power failure the engine may remember steps whose effects are lost; what is still true costs nothing. Once, at start.
   */
  resume(): Promise<void>;
  /** Drives what is due, does what the agenda says. Safe at any moment. */
  tick(): Promise<void>;
  /**
   * Erases the guest of a booking everywhere, now. From then on nothing is said about it; its ledger stays. Safe to repeat.
   * Throws Unavailable where a place could not be reached: the tick goes on with it.
   */
  forget(booking: BookingId): Promise<void>;
  /** Bookings that were given up on, either side. */
  stuck(limit: number): Promise<readonly Drive[]>;
  /** Makes everything due that failed before and waits for another try. */
  hurry(): Promise<void>;
  /** Gives up what failed and waits for another try, until a person retries; returns how many bookings that concerns. */
  shelve(): Promise<number>;
  /** Reads back what every surface says. Changes nothing. */
  reconcile(): Promise<Reconciliation>;
  /** Has what has drifted said again. The mending goes on by itself after it resolves. */
  mend(drift: readonly Drift[]): Promise<void>;
};

const batch = 500;
const runName = ({ booking, tag, run }: Drive) => `${booking}-${tag.replaceAll('.', '-')}-${run}`;

export function fulfilment(parts: FulfilmentParts): FulfilmentRoom {
  const { bookings, open, owner, agenda, clock, log } = parts;
  const surfaces = new Map(parts.surfaces.map(surface => [surface.name, surface]));
  const fulfilling = surfaces.has('calendar server') ? 'fulfil-booking@2' : 'fulfil-booking@1';
  const inTurn = oneAtATime();

  const erasing = eraser(parts, inTurn);

  const current = async (id: string): Promise<Booking> => {
    const booking = await bookings.find(id as BookingId);
    if (!booking)
      throw new Refusal(
        'booking-unknown',
        `There is no booking ${id}.`,
        'Check the id with `gangway booking list`.',
      );
    return booking;
  };

  const absorbedInto = async (booking: Booking): Promise<Booking | null> => {
    if (booking.status !== 'cancelled') return null;
    const meant = await bookings.byName(desk, booking.id);
    return meant && meant.id !== booking.id ? meant : null;
  };

  /** In turn per booking and surface: an older run must not speak after a newer one. */
  const say = (name: SurfaceName, side: Side, booking: string, isLate: (now: Booking) => boolean) =>
    inTurn(`${booking} ${name}`, async () => {
      const now = await current(booking);
      if (isLate(now)) return 'superseded' as const;
      const surface = surfaces.get(name);
      // The books go on without a guest: a refund may come late.
      if (!surface || (now.forgottenAt && name !== 'ledger')) return 'stated' as const;
      try {
        await converge(surface, now, side.board, await absorbedInto(now));
      } catch (error) {
        log.warn('surface is failing', { booking, surface: name, error });
        // The journal of the engine keeps what is thrown here: a code, never words that may quote a person.
        throw new Error(describe(error).code);
      } finally {
        parts.onProgress(booking);
      }
      return 'stated' as const;
    });

  const booksTag = async (booking: Booking) => `${booking.revision}.${await parts.booksTag(booking)}`;
  const revisionOf = (tag: string) => Number(tag.split('.')[0]);

  const startOpen = (drive: Drive) =>
    parts.durable().start(fulfilling, runName(drive), {
      bookingId: drive.booking,
      revision: Number(drive.tag),
      run: drive.run,
    });
  const startBooks = (drive: Drive) =>
    parts.durable().start('keep-books@1', runName(drive), {
      bookingId: drive.booking,
      tag: drive.tag,
      run: drive.run,
    });

  /** In turn per booking, so that what is said about amounts meanwhile is in the tag of this one or of the next. */
  const openBooks = (id: string, isTime: (booking: Booking, before: Drive | null) => boolean) =>
    inTurn(`${id} books`, async () => {
      const booking = await current(id);
      if (!isTime(booking, await owner.drives.find(id))) return;
      const drive = await owner.drives.aim(id, await booksTag(booking));
      if (drive.state === 'driving') await startBooks(drive);
    });

  const toEverybody: Fulfilment = {
    say: (surface, { bookingId, revision }) => say(surface, open, bookingId, now => now.revision > revision),
    async setAgenda({ bookingId }: FulfilInput) {
      const booking = await current(bookingId);
      if (booking.forgottenAt) return 'stated';
      const standing = await agenda.of(bookingId);
      await agenda.replace(bookingId, timeline(booking, parts.retention, clock.now(), standing));
      await parts.announce?.(booking);
      return 'stated';
    },
    async openBooks({ bookingId }) {
      await openBooks(bookingId, () => true);
      return 'stated';
    },
    async report({ bookingId, revision, run }, outcome) {
      if (outcome === 'complete') await bookings.markFulfilled(bookingId as BookingId, revision);
      const drive = await open.drives.report(bookingId, String(revision), run, outcome);
      if (drive?.state === 'stuck') await giveUp(open, bookingId);
      parts.onProgress(bookingId);
    },
  };
  const workflows = {
    'fulfil-booking@1': fulfilBooking(toEverybody),
    'fulfil-booking@2': fulfilBooking(toEverybody, withCalendarServers),
    'keep-books@1': keepBooks({
      say: (surface, { bookingId, tag }: BooksInput) =>
        say(surface, owner, bookingId, now => now.revision > revisionOf(tag)),
      async report({ bookingId, tag, run }, outcome) {
        const drive = await owner.drives.report(bookingId, tag, run, outcome);
        if (drive?.state === 'stuck') await giveUp(owner, bookingId);
        parts.onProgress(bookingId);
      },
    }),
  };

  const giveUp = async (side: Side, booking: string) => {
    log.error('given up until a person retries', { booking });
    for (const belief of await side.board.beliefs.of(booking)) {
      if (belief.state === 'failing') await side.board.beliefs.put({ ...belief, state: 'stuck' });
    }
  };

  const sides = [
    { drives: open.drives, workflow: fulfilling, start: startOpen, aim: (id: string) => fulfil(id) },
    {
      drives: owner.drives,
      workflow: 'keep-books@1',
      start: startBooks,
      aim: (id: string) => openBooks(id, () => true),
    },
  ];

  /** A run the engine gave up on, or that was overtaken, never reports: its drive must not wait for it for ever. */
  const endedSilently = async (workflow: string, drive: Drive) => {
    const execution = await parts.durable().describe(workflow, runName(drive));
    return execution !== null && !['ACTIVE', 'WAITING'].includes(execution.status);
  };

  /** What a run aims at as the booking is by now: whoever asks may have read it a while ago, and a drive never goes back. */
  const fulfil = async (id: string) => {
    const { revision, forgottenAt } = await current(id);
    if (forgottenAt) return;
    const drive = await open.drives.aim(id, String(revision));
    if (drive.state === 'driving') await startOpen(drive);
  };

  const isOvertaken = async ({ booking, tag }: Drive) => (await current(booking)).revision > revisionOf(tag);

  const act = async (due: Due) => {
    const booking = await bookings.find(due.subject as BookingId);
    const verb = parts.verbs[due.kind as DueKind];
    if (booking && verb) await verb(booking);
    if (!booking) await parts.beside?.(due);
    await agenda.done(due);
  };

  const again = async (id: string) => {
    for (const { drives, start, aim } of sides) {
      const last = await drives.find(id);
      if (!last) continue;
      if (await isOvertaken(last)) {
        await aim(id);
        continue;
      }
      const drive = await drives.again(id);
      if (drive) await start(drive);
    }
  };

  const reading: ReconcileParts = {
    bookings,
    surfaces: parts.surfaces,
    open,
    owner,
    clock,
    log,
    inTurn,
    again,
    tagOf: async (fence, booking) => (fence === 'owner' ? booksTag(booking) : String(booking.revision)),
  };

  return {
    workflows: workflows as unknown as FulfilmentRoom['workflows'],
    fulfil: ({ id }) => fulfil(id),
    // Until fulfilment has opened the books at this revision, nobody knows who sails, and the owner would read a wrong net.
    rebook: id =>
      openBooks(id, ({ revision }, before) => before !== null && revisionOf(before.tag) === revision),
    again,
    async catchUp() {
      for (const { id } of await bookings.unfulfilled(batch)) await fulfil(id);
    },
    async resume() {
      for (const { drives, start, aim } of sides) {
        for (const last of await drives.underWay(Number.MAX_SAFE_INTEGER)) {
          if (await isOvertaken(last)) {
            await aim(last.booking);
            continue;
          }
          const drive = await drives.again(last.booking);
          if (drive) await start(drive);
        }
      }
    },
    async tick() {
      await this.catchUp();
      for (const { drives, workflow, start, aim } of sides) {
        for (const drive of await drives.underWay(batch)) {
          if (!(await endedSilently(workflow, drive))) await start(drive);
          else if (await isOvertaken(drive)) await aim(drive.booking);
          else await drives.report(drive.booking, drive.tag, drive.run, 'incomplete');
        }
        for (const drive of await drives.takeDue(batch)) await start(drive);
      }
      for (const due of await agenda.due(batch)) {
        try {
          await act(due);
        } catch (error) {
          log.warn('agenda item failed', { booking: due.subject, step: due.kind, error });
        }
      }
      await erasing.sweep();
    },
    forget: erasing.forget,
    async stuck(limit) {
      return [...(await open.drives.stuck(limit)), ...(await owner.drives.stuck(limit))];
    },
    async hurry() {
      for (const { drives } of sides) await drives.hurry();
    },
    async shelve() {
      const shelved = new Set<string>();
      for (const side of [open, owner]) {
        for (const { booking } of await side.drives.shelve()) {
          await giveUp(side, booking);
          shelved.add(booking);
        }
      }
      return shelved.size;
    },
    reconcile: () => reconcile(reading),
    mend: drift => mend(reading, drift),
  };
}
