import type { BookingId } from '#booking/booking.ts';
import type { Due } from '#durable/agenda.ts';
import type { Workflow } from '#durable/durable.ts';
import { batch, driving } from './driving.ts';
import { type FulfilInput, type Fulfilment, fulfilBooking, withCalendarServers } from './fulfil-booking.ts';
import type { OpenParts } from './fulfilment-parts.ts';
import { speaking } from './speaking.ts';
import { type DueKind, stillHolds, timeline } from './timeline.ts';

/** The fulfilment of everything that crew and guests see, as the rest of the program starts it. */
export type OpenFulfilment = {
  workflows: Readonly<Record<`fulfil-booking@${number}`, Workflow<FulfilInput>>>;
  /** Starts making a booking true at its present revision. Durable when it resolves; safe to repeat. */
  fulfil(booking: string): Promise<void>;
  /** Goes over every surface of a booking again now, the books' too. */
  again(booking: BookingId): Promise<void>;
  /** Starts fulfilment wherever a revision is not fulfilled and nobody has started it. */
  catchUp(): Promise<void>;
  resume(): Promise<void>;
  /** Drives what is due. */
  drive(): Promise<void>;
  /** Does what the agenda says. */
  actOnAgenda(): Promise<void>;
  shelve(): Promise<readonly string[]>;
};

/** This side of the fence. Amounts and who keeps them are out of its reach: it hands the books ids. */
export function openFulfilment(parts: OpenParts): OpenFulfilment {
  const { bookings, open, agenda, clock, log, durable, books } = parts;
  const { current, say } = speaking(parts);
  const hasServers = parts.surfaces.some(({ name }) => name === 'calendar server');

  const fulfil = async (id: string) => {
    const { revision, forgottenAt } = await current(id);
    if (forgottenAt) return;
    // As the booking is by now: whoever asks may have read it a while ago, and a drive never goes back.
    const drive = await open.drives.aim(id, String(revision));
    if (drive.state === 'driving') await drives.start(drive);
  };

  const drives = driving({
    side: open,
    workflow: hasServers ? 'fulfil-booking@2' : 'fulfil-booking@1',
    inputOf: ({ booking, tag, run }) => ({ bookingId: booking, revision: Number(tag), run }),
    aim: fulfil,
    current,
    durable,
    log,
  });

  const act = async (due: Due) => {
    const booking = await bookings.find(due.subject as BookingId);
    const kind = due.kind as DueKind;
    if (booking && stillHolds(kind, booking.start, clock.now())) await parts.verbs[kind]?.(booking);
    if (!booking) await parts.beside?.(due);
    await agenda.done(due);
  };

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
      await books.open(bookingId);
      return 'stated';
    },
    async report({ bookingId, revision, run }, outcome) {
      if (outcome === 'complete') await bookings.markFulfilled(bookingId as BookingId, revision);
      const drive = await open.drives.report(bookingId, String(revision), run, outcome);
      if (drive?.state === 'stuck') await drives.giveUp(bookingId);
      parts.onProgress(bookingId);
    },
  };

  return {
    workflows: {
      'fulfil-booking@1': fulfilBooking(toEverybody),
      'fulfil-booking@2': fulfilBooking(toEverybody, withCalendarServers),
    },
    fulfil,
    async again(id) {
      await drives.again(id);
      await books.again(id);
    },
    async catchUp() {
      for (const { id } of await bookings.unfulfilled(batch)) await fulfil(id);
    },
    resume: drives.resume,
    drive: drives.tick,
    async actOnAgenda() {
      for (const due of await agenda.due(batch)) {
        try {
          await act(due);
        } catch (error) {
          log.warn('agenda item failed', { booking: due.subject, step: due.kind, error });
        }
      }
    },
    shelve: drives.shelve,
  };
}
