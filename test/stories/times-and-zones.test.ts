import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Booking } from '#booking/booking.ts';
import { epochOf } from '#lib/zoned.ts';
import { paths } from '#ui/paths.ts';
import { example, openWorld, type Posted, type World } from '../world.ts';

const paris = 'Europe/Paris';
const seconds = (iso: string) => Date.parse(iso) / 1000;

const tripLink = (world: World, letter: Posted | undefined): string =>
  (letter && world.links(letter).find(url => url.includes('/c#'))) ?? '';

/** The example's fleet with a vessel in another zone, and one source for each thing that times can mean. */
const twoZones = (): Promise<World> =>
  openWorld({
    config: config => ({
      ...config,
      vessels: [
        ...config.vessels,
        ...config.vessels.map(jada => ({ ...jada, id: 'mistral', name: 'Mistral', zone: paris })),
      ],
      sources: [
        { id: 'dockside', kind: 'boatsetter', times: 'local', secret: { env: 'DOCKSIDE_WEBHOOK_SECRET' } },
        { id: 'exact', kind: 'boatsetter', times: 'instant', secret: { env: 'EXACT_WEBHOOK_SECRET' } },
      ],
      money: { ...config.money, fees: [] },
    }),
  });

describe('what a source means by its times', () => {
  let world: World;
  beforeAll(async () => {
    world = await twoZones();
  });
  afterAll(() => world.close());

  let sent = 0;
  const book = async (source: string, changes: Record<string, unknown>) => {
    const id = `time-${++sent}`;
    expect((await world.deliver(example('boatsetter-created', { id, ...changes }), { source })).status).toBe(
      202,
    );
    await world.settle();
    return (await world.bookings()).find(booking => booking.names.some(name => name.externalId === id));
  };

  // Where the source means the clock on the dock, whatever it wrote behind the time says nothing.
  const local: [string, string | number, string | number][] = [
    ['no offset at all', '2027-05-30T16:30', '2027-05-30T19:30'],
    ['seconds and a space', '2027-05-30 16:30:00', '2027-05-30 19:30:00'],
    ['a Z that means nothing', '2027-05-30T16:30:00Z', '2027-05-30T19:30:00.000Z'],
    ['an offset of somewhere else', '2027-05-30T16:30:00+0200', '2027-05-30T19:30:00+02:00'],
    ['epoch seconds of the dock’s clock', seconds('2027-05-30T16:30:00Z'), seconds('2027-05-30T19:30:00Z')],
    [
      'epoch seconds as text',
      String(seconds('2027-05-30T16:30:00Z')),
      String(seconds('2027-05-30T19:30:00Z')),
    ],
    ['epoch milliseconds', Date.parse('2027-05-30T16:30:00Z'), Date.parse('2027-05-30T19:30:00Z')],
  ];
  for (const [how, start, end] of local) {
    it(`reads the dock's clock, written with ${how}`, async () => {
      for (const [vessel, zone, at] of [
        ['jada', 'America/Los_Angeles', '2027-05-30T23:30:00Z'],
        ['mistral', paris, '2027-05-30T14:30:00Z'],
      ]) {
        const booking = await book('dockside', { vessel, start, end });
        expect(booking?.start).toEqual({ local: '2027-05-30T16:30', zone, at });
        expect(booking?.end.local).toBe('2027-05-30T19:30');
      }
    });
  }

  const exact: [string, string | number, string | number][] = [
    ['Z', '2027-05-30T23:30:00Z', '2027-05-31T02:30:00Z'],
    ['+0200', '2027-05-31T01:30:00+0200', '2027-05-31T04:30:00+0200'],
    ['-07:00', '2027-05-30T16:30-07:00', '2027-05-30T19:30-07:00'],
    ['epoch seconds', seconds('2027-05-30T23:30:00Z'), seconds('2027-05-31T02:30:00Z')],
    [
      'epoch seconds as text',
      String(seconds('2027-05-30T23:30:00Z')),
      String(seconds('2027-05-31T02:30:00Z')),
    ],
    ['epoch milliseconds', Date.parse('2027-05-30T23:30:00Z'), Date.parse('2027-05-31T02:30:00Z')],
  ];
  for (const [how, start, end] of exact) {
    it(`reads an instant, written as ${how}, on the clock of the vessel's own zone`, async () => {
      expect((await book('exact', { vessel: 'jada', start, end }))?.start.local).toBe('2027-05-30T16:30');
      expect((await book('exact', { vessel: 'mistral', start, end }))?.start.local).toBe('2027-05-31T01:30');
    });
  }

  const unclear: [string, string, Record<string, unknown>, RegExp][] = [
    [
      'an instant without its offset',
      'exact',
      { start: '2027-05-30T16:30', end: '2027-05-30T19:30' },
      /offset/,
    ],
    [
      'an hour that the clocks skip',
      'dockside',
      { start: '2028-03-12T02:30', end: '2028-03-12T05:30' },
      /clocks skip that hour/,
    ],
    [
      'the same hour in another zone',
      'dockside',
      { vessel: 'mistral', start: '2028-03-26T02:30', end: '2028-03-26T05:30' },
      /Europe\/Paris/,
    ],
    [
      'an hour that the clocks repeat',
      'dockside',
      { start: '2027-11-07T01:30', end: '2027-11-07T04:30' },
      /clocks repeat that hour/,
    ],
    [
      'a date in the order of nobody knows whom',
      'dockside',
      { start: '05/06/2027 16:30', end: '05/06/2027 19:30' },
      /written as a date and a time/,
    ],
    [
      'a day that does not exist',
      'dockside',
      { start: '2027-02-30T16:30', end: '2027-02-30T19:30' },
      /no such date/,
    ],
  ];
  for (const [what, source, changes, reason] of unclear) {
    it(`leaves ${what} to a person, with the field and the cure`, async () => {
      expect(await book(source, changes)).toBeUndefined();
      const desk = await world.atDesk();
      const list = (await desk.get(paths.deskQuarantine)).body;
      const newest = [...list.matchAll(/\/desk\/quarantine\/(dlv_\w+)/g)].map(match => match[1]);
      const pages = await Promise.all([...new Set(newest)].map(id => desk.get(paths.deskDelivery(id ?? ''))));
      const page = pages.find(({ body }) => body.includes(`time-${sent}`))?.body ?? '';
      expect(page).toMatch(reason);
      expect(page).toMatch(/start/i);
      expect(page).toMatch(/Ask which|Write it like/);
    });
  }

  it('lets the desk say which of the two hours is meant, and refuses to guess it there too', async () => {
    const entered = { vessel: 'jada', guest: 'Nell Harper', party: 2, end: '2027-11-07T04:30' };
    await expect(
      world.operate('booking add', { ...entered, start: '2027-11-07T01:30' }),
    ).rejects.toMatchObject({
      message: expect.stringContaining('repeat'),
      cure: expect.stringContaining(
        '2027-11-07T01:30:00-07:00 (01:30 PDT) or 2027-11-07T01:30:00-08:00 (01:30 PST)',
      ),
    });
    await expect(
      world.operate('booking add', { ...entered, start: '2028-03-12T02:30', end: '3h' }),
    ).rejects.toMatchObject({
      message: expect.stringContaining('skip'),
    });
    const { booking } = await world.operate<{ booking: Booking }>('booking add', {
      ...entered,
      start: '2027-11-07T01:30-08:00',
    });
    expect(booking.start).toEqual({
      local: '2027-11-07T01:30',
      zone: 'America/Los_Angeles',
      at: '2027-11-07T09:30:00Z',
    });
    expect(booking.end.at).toBe('2027-11-07T12:30:00Z');
  });
});

