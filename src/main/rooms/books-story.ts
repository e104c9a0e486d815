import type { Surface } from '#booking/surface.ts';
import { captainLetterSurface } from '#finances/captain-letter.ts';
import { booksTag, ledgerSurface } from '#finances/ledger-surface.ts';
import { ownerLetterSurface } from '#finances/owner-letter.ts';
import type { BookkeepingParts } from '#fulfilment/fulfilment-parts.ts';
import type { RoomOptions } from './parts.ts';
import type { Rooms } from './rooms.ts';

/** The surfaces behind the money fence. */
export function booksStory(
  { books, open, owner, bookings }: Rooms,
  { config: { fleet }, at, log, inTurn, onProgress }: RoomOptions,
): Omit<BookkeepingParts, 'durable'> {
  const surfaces: Surface[] = [
    ledgerSurface(books) as Surface,
    ownerLetterSurface({
      ...books,
      fleet,
      post: owner.post,
      address: at.of,
      beliefsOf: async id => [...(await open.beliefs.of(id)), ...(await owner.beliefs.of(id))],
    }) as Surface,
    captainLetterSurface({ ...books, fleet, post: owner.post }) as Surface,
  ];
  return { bookings, surfaces, owner, booksTag: booksTag(books), log, inTurn, onProgress };
}
