import { conflictLetter, housePeople } from '#booking/conflict-letter.ts';
import { paths } from '#ui/paths.ts';
import type { RoomOptions, Rooms } from './embedded-rooms.ts';

/** Writes to the house about what waits for a person: each thing once, because the same thing gives the same letter. For the tick. */
export async function tellHouse(
  of: Rooms,
  { config, at }: Pick<RoomOptions, 'config' | 'at'>,
): Promise<void> {
  const { fleet } = config;
  for (const conflict of await of.conflicts.all()) {
    if (conflict.settled) continue;
    for (const person of housePeople(fleet)) {
      await of.open.post.post(conflictLetter(fleet, person, conflict, at.of(paths.deskHolds)));
    }
  }
}
