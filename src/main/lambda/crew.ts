import { Hono } from 'hono';
import { notHere } from '../not-here.ts';
import { crewWeb } from '../rooms/crew-web.ts';
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
  return serving(side, { guest: () => new Hono(), house: crewWeb({ ...side, photos }) });
};

export const handler = booted(make);
