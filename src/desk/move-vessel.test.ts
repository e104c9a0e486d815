import { describe, expect, it } from 'vitest';
import { message, minute } from '#booking/booking.fixture.ts';
import { deskWorld } from './desk.fixture.tsx';

const undoIn = (page: string) =>
  Object.fromEntries(
    [
      ...(page.match(/<div class="notice[\s\S]*?<form[\s\S]*?<\/form>/)?.[0] ?? '').matchAll(
        /name="(\w+)" value="([^"]*)"/g,
      ),
    ].map(([, name = '', value = '']) => [name, value]),
  );

describe('moving a booking to another vessel', () => {
  const asItIs = { date: '2027-05-30', start: '16:30', length: '180', which: '', revision: '1' };
  const world = async () => {
    const made = deskWorld();
    const { id } = await made.hear(message({ at: minute(1) }));
    return Object.assign(made, { id, path: `/desk/bookings/${id}/move` });
  };

  it('offers the vessels of the brand the guest booked with, and says where clocks differ', async () => {
    const { get, path } = await world();
    const html = await (await get(path)).text();
    const offered = [...html.matchAll(/<option value="([a-z]+)"/g)].map(([, id]) => id);
    expect(offered).toEqual(['heron', 'osprey', 'tern']);
    expect(html).toMatch(/<option value="heron" selected/);
    expect(html).toContain('Tern, America/New_York');
  });

  it('shows both vessels first, and then keeps who said when it is', async () => {
    const { get, post, path, id, bookings } = await world();
    const review = await (await post(path, { ...asItIs, vessel: 'osprey' })).text();
    expect(review).toMatch(/16:30–19:30 PDT<[^>]*> on Heron|16:30–19:30 PDT on Heron/);
    expect(review).toContain('on Osprey');
    expect(review).toContain('the vessel, with her crew and berth');
    expect((await bookings.find(id))?.vessel).toBe('heron');

    const moved = await post(path, { ...asItIs, vessel: 'osprey', confirmed: 'yes' });
    const after = await bookings.find(id);
    expect(after).toMatchObject({ vessel: 'osprey', revision: 2, start: { local: '2027-05-30T16:30' } });
    expect([after?.origins.vessel?.source, after?.origins.start?.source]).toEqual(['desk', 'market']);
    const page = await (await get(moved.headers.get('location') ?? '')).text();
    expect(page).toContain('on Heron</span>');
    expect(page).toContain('Revision 2: moved');
    await post(path, undoIn(page));
    expect(await bookings.find(id)).toMatchObject({ vessel: 'heron', revision: 3 });
  });

  it('reads the clock at the berth of the new vessel, and goes back from there exactly', async () => {
    const { get, post, path, id, bookings } = await world();
    const before = await bookings.find(id);
    const moved = await post(path, { ...asItIs, vessel: 'tern', confirmed: 'yes' });
    expect((await bookings.find(id))?.start).toMatchObject({
      local: '2027-05-30T16:30',
      zone: 'America/New_York',
      at: '2027-05-30T20:30:00Z',
    });
    await post(path, undoIn(await (await get(moved.headers.get('location') ?? '')).text()));
    expect(await bookings.find(id)).toMatchObject({
      vessel: 'heron',
      start: before?.start,
      end: before?.end,
    });
  });

  it('keeps the instant where the clock differs and the typed one is the same moment', async () => {
    const { post, path, id, bookings } = await world();
    await post(path, { ...asItIs, start: '19:30', vessel: 'tern', confirmed: 'yes' });
    expect((await bookings.find(id))?.start).toMatchObject({
      local: '2027-05-30T19:30',
      at: '2027-05-30T23:30:00Z',
    });
  });

  it("does not move a guest to another brand's vessel, or to one that takes fewer", async () => {
    const { post, path, id, bookings, hear } = await world();
    const elsewhere = await post(path, { ...asItIs, vessel: 'pelican', confirmed: 'yes' });
    expect(elsewhere.status).toBe(422);
    expect(await elsewhere.text()).toMatch(/id="wrong-vessel">This vessel does not sail for the brand/);
    await hear(message({ at: minute(2), kind: 'changed', messageId: 'more', fields: { partySize: 6 } }));
    const small = await post(path, { ...asItIs, revision: '2', vessel: 'tern', confirmed: 'yes' });
    expect(small.status).toBe(422);
    expect(await small.text()).toContain('A party of 6 is too many for Tern');
    expect((await bookings.find(id))?.vessel).toBe('heron');
  });
});
