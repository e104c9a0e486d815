import { Hono } from 'hono';
import ICAL from 'ical.js';
import { beforeEach, describe, expect, it } from 'vitest';
import { sqliteLinks } from '#access/links.sqlite.ts';
import type { Link } from '#access/links.ts';
import { wall } from '#booking/booking.fixture.ts';
import type { Booking } from '#booking/booking.ts';
import { sqliteClaims } from '#booking/claims.sqlite.ts';
import type { Belief, Surface } from '#booking/surface.ts';
import { settableClock } from '#lib/clock.ts';
import { shift } from '#lib/zoned.ts';
import { egress, lookingFor, type Outgoing } from '#platform/egress.ts';
import { openSqlite } from '#platform/sqlite.ts';
import { movedBooking, testBooking, testFleet } from './calendar.fixture.ts';
import type { FeedAssignment } from './feed-facts.ts';
import { feedRoutes } from './feed-routes.ts';
import { sqliteFeedStore } from './feed-store.sqlite.ts';
import { feedFor, feedLink, feedSurfaces } from './feeds.ts';

const booking = testBooking();
const ana = { kind: 'person', subject: 'ana' } as const;
const heron = { kind: 'vessel', subject: 'heron' } as const;

let scene: ReturnType<typeof open>;
beforeEach(() => {
  scene = open();
});

function open() {
  const db = openSqlite(':memory:');
  const clock = settableClock('2027-05-01T12:00:00Z');
  const store = sqliteFeedStore(db);
  const links = sqliteLinks({ db, clock, key: 'Zk3v0QpXy7RtBn5WcJ8mLd2GhS6fUa9e' });
  const crew = {
    now: [
      { person: 'ana', role: 'captain', answer: 'accepted' },
      { person: 'luis', role: 'crew', answer: 'unknown' },
    ] as Omit<FeedAssignment, 'callTime'>[],
  };
  const left: Outgoing[] = [];
  const amounts: string[] = [];
  const out = egress({
    leaks: lookingFor(() => amounts),
    onRefused: () => {},
    tap: outgoing => left.push(outgoing),
  });
  const [person, vessel] = feedSurfaces({
    store,
    fleet: testFleet,
    clock,
    assignmentsOf: async ({ start }) =>
      crew.now.map(place => ({ ...place, callTime: shift(start, { minutes: -60 }) })),
  });
  const claims = sqliteClaims(db, clock);
  const render = feedFor({ store, fleet: testFleet, egress: out, clock, claims });
  const app = new Hono().route('/', feedRoutes({ open: token => links.open(token), feedFor: render }));
  return { clock, links, claims, crew, left, amounts, surfaces: [person, vessel] as Surface[], render, app };
}

/** Says and takes back as fulfilment does, for those recipients. */
async function follow(about: Booking, before: readonly string[] = []) {
  for (const surface of scene.surfaces) {
    const wanted = await surface.desired(about);
    for (const statement of wanted) await surface.state(about, statement, null);
    const named = new Set(wanted.map(each => each.recipient));
    for (const recipient of before.filter(each => !named.has(each))) {
      await surface.withdraw(about, { recipient } as Belief);
    }
  }
}

async function read(feed: Parameters<typeof feedLink>[0]) {
  const ics = (await scene.render(feedLink(feed))) ?? '';
  const root = new ICAL.Component(
    ICAL.parse(ics) as unknown[] as ConstructorParameters<typeof ICAL.Component>[0],
  );
  const events = root.getAllSubcomponents('vevent').map(each => {
    const value = (name: string) => each.getFirstPropertyValue(name);
    return {
      uid: value('uid'),
      sequence: value('sequence'),
      status: value('status'),
      start: String(value('dtstart')),
      end: String(value('dtend')),
      summary: value('summary'),
      description: value('description'),
      location: value('location'),
    };
  });
  return { ics, events, name: root.getFirstPropertyValue('x-wr-calname') };
}

