import { describe, expect, it } from 'vitest';
import { message, minute } from '#booking/booking.fixture.ts';
import { deskWorld } from './desk.fixture.tsx';

describe('erasing the guest of a booking', () => {
  const world = async () => {
    const made = deskWorld();
    const { id } = await made.hear(message({ at: minute(1) }));
    return Object.assign(made, { id, page: `/desk/bookings/${id}`, path: `/desk/bookings/${id}/forget` });
  };

  it('is offered once the trip is over or cancelled, not before', async () => {
    const { get, post, page, path, clock } = await world();
    const link = `href="${path}"`;
    expect(await (await get(page)).text()).not.toContain(link);
    clock.set('2027-05-31T12:00:00Z');
    expect(await (await get(page)).text()).toContain(link);
    clock.set('2027-04-01T12:00:00Z');
    await post(`${page}/cancel`, { revision: '1' });
    expect(await (await get(page)).text()).toContain(link);
  });

  it('asks first, and says what goes, what stays and that there is no way back', async () => {
    const { get, path, clock, id, bookings } = await world();
    clock.set('2027-05-31T12:00:00Z');
    const html = await (await get(path)).text();
    expect(html).toContain('Erase this guest?');
    expect(html).toContain('Nothing about this booking can be changed afterwards.');
    expect(html).toContain('What market knows: ask them yourself.');
    expect((await bookings.find(id))?.guest.name).toBe('Carole Whitfield');
  });

  it('is done once confirmed, and twice is once', async () => {
    const { get, post, page, path, clock, id, bookings } = await world();
    clock.set('2027-05-31T12:00:00Z');
    const done = await post(path, { revision: '1' });
    expect(done.headers.get('location')).toBe(`${page}?notice=forgotten`);
    expect((await bookings.find(id))?.guest).toEqual({ name: 'Name erased', email: null, phone: null });
    const html = await (await get(`${page}?notice=forgotten`)).text();
    expect(html).toContain('The guest is erased.');
    expect(html).not.toContain('Carole');
    for (const verb of ['move', 'correct', 'cancel', 'forget'])
      expect(html).not.toContain(`${page}/${verb}"`);
    expect((await post(path, { revision: '1' })).headers.get('location')).toBe(`${page}?notice=forgotten`);
    expect((await get(path)).headers.get('location')).toBe(`${page}?notice=forgotten`);
  });

  it('is refused while the trip is to come, with the cure and without the button', async () => {
    const { get, post, path, id, bookings } = await world();
    const asked = await (await get(path)).text();
    expect(asked).toContain('Cancel the booking first, or wait until the trip is over.');
    expect(asked).not.toContain('<button type="submit" class="danger"');
    expect((await post(path, { revision: '1' })).status).toBe(422);
    expect((await bookings.find(id))?.guest.name).toBe('Carole Whitfield');
  });

  it('is refused without the token of the session, and when the booking changed meanwhile', async () => {
    const { post, path, page, clock, id, bookings } = await world();
    clock.set('2027-05-31T12:00:00Z');
    expect((await post(path, { revision: '1', formToken: 'forged' })).status).toBe(403);
    const late = await post(path, { revision: '7' });
    expect(late.headers.get('location')).toBe(`${page}?notice=changed-meanwhile`);
    expect((await bookings.find(id))?.guest.name).toBe('Carole Whitfield');
  });
});
