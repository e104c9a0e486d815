import type { FulfilmentRoom } from '#fulfilment/fulfilment.ts';
import { story } from '../embedded-story.ts';
import type { RoomOptions } from '../room-parts.ts';
import { type Rooms, rooms } from '../rooms.ts';
import { type Afterwards, afterwards } from './afterwards.ts';
import { type Means, roomOptions, workflowsOf } from './means.ts';
import { wholeStores } from './money-stores.ts';
import type { Beside } from './open-stores.ts';

/** Both sides of the money fence, in a function whose role may reach amounts. */
export type WholeSide = { of: Rooms; options: RoomOptions; fulfil: FulfilmentRoom; after: Afterwards };

export function wholeSide(means: Means, beside: Beside): WholeSide {
  const after = afterwards(means);
  const options = roomOptions(means);
  const of: Rooms = rooms(wholeStores(means, beside, after), options);
  const durable = workflowsOf(means);
  return { of, options, fulfil: story(of, options, () => durable), after };
}
