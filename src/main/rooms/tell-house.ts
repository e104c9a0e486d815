import { conflictLetter, housePeople } from '#booking/conflict-letter.ts';
import { credentialDues } from '#crew/credential-warnings.ts';
import { paths } from '#ui/paths.ts';
import type { OpenRooms } from './open-rooms.ts';
import type { RoomOptions } from './parts.ts';

/**
 * Writes to the house about what waits for a person: each thing once, because the same thing gives the same letter. For the
 * tick; the first one also puts the credentials of the configuration on the agenda.
 */
export function houseTeller(of: OpenRooms, { config, at }: Pick<RoomOptions, 'config' | 'at'>) {
  const { fleet } = config;
  let isPlanned = false;
  return async (): Promise<void> => {
    if (!isPlanned) {
      const planned = await credentialDues(of.papers, fleet);
      for (const { subject, dues } of planned) await of.agenda.replace(subject, dues);
      isPlanned = true;
    }
    for (const conflict of await of.conflicts.all()) {
      if (conflict.settled) continue;
      for (const person of housePeople(fleet)) {
        await of.open.post.post(conflictLetter(fleet, person, conflict, at.of(paths.deskHolds)));
      }
    }
  };
}
