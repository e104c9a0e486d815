import { Hono } from 'hono';
import type { Brand } from '#booking/fleet.ts';
import type { OpenFulfilment } from '#fulfilment/open-fulfilment.ts';
import { wishesRoutes } from '#guest-page/wishes-routes.ts';
import type { OpenRooms } from './open-rooms.ts';
import type { PhotoRoom } from './photos.ts';

/** What a guest page asks for beside itself, on one brand. */
export function guestWeb(
  of: OpenRooms,
  photos: Pick<PhotoRoom, 'guest'>,
  fulfil: Pick<OpenFulfilment, 'again'>,
): (brand: Brand) => Hono {
  const letters = wishesRoutes({
    wishes: of.pageParts.wishes,
    bookingAt: of.bookingAt,
    onLanguage: ({ id }) => fulfil.again(id),
  });
  return brand => new Hono().route('/', photos.guest(brand)).route('/', letters(brand));
}
