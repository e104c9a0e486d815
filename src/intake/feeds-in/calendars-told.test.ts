import { describe, expect, it } from 'vitest';
import { payload } from '#intake/intake.fixture.ts';
import type { OutsideAnswer } from '#platform/outside.ts';
import { entry, trip } from './feed.fixture.ts';
import { calendarAt, following, unreachable } from './following.fixture.ts';

const minuteMs = 60_000;
const afternoons = ['01', '02', '03'].map(n => entry(n, `202706${n}T170000Z`, `202706${n}T200000Z`));

describe('a calendar as the desk shows it', () => {
  it('knows nothing before it was read, and misses no booking', async () => {
    const { deliver, clock, shown } = following();
    await deliver(payload());
    clock.advance(48 * 60 * minuteMs);
    expect(await shown()).toMatchObject({ state: null, matches: [], unseen: [] });
  });

  it('has the entries ahead, the soonest first, until the moment they are over', async () => {
    const { says, shown, clock } = following();
    const begins = async () => (await shown()).matches.map(({ event }) => event.from.slice(5, 10));
    const [first = [], second = [], third = []] = afternoons;
    await says(second, third, first);
    expect(await begins()).toEqual(['06-01', '06-02', '06-03']);
    clock.set('2027-06-01T19:59:59.999Z');
    expect(await begins()).toHaveLength(3);
    clock.set('2027-06-01T20:00:00Z');
    expect(await begins()).toEqual(['06-02', '06-03']);
  });

  it('misses a booking when it is known for more than a day, until the trip begins', async () => {
    const { says, deliver, shown, clock } = following();
    await deliver(payload());
    const heard = clock.now();
    await says(...afternoons);
    const missing = async (at: number) => {
      clock.set(at);
      return (await shown()).unseen.length;
    };
    expect(await missing(heard + 24 * 60 * minuteMs)).toBe(0);
    expect(await missing(heard + 24 * 60 * minuteMs + 1)).toBe(1);
    expect(await missing(Date.parse('2027-05-30T23:29:59.999Z'))).toBe(1);
    expect(await missing(Date.parse('2027-05-30T23:30:00Z'))).toBe(0);
  });

  it('bears out a trip of several days that is under way', async () => {
    const { says, deliver, clock, shown } = following();
    await deliver(payload({ start: '2027-05-30T16:30', end: '2027-06-02T16:30' }));
    clock.set('2027-06-01T12:00:00Z');
    await says(entry('a', '20270530T233000Z', '20270602T233000Z'));
    expect((await shown()).matches).toMatchObject([{ bears: [{ vessel: 'heron' }] }]);
  });

  it('is read by the clock of its vessel', async () => {
    const { says, shown } = following({ from: [calendarAt('market', { vessel: 'tern' })] });
    await says(entry('a', '20270530T163000', '20270530T193000'));
    expect((await shown()).matches).toMatchObject([{ event: { from: '2027-05-30T20:30:00.000Z' } }]);
  });
});

describe('calendars are asked for', () => {
  it.each([
    [0, 15],
    [85, 16],
    [255, 18],
  ])('again, by chance (%i of 255), after %i minutes', async (byte, minutes) => {
    const { feeds, asked, clock } = following({ byte });
    await feeds.follow();
    clock.advance(minutes * minuteMs - 1);
    await feeds.follow();
    expect(asked).toHaveLength(1);
    clock.advance(1);
    await feeds.follow();
    expect(asked).toHaveLength(2);
  });

  it('when a person wants to know, though it is not due', async () => {
    const { feeds, says, answers, asked, kept } = following({
      from: [calendarAt('other'), calendarAt('market')],
    });
    await says();
    await answers(() => unreachable());
    expect(asked).toHaveLength(4);
    expect(await feeds.readNow('market/heron')).toMatchObject({
      feed: { id: 'market/heron' },
      state: { trouble: { code: 'feed-unreachable', times: 2 } },
    });
    expect(asked.slice(4)).toMatchObject([{ url: 'https://market.example/secret.ics' }]);
    expect(await kept()).toEqual([]);
  });

  it('by their names alone', async () => {
    const { feeds } = following();
    for (const asking of [feeds.readNow, feeds.believe])
      await expect(asking('market/tern')).rejects.toMatchObject({ code: 'calendar-unknown' });
  });

  it('and are waited for while that goes on', async () => {
    const { promise: answered, resolve: answer } = Promise.withResolvers<OutsideAnswer>();
    const { feeds } = following({ outside: () => answered });
    const order: string[] = [];
    await feeds.followed();
    const all = [
      feeds.follow().then(() => order.push('they are followed')),
      feeds.followed().then(() => order.push('that was waited for')),
    ];
    answer({ status: 304, headers: {}, body: Buffer.alloc(0) });
    await Promise.all(all);
    expect(order).toEqual(['they are followed', 'that was waited for']);
  });
});

