import type { Starting } from '#durable/durable.ts';
import { type FulfilmentRoom, fulfilment } from '#fulfilment/fulfilment.ts';
import { booksStory } from './books-story.ts';
import { erasure } from './erasure.ts';
import { openStory } from './open-story.ts';
import type { RoomOptions } from './parts.ts';
import type { Rooms } from './rooms.ts';

/** The surfaces of both sides, the verbs of the agenda, and the fulfilment that drives them. */
export function story(of: Rooms, options: RoomOptions, durable: () => Starting): FulfilmentRoom {
  const seen = openStory(of, options, { again: id => told.again(id) });
  const books = booksStory(of, options);
  const told: FulfilmentRoom = fulfilment({
    ...books,
    ...seen,
    surfaces: [...seen.surfaces, ...books.surfaces],
    erasure: erasure(of, options),
    durable,
  });
  return told;
}
