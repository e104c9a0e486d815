import { notHere as noSuchPage } from '#guest-page/routes.ts';
import { notHere } from '../not-here.ts';
import { guestWeb } from '../rooms/guest-web.ts';
import { photoRoom } from '../rooms/photos.ts';
import { mailerOf, photoStoreOf } from './beside.ts';
import { booted } from './boot.ts';
import { serving } from './http.ts';
import type { Means } from './means.ts';
import { openSide } from './open-side.ts';

export const make = (means: Means) => {
  const side = openSide(means, {
    mailer: mailerOf(means),
    host: notHere('pages'),
    photoStore: photoStoreOf(means),
  });
  const photos = photoRoom(side.of, side.options, side.fulfil, notHere('darkroom'));
  const beside = guestWeb(side.of, photos, side.fulfil);
  // The distribution asks here for a page that its bucket has not.
  return serving(side, { guest: brand => beside(brand).all('*', c => noSuchPage(brand, c.req.raw)) });
};

export const handler = booted(make);
