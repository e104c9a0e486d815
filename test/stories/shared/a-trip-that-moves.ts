import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Booking } from '#booking/booking.ts';
import { example, type StoryWorld } from '../../story-world.ts';

/** The brief's own booking: booked, moved by an hour, the guest renamed. It once ended as two pages with the old time. */
export function aTripThatMoves(open: () => Promise<StoryWorld>) {
  let world: StoryWorld;
  let booking: Booking;
  let pageUrl: string;

  beforeAll(async () => {
    world = await open();
    expect((await world.deliver(example('boatsetter-created'))).status).toBe(202);
    await world.settle();
    booking = await world.booking();
    pageUrl = (await world.belief(booking.id, 'guest page')).url ?? '';
  }, 60_000);
  afterAll(() => world?.close());

  it('is on every surface at its first revision', async () => {
    const beliefs = await world.beliefs(booking.id);
    expect(beliefs.filter(belief => belief.state !== 'stated' || belief.statedRevision !== 1)).toEqual([]);
    expect(beliefs).toHaveLength(14);
    const page = await world.http(pageUrl);
    expect(page.status).toBe(200);
    expect(page.body).toContain('16:30');
  });

  it('says the new time everywhere after a move, at one address, and writes only to those it was told to', async () => {
    await world.later(60_000);
    const moved = await world.operate<{ booking: Booking }>('booking move', {
      booking: booking.id,
      start: '15:30',
    });
    expect(moved.booking).toMatchObject({
      id: booking.id,
      revision: 2,
      start: { local: '2027-05-30T15:30' },
      end: { local: '2027-05-30T18:30' },
    });
    await world.settle();

    const beliefs = await world.beliefs(booking.id);
    expect(beliefs.filter(belief => belief.state !== 'stated' || belief.statedRevision !== 2)).toEqual([]);
    expect((await world.belief(booking.id, 'guest page')).url).toBe(pageUrl);
    const page = await world.http(pageUrl);
    expect(page.body).toContain('15:30');
    expect(page.body).not.toContain('16:30');

    const event = await world.http(`${world.house}/api/events`, {
      headers: { 'x-service-key': world.keys.serviceKey },
    });
    expect(event.json<{ events: unknown[] }>().events).toHaveLength(1);
    expect(event.body).toContain('2027-05-30T15:30');

    const calendar = await world.http(`${world.house}/api/calendar?month=2027-05`, {
      headers: { 'x-dashboard-token': world.keys.dashboardToken },
    });
    expect(calendar.json<{ entries: unknown[] }>().entries).toMatchObject([{ start: '15:30' }]);

    const toGuest = await world.letters({ to: 'carole.whitfield@example.org' });
    expect(toGuest.map(letter => letter.text?.includes('15:30'))).toEqual([false, true]);
    expect(await world.letters({ to: 'kim@crew.example' })).toHaveLength(2);
  });

  it('keeps its identity and address when the guest is renamed, and tells nobody twice', async () => {
    const renamed = example('boatsetter-created', {
      version: 9,
      guest: { name: 'Caroline Whitfield', email: 'carole.whitfield@example.org', phone: '+1 619 555 0142' },
    });
    await world.deliver({ ...renamed, type: 'booking.changed', occurred_at: '2027-04-30T18:00:00Z' });
    await world.settle();
    const after = await world.booking();
    expect(after).toMatchObject({
      id: booking.id,
      revision: 3,
      guest: { name: 'Caroline Whitfield' },
      start: { local: '2027-05-30T15:30' },
    });
    const page = await world.http((await world.belief(booking.id, 'guest page')).url ?? '');
    expect(page.body).toContain('Caroline');
    expect((await world.belief(booking.id, 'guest page')).url).toBe(pageUrl);
    expect(await world.letters({ to: 'carole.whitfield@example.org' })).toHaveLength(2);
    expect(await world.letters({ to: 'kim@crew.example' })).toHaveLength(2);
  });

  it('withdraws everything when it is cancelled, and tells each person once', async () => {
    await world.operate('booking cancel', { booking: booking.id });
    await world.settle();
    const beliefs = await world.beliefs(booking.id);
    expect(beliefs.filter(belief => belief.state !== 'withdrawn')).toEqual([]);
    const page = await world.http(pageUrl);
    expect(page.status).toBe(200);
    expect(page.body).toMatch(/cancelled/i);
    expect(await world.letters({ to: 'kim@crew.example' })).toHaveLength(3);
    await world.operate('booking cancel', { booking: booking.id });
    await world.restart();
    expect(await world.letters({ to: 'kim@crew.example' })).toHaveLength(3);
    const stranger = await world.http(
      `${world.brand('queenofsandiego')}/g/carole-jada-AAAAAAAAAAAAAAAAAAAAAA`,
    );
    expect(stranger.status).toBe(404);
  });
}
