import { describe, expect, it } from 'vitest';
import { deskWorld } from './desk.fixture.tsx';
import { canary } from './desk-people.fixture.ts';

async function aTrip() {
  const { get, add, raise, post, crew } = deskWorld();
  const booking = await add('Carole Whitfield', '2027-05-30T15:30');
  await raise(booking);
  const path = `/desk/bookings/${booking.id}`;
  return { get, post, crew, booking, path };
}

describe('the passenger list at the desk', () => {
  it('has crew, a line for each guest, and room for both head counts', async () => {
    const { get, path } = await aTrip();
    const html = await (await get(`${path}/manifest`)).text();
    expect(html).toContain('Heron, time charter, at most 6 guests');
    expect(html).toContain('4 expected');
    expect(html.match(/<tr><td>\d<\/td>/g)).toHaveLength(2 + 4);
    expect(html).toMatch(/Mara Finch<\/th><td>captain/);
    expect(html).toMatch(/Carole Whitfield<\/th><td>guest/);
    expect(html).toContain('Head count before departure');
    expect(html).toContain('Head count ashore');
    expect(html).toContain('____ of 4, taken by');
  });

  it('says who counted and when, once it was ticked', async () => {
    const { get, path, crew, booking } = await aTrip();
    const event = await crew.ofBooking(booking.id);
    if (!event) throw new Error('no event');
    await crew.change(event.id, before => ({
      event: {
        ...before,
        checklist: before.checklist.map(item =>
          item.id === 'all-ashore' ? { ...item, done: { by: 'mara', at: '2027-05-31T01:40:00.000Z' } } : item,
        ),
      },
      entries: [],
    }));
    expect(await (await get(`${path}/manifest`)).text()).toMatch(
      /4, Mara Finch, <time[^>]*>Sunday 30 May 2027, 18:40 PDT/,
    );
  });

  it('has money on the owner’s version only', async () => {
    const { get, path } = await aTrip();
    for (const who of ['olive', 'perry'] as const) {
      expect(await (await get(`${path}/manifest`, who)).text()).not.toContain(canary);
    }
    expect(await (await get(`${path}/manifest/money`, 'olive')).text()).toContain(canary);
    const refused = await get(`${path}/manifest/money`, 'perry');
    expect(refused.status).toBe(403);
    expect(await refused.text()).not.toContain(canary);
  });
});

describe('notes for the crew', () => {
  it('are typed at the desk and stand in the event', async () => {
    const { post, path, crew, booking } = await aTrip();
    const answer = await post(`${path}/crew/notes`, {
      notes: 'Bring the spare life jackets.\r\nFuel is low.',
    });
    expect(answer.status).toBe(303);
    const event = await crew.ofBooking(booking.id);
    expect(event?.notes).toBe('Bring the spare life jackets.\nFuel is low.');
  });

  it('are looked over for amounts before they are kept, and nothing typed is lost', async () => {
    const { post, path, crew, booking } = await aTrip();
    const notes = { notes: 'They paid $840 already' };
    const doubt = await post(`${path}/crew/notes`, notes);
    expect(doubt.status).toBe(422);
    const html = await doubt.text();
    expect(html).toContain('This looks as if it spoke of money.');
    expect(html).toContain('They paid $840 already</textarea>');
    expect((await crew.ofBooking(booking.id))?.notes).toBe('');
    expect((await post(`${path}/crew/notes`, { ...notes, sure: 'yes' })).status).toBe(303);
    expect((await crew.ofBooking(booking.id))?.notes).toBe('They paid $840 already');
  });
});
