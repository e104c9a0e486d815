import type { CrewEvent } from '#crew/crew.ts';
import type { FulfilmentRoom } from '#fulfilment/fulfilment.ts';
import type { Rooms } from './embedded-rooms.ts';

/** What follows when somebody answers or the roster changes: the crew is told, and every surface that names them follows. */
export const rosterChanged =
  (of: Rooms, fulfil: FulfilmentRoom) =>
  async (event: CrewEvent): Promise<void> => {
    await Promise.all([of.telling.tellCrew(event.id), event.booking && fulfil.again(event.booking)]);
  };
