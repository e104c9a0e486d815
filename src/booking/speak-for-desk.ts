import { isoInstant } from '#lib/clock.ts';
import { newId } from '#lib/random.ts';
import { Refusal } from '#lib/refusal.ts';
import { clockOf, dayOf, type ZonedTime } from '#lib/zoned.ts';
import type { Booking, BookingId } from './booking.ts';
import type { Recorded } from './booking-store.ts';
import { desk, type Message } from './message.ts';
import { refusalOf } from './problem.ts';
import { type BookingDesk, recordBooking } from './record-booking.ts';
import { readTime, timeProblem } from './times.ts';

/**
 * How a person's word is kept: `by` whom, `once`, a name that makes a form sent twice count once, and `despite`, the reason
 * for taking a vessel that is taken.
 */
export type Said = { by?: string; once?: string; despite?: string };

/** What the desk's word did; a word that is refused throws instead. */
export type Done = Exclude<Recorded, { kind: 'refused' }>;

/** Finds the booking a person means, also by an id that was absorbed. Throws `booking-unknown`. */
export async function bookingMeant(room: BookingDesk, id: BookingId): Promise<Booking> {
  const booking = await room.bookings.byName(desk, id);
  if (booking) return booking;
  throw new Refusal(
    'booking-unknown',
    `There is no booking ${id.slice(0, 40)}.`,
    'Look the booking up in the list; ids begin with bkg_.',
  );
}

/** The booking, if it can still be changed. Throws `booking-unknown`, `booking-forgotten` or `booking-cancelled`. */
export async function bookingToChange(room: BookingDesk, id: BookingId): Promise<Booking> {
  const booking = notForgotten(await bookingMeant(room, id));
  if (booking.status !== 'cancelled') return booking;
  throw new Refusal(
    'booking-cancelled',
    'This booking is cancelled and cannot be changed.',
    'Restore it first if the desk cancelled it; else enter a new booking.',
  );
}

/** The booking, unless its guest was forgotten. Throws `booking-forgotten`. */
export function notForgotten(booking: Booking): Booking {
  if (booking.forgottenAt === undefined) return booking;
  throw new Refusal(
    'booking-forgotten',
    'The guest of this booking was erased, and nothing about it changes any more.',
    'Enter a new booking if somebody sails.',
  );
}

/** Records a word of the desk about a booking it has seen. Throws the first problem as a refusal. */
export async function speakForDesk(
  room: BookingDesk,
  id: BookingId,
  word: Pick<Message, 'kind' | 'fields' | 'sameAs'>,
  how: Said = {},
): Promise<Done> {
  const recorded = await recordBooking(room, {
    source: desk,
    externalId: id,
    messageId: how.once ?? newId(room.random, 'msg'),
    at: await afterAllHeard(room, id),
    ...(how.by === undefined ? {} : { by: how.by }),
    ...word,
  });
  if (recorded.kind === 'refused') throw refusalOf(recorded.problems);
  return recorded;
}

/** Now, but after everything the person could know of: a marketplace's clock running ahead must not outvote them. */
export async function afterAllHeard(room: BookingDesk, id: BookingId): Promise<string> {
  const heard = await room.bookings.messages(id);
  const latest = Math.max(0, ...heard.map(({ message }) => Date.parse(message.at)));
  return isoInstant(Math.max(room.clock.now(), latest + 1));
}

/**
 * Reads a time a person typed: a date and a time, only a time (`15:30`: the day stays as in `near`) or only a date (the
 * time stays). Throws `time-unreadable`, `time-does-not-exist` or `time-ambiguous`.
 */
export function typedTime(
  field: 'start' | 'end',
  text: string,
  near: ZonedTime | null,
  zone: string,
): ZonedTime {
  const reading = readTime(near ? completed(text.trim(), near) : text, 'as-written', zone);
  if (reading.kind === 'exact') return reading.time;
  throw refusalOf([timeProblem(field, text, reading, zone)]);
}

function completed(text: string, near: ZonedTime): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return `${text}T${clockOf(near)}`;
  const [, hour, rest] = /^(\d{1,2})(:\d{2}(?:Z|[+-]\d{2}:?\d{2})?)$/.exec(text) ?? [];
  return hour && rest ? `${dayOf(near)}T${hour.padStart(2, '0')}${rest}` : text;
}
