import { describe, expect, it } from 'vitest';
import { message, minute } from '#booking/booking.fixture.ts';
import { deskWorld } from './desk.fixture.tsx';
import { belief } from './desk-people.fixture.ts';

const hiddenOf = (form: string) =>
  Object.fromEntries(
    [...form.matchAll(/name="(\w+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]),
  );
const noticeFormOf = (page: string) =>
  page.match(/<div class="notice[\s\S]*?<form[\s\S]*?<\/form>/)?.[0] ?? '';

describe('correcting guest and party', () => {
  const world = async () => {
    const made = deskWorld();
    const { id } = await made.hear(message({ at: minute(1) }));
    return Object.assign(made, { id, path: `/desk/bookings/${id}/correct` });
  };
  const asItIs = {
    guestName: 'Carole Whitfield',
    partySize: '4',
    guestEmail: 'carole@example.org',
    guestPhone: '+1 619 555 0142',
    revision: '1',
  };

  it('starts from what the booking says, and says who has a letter', async () => {
    const { get, path, id, beliefs } = await world();
    await beliefs.put(belief({ booking: id, surface: 'crew letter', recipient: 'mara' }));
    const html = await (await get(path)).text();
    expect(hiddenOf(html.replace(/ (type|aria-describedby)="[^"]*"/g, ''))).toMatchObject(asItIs);
    expect(html).toMatch(/Have letters<\/dt><dd>Mara Finch</);
    expect(await (await get(`/desk/bookings/${id}`)).text()).toContain(`href="${path}"`);
  });

  it('changes what was typed anew and nothing else, and keeps who said so', async () => {
    const { get, post, path, id, bookings } = await world();
    const done = await post(path, { ...asItIs, guestName: 'Carol Whitfield', partySize: '5' });
    expect(done.status).toBe(303);
    const after = await bookings.find(id);
    expect(after).toMatchObject({
      revision: 2,
      partySize: 5,
      guest: { name: 'Carol Whitfield', email: 'carole@example.org', phone: '+1 619 555 0142' },
    });
    expect(after?.origins.guestName?.source).toBe('desk');
    expect(after?.origins.guestEmail?.source).toBe('market');
    const page = await (await get(done.headers.get('location') ?? '')).text();
    expect(page).toContain('Corrected.');
    expect(page).toMatch(/It was <span class="was">Carole Whitfield<\/span>, <span class="was">4 guests</);
  });

  it('is undone by one button, an address that was taken away included', async () => {
    const { get, post, path, id, bookings } = await world();
    const before = await bookings.find(id);
    const done = await post(path, { ...asItIs, guestPhone: '', partySize: '2' });
    expect((await bookings.find(id))?.guest.phone).toBeNull();
    const page = await (await get(done.headers.get('location') ?? '')).text();
    await post(path, hiddenOf(noticeFormOf(page)));
    expect(await bookings.find(id)).toMatchObject({ revision: 3, guest: before?.guest, partySize: 4 });
  });

  it('shows what the rules say at the field, with what was typed', async () => {
    const { post, path, id, bookings } = await world();
    const tooMany = await post(path, { ...asItIs, partySize: '7' });
    expect(tooMany.status).toBe(422);
    expect(await tooMany.text()).toMatch(/value="7"[\s\S]*id="wrong-partySize">A party of 7 is too many/);
    const wrong = { partySize: 'four', guestName: '', guestEmail: 'carole' };
    const html = await (await post(path, { ...asItIs, ...wrong })).text();
    for (const field of Object.keys(wrong)) expect(html).toContain(`id="wrong-${field}"`);
    expect((await bookings.find(id))?.revision).toBe(1);
  });

  it('says so when nothing was changed', async () => {
    const { post, path } = await world();
    const same = await post(path, asItIs);
    expect(same.status).toBe(422);
    expect(await same.text()).toContain('This is what the booking says already.');
  });

  it('takes a double click for one, and does nothing to what somebody else changed meanwhile', async () => {
    const { post, path, id, bookings } = await world();
    await post(path, { ...asItIs, partySize: '5' });
    const again = await post(path, { ...asItIs, partySize: '5' });
    expect(again.headers.get('location')).toBe(`/desk/bookings/${id}?notice=corrected`);
    const late = await post(path, { ...asItIs, partySize: '3' });
    expect(late.headers.get('location')).toBe(`/desk/bookings/${id}?notice=changed-meanwhile`);
    expect(await bookings.find(id)).toMatchObject({ revision: 2, partySize: 5 });
  });

  it('is refused for a cancelled booking, and without the token of the session', async () => {
    const { post, path, id, bookings } = await world();
    expect((await post(path, { ...asItIs, partySize: '5', formToken: '' })).status).toBe(403);
    await post(`/desk/bookings/${id}/cancel`, { revision: '1' });
    const refused = await post(path, { ...asItIs, revision: '2', partySize: '5' });
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain('This booking is cancelled and cannot be changed.');
    expect((await bookings.find(id))?.partySize).toBe(4);
  });
});
