import { vesselUnknown } from '#booking/draft.ts';
import type { Problem } from '#booking/problem.ts';
import { readTime, type TimesMean } from '#booking/times.ts';
import { at, words } from '#intake/at-path.ts';
import type { Delivery } from '#intake/inbox.ts';
import { meantBy } from '#intake/meant.ts';
import { readPayload } from '#intake/read-booking-payload.ts';
import type { Read, ReadingRoom } from '#intake/source.ts';
import { vesselOf } from '#intake/vessel-of.ts';
import { shift } from '#lib/zoned.ts';

/** What a marketplace's message says, found in it but not judged: whatever stands there is held to the rules of our own payload. */
export type Told = {
  readonly event: 'created' | 'changed' | 'cancelled';
  readonly status?: 'confirmed' | 'tentative';
  readonly id: unknown;
  readonly version?: unknown;
  readonly replaces?: unknown;
  /** When it happened there; left out by those that do not say, and it is when it came in then. */
  readonly occurredAt?: unknown;
  /** Not needed for a cancellation. */
  readonly trip?: TripTold;
  /** Decimals as text, or whatever else stands there: for the books to judge. */
  readonly payout?: { gross: unknown; currency?: unknown; lines?: readonly unknown[] } | undefined;
  /** Everything that anybody typed. */
  readonly note?: unknown;
};

export type TripTold = {
  /** What the marketplace may mean the vessel by, the best first: its ids and names of what was sold. */
  readonly listing: readonly unknown[];
  readonly start: unknown;
  /** Or minutes, where it tells how long the trip is. */
  readonly end: unknown | { minutes: unknown };
  readonly guest: { name: unknown; email?: unknown; phone?: unknown };
  /** Passengers, where it counts them; null where it counts something else or nothing. */
  readonly passengers: unknown;
  /** How the count is at odds with the rest of the message, which only what the operator declared can outweigh. */
  readonly contradiction?: string | null;
  /** How many of the thing were sold, which are passengers only where the operator says so. */
  readonly quantity?: unknown;
  /** What the guest was asked, with the answers. */
  readonly answers?: readonly (readonly [question: unknown, answer: unknown])[];
};

/** How a message is read as if it were ours. `timed`: it says when it happened, so it has to. */
export function readTold(
  told: Told,
  how: { marketplace: string; timed: boolean },
  delivery: Delivery,
  room: ReadingRoom,
): Read {
  const { trip } = told;
  const listing = trip ? knownListing(trip.listing, room) : '';
  const payload = {
    type: `booking.${told.event}`,
    occurred_at: told.occurredAt,
    booking: {
      id: words(told.id) ?? undefined,
      version: told.version,
      replaces: words(told.replaces) ?? undefined,
      note: told.note ?? undefined,
      ...(trip
        ? {
            status: told.status ?? 'confirmed',
            vessel: listing,
            start: trip.start,
            end: endOf(trip, listing, room),
            guest: {
              name: words(trip.guest.name) ?? undefined,
              email: words(trip.guest.email),
              phone: words(trip.guest.phone),
            },
            party_size: partyOf(trip, listing, room),
          }
        : {}),
    },
    payout: told.payout,
  };
  const held = (problem: Problem): Read => ({
    problems: [problem],
    meant: { ...meantBy(payload, room), [problem.field]: undefined },
  });
  // How long a trip is and how many come may hang on the vessel, so that nothing can be said without her.
  if (trip && !vesselOf(listing, room))
    return held(listing === '' ? listingMissing(how.marketplace) : vesselUnknown(listing));
  if (trip?.contradiction && declaredParty(trip, listing, room) === undefined)
    return held(partyContradicted(trip.contradiction, how.marketplace));
  const cure = `Compare it with ${how.marketplace}. Where it leaves this out for good, say it in the configuration of the source (listings, hours, party); then run this again.`;
  return readPayload(payload, { timed: how.timed, cure }, delivery, room);
}

/** It leaves out what was booked, as older forms of some webhooks do. */
const listingMissing = (marketplace: string): Problem => ({
  field: 'vessel',
  code: 'field-missing',
  reason: 'The message does not say what was booked.',
  cure: `Look at ${marketplace} what was booked and enter it by hand, or renew the subscription of the webhook there; then discard this message.`,
});

const partyContradicted = (reason: string, marketplace: string): Problem => ({
  field: 'partySize',
  code: 'field-malformed',
  reason,
  cure: `Look at ${marketplace} how many come and put it right there, or enter the booking by hand and discard this message.`,
});

