import type { CrewRole } from '#booking/fleet.ts';
import { isoInstant } from '#lib/clock.ts';
import { Refusal } from '#lib/refusal.ts';
import { epochOf } from '#lib/zoned.ts';
import {
  type Act,
  type Answer,
  type Assignment,
  type CrewEvent,
  heldBy,
  notOnCrew,
  type Passed,
  type Place,
  placeOf,
  refuseCancelled,
  roomIn,
} from './crew.ts';

/** Somebody who could be asked for an open place. A lower rank is asked first; those of one rank at once. */
export type Candidate = { readonly person: string; readonly rank: number };

export const passedOf = (event: CrewEvent, person: string): Passed | null =>
  event.passed.find(passed => passed.person === person) ?? null;

/**
 * The event with this person's answer, or null when that is the answer already. An open place goes to the first to
 * accept; whoever else was asked for it is passed over and thanked. Refusals: `not-on-crew`, `event-cancelled`,
 * `event-started`, `place-taken`.
 */
export function answered(event: CrewEvent, person: string, answer: Answer, act: Act): CrewEvent | null {
  const passed = passedOf(event, person);
  const place = placeOf(event, person) ?? (passed && askedFor(passed, null));
  if (!place) throw notOnCrew(person);
  refuseCancelled(event);
  if (Date.parse(act.at) >= epochOf(event.start)) {
    throw new Refusal(
      'event-started',
      'The trip has started: answers no longer change.',
      'Call the operator if something is wrong.',
    );
  }
  if (place.answer === answer && !passed) return null;
  if (passed && roomIn(event, place.role) <= 0) throw placeTaken();
  const given: Assignment = {
    ...place,
    answer,
    holds: holdsAfter(event, place, answer),
    answerBy: null,
    answeredAt: act.at,
    answeredBy: act.by,
  };
  const others = event.roster.filter(other => other.person !== person);
  const roster = passed
    ? [...others, given]
    : event.roster.map(other => (other.person === person ? given : other));
  const after = { ...event, roster, passed: event.passed.filter(other => other.person !== person) };
  return answer === 'accepted' ? passedOver(after, place.role, act.at) : after;
}

function holdsAfter(event: CrewEvent, place: Assignment, answer: Answer): boolean {
  if (answer === 'declined') return false;
  if (place.holds) return true;
  const room = roomIn(event, place.role);
  if (answer === 'accepted') {
    if (room <= 0) throw placeTaken();
    return true;
  }
  // Who takes a refusal back gets the place back, unless others have been asked for it by now.
  return room > 0 && !event.roster.some(other => other.person !== place.person && isAsked(other, place.role));
}

const isAsked = (place: Assignment, role: CrewRole) =>
  place.role === role && !place.holds && place.answer === 'unknown';

/** The event without those who are still asked for a role that is full: they are thanked, and kept for another time. */
export function passedOver(event: CrewEvent, role: CrewRole, at: string): CrewEvent {
  if (roomIn(event, role) > 0) return event;
  const late = event.roster.filter(place => isAsked(place, role));
  if (late.length === 0) return event;
  return {
    ...event,
    roster: event.roster.filter(place => !late.includes(place)),
    passed: [...event.passed, ...late.map(({ person }) => ({ person, role, at }))],
  };
}

/** The event with these people asked for a place that goes to the first of them to accept. */
export function asked(
  event: CrewEvent,
  role: CrewRole,
  people: readonly string[],
  answerBy: string,
): CrewEvent {
  const fresh = people.filter(person => !placeOf(event, person));
  return {
    ...event,
    roster: [...event.roster, ...fresh.map(person => askedFor({ person, role }, answerBy))],
    passed: event.passed.filter(({ person }) => !fresh.includes(person)),
  };
}

const askedFor = ({ person, role }: Place, answerBy: string | null): Assignment => ({
  ...heldBy({ person, role }),
  holds: false,
  answerBy,
});

/** The event with somebody in a place of their own, which is one more where none was open. Those asked for it are passed over. */
export function placed(event: CrewEvent, { person, role }: Place, at: string): CrewEvent {
  const before = placeOf(event, person);
  const without = { ...event, roster: event.roster.filter(place => place.person !== person) };
  const needs =
    before?.holds && before.role !== role
      ? { ...event.needs, [before.role]: event.needs[before.role] - 1 }
      : event.needs;
  const more = roomIn({ ...without, needs }, role) > 0 ? needs : { ...needs, [role]: needs[role] + 1 };
  const after = {
    ...event,
    needs: more,
    roster: [...without.roster, heldBy({ person, role })],
    passed: event.passed.filter(passed => passed.person !== person),
    excused: event.excused.filter(other => other !== person),
  };
  return passedOver(after, role, at);
}

