import type { Fleet } from '#booking/fleet.ts';
import { offsetText } from '#lib/zoned.ts';
import type { CrewEvent } from './crew.ts';

/** An event as scripts are answered, in the words of the API. It goes past the same fence as the crew's own page. */
export type EventAnswer = ReturnType<typeof parseEventAnswer>;

/**
 * Builds the answer anew from listed keys. `magicLinks` by person: the address that opens the event for them, or null
 * when it no longer opens; left out in lists, so that one answer never holds the keys to everything.
 * Notes are null when they are held back.
 */
export function parseEventAnswer(
  event: CrewEvent,
  fleet: Fleet,
  shown: { magicLinks?: ReadonlyMap<string, string | null>; withoutNotes?: boolean } = {},
) {
  const { magicLinks, withoutNotes = false } = shown;
  return {
    event_id: event.id,
    event_name: event.title,
    start_time: offsetText(event.start),
    end_time: offsetText(event.end),
    call_time: offsetText(event.callTime),
    zone: event.start.zone,
    vessel: event.vessel,
    berth: event.berth?.name ?? null,
    booking_id: event.booking,
    head_count: event.headCount,
    notes: withoutNotes ? null : event.notes,
    status: event.status,
    revision: event.revision,
    created_at: event.createdAt,
    changed_at: event.changedAt,
    crew: event.roster.map(({ person, role, holds, answer, answerBy, answeredAt }) => ({
      id: person,
      name: fleet.person(person)?.name ?? person,
      role,
      answer,
      place: holds ? ('held' as const) : answer === 'declined' ? ('given up' as const) : ('open' as const),
      answer_by: answerBy,
      answered_at: answer === 'unknown' ? null : answeredAt,
      ...(magicLinks ? { magic_link: magicLinks.get(person) ?? null } : {}),
    })),
  };
}
