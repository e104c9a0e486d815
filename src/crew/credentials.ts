import type { Credential, CrewRole, Fleet } from '#booking/fleet.ts';
import { Refusal } from '#lib/refusal.ts';
import { dayOf } from '#lib/zoned.ts';
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
): Promise<Refusal | null> {
  const day = dayOf(event.end);
  const expired = (await papers.of(person)).find(
    ({ expires, neededAs }) => neededAs.includes(role) && expires < day,
  );
  if (!expired) return null;
  return new Refusal(
    'credential-expired',
    `The ${expired.kind} of ${person} is good until ${expired.expires}, and the trip is on ${day}.`,
    'Record the renewed one, or have somebody else sail. An exception needs a reason, which is kept.',
    { person, kind: expired.kind, expires: expired.expires, day },
  );
}