describe('what a calendar says', () => {
  it('is no alarm before anybody has read it', async () => {
    const { feeds } = following();
    await expect(feeds.believe('market/heron')).rejects.toMatchObject({ code: 'feed-no-alarm' });
  });

  it('keeps free what nobody has booked there, in those words', async () => {
    const { says, kept } = following();
    await says(entry('a', '20270530T233000Z', '20270531T023000Z', { SUMMARY: 'Not available' }));
    expect(await kept()).toEqual(['2027-05-30T23:30:00.000Z Kept free at market, by its calendar']);
  });

  it('lets go of nothing that another calendar or a person keeps free', async () => {
    const { says, claims, kept, feeds } = following({ from: [calendarAt('market'), calendarAt('other')] });
    await claims.take(
      {
        what: 'vessel heron',
        holder: 'hold_1',
        from: '2027-05-30T23:00:00.000Z',
        until: '2027-05-31T03:00:00.000Z',
        expiresAt: null,
        why: 'Held at the desk',
      },
      'anyway',
    );
    await says(trip);
    await feeds.follow();
    expect(await kept()).toEqual([
      '2027-05-30T23:00:00.000Z Held at the desk',
      '2027-05-30T23:30:00.000Z Reserved at market, by its calendar',
      '2027-05-30T23:30:00.000Z Reserved at other, by its calendar',
    ]);
  });

  it('stands as it was read while the marketplace says that nothing is new, and is good as of then', async () => {
    const { says, answers, shown } = following();
    await says(trip);
    await answers(unreachable);
    expect((await shown()).state).toMatchObject({ goodAt: '2027-04-12T18:20:00.000Z' });
    await answers(() => ({ status: 304, headers: {}, body: Buffer.alloc(0) }));
    const { state } = await shown();
    expect(state).toMatchObject({ goodAt: '2027-04-12T19:00:00.000Z', trouble: null, etag: '"1"' });
    expect(state?.events).toHaveLength(1);
  });
});

describe('what is told of calendars', () => {
  it('is that one cannot be read, once, and since when', async () => {
    const { answers, says, told, counted, shown } = following();
    for (const answer of [unreachable, unreachable, unreachable]) await answers(answer);
    expect(told).toEqual([['a calendar cannot be read', { source: 'market', code: 'feed-unreachable' }]]);
    expect((await shown()).state?.trouble).toMatchObject({ since: '2027-04-12T18:20:00.000Z', times: 3 });
    await says();
    await answers(() => ({ status: 304, headers: {}, body: Buffer.alloc(0) }));
    expect(counted).toEqual(
      [...Array(3).fill('feed-unreachable'), 'read', 'unchanged'].map(outcome => [
        'feeds_read',
        { source: 'market', outcome },
      ]),
    );
  });

  it('is that most of one vanished, once, and since when', async () => {
    const { says, told, shown } = following();
    await says(...afternoons);
    expect(told).toEqual([]);
    for (const nothing of [[], [], []]) await says(...nothing);
    expect(told).toEqual([['most of a calendar vanished at once', { source: 'market', count: 3 }]]);
    expect((await shown()).state?.alarm).toMatchObject({ since: '2027-04-12T18:40:00.000Z' });
  });

  it('is a fault of our own, and whoever follows them goes on', async () => {
    const read = () => Promise.reject(new TypeError('a defect'));
    const { feeds, told, shown } = following({ read });
    await feeds.follow();
    expect(told).toEqual([['calendars could not be followed', {}, 'a defect']]);
    expect((await shown()).state).toBeNull();
  });
});
