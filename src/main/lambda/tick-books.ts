import { isArriving } from '../moving/arriving-table.ts';
import { houseGauges } from '../rooms/gauges.ts';
import { announceFailing } from '../rooms/roster-changed.ts';
import { hostOf, mailerOf, photoStoreOf } from './beside.ts';
import { booted } from './boot.ts';
import { each } from './each.ts';
import { following } from './following.ts';
import type { Means } from './means.ts';
import { takingIn } from './taking-in.ts';
import { wholeSide } from './whole-side.ts';

export const make = (means: Means) => {
  const side = wholeSide(means, {
    mailer: mailerOf(means),
    host: hostOf(means),
    photoStore: photoStoreOf(means),
  });
  const { of, fulfil, after } = side;
  const intake = takingIn(side, means);
  const feeds = following(side, means);
  houseGauges(of, feeds, means.clock);
  return async (): Promise<void> => {
    if (await isArriving(means.table)) return;
    await each(means.log, [
      intake.processPending,
      fulfil.tickBooks,
      () => announceFailing(of),
      of.announcements.sending.deliverDue,
      of.owner.post.deliverDue,
      // Once a minute, by one function: the alarms and the graphs of the house.
      means.numbers.sample,
      after.done,
      // Last: it waits for others, up to ten seconds.
      feeds.follow,
    ]);
  };
};

export const handler = booted(make);
