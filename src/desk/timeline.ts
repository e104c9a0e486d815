import type { Booking, BookingField, Origin } from '#booking/booking.ts';
import type { Heard } from '#booking/booking-store.ts';
import type { Fleet } from '#booking/fleet.ts';
import type { Message } from '#booking/message.ts';
import type { AuditEntry } from '#crew/crew.ts';
import type { Posted } from '#mail/post.ts';
import { bookingFields, fieldLabels, fieldText, personName, recipientText, tripText } from './words.ts';

/** One thing that happened to a booking. */
export type Happening = {
  /** ISO 8601 UTC. */
  at: string;
  what: string;
  /** Who or which message did it. */
  by: string | null;
  /** What changed, old and new; old is null where nothing was said before. */
  changes: readonly { label: string; was: string | null; now: string }[];
};

/** Everything that happened to a booking, the newest first: its revisions with who said so, messages that changed nothing, its letters, what happened with its crew. */
export function timelineOf(of: {
  fleet: Fleet;
  /** Oldest first. */
  revisions: readonly Booking[];
  messages: readonly Heard[];
  letters: readonly Posted[];
  /** The history of the crew event. */
  crew: readonly AuditEntry[];
  sayer: (origin: Origin) => string;
}): readonly Happening[] {
  const { fleet, revisions } = of;
  const latest = revisions.at(-1) ?? null;
  const happenings = [
    ...revisions.map((booking, index) => revised(fleet, revisions[index - 1] ?? null, booking, of.sayer)),
    ...unheeded(revisions, of.messages, of.sayer),
    ...of.letters.map(letter => written(fleet, latest, letter)),
    // What the booking did to its crew event follows from the revisions above.
    ...of.crew
      .filter(({ by }) => by !== 'booking')
      .map(({ at, by, what }) => ({ at, what, by: personName(fleet, by), changes: [] })),
  ];
  return happenings.sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
}

function revised(
  fleet: Fleet,
  before: Booking | null,
  booking: Booking,
  sayer: (origin: Origin) => string,
): Happening {
  const text = (of: Booking, field: BookingField) => fieldText(fleet, of, field);
  const changed = bookingFields.filter(field => !before || text(before, field) !== text(booking, field));
  const origins = changed.flatMap(field => booking.origins[field] ?? []);
  return {
    at: booking.recordedAt,
    what: before ? `Revision ${booking.revision}: ${nameOf(changed, booking)}` : 'Booked',
    by: [...new Set(origins.map(sayer))].join(', ') || null,
    changes: before ? changesOf(fleet, before, booking, changed) : [],
  };
}

/** Start and end are told as one: both say when the trip is. */
function changesOf(
  fleet: Fleet,
  before: Booking,
  booking: Booking,
  changed: readonly BookingField[],
): Happening['changes'] {
  const isTime = (field: BookingField) => field === 'start' || field === 'end';
  const times = changed.some(isTime)
    ? [{ label: 'When', was: tripText(before), now: tripText(booking) }]
    : [];
  const others = changed
    .filter(field => !isTime(field))
    .map(field => ({
      label: fieldLabels[field],
      was: fieldText(fleet, before, field),
      now: fieldText(fleet, booking, field),
    }));
  return [...times, ...others];
}

function nameOf(changed: readonly BookingField[], booking: Booking): string {
  if (changed.includes('status') && booking.status === 'cancelled') return 'cancelled';
  if (changed.some(field => field === 'start' || field === 'end' || field === 'vessel')) return 'moved';
  return 'changed';
}

/** The desk's word that two bookings are one trip, or that one was two. */
function identitySaid({ apart, sameAs, why }: Message): string | null {
  if (apart) return `Said to be two trips${why ? `: ${why}` : ''}`;
  return sameAs ? 'Said to be one trip with another booking' : null;
}

/** Messages that no field goes back to: said again, or too late to count. */
function unheeded(
  revisions: readonly Booking[],
  messages: readonly Heard[],
  sayer: (origin: Origin) => string,
): Happening[] {
  const heeded = new Set(
    revisions.flatMap(({ origins }) =>
      Object.values(origins).map(({ source, message }) => `${source} ${message}`),
    ),
  );
  return messages
    .filter(({ message }) => !heeded.has(`${message.source} ${message.messageId}`))
    .map(({ message, recordedAt }) => ({
      at: recordedAt,
      what: identitySaid(message) ?? `A message (${message.kind}) brought nothing new`,
      by: sayer({ source: message.source, message: message.messageId, at: message.at }),
      changes: [],
    }));
}

function written(fleet: Fleet, booking: Booking | null, letter: Posted): Happening {
  const to = recipientText(fleet, booking, letter.to) ?? letter.to;
  const fates = {
    waiting: `Letter to ${to} is waiting`,
    sent: `Letter to ${to} went out`,
    returned: `Letter to ${to} came back`,
    recalled: `Letter to ${to} was taken back`,
  };
  return {
    at: letter.sentAt ?? letter.postedAt,
    what: `${fates[letter.state]}: “${letter.subject}”`,
    by: null,
    changes: [],
  };
}
