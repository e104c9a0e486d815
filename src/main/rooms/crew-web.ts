import type { Hono } from 'hono';
import { feedRoutes } from '#calendar/feed-routes.ts';
import { feedFor, feedLink } from '#calendar/feeds.ts';
import { calendarRoutes } from '#calendar/routes.ts';
import { looksLikeMoney } from '#crew/money-words.ts';
import { crewPageRoutes } from '#crew/page-routes.tsx';
import { eventRoutes } from '#crew/routes.ts';
import type { OpenFulfilment } from '#fulfilment/open-fulfilment.ts';
import { paths } from '#ui/paths.ts';
import type { OpenRooms } from './open-rooms.ts';
import type { RoomOptions } from './parts.ts';
import type { PhotoRoom } from './photos.ts';
import { rosterChanged } from './roster-changed.ts';

/** What crew and the programs around them ask for: event API, calendar API, feeds, photos and pages, in order of mounting. */
export function crewWeb(it: {
  of: OpenRooms;
  options: RoomOptions;
  fulfil: Pick<OpenFulfilment, 'again'>;
  photos: Pick<PhotoRoom, 'crew'>;
}): readonly Hono[] {
  const { of, options, fulfil } = it;
  const { config, clock, random, log, at } = options;
  const { fleet } = config;
  const onRosterChanged = rosterChanged(of, fulfil);
  return [
    eventRoutes({
      store: of.crew,
      links: of.links,
      fleet,
      egress: of.out,
      clock,
      random,
      log,
      origin: at.house,
      authorize: c => of.who.requireServiceKey(c, 'events'),
      bookingExists: async id => (await of.bookings.find(id)) !== null,
      onEventChanged: onRosterChanged,
    }),
    calendarRoutes({
      store: of.calendar,
      fleet,
      egress: of.out,
      clock,
      roster: of.rostered,
      findBooking: name => bookingNamed(of, config.shape.sources, name),
      looksLikeMoney,
      requireDashboardToken: c => of.who.requireDashboardToken(c),
    }),
    feedRoutes({
      open: token => of.links.open(token),
      feedFor: feedFor({ store: of.feeds, fleet, egress: of.out, clock, claims: of.claims }),
    }),
    // Before the pages of the crew: those let in forms only, a photo is larger.
    it.photos.crew,
    crewPageRoutes({
      store: of.crew,
      sessions: of.crewDoors,
      cookie: of.cookies.crew,
      payCookie: of.cookies.pay,
      fleet,
      egress: of.out,
      clock,
      crewing: of.crewing,
      feedUrl: async person =>
        at.of(paths.feed(await of.links.issue(feedLink({ kind: 'person', subject: person })))),
      greetDevice: of.greet('crew'),
      onAnswered: onRosterChanged,
    }),
  ];
}

/** A booking by its id or by any name a source gave it. */
async function bookingNamed(of: OpenRooms, sources: readonly { id: string }[], name: string) {
  for (const source of ['desk', ...sources.map(({ id }) => id)]) {
    const found = await of.bookings.byName(source, name);
    if (found) return found;
  }
  return null;
}
