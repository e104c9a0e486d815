import type { Fulfilling, FulfilmentRoom } from '#fulfilment/fulfilment.ts';
import type { BooksDoor } from '#fulfilment/fulfilment-parts.ts';
import type { RoomOptions } from '../rooms/parts.ts';
import { type Rooms, rooms } from '../rooms/rooms.ts';
import { type Afterwards, afterwards } from './afterwards.ts';
import { callsFrom } from './calls-from.ts';
import { late } from './late.ts';
import { type Means, roomOptions } from './means.ts';
import { wholeStores } from './money-stores.ts';
import type { Beside } from './open-stores.ts';

/** Both sides of the money fence, in a function whose role may reach amounts. */
export type WholeSide = Pick<Means, 'origin'> & {
  of: Rooms;
  options: RoomOptions;
  /** Loaded when it is first asked to do something. */
  fulfil: Fulfilling;
  telling: () => Promise<FulfilmentRoom>;
  after: Afterwards;
};

export function wholeSide(means: Means, beside: Beside): WholeSide {
  const after = afterwards(means);
  const options = roomOptions(means);
  const of: Rooms = rooms(wholeStores(means, beside, after), options);
  const calls = callsFrom(means);
  let told: Promise<FulfilmentRoom> | null = null;
  const telling = () => {
    told ??= import('../rooms/story.ts').then(({ story }) => story(of, options, () => calls));
    return told;
  };
  const books: BooksDoor = late(async () => (await telling()).books);
  return { origin: means.origin, of, options, fulfil: late<Fulfilling>(telling, { books }), telling, after };
}
