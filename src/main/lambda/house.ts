import { Hono } from 'hono';
import { readFeed } from '#intake/feeds-in/read-feed.ical.ts';
import { photoRoom } from '../embedded-photos.ts';
import { feedsIn } from '../feeds-in.ts';
import { deskWeb, frontWeb } from '../house-web.ts';
import { hostOf, mailerOf, photoStoreOf } from './beside.ts';
import { booted } from './boot.ts';
import { serving } from './http.ts';
import type { Means } from './means.ts';
import { notHere } from './open-stores.ts';
import { takingIn } from './taking-in.ts';
import { wholeSide } from './whole-side.ts';

/** The stream of a board ends at once here: an answer is whole before it leaves, and the browser asks again. */
async function* nothingToWatch() {}

export const make = (means: Means) => {
  const side = wholeSide(means, {
    mailer: mailerOf(means),
    host: hostOf(means),
    photoStore: photoStoreOf(means),
  });
  const { of, options, fulfil } = side;
  const intake = takingIn(side, means);
  const photos = photoRoom(of, options, fulfil, notHere('darkroom'));
  const feeds = feedsIn(of, options, means.outside, async (bytes, zone) => readFeed(bytes, zone));
  const progress = { tell: () => {}, watch: nothingToWatch };
  const wiring = { of, options, fulfil, intake, photos, feeds, progress, mailbox: null };
  const http = serving(side, {
    guest: () => new Hono(),
    house: [...frontWeb(of), ...deskWeb(wiring)],
  });
  const handler = async (...given: Parameters<typeof http>) => {
    const answer = await http(...given);
    await intake.settled();
    return answer;
  };
  return Object.assign(handler, { mounted: http.mounted });
};

export const handler = booted(make);