/** The first word that is known for a vessel; else the best one, to be named as unknown. */
function knownListing(listing: readonly unknown[], room: ReadingRoom): string {
  const all = listing.map(words).filter(word => word !== null);
  return all.find(word => vesselOf(word, room)) ?? all[0] ?? '';
}

function endOf({ start, end, listing }: TripTold, known: string, room: ReadingRoom): unknown {
  const told = at(end, 'minutes');
  const minutes = told === undefined ? null : Number(words(told) ?? Number.NaN);
  if (minutes === null && end !== undefined && end !== null && end !== start) return end;
  const hours = [known, ...listing.map(words)]
    .map(word =>
      word !== null && Object.hasOwn(room.settings.hours, word) ? room.settings.hours[word] : undefined,
    )
    .find(declared => declared !== undefined);
  const length = minutes ?? (hours === undefined ? null : hours * 60);
  if (length === null || !(length > 0 && length <= longestMinutes)) return undefined;
  return after(start, Math.round(length), room.settings.times, vesselOf(known, room)?.zone ?? null);
}

/** Beyond this a length is a slip: bookings of more than three days are refused anyway. */
const longestMinutes = 10 * 24 * 60;

/** The start where it cannot be read, so that the problem is told of the start. */
function after(start: unknown, minutes: number, mean: TimesMean, zone: string | null): unknown {
  const reading = zone === null ? null : readTime(start, mean, zone);
  if (reading?.kind !== 'exact') return start;
  const end = shift(reading.time, { minutes });
  return mean === 'local' ? end.local : end.at;
}

function partyOf(trip: TripTold, listing: string, room: ReadingRoom): unknown {
  const declared = declaredParty(trip, listing, room);
  if (declared !== undefined) return declared;
  return countIn(trip.passengers ?? (room.settings.party.isQuantity ? trip.quantity : undefined));
}

/** What the operator's own question was answered, or the configuration says of the listing. */
function declaredParty(trip: TripTold, listing: string, room: ReadingRoom): unknown {
  const { question, byListing } = room.settings.party;
  const answer = trip.answers?.find(([asked]) => question !== null && words(asked) === question)?.[1];
  if (answer !== undefined) return countIn(answer);
  return Object.hasOwn(byListing, listing) ? byListing[listing] : undefined;
}

/** A number, or a text that is nothing but one; anything else stays what it is, to be refused. */
const countIn = (value: unknown): unknown =>
  typeof value === 'string' && /^\d{1,4}$/.test(value.trim()) ? Number(value) : value;

/** An amount in hundredths as a decimal; whatever is no whole number is handed on for the books to see. */
export function fromCents(value: unknown, digits = 2): unknown {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string' || !/^\d{1,15}$/.test(text)) return value;
  if (digits === 0) return text;
  const padded = text.padStart(digits + 1, '0');
  return `${padded.slice(0, -digits)}.${padded.slice(-digits)}`;
}

/** A currency as the books spell it. */
export const currencyOf = (value: unknown): unknown =>
  typeof value === 'string' ? value.toUpperCase() : value;

/** The problem of a state that nobody described to us: it may mean anything. */
export const statusUnknown = (status: unknown, marketplace: string): { problems: readonly [Problem] } => ({
  problems: [
    {
      field: 'status',
      code: 'status-unknown',
      reason: `The booking has a status at ${marketplace} that is not known here${typeof status === 'string' ? `: ${status.slice(0, 40)}` : ''}.`,
      cure: `Look at ${marketplace} whether the booking stands, and enter or cancel it by hand.`,
    },
  ],
});

/**
 * The one trip among what was sold together: the only item, or the only one that is a vessel of ours. Two trips in one
 * order cannot be one booking, and which is meant is not guessed.
 */
export function oneTrip<Item>(
  items: readonly Item[],
  listing: (item: Item) => readonly unknown[],
  room: ReadingRoom,
): { item: Item } | { problems: readonly [Problem] } {
  const ours = items.filter(item => listing(item).some(word => vesselOf(words(word) ?? '', room)));
  const [only] = items.length === 1 ? items : ours;
  if (only !== undefined && (items.length === 1 || ours.length === 1)) return { item: only };
  return {
    problems: [
      {
        field: 'vessel',
        code: ours.length > 1 ? 'trips-several' : 'vessel-unknown',
        reason:
          ours.length > 1
            ? `The order holds ${ours.length} trips; a booking is one.`
            : 'Nothing in the order is a vessel of the fleet.',
        cure:
          ours.length > 1
            ? 'Enter each trip by hand, and discard this message.'
            : "Add the marketplace's word for the vessel to the listings of the source; then run this again.",
      },
    ],
  };
}

export const nothing: Read = { nothing: true };
