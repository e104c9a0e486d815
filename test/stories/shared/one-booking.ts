import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Booking } from '#booking/booking.ts';
import { example, type StoryWorld } from '../../story-world.ts';

/** What one signed webhook leaves behind: for crew, calendar, guest, owner and captain, each what is theirs. */
export function oneBooking(open: () => Promise<StoryWorld>) {
  let world: StoryWorld;
  let booking: Booking;
  beforeAll(async () => {
    world = await open();
    const answer = await world.deliver(example('boatsetter-created'), { id: 'msg_first' });
    expect([answer.status, answer.body]).toEqual([202, expect.stringMatching(/"delivery":"[^"]+"/)]);
    await world.settle();
    booking = await world.booking();
  }, 60_000);
  afterAll(() => world?.close());

  const ofCrew = (path: string) =>
    world.http(`${world.house}${path}`, { headers: { 'x-service-key': world.keys.serviceKey } });

  it('an event with its crew, at the API that crew programs ask', async () => {
    const list = await ofCrew('/api/events');
    const [event, ...others] = list.json<{ events: { event_id: string }[] }>().events;
    expect(others).toEqual([]);
    const one = await ofCrew(`/api/events/${event?.event_id}`);
    expect(one.status).toBe(200);
    expect(one.body).toContain('2027-05-30T16:30');
    expect(one.body).not.toMatch(/289|payout|amount/);
  });

  it('an entry in the calendar', async () => {
    const calendar = await world.http(`${world.house}/api/calendar?month=2027-05`, {
      headers: { 'x-dashboard-token': world.keys.dashboardToken },
    });
    expect(calendar.json<{ entries: unknown[] }>().entries).toMatchObject([
      { date: '2027-05-30', start: '16:30', booking: booking.id },
    ]);
  });

  it('a page for the guest on the brand’s own host, and on no other', async () => {
    const { url } = await world.belief(booking.id, 'guest page');
    expect(url).toContain(world.brand('queenofsandiego'));
    const page = await world.http(url ?? '');
    expect(page.status).toBe(200);
    expect(page.body).toContain('Carole');
    const elsewhere = (url ?? '').replace(world.brand('queenofsandiego'), world.brand('sailjada'));
    expect((await world.http(elsewhere)).status).toBe(404);
  });

  it('a ledger that comes to 289.41, for the owner alone', async () => {
    const { ledger } = await world.operate<{ ledger: unknown }>('money show', { booking: booking.id });
    expect(ledger).toMatchObject({ state: 'settled', net: '289.41', problems: [] });
    const said = await world.letters();
    const withNet = said.filter(letter => /289[.,]41/.test(`${letter.text} ${letter.html}`));
    expect(withNet.map(({ to }) => to?.[0]?.address)).toEqual(['joan@sailjada.example']);
  });

  it('a letter for each whom it concerns', async () => {
    const to = (await world.letters()).map(letter => letter.to?.[0]?.address ?? '');
    expect(to.toSorted()).toEqual([
      'ana@crew.example',
      // The captain's pay is a letter of its own.
      'ana@crew.example',
      'carole.whitfield@example.org',
      'joan@sailjada.example',
      'kim@crew.example',
      'luis@crew.example',
    ]);
  });

  it('nothing more when the same webhook comes again', async () => {
    const before = await world.letters();
    for (let time = 0; time < 3; time++)
      expect((await world.deliver(example('boatsetter-created'), { id: 'msg_first' })).status).toBe(202);
    await world.settle();
    await world.later(60_000);
    expect(await world.booking()).toMatchObject({ id: booking.id, revision: 1 });
    expect(await world.letters()).toHaveLength(before.length);
  });

  it('no way in for whoever has no key or has made one up', async () => {
    expect((await world.http(`${world.house}/api/events`)).status).toBe(401);
    const guessed = { headers: { 'x-service-key': `gwk_${'a'.repeat(43)}` } };
    expect((await world.http(`${world.house}/api/events`, guessed)).status).toBe(401);
    const forged = await world.deliver(example('boatsetter-created'), {
      secret: `whsec_${Buffer.alloc(32).toString('base64')}`,
    });
    expect(forged.status).toBe(401);
  });
}
