import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { askFeed } from '#intake/feeds-in/ask-feed.ts';
import { calendarOf, entry } from '#intake/feeds-in/feed.fixture.ts';
import { feedReader } from '#intake/feeds-in/feed-reader.thread.ts';
import { addressSecret, dnsOf, sampleMail, signedBy } from '#intake/mail/mail.fixture.ts';
import { outside } from '#platform/outside.ts';
import { paths } from '#ui/paths.ts';
import { example, openWorld, type World } from '../world.ts';
import { withMails } from './fleet-with-mails.ts';

const minute = 60_000;
const trip = entry('trip', '20270530T233000Z', '20270531T023000Z');
const june = ['03', '04', '05'].map(day => entry(day, `202706${day}T170000Z`, `202706${day}T200000Z`));

/** A marketplace that serves one calendar, and counts who asks for what. */
async function marketplace() {
  let body = calendarOf();
  let tag = 0;
  const asked: { status: number }[] = [];
  const server: Server = createServer((request, response) => {
    const isKnown = request.headers['if-none-match'] === `"${tag}"`;
    asked.push({ status: isKnown ? 304 : 200 });
    response.writeHead(isKnown ? 304 : 200, { 'content-type': 'text/calendar', etag: `"${tag}"` });
    response.end(isKnown ? undefined : body);
  });
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/calendar.ics`,
    asked,
    says(...entries: string[][]) {
      body = calendarOf(...entries);
      tag++;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

let market: Awaited<ReturnType<typeof marketplace>>;
let world: World;
beforeEach(async () => {
  market = await marketplace();
  const real = outside();
  world = await openWorld({
    config: withMails({ feeds: [{ vessel: 'jada', url: { env: 'BOATSETTER_CALENDAR' } }] }),
    dns: dnsOf(['boatsetter.com']),
    keys: {
      BOATSETTER_MAIL_ADDRESS: addressSecret,
      BOATSETTER_CALENDAR: 'https://calendar.boatsetter.example/secret.ics',
    },
    // The one address of the configuration stands for the marketplace of this test.
    outside: request => real({ ...request, url: market.url, isNearby: true }),
  });
});
afterEach(async () => {
  await world.close();
  market.close();
});

const read = () => world.later(20 * minute);
const held = async () =>
  (await world.operate<{ claims: { holder: string; from: string }[] }>('hold list')).claims.filter(
    ({ holder }) => holder.startsWith('feed_'),
  );

describe('one trip, told by everybody', () => {
  it('by mail three times, by webhook and by the calendar is one booking at one revision', async () => {
    market.says(trip);
    await read();
    expect(await held()).toHaveLength(1);
    const mail = await signedBy('boatsetter.com', sampleMail('boatsetter-new'));
    const again = await signedBy(
      'boatsetter.com',
      sampleMail('boatsetter-new', { 'synthetic-1@boatsetter.com': 'sent-again@boatsetter.com' }),
    );
    await world.bring('boatsetter', mail);
    await world.bring('boatsetter', again);
    await world.bring('boatsetter', mail);
    expect((await world.deliver(example('boatsetter-created'))).status).toBe(202);
    await world.settle();
    await read();

    const booking = await world.booking();
    expect(booking).toMatchObject({ names: [{ source: 'boatsetter', externalId: 'xhqgmdh' }] });
    expect(await held()).toEqual([]);
    const { feeds } = await world.operate<{ feeds: { matches: { bears: { id: string }[] }[] }[] }>(
      'feed list',
    );
    expect(feeds[0]?.matches.map(({ bears }) => bears.map(({ id }) => id))).toEqual([[booking.id]]);
    expect(await world.letters({ to: booking.guest.email ?? '' })).toHaveLength(1);
  });
});

describe('a calendar that is suddenly empty', () => {
  it('raises an alarm and changes nothing, neither a booking nor what is kept free', async () => {
    market.says(trip, ...june);
    await world.deliver(example('boatsetter-created'));
    await world.settle();
    await read();
    const before = await world.booking();
    expect(await held()).toHaveLength(3);

    market.says();
    await read();
    expect(await world.booking()).toEqual(before);
    expect(await held()).toHaveLength(3);
    expect((await world.http(`${world.house}/metrics`)).body).toMatch(/gangway_feeds_failing 1\n/);
    const desk = await world.atDesk();
    const page = await desk.get(paths.deskFeeds);
    expect(page.body).toContain('4 of 4 entries vanished at once; nothing was changed because of it.');
    if (process.env.SHOTS) {
      writeFileSync(`${process.env.SHOTS}/feeds.html`, page.body);
      writeFileSync(`${process.env.SHOTS}/inbox.html`, (await desk.get(paths.deskInbox())).body);
    }

    await desk.press(paths.deskFeeds, paths.deskFeeds, { feed: 'boatsetter/jada', what: 'believe' });
    expect(await held()).toEqual([]);
    expect(await world.booking()).toEqual(before);
  });

  it('is asked for every quarter of an hour, and only what is new is sent', async () => {
    market.says(trip);
    await read();
    await read();
    await world.later(minute);
    expect(market.asked.map(({ status }) => status)).toEqual([200, 304]);
  });
});

describe('an entry against a booking', () => {
  it('is a conflict for a person, and a trip entered by hand into its time is refused', async () => {
    await world.deliver(example('boatsetter-created'));
    await world.settle();
    market.says(entry('other', '20270530T213000Z', '20270531T003000Z'), ...june.slice(0, 1));
    await read();
    const { conflicts } = await world.operate<{ conflicts: unknown[] }>('hold list');
    expect(conflicts).toHaveLength(1);
    const entered = {
      vessel: 'jada',
      start: '2027-06-03T10:00',
      end: '2027-06-03T12:00',
      guest: 'Nell Harper',
      party: 2,
    };
    await expect(world.operate('booking add', entered)).rejects.toMatchObject({ code: 'vessel-busy' });
    const page = await (await world.atDesk()).get(paths.deskFeeds);
    expect(page.body).toContain('decide among the holds');
  });
});

describe('the vessel’s own feed', () => {
  it('is subscribed to by a calendar program, which asks for what is new only, until the address is ended', async () => {
    await world.deliver(example('boatsetter-created'));
    await world.operate('hold add', {
      of: 'jada',
      from: '2027-06-07T08:00',
      until: '2027-06-08T18:00',
      why: 'haul-out',
    });
    await world.settle();
    const { url } = await world.operate<{ url: string }>('feed show', { of: 'jada' });
    const ask = outside();
    const subscribe = (before: { etag: string | null; lastModified: string | null } | null) =>
      askFeed(
        {
          outside: request => ask({ ...request, isNearby: true }),
          read: feedReader({ ms: 20_000 }),
        },
        { url },
        before,
        'Europe/Berlin',
      );
    const seen = await subscribe(null);
    if (seen.kind !== 'read') throw new Error(JSON.stringify(seen));
    expect(seen.events.map(({ kind, from, until }) => [kind, from, until])).toEqual([
      ['reserved', '2027-05-30T23:30:00.000Z', '2027-05-31T02:30:00.000Z'],
      ['blocked', '2027-06-07T15:00:00.000Z', '2027-06-09T01:00:00.000Z'],
    ]);
    expect(await subscribe(seen)).toEqual({ kind: 'unchanged' });

    const { id } = await world.booking();
    await world.operate('booking cancel', { booking: id });
    await world.settle();
    const after = await subscribe(seen);
    expect(after.kind === 'read' && after.events.map(({ kind }) => kind)).toEqual(['blocked']);
    await world.operate('feed renew', { of: 'jada' });
    expect(await subscribe(null)).toMatchObject({ kind: 'trouble', code: 'feed-refused' });
  });
});
