import { photoRoom } from '../embedded-photos.ts';
import { guestWeb } from '../guest-web.ts';
import { mailerOf, photoStoreOf } from './beside.ts';
import { booted } from './boot.ts';
import { serving } from './http.ts';
import type { Means } from './means.ts';
import { openSide } from './open-side.ts';
import { notHere } from './open-stores.ts';

export const make = (means: Means) => {
  const side = openSide(means, {
    mailer: mailerOf(means),
    host: notHere('pages'),
    photoStore: photoStoreOf(means),
  });
  const photos = photoRoom(side.of, side.options, side.fulfil, notHere('darkroom'));
  return serving(side, { guest: guestWeb(side.of, photos, side.fulfil) });
};

export const handler = booted(make);
