import type { Credential, CrewRole, Fleet } from '#booking/fleet.ts';
import { Refusal } from '#lib/refusal.ts';
import { dateText, dayOf, resolveWall, type ZonedTime } from '#lib/zoned.ts';
import type { CrewEvent } from './crew.ts';

/** What each person has to hold to sail, as of now. */
export interface Papers {
  of(person: string): Promise<readonly Credential[]>;
}

/** The papers of the configuration alone. */
export const papersOf = (fleet: Fleet): Papers => ({
  of: async person => fleet.person(person)?.credentials ?? [],
});

/** The credential that keeps somebody from sailing in a role on the last day of an event; a grace period does not count. */
export async function papersFault(
  papers: Papers,
  event: Pick<CrewEvent, 'end'>,
  person: string,
  role: CrewRole,
  /** How the refusal names them. */
  name = person,
): Promise<Refusal | null> {
  const day = dayOf(event.end);
  const expired = (await papers.of(person)).find(
    ({ expires, neededAs }) => neededAs.includes(role) && expires < day,
  );
  if (!expired) return null;
  return new Refusal(
    'credential-expired',
    `The ${expired.kind} of ${name} is good until ${goodUntil(expired, event.end.zone)}, and the trip ends on ${dateText(event.end)}.`,
    'Record the renewed one, or have somebody else sail. An exception needs a reason, which is kept.',
    { person, kind: expired.kind, expires: expired.expires, day },
  );
}

/** The last day on which it is good, in words. */
export const goodUntil = ({ expires }: Credential, zone: string): string => dateText(noonOf(expires, zone));

/** The noon of a day, which every day has, whatever its clocks do. */
export function noonOf(day: string, zone: string): ZonedTime {
  const noon = resolveWall(`${day}T12:00`, zone);
  if (noon.kind === 'exact') return noon.time;
  throw new RangeError(`${day} has no noon in ${zone}`);
}