describe("a person's feed", () => {
  it('holds their trips, when they are due and where', async () => {
    await follow(booking);
    const { events, name } = await read(ana);
    expect(name).toBe('Blue Charters: Ana');
    expect(events).toEqual([
      {
        uid: `${booking.id}@crew.example`,
        sequence: 1,
        status: 'CONFIRMED',
        start: '2027-05-30T23:30:00Z',
        end: '2027-05-31T02:30:00Z',
        summary: 'Heron: charter (captain)',
        description: 'Call time 15:30 PDT, start 16:30 PDT.\nMaya, party of 5.\nPast the kiosk.',
        location: 'Dock C, slip 12, 1 Harbor Drive',
      },
    ]);
  });

  it('shows as tentative what is not certain yet: the booking, or whether they come', async () => {
    await follow(booking);
    const luis = await read({ kind: 'person', subject: 'luis' });
    expect(luis.events[0]).toMatchObject({
      status: 'TENTATIVE',
      description: expect.stringContaining('You have not answered yet'),
    });
    await follow(testBooking({ revision: 2, status: 'tentative' }));
    expect((await read(ana)).events[0]?.status).toBe('TENTATIVE');
  });

  it('moves a trip in place: the same event, a higher sequence', async () => {
    await follow(booking);
    await follow(movedBooking);
    await follow(movedBooking);
    const { events } = await read(ana);
    expect(events).toEqual([
      expect.objectContaining({
        uid: `${booking.id}@crew.example`,
        sequence: 2,
        start: '2027-05-30T22:30:00Z',
        description: expect.stringContaining('14:30 PDT'),
      }),
    ]);
  });

  it('says for a month that a trip is off, then no more', async () => {
    await follow(booking);
    await follow(testBooking({ revision: 3, status: 'cancelled' }), ['ana', 'luis', 'heron']);
    expect((await read(ana)).events).toEqual([
      expect.objectContaining({
        status: 'CANCELLED',
        sequence: 3,
        summary: 'Cancelled: Heron: charter (captain)',
      }),
    ]);
    scene.clock.advance(31 * 86_400_000);
    expect((await read(ana)).events).toEqual([]);
  });

  it('calls a trip off for whoever declined or was replaced, and back on if they come after all', async () => {
    await follow(booking);
    scene.crew.now = [{ person: 'ana', role: 'captain', answer: 'declined' }];
    await follow(booking, ['ana', 'luis']);
    expect((await read(ana)).events[0]).toMatchObject({ status: 'CANCELLED', sequence: 2 });
    scene.crew.now = [{ person: 'ana', role: 'captain', answer: 'accepted' }];
    await follow(booking, ['ana']);
    expect((await read(ana)).events[0]).toMatchObject({ status: 'CONFIRMED', sequence: 3 });
  });

  it('holds no surname, contact or price, and its bytes are checked for amounts', async () => {
    await follow(booking);
    const { ics } = await read(ana);
    expect(ics).not.toMatch(/Lindqvist|maya@|\$|USD/);
    expect(scene.left.at(-1)).toMatchObject({ audience: 'crew', channel: 'feed', about: [booking.id] });
    scene.amounts.push('party of 5');
    await expect(scene.render(feedLink(ana))).rejects.toMatchObject({ code: 'money-in-output' });
  });
});

describe("a vessel's feed", () => {
  it('says that she is busy and nothing about anybody', async () => {
    await follow(booking);
    const { ics, events } = await read(heron);
    expect(events).toEqual([
      expect.objectContaining({
        summary: 'Heron: booked',
        status: 'CONFIRMED',
        start: '2027-05-30T23:30:00Z',
        description: null,
        location: null,
      }),
    ]);
    expect(ics).not.toMatch(/Maya|Ana|Luis|party|captain/i);
    expect(scene.left.at(-1)?.audience).toBe('public');
  });

  it('says that she is busy while somebody keeps her free by hand, and not why', async () => {
    const claim = {
      what: 'vessel heron',
      holder: 'hold_1',
      from: '2027-06-01T15:00:00.000Z',
      until: '2027-06-03T01:00:00.000Z',
      expiresAt: null,
      why: 'haul-out (ana)',
    } as const;
    await scene.claims.take(claim, 'if free');
    await scene.claims.take({ ...claim, holder: 'feed_1', why: 'Reserved at market' }, 'anyway');
    const { ics, events } = await read(heron);
    expect(events).toEqual([
      expect.objectContaining({ summary: 'Heron: not available', start: '2027-06-01T15:00:00Z' }),
    ]);
    expect(ics).not.toMatch(/haul-out|market/);
    expect((await read(ana)).events).toEqual([]);
    await scene.claims.release('vessel heron', 'hold_1');
    expect((await read(heron)).events).toEqual([]);
  });

  it('frees her when the charter goes to another vessel', async () => {
    await follow(booking);
    const other = testBooking({
      revision: 2,
      vessel: 'tern',
      start: wall('2027-05-30T16:30'),
      end: wall('2027-05-30T19:30'),
    });
    await follow(other, ['heron']);
    expect((await read(heron)).events[0]?.status).toBe('CANCELLED');
    expect((await read({ kind: 'vessel', subject: 'tern' })).events[0]?.status).toBe('CONFIRMED');
  });
});

