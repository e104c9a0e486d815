import { testFleet } from '#booking/booking.fixture.ts';
import { sqliteClaims } from '#booking/claims.sqlite.ts';
import { testIntake } from '#intake/intake.fixture.ts';
import { Unavailable } from '#lib/refusal.ts';
import type { Log } from '#platform/log.ts';
import type { OutsideAnswer, OutsideRequest } from '#platform/outside.ts';
import { openSqlite } from '#platform/sqlite.ts';
import { calendarOf } from './feed.fixture.ts';
import type { FeedIn } from './feed-in.ts';
import { sqliteFeedInStore } from './feed-in-store.sqlite.ts';
import { type FeedRoom, followFeeds } from './follow-feeds.ts';
import { readFeed } from './read-feed.ical.ts';

/** The calendar of the heron at a marketplace. */
export const calendarAt = (source: string, more: Partial<FeedIn> = {}): FeedIn => ({
  id: `${source}/heron`,
  source,
  vessel: 'heron',
  url: `webcal://${source}.example/secret.ics`,
  roundsToDays: false,
  ...more,
});

const iCal = (...entries: string[][]): OutsideAnswer => ({
  status: 200,
  headers: { etag: '"1"' },
  body: Buffer.from(calendarOf(...entries)),
});

/** A fleet that follows calendars; `says` is what every marketplace answers. `byte` is all that chance says. */
export function following(
  how: Partial<FeedRoom> & { roundsToDays?: boolean; byte?: number; from?: readonly FeedIn[] } = {},
) {
  const { roundsToDays = false, byte = 100, from = [calendarAt('market', { roundsToDays })], ...more } = how;
  const world = testIntake();
  const db = openSqlite(':memory:');
  const claims = sqliteClaims(db, world.clock);
  const asked: OutsideRequest[] = [];
  const told: unknown[][] = [];
  const counted: unknown[][] = [];
  const tell = (what: string, { error, ...fields }: { error?: unknown } = {}) =>
    void told.push([what, fields, ...(error instanceof Error ? [error.message] : [])]);
  const log: Log = { info: tell, warn: tell, error: tell };
  let answer = () => iCal();
  const store = sqliteFeedInStore(db);
  const feeds = followFeeds({
    feeds: from,
    store,
    outside: async request => {
      asked.push(request);
      return answer();
    },
    read: async (bytes, zone) => readFeed(bytes, zone),
    bookings: world.bookings,
    claims,
    fleet: testFleet,
    clock: world.clock,
    random: { bytes: count => new Uint8Array(count).fill(byte) },
    log,
    count: (...it) => void counted.push(it),
    ...more,
  });
  /** From now on the marketplaces answer this, and are asked when that is due again. */
  const answers = async (given: () => OutsideAnswer) => {
    answer = given;
    world.clock.advance(20 * 60_000);
    await feeds.follow();
  };
  return {
    ...world,
    asked,
    told,
    counted,
    claims,
    feeds,
    answers,
    says: (...entries: string[][]) => answers(() => iCal(...entries)),
    kept: async (vessel = 'heron') =>
      (await claims.ahead(`vessel ${vessel}`, '2027-01-01T00:00:00.000Z')).map(
        ({ from, why }) => `${from} ${why}`,
      ),
    async shown() {
      const [first] = await feeds.shown();
      if (!first) throw new Error('no calendar is shown');
      return first;
    },
  };
}

/** A marketplace that does not answer. */
export function unreachable(): never {
  throw new Unavailable('outside-unreachable', 'No answer: it did not answer in time.');
}
