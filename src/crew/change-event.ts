import type { Fleet, Vessel } from '#booking/fleet.ts';
import { Refusal } from '#lib/refusal.ts';
import { inZone, rangeText, shift } from '#lib/zoned.ts';
import { newChecklist } from './checklist.ts';
import {
  type Act,
  type CrewEvent,
  type CrewEventId,
  countOf,
  type Place,
  refuseCancelled,
  retimed,
  rostered,
} from './crew.ts';
import type { Edited } from './crew-store.ts';
import { type EventRequest, readEventChange, type readNewEvent } from './event-request.ts';

/** A new event as a script asked for it. Without a vessel the call time is the start. */
export function eventAsked(id: CrewEventId, asked: ReturnType<typeof readNewEvent>, act: Act): Edited {
  const vessel = asked.vessel ?? null;
  const event: CrewEvent = {
    id,
    booking: asked.booking ?? null,
    revision: 1,
    title: asked.title,
    ...aboard(vessel),
    ...timesOf(asked.start, asked.end, vessel),
    headCount: null,
    guestFirstName: null,
    notes: asked.notes ?? '',
    status: 'on',
    origin: 'api',
    roster: rostered([], asked.crew ?? []),
    needs: countOf(asked.crew ?? []),
    passed: [],
    excused: [],
    renterChose: null,
    rosterIs: 'chosen',
    checklist: newChecklist(),
    createdAt: act.at,
    changedAt: act.at,
  };
  return { event, entries: [{ ...act, what: 'The event was made.' }], tell: true };
}

/**
 * The event after what a script asked, or null when it is so already. What a booking says of its event follows the booking.
 * Refusals: those of `readEventChange`, `event-cancelled`, `event-follows-booking`.
 */
export function eventChanged(before: CrewEvent, body: unknown, fleet: Fleet, act: Act): Edited | null {
  const asked = readEventChange(body, fleet, before);
  if (before.status === 'cancelled' && asked.cancel === true) return null;
  refuseCancelled(before);
  if (before.booking !== null) refuseOwnedByBooking(before, body);
  const vessel = asked.vessel === undefined ? fleet.vessel(before.vessel ?? '') : asked.vessel;
  const timed =
    before.booking === null && asked.start && asked.end
      ? retimed(before, timesOf(asked.start, asked.end, vessel))
      : before;
  const after: CrewEvent = {
    ...timed,
    ...(asked.vessel === undefined ? {} : aboard(asked.vessel)),
    title: asked.title ?? before.title,
    notes: asked.notes ?? before.notes,
    status: asked.cancel ? 'cancelled' : before.status,
    ...(asked.crew === undefined ? {} : chosen(timed, asked.crew)),
  };
  const what = differences(before, after, asked);
  return what.length === 0
    ? null
    : revised(
        after,
        what.map(line => ({ ...act, what: line })),
      );
}

/** The roster somebody chose: from now on no default overrides it. */
export const chosen = (
  event: CrewEvent,
  crew: readonly Place[],
): Pick<CrewEvent, 'roster' | 'rosterIs' | 'needs' | 'passed'> => ({
  roster: rostered(event.roster, crew),
  needs: countOf(crew),
  passed: event.passed.filter(({ person }) => !crew.some(place => place.person === person)),
  rosterIs: 'chosen',
});

/** The event at its next revision, with the crew yet to be told. */
export const revised = (event: CrewEvent, entries: Edited['entries']): Edited => ({
  event: { ...event, revision: event.revision + 1, changedAt: entries[0]?.at ?? event.changedAt },
  entries,
  tell: true,
});

const aboard = (vessel: Vessel | null): Pick<CrewEvent, 'vessel' | 'charterMode' | 'berth'> => ({
  vessel: vessel?.id ?? null,
  charterMode: vessel?.charterMode ?? null,
  berth: vessel?.berth ?? null,
});

const timesOf = (start: CrewEvent['start'], end: CrewEvent['end'], vessel: Vessel | null) => ({
  start,
  end: inZone(end.at, start.zone),
  callTime: vessel ? shift(start, { minutes: -vessel.callMinutes }) : start,
});

const ownedByBooking = ['event_name', 'start_time', 'end_time', 'vessel', 'zone', 'status'];

function refuseOwnedByBooking(event: CrewEvent, body: unknown) {
  const fields = Object.keys(body as object).filter(key => ownedByBooking.includes(key));
  if (fields.length === 0) return;
  throw new Refusal(
    'event-follows-booking',
    `${fields.join(', ')} of this event follow its booking ${event.booking}.`,
    'Move or cancel the booking; the event, the page and the letters then follow. Here only notes and crew change.',
    { booking: event.booking, fields },
  );
}

/** What changed, for the history: sentences without the notes themselves. */
function differences(before: CrewEvent, after: CrewEvent, asked: EventRequest): string[] {
  const when = (event: CrewEvent) => rangeText(event.start, event.end);
  const crew = (event: CrewEvent) => event.roster.map(({ person, role }) => `${person} (${role})`).join(', ');
  return [
    ...(before.status !== after.status ? ['The trip was cancelled.'] : []),
    ...(when(before) !== when(after) ? [`Moved from ${when(before)} to ${when(after)}.`] : []),
    ...(before.title !== after.title ? ['The name changed.'] : []),
    ...(before.vessel !== after.vessel ? ['The vessel changed.'] : []),
    ...(before.notes !== after.notes ? ['The notes changed.'] : []),
    ...(asked.crew && crew(before) !== crew(after) ? [`The crew is now ${crew(after) || 'nobody'}.`] : []),
  ];
}