describe('the surfaces', () => {
  it('read back what the feed says', async () => {
    for (const surface of scene.surfaces) {
      const wanted = await surface.desired(booking);
      for (const statement of wanted) {
        expect(await surface.readBack(booking, statement.recipient)).toBeNull();
        await surface.state(booking, statement, null);
        expect(await surface.readBack(booking, statement.recipient)).toBe(statement.digest);
      }
      await surface.withdraw(booking, { recipient: wanted[0]?.recipient } as Belief);
      expect(await surface.readBack(booking, wanted[0]?.recipient ?? '')).toBeNull();
    }
  });
});

describe('the address of a feed', () => {
  const get = (path: string, headers = {}, method = 'GET') => scene.app.request(path, { headers, method });
  const address = async (feed: Parameters<typeof feedLink>[0]) =>
    `/feeds/${await scene.links.issue(feedLink(feed))}.ics`;

  it('gives the calendar, privately, and nothing new when nothing is new', async () => {
    await follow(booking);
    const url = await address(ana);
    const first = await get(url);
    expect(first.status).toBe(200);
    expect(first.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    expect(first.headers.get('cache-control')).toBe('private, no-cache');
    const etag = first.headers.get('etag') ?? '';
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const again = await get(url, { 'if-none-match': known });
      expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag]);
    }
    await follow(movedBooking);
    const changed = await get(url, { 'if-none-match': etag });
    expect([changed.status, changed.headers.get('etag') === etag]).toEqual([200, false]);
  });

  it('answers HEAD like GET without a body', async () => {
    await follow(booking);
    const url = await address(heron);
    const [full, head] = [await get(url), await get(url, {}, 'HEAD')];
    expect([head.status, await head.text()]).toEqual([200, '']);
    expect(head.headers.get('etag')).toBe(full.headers.get('etag'));
  });

  it('is the same nothing when unknown, revoked, for somebody gone, or no feed at all', async () => {
    const revoked = await address(ana);
    await scene.links.revoke('person feed', 'ana', 'ana');
    const stranger = await address({ kind: 'person', subject: 'nobody-here' });
    const crewLink: Link = { purpose: 'crew', subject: 'evt_1', holder: 'ana', expiresAt: null };
    const notAFeed = `/feeds/${await scene.links.issue(crewLink)}.ics`;
    const whole = (await address(heron)).slice(0, -'.ics'.length);
    const answers = [];
    for (const url of [revoked, stranger, notAFeed, whole, '/feeds/guess.ics', '/feeds/.ics', '/feeds/x']) {
      const answer = await get(url);
      answers.push([answer.status, await answer.text(), JSON.stringify([...answer.headers])]);
    }
    expect(new Set(answers.map(each => JSON.stringify(each))).size).toBe(1);
    expect(answers[0]?.slice(0, 2)).toEqual([404, 'There is no calendar here.\n']);
    const renewed = await get(await address(ana));
    expect(renewed.status).toBe(200);
  });

  it('is an empty calendar before there are trips', async () => {
    expect((await read(ana)).events).toEqual([]);
    expect((await get(await address(ana))).status).toBe(200);
  });
});
