import { isArriving } from '../moving/arriving-table.ts';
import { notHere } from '../not-here.ts';
import { photoRoom } from '../rooms/photos.ts';
import { followUntold } from '../rooms/roster-changed.ts';
import { houseTeller } from '../rooms/tell-house.ts';
import { hostOf, mailerOf, photoStoreOf } from './beside.ts';
import { booted } from './boot.ts';
import { each } from './each.ts';
import type { Means } from './means.ts';
import { openSide } from './open-side.ts';

export const make = (means: Means) => {
  const { of, options, fulfil, after } = openSide(means, {
    mailer: mailerOf(means),
    host: hostOf(means),
    photoStore: photoStoreOf(means),
  });
  const { development } = photoRoom(of, options, fulfil, notHere('darkroom'));
  const tellHouse = houseTeller(of, options);
  return async (): Promise<void> => {
    if (await isArriving(means.table)) return;
    await each(means.log, [
      fulfil.catchUp,
      fulfil.drive,
      fulfil.actOnAgenda,
      () => followUntold(of, fulfil),
      development.tidy,
      tellHouse,
      of.open.post.deliverDue,
      after.done,
    ]);
  };
};

export const handler = booted(make);
