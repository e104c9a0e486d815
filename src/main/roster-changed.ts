import type { CrewEvent } from '#crew/crew.ts';
import type { FulfilmentRoom } from '#fulfilment/fulfilment.ts';
import type { Rooms } from './embedded-rooms.ts';

/** What follows when somebody answers or the roster changes: every surface that names the crew, letters included. */
export const rosterChanged =
  (of: Rooms, fulfil: FulfilmentRoom) =>
  async (event: CrewEvent): Promise<void> => {
    if (event.booking) await fulfil.again(event.booking);
    else await of.telling.tellCrew(event.id);
  };