describe('a trip in the night the clocks are set back', () => {
  let world: World;
  let booking: Booking;
  beforeAll(async () => {
    world = await openWorld();
    await world.deliver(
      example('boatsetter-created', { start: '2027-11-06T22:00', end: '2027-11-07T04:00' }),
    );
    await world.settle();
    booking = await world.booking();
  });
  afterAll(() => world.close());

  it('lasts the hours it lasts, an hour more than the clock says', () => {
    expect(booking.start.at).toBe('2027-11-07T05:00:00Z');
    expect(booking.end.at).toBe('2027-11-07T12:00:00Z');
  });

  it('is said by every surface with the zone that holds at each end', async () => {
    const { start, end } = { start: '22:00 PDT', end: '04:00 PST' };
    const page = (await world.http((await world.belief(booking.id, 'guest page')).url ?? '')).body;
    const letters = await world.letters();
    const [toKim] = await world.letters({ to: 'kim@crew.example' });
    const kim = await world.onBoard(tripLink(world, toKim));
    const desk = await world.atDesk();
    const texts: [string, string][] = [
      ['guest page', page],
      ['crew page', (await kim.get(kim.landed)).body],
      ['booking on the desk', (await desk.get(paths.deskBooking(booking.id))).body],
      ...letters.map(letter => [`letter ${letter.subject}`, `${letter.text}`] as [string, string]),
    ];
    for (const [what, text] of texts) {
      const words = text.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
      expect([what, words.includes('PDT'), words.includes('PST')]).toEqual([what, true, true]);
      expect([what, words.includes(start) || words.includes('22:00')]).toEqual([what, true]);
      expect([what, words.includes(end)]).toEqual([what, true]);
    }

    const event = (
      await world.http(`${world.house}/api/events`, { headers: { 'x-service-key': world.keys.serviceKey } })
    ).body;
    expect(event).toContain('2027-11-06T22:00:00-07:00');
    expect(event).toContain('2027-11-07T04:00:00-08:00');
    const headers = { 'x-dashboard-token': world.keys.dashboardToken };
    const calendar = (await world.http(`${world.house}/api/calendar?month=2027-11`, { headers })).json<{
      entries: object[];
    }>();
    expect(calendar.entries).toMatchObject([
      { date: '2027-11-06', start: '22:00', end: '2027-11-07T04:00', zone: 'America/Los_Angeles' },
    ]);
    const [attached] = toKim?.attachments ?? [];
    const invite = Buffer.from((attached?.content ?? new ArrayBuffer()) as ArrayBuffer).toString();
    expect(invite).toMatch(/DTSTART:20271107T050000Z/);
    expect(invite).toMatch(/DTEND:20271107T120000Z/);
    expect(invite).toMatch(/X-WR-TIMEZONE:America\/Los_Angeles/);
  });

  it('keeps its hours when it is moved to an ordinary night', async () => {
    const { booking: moved } = await world.operate<{ booking: Booking }>('booking move', {
      booking: booking.id,
      start: '2027-11-13T22:00',
    });
    expect(epochOf(moved.end) - epochOf(moved.start)).toBe(7 * 3_600_000);
    expect(moved.end.local).toBe('2027-11-14T05:00');
  });

  it('is reminded of at the hour on the clock, not so many hours before', async () => {
    const to = { booking: booking.id, start: '2027-11-07T10:00', end: '2027-11-07T13:00' };
    await world.operate('booking move', to);
    await world.settle();
    const reminders = () => world.letters({ subject: /^Tomorrow/ });
    // 10:00 of the day before is 17:00 UTC still; the trip itself starts at 18:00 UTC.
    world.clock.set('2027-11-06T16:58:00Z');
    await world.later(60_000);
    expect(await reminders()).toEqual([]);
    await world.later(120_000);
    expect((await reminders()).map(({ subject }) => subject)).toEqual([
      ...Array(3).fill('Tomorrow: Charter on JADA, call time 09:00 PST'),
      'Tomorrow: JADA, boarding at 10:00 PST',
    ]);
  });
});

describe('a trip on the morning the clocks are set forward', () => {
  it('names both zones wherever it says from when to when', async () => {
    const world = await openWorld();
    await world.deliver(
      example('boatsetter-created', { start: '2028-03-12T00:30', end: '2028-03-12T04:30' }),
    );
    await world.settle();
    const { id, start, end } = await world.booking();
    expect(epochOf(end) - epochOf(start)).toBe(3 * 3_600_000);
    const [toKim] = await world.letters({ to: 'kim@crew.example' });
    const [toGuest] = await world.letters({ to: 'carole.whitfield@example.org' });
    const kim = await world.onBoard(tripLink(world, toKim));
    const page = (await world.http((await world.belief(id, 'guest page')).url ?? '')).body;
    for (const text of [toKim?.text, toGuest?.text, page, (await kim.get(kim.landed)).body]) {
      const words = (text ?? '').replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
      expect(words).toMatch(/00:30 PST/);
      expect(words).toMatch(/04:30 PDT/);
    }
    await world.close();
  });
});