/** The event without somebody. `reopen` leaves their place open for others; else it goes with them, unless others are asked for it. */
export function released(event: CrewEvent, person: string, reopen: boolean): CrewEvent {
  const place = placeOf(event, person);
  if (!place && !passedOf(event, person)) throw notOnCrew(person);
  const isTheirs =
    place &&
    (place.holds ||
      (isAsked(place, place.role) &&
        roomIn(event, place.role) > 0 &&
        !event.roster.some(other => other.person !== person && isAsked(other, place.role))));
  const needs =
    isTheirs && !reopen ? { ...event.needs, [place.role]: event.needs[place.role] - 1 } : event.needs;
  return {
    ...event,
    needs,
    roster: event.roster.filter(other => other.person !== person),
    passed: event.passed.filter(other => other.person !== person),
    excused: [...event.excused.filter(other => other !== person), person],
  };
}

/**
 * What time makes of an event: who has not answered in time loses the hold, and for each open place the next of those who
 * could sail are asked. Null when nothing changes. Where nobody could be asked instead, a place stays with whoever has it.
 */
export function crewed(
  event: CrewEvent,
  free: Readonly<Record<CrewRole, readonly Candidate[]>>,
  at: { readonly now: number; readonly answerHours: number },
): { readonly event: CrewEvent; readonly what: readonly string[] } | null {
  if (event.status === 'cancelled' || epochOf(event.start) <= at.now) return null;
  const what: string[] = [];
  let after = event;
  for (const role of ['captain', 'crew'] as const) {
    const candidates = free[role].filter(({ person }) => !placeOf(after, person));
    after = deadlined(after, role, candidates.length > 0, at);
    const late = after.roster.filter(place => place.role === role && place.holds && isOverdue(place, at.now));
    if (candidates.length > 0 && late.length > 0) {
      after = {
        ...after,
        roster: after.roster.map(place => (late.includes(place) ? { ...place, holds: false } : place)),
      };
      what.push(...late.map(({ person }) => `${person} did not answer in time: the place is open.`));
    }
    const next = nextAsked(after, role, candidates, at.now);
    if (next.length > 0) {
      after = asked(after, role, next, answerByOf(event, at));
      what.push(`${next.join(', ')} ${next.length > 1 ? 'were' : 'was'} asked to come as ${role}.`);
    }
  }
  return after === event ? null : { event: after, what };
}

/** Who is asked has a time to answer by; who holds a place too, as soon as there is somebody who could be asked instead. */
function deadlined(
  event: CrewEvent,
  role: CrewRole,
  hasOthers: boolean,
  at: { now: number; answerHours: number },
): CrewEvent {
  const waits = (place: Assignment) =>
    place.role === role &&
    place.answer === 'unknown' &&
    place.answerBy === null &&
    (hasOthers || !place.holds);
  if (!event.roster.some(waits)) return event;
  const answerBy = answerByOf(event, at);
  return { ...event, roster: event.roster.map(place => (waits(place) ? { ...place, answerBy } : place)) };
}

/** The next to be asked: everybody of the best rank, once nobody who was asked before is still within their time. */
function nextAsked(
  event: CrewEvent,
  role: CrewRole,
  candidates: readonly Candidate[],
  now: number,
): readonly string[] {
  if (roomIn(event, role) <= 0) return [];
  if (event.roster.some(place => isAsked(place, role) && !isOverdue(place, now))) return [];
  const best = Math.min(...candidates.map(({ rank }) => rank));
  return candidates.filter(({ rank }) => rank === best).map(({ person }) => person);
}

const isOverdue = ({ answer, answerBy }: Assignment, now: number) =>
  answer === 'unknown' && answerBy !== null && Date.parse(answerBy) <= now;

/** So many hours from now, but never more than half of what is left until the start. */
export const answerByOf = (event: CrewEvent, { now, answerHours }: { now: number; answerHours: number }) =>
  isoInstant(now + Math.min(answerHours * 3_600_000, (epochOf(event.start) - now) / 2));

/** When an answer is due next, ISO 8601 UTC; null when nobody is waited for. */
export const nextDeadline = (event: CrewEvent, now: number): string | null =>
  event.status === 'cancelled'
    ? null
    : (event.roster
        .filter(place => place.answer === 'unknown' && place.answerBy !== null)
        .map(place => place.answerBy ?? '')
        .filter(at => Date.parse(at) > now)
        .sort()[0] ?? null);

const placeTaken = () =>
  new Refusal(
    'place-taken',
    'Thank you, but somebody accepted first: the place is taken.',
    'You need not come, and there is nothing to do. Should a place open, you are asked again.',
  );
