import type { BookingId } from '#booking/booking.ts';
import type { Berth, CharterMode, CrewRole } from '#booking/fleet.ts';
import { Refusal } from '#lib/refusal.ts';
import { epochOf, type ZonedTime } from '#lib/zoned.ts';
import type { CheckId, CheckItem } from './checklist.ts';

export type CrewEventId = `evt_${string}`;

/**
 * What a crew comes together for: a booked charter, or something a script or person put in. It holds no amount and
 * nothing a marketplace wrote; `notes` are typed by a person, for the crew.
 */
export type CrewEvent = {
  readonly id: CrewEventId;
  /** At most one event for a booking, whatever the duplicates; null for what no guest booked. */
  readonly booking: BookingId | null;
  /** Rises with each change of what the event says or of who is on it; answers and checks leave it alone. */
  readonly revision: number;
  readonly title: string;
  /** Vessel id. */
  readonly vessel: string | null;
  readonly charterMode: CharterMode | null;
  readonly start: ZonedTime;
  readonly end: ZonedTime;
  /** When the crew is due on board. */
  readonly callTime: ZonedTime;
  readonly berth: Berth | null;
  /** Passengers expected, for the count before departure. */
  readonly headCount: number | null;
  readonly guestFirstName: string | null;
  readonly notes: string;
  readonly status: 'on' | 'cancelled';
  readonly origin: 'booking' | 'api';
  /** How many of each role she sails with; what the holders on the roster fall short of is open. */
  readonly needs: Readonly<Record<CrewRole, number>>;
  readonly roster: readonly Assignment[];
  /** Who was asked for an open place that somebody else took: thanked, not sailing, and asked again should one open. */
  readonly passed: readonly Passed[];
  /** Whom somebody took off by hand: they are not asked again by themselves. */
  readonly excused: readonly string[];
  /** On a bareboat charter, whom the renter chose as captain: one of ours, or somebody of their own (null). Null until it is known. */
  readonly renterChose: RentersChoice | null;
  /** Whether the roster is the vessel's usual one, which follows her, or somebody chose it, which nothing overrides. */
  readonly rosterIs: 'usual' | 'chosen';
  readonly checklist: readonly CheckItem[];
  /** ISO 8601 UTC. */
  readonly createdAt: string;
  /** When `revision` last rose, ISO 8601 UTC. */
  readonly changedAt: string;
};

export const answers = ['unknown', 'accepted', 'declined'] as const;
export type Answer = (typeof answers)[number];

/** One person's place on an event, and what they say to it. */
export type Assignment = {
  readonly person: string;
  readonly role: CrewRole;
  /**
   * Whether the place is theirs unless they decline. Who is on the roster without holding is asked for an open place,
   * which goes to the first to accept, or has declined.
   */
  readonly holds: boolean;
  /** Until when an answer is awaited, ISO 8601 UTC; then the place is open to others. Null where nobody waits. */
  readonly answerBy: string | null;
  readonly answer: Answer;
  /** When the answer was given or taken back, ISO 8601 UTC; null while nobody answered. */
  readonly answeredAt: string | null;
  /** The person, or whoever put in what they said on the phone; null while nobody answered. */
  readonly answeredBy: string | null;
  /** When the person's link was last ended and a new one sent, ISO 8601 UTC; absent where it never was. */
  readonly linkRenewedAt?: string;
};

export type Place = { readonly person: string; readonly role: CrewRole };

export type RentersChoice = { readonly captain: string | null; readonly by: string; readonly at: string };

export type Passed = Place & { readonly at: string };

/** A line of the event's history. `what` is a sentence without amounts, notes or contact data. */
export type AuditEntry = { readonly at: string; readonly by: string; readonly what: string };

/** Who does something, and when: what every audit line is made of. */
export type Act = { readonly by: string; readonly at: string };

export const placeOf = (event: CrewEvent, person: string): Assignment | null =>
  event.roster.find(place => place.person === person) ?? null;

/** A roster of these places, each theirs to hold: whoever keeps place and role keeps the answer. */
export const rostered = (before: readonly Assignment[], wanted: readonly Place[]): readonly Assignment[] =>
  wanted.map(({ person, role }) => {
    const known = before.find(place => place.person === person && place.role === role);
    if (!known) return heldBy({ person, role });
    return known.holds || known.answer === 'declined' ? known : { ...known, holds: true, answerBy: null };
  });

/** How many of each role these places make. */
export const countOf = (places: readonly Place[]): CrewEvent['needs'] => ({
  captain: places.filter(({ role }) => role === 'captain').length,
  crew: places.filter(({ role }) => role === 'crew').length,
});

/** An event's times; an answer given for other times is open again, because it was those that were accepted. */
export function retimed(event: CrewEvent, times: Pick<CrewEvent, 'start' | 'end' | 'callTime'>): CrewEvent {
  const same = epochOf(event.start) === epochOf(times.start) && epochOf(event.end) === epochOf(times.end);
  const timed = { ...event, ...times };
  return same ? timed : reopened(timed);
}

/** The event with every answer open again: what was answered no longer holds. Who had declined gets a place that nobody took. */
export function reopened(event: CrewEvent): CrewEvent {
  let roster = event.roster.map(place => ({ ...heldBy(place), holds: place.holds }));
  for (const { person, role } of event.roster.filter(({ answer }) => answer === 'declined')) {
    if (roomIn({ ...event, roster }, role) <= 0) continue;
    roster = roster.map(place => (place.person === person ? { ...place, holds: true } : place));
  }
  return { ...event, roster };
}

/** Places of a role that nobody holds. */
export const roomIn = ({ needs, roster }: Pick<CrewEvent, 'needs' | 'roster'>, role: CrewRole): number =>
  needs[role] - roster.filter(place => place.role === role && place.holds).length;

/** An event as it was stored, whatever version stored it: before places could be open, everybody held theirs. */
export function completed(stored: CrewEvent): CrewEvent {
  const { roster, needs, passed }: Partial<CrewEvent> = stored;
  if (roster && needs && passed) return stored;
  return {
    ...stored,
    needs: countOf(roster ?? []),
    passed: [],
    excused: [],
    renterChose: null,
    roster: (roster ?? []).map(place => ({ ...place, holds: place.answer !== 'declined', answerBy: null })),
  };
}

/** The event with an item of the checklist done or undone, or null when it is so already. Refusals: `event-cancelled`, `check-unknown`. */
export function checked(event: CrewEvent, id: CheckId, done: boolean, act: Act): CrewEvent | null {
  refuseCancelled(event);
  const item = event.checklist.find(other => other.id === id);
  if (!item)
    throw new Refusal('check-unknown', `There is no item ${id} on the checklist.`, 'Reload the page.');
  if ((item.done !== null) === done) return null;
  const now: CheckItem = { id, done: done ? { by: act.by, at: act.at } : null };
  return { ...event, checklist: event.checklist.map(other => (other.id === id ? now : other)) };
}

export function refuseCancelled(event: CrewEvent): void {
  if (event.status === 'cancelled') {
    throw new Refusal(
      'event-cancelled',
      'This trip is cancelled: nothing on it changes any more.',
      'Make a new event if it takes place after all.',
      { event: event.id },
    );
  }
}

export const notOnCrew = (person: string) =>
  new Refusal('not-on-crew', `${person} is not on the crew of this trip.`, 'Assign the person first.', {
    person,
  });

/** A place that is theirs until they decline, not answered yet. */
export const heldBy = ({ person, role }: Place): Assignment => ({
  person,
  role,
  holds: true,
  answerBy: null,
  answer: 'unknown',
  answeredAt: null,
  answeredBy: null,
});
