import { describe, expect, it } from 'vitest';
import { testFleet } from '#booking/booking.fixture.ts';
import { payload } from '#intake/intake.fixture.ts';
import type { OutsideAnswer } from '#platform/outside.ts';
import { calendarOf, entry, trip } from './feed.fixture.ts';
import { following, unreachable } from './following.fixture.ts';

const day = entry('d', ';VALUE=DATE:20270530', ';VALUE=DATE:20270531');
const others = ['01', '02', '03'].map(n => entry(n, `202706${n}T170000Z`, `202706${n}T200000Z`));

describe('an entry of a marketplace’s calendar', () => {
  it('keeps its time free and is no booking', async () => {
    const { says, kept, bookings } = following();
    await says(trip);
    expect(await kept()).toEqual(['2027-05-30T23:30:00.000Z Reserved at market, by its calendar']);
    expect(await bookings.count()).toBe(0);
  });

  it('bears out the booking of that time, whichever comes first', async () => {
    const { says, kept, shown, deliver, feeds } = following();
    await says(trip);
    await deliver(payload());
    await feeds.follow();
    expect(await kept()).toEqual([]);
    expect((await shown()).matches).toMatchObject([{ bears: [{ guest: { name: 'Carole Whitfield' } }] }]);
  });

  it('of another time of that afternoon stands against it, and changes nothing', async () => {
    const { says, kept, shown, deliver, bookings } = following();
    await deliver(payload());
    await says(entry('a', '20270530T213000Z', '20270531T003000Z'));
    expect(await kept()).toHaveLength(1);
    expect((await shown()).matches).toMatchObject([{ bears: [], against: [{ revision: 1 }] }]);
    expect(await bookings.byName('market', 'xhqgmdh')).toMatchObject({ revision: 1, status: 'confirmed' });
  });

  it('of a whole day bears out the trips of that day where the marketplace rounds, else only its own', async () => {
    const rounding = following({ roundsToDays: true });
    await rounding.deliver(payload({ vessel: 'heron', id: 'own-1' }), 'm1', 'office');
    await rounding.says(day);
    expect((await rounding.shown()).matches).toMatchObject([{ bears: [{}] }]);

    const exact = following();
    await exact.deliver(payload({ vessel: 'heron', id: 'own-1' }), 'm1', 'office');
    await exact.says(day);
    expect((await exact.shown()).matches).toMatchObject([{ bears: [], against: [{}] }]);
  });

  it('of our own feed, shown again, keeps nothing free', async () => {
    const { says, kept } = following();
    const uid = `hold_1@${testFleet.house.host}`;
    await says(entry('a', '20270530T233000Z', '20270531T023000Z', { UID: uid }));
    expect(await kept()).toEqual([]);
  });

  it('that is gone lets go of the time, and cancels no booking', async () => {
    const { says, kept, deliver, bookings, shown, clock, feeds } = following();
    await deliver(payload());
    await says(trip, ...others);
    expect(await kept()).toHaveLength(3);
    await says(...others.slice(0, 2), entry('new', '20270701T170000Z', '20270701T200000Z'));
    expect(await kept()).toHaveLength(3);
    expect(await bookings.byName('market', 'xhqgmdh')).toMatchObject({ status: 'confirmed', revision: 1 });
    expect((await shown()).unseen).toEqual([]);
    clock.advance(24 * 3_600_000);
    await feeds.follow();
    expect((await shown()).unseen).toMatchObject([{ guest: { name: 'Carole Whitfield' } }]);
  });
});

describe('a calendar that is suddenly empty', () => {
  it('raises an alarm and changes nothing, until it says them again', async () => {
    const { says, kept, shown } = following();
    await says(...others);
    const before = await kept();
    await says();
    expect((await shown()).state).toMatchObject({ alarm: { gone: 3, of: 3 } });
    expect(await kept()).toEqual(before);
    await says(...others);
    expect((await shown()).state).toMatchObject({ alarm: null });
  });

  it('is believed when a person says so', async () => {
    const { says, kept, shown, feeds } = following();
    await says(...others);
    await says();
    await feeds.believe('market/heron');
    expect(await kept()).toEqual([]);
    expect((await shown()).state).toMatchObject({ alarm: null, events: [] });
    await expect(feeds.believe('market/heron')).rejects.toMatchObject({ code: 'feed-no-alarm' });
  });

  it('is no alarm because trips are over', async () => {
    const { says, shown, clock } = following();
    await says(...others);
    clock.set('2027-06-10T00:00:00Z');
    await says();
    expect((await shown()).state).toMatchObject({ alarm: null });
  });
});

describe('asking for a calendar', () => {
  it('happens every 15 to 18 minutes, for nothing but what is new, at an https address', async () => {
    const { says, asked, feeds, clock, shown, answers } = following();
    await says(trip);
    clock.advance(14 * 60_000);
    await feeds.follow();
    expect(asked).toHaveLength(1);
    await answers(() => ({ status: 304, headers: {}, body: Buffer.alloc(0) }));
    expect(asked[1]).toMatchObject({
      url: 'https://market.example/secret.ics',
      headers: { 'if-none-match': '"1"' },
      timeoutMs: 10_000,
      mostBytes: 2 * 1024 * 1024,
    });
    expect((await shown()).matches).toHaveLength(1);
  });

  it.each<[string, () => OutsideAnswer, string]>([
    ['nobody answers', unreachable, 'feed-unreachable'],
    ['it moved', () => ({ status: 302, headers: {}, body: Buffer.alloc(0) }), 'feed-refused'],
    ['it is a page', () => ({ status: 200, headers: {}, body: Buffer.from('<html>') }), 'feed-not-calendar'],
    [
      'it is cut off',
      () => ({ status: 200, headers: {}, body: Buffer.from(calendarOf(trip).slice(0, -20)) }),
      'feed-truncated',
    ],
  ])('keeps the last good copy while %s', async (_what, answer, code) => {
    const { says, kept, shown, answers } = following();
    await says(trip);
    await answers(answer);
    await answers(answer);
    expect((await shown()).state).toMatchObject({ trouble: { code, times: 2 } });
    expect(await kept()).toHaveLength(1);
    await says(trip);
    expect((await shown()).state).toMatchObject({ trouble: null });
  });

  it('never says the address to anybody', async () => {
    const { says, shown, answers } = following();
    await says(trip);
    await answers(unreachable);
    expect(JSON.stringify(await shown())).not.toContain('secret.ics');
  });
});
