import { dayOf, inZone } from '#lib/zoned.ts';
import type { Letter } from '#mail/letter.ts';
import type { CrewEvent } from './crew.ts';
import { crewReminder } from './crew-letters.ts';
import { linkFor, linkUrl } from './crew-link.ts';
import type { TellParts } from './tell-crew.ts';
import { promisedBy } from './told.ts';

/**
 * The letters of the day before, one for each who holds a place; none for a cancelled event. To be posted by whoever
 * asks: posting them twice is harmless, and a person who is no longer in the configuration gets none. `now` is epoch ms:
 * on the day itself, after a house was off, they say so.
 */
export async function crewReminders(
  { links, fleet, origin }: Pick<TellParts, 'links' | 'fleet' | 'origin'>,
  event: CrewEvent,
  now: number,
): Promise<readonly Letter[]> {
  if (event.status === 'cancelled') return [];
  const due = event.roster.filter(({ holds }) => holds);
  const when = dayOf(inZone(now, event.start.zone)) === dayOf(event.start) ? 'Today' : 'Tomorrow';
  const letters = due.map(async ({ person: id, role }) => {
    const person = fleet.person(id);
    if (!person) return [];
    const url = linkUrl(origin, await links.issue(linkFor(event, id)));
    const promised = promisedBy(event, role, vessel => fleet.vessel(vessel)?.name ?? null);
    return [crewReminder({ house: fleet.house, event, person, url }, promised, when)];
  });
  return (await Promise.all(letters)).flat();
}
