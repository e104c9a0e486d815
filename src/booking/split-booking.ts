import { newId } from '#lib/random.ts';
import { Refusal } from '#lib/refusal.ts';
import type { Booking, BookingId, ExternalName } from './booking.ts';
import type { BookingStore } from './booking-store.ts';
import { judgeBy } from './draft.ts';
import { type Account, fold } from './fold.ts';
import { desk } from './message.ts';
import { dividedBy, isName, namesApart, type Part } from './parts.ts';
import { refusalOf } from './problem.ts';
import type { BookingDesk } from './record-booking.ts';
import { afterAllHeard, bookingMeant, notForgotten, type Said } from './speak-for-desk.ts';

/** A part of a booking and what either would be without the other. */
export type PartSeen = { readonly part: Part; readonly goes: Account; readonly stays: Account };

/** What a booking could be split into, each with a look at both halves. Changes nothing. */
export async function partsSeen(
  { bookings }: { bookings: Pick<BookingStore, 'parts' | 'messages'> },
  id: BookingId,
): Promise<readonly PartSeen[]> {
  const parts = await bookings.parts(id);
  if (parts.length === 0) return [];
  const messages = (await bookings.messages(id)).map(({ message }) => message);
  return parts.map(part => {
    const { goes, stays } = dividedBy(part, messages);
    return { part, goes: fold(goes), stays: fold(stays) };
  });
}

export type SplitDone = { readonly booking: Booking; readonly other: Booking };

/**
 * Says that two trips were taken as one: what was said under `name` becomes a booking of its own again, with everything that
 * comes in under it later. Merging them takes it back. Safe to repeat. Refusals `booking-unknown`, `booking-forgotten`,
 * `reason-missing`, `part-unknown`, and those of `judgeBy` where one of the two could not be a booking.
 */
export async function splitBooking(
  room: BookingDesk,
  id: BookingId,
  name: ExternalName,
  how: Said & { why: string },
): Promise<SplitDone> {
  const booking = notForgotten(await bookingMeant(room, id));
  const why = how.why.trim();
  if (why === '') throw new Refusal('reason-missing', 'A reason is needed.', 'Say why they are two trips.');
  const parts = await room.bookings.parts(booking.id);
  const part = parts.find(({ names }) => names.some(each => isName(each, name)));
  const done = part ? null : await alreadySplit(room, booking, name);
  if (done) return done;
  if (!part) throw partUnknown(parts);
  const split = await room.bookings.split(
    booking.id,
    part,
    {
      messageId: how.once ?? newId(room.random, 'msg'),
      at: await afterAllHeard(room, booking.id),
      why: why.slice(0, 300),
      ...(how.by === undefined ? {} : { by: how.by }),
    },
    judgeBy(room),
  );
  if (split.kind === 'refused') throw refusalOf(split.problems);
  return split;
}

async function alreadySplit(
  { bookings }: BookingDesk,
  booking: Booking,
  name: ExternalName,
): Promise<SplitDone | null> {
  const said = (await bookings.messages(booking.id)).map(({ message }) => message);
  if (!namesApart(said).some(each => isName(each, name))) return null;
  const other = await bookings.byName(name.source, name.externalId);
  return other && other.id !== booking.id ? { booking, other } : null;
}

/** The name by which people choose a part: its first outside one, or the id it had. */
export const nameOfPart = ({ names }: Part): ExternalName =>
  names.find(({ source }) => source !== desk) ?? names[0] ?? { source: desk, externalId: '' };

export const nameText = ({ source, externalId }: ExternalName): string => `${source}:${externalId}`;

const partUnknown = (parts: readonly Part[]) =>
  new Refusal(
    'part-unknown',
    parts.length === 0
      ? 'This booking is one trip as far as anybody told: there is nothing to split off.'
      : 'This booking has no such part.',
    parts.length === 0
      ? 'Enter the other trip as a booking of its own.'
      : `Choose one of: ${parts.map(part => nameText(nameOfPart(part))).join(', ')}.`,
  );
