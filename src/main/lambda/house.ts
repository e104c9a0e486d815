import { Hono } from 'hono';
import type { FeedsIn } from '#intake/feeds-in/follow-feeds.ts';
import { notHere } from '../not-here.ts';
import { houseGauges } from '../rooms/gauges.ts';
import { deskWeb, frontWeb } from '../rooms/house-web.ts';
import type { IntakeRoom } from '../rooms/intake.ts';
import type { PhotoRoom } from '../rooms/photos.ts';
import { hostOf, mailerOf, photoStoreOf } from './beside.ts';
import { booted } from './boot.ts';
import { serving } from './http.ts';
import { late } from './late.ts';
import type { Means } from './means.ts';
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
  const intake: IntakeRoom = late(async () => (await import('./taking-in.ts')).takingIn(side, means));
  const decisions: PhotoRoom['decisions'] = late(async () => {
    const { photoRoom } = await import('../rooms/photos.ts');
    return photoRoom(of, options, fulfil, notHere('darkroom')).decisions;
  });
  const feeds: FeedsIn = late(async () => (await import('./following.ts')).following(side, means));
  houseGauges(of, feeds, means.clock);
  const progress = { tell: () => {}, watch: nothingToWatch };
  const wiring = { of, options, fulfil, intake, photos: { decisions }, feeds, progress, mailbox: null };
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
