import { type OpenFulfilment, openFulfilment } from '#fulfilment/open-fulfilment.ts';
import type { OpenRooms } from '../rooms/open-rooms.ts';
import { openStory } from '../rooms/open-story.ts';
import type { RoomOptions } from '../rooms/parts.ts';
import type { BooksAsked, Calls } from './calls.ts';

/** The fulfilment of this side of the money fence, over the surfaces that crew and guests see. */
export function openTelling(of: OpenRooms, options: RoomOptions, calls: Calls): OpenFulfilment {
  // Waited for: if the books were not opened the step fails and is driven again, and nobody else would notice.
  const asked = (ask: BooksAsked['ask']) => (booking: string) =>
    calls.handOver('open-books', { ask, booking } satisfies BooksAsked, 'until it is done');
  const fulfil: OpenFulfilment = openFulfilment({
    ...openStory(of, options, { again: id => fulfil.again(id) }),
    books: { open: asked('open'), again: asked('again') },
    durable: () => calls,
  });
  return fulfil;
}
