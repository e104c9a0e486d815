import { describe, expect, it } from 'vitest';
import { message, minute } from '#booking/booking.fixture.ts';
import { deskWorld } from './desk.fixture.tsx';
import { belief, canary, letter } from './desk-people.fixture.ts';

const timesOf = (html: string) => html.match(/<h1>[\s\S]*?<p>([^·]*) ·/)?.[1];

describe('the page of a booking', () => {
  it('names for each field the message that said so, and who typed it where that was us', async () => {
    const { get, hear, post } = deskWorld();
    const booking = await hear(message({ at: minute(1), messageId: 'msg_first' }));
    await post(`/desk/bookings/${booking.id}/move`, {
      date: '2027-05-30',
      start: '15:30',
      length: '180',
      revision: '1',
      confirmed: 'yes',
    });
    const html = await (await get(`/desk/bookings/${booking.id}`)).text();
    const row = (field: string) => html.match(new RegExp(`>${field}</th>(.*?)</tr>`))?.[1] ?? '';
    expect(row('Guest')).toMatch(/Carole Whitfield.*market, message msg_first/);
    expect(row('Start')).toMatch(/15:30 PDT.*Perry Quill at the desk/);
    expect(html).toContain('Revision 2: moved');
    expect(html).toMatch(
      /<span class="was">Sunday 30 May 2027, 16:30–19:30 PDT<\/span> Sunday 30 May 2027, 15:30–18:30/,
    );
  });

  it('shows who believes what: recipient, revision, state, reason', async () => {
    const { get, add, beliefs } = deskWorld();
    const { id } = await add('Carole Whitfield', '2027-05-30T15:30');
    await beliefs.put(belief({ booking: id, surface: 'guest page', url: 'https://blue.example/g/carole' }));
    await beliefs.put(
      belief({
        booking: id,
        surface: 'crew letter',
        recipient: 'mara',
        state: 'stuck',
        desiredRevision: 2,
        error: { code: 'letter-returned', message: '550 No such mailbox' },
      }),
    );
    const html = await (await get(`/desk/bookings/${id}`)).text();
    expect(html).toContain('1 of 2 surfaces say what they should; 1 stuck.');
    expect(html).toMatch(
      /crew letter.*Mara Finch.*revision 1<\/span>, should say 2.*stuck.*550 No such mailbox/,
    );
    expect(html).toContain('href="https://blue.example/g/carole"');
    expect(html).toContain('Try again now');
  });

  it('shows the crew with their answers and what each letter is doing', async () => {
    const { get, add, raise, crew, letters } = deskWorld();
    const booking = await add('Carole Whitfield', '2027-05-30T15:30');
    const event = await raise(booking);
    if (!event) throw new Error('no event');
    await crew.change(event.id, before => ({
      event: {
        ...before,
        roster: before.roster.map(place =>
          place.person === 'mara'
            ? { ...place, answer: 'accepted', answeredAt: minute(9), answeredBy: 'mara' }
            : place,
        ),
      },
      entries: [{ at: minute(9), by: 'mara', what: 'Mara accepted.' }],
    }));
    letters.set('l1', letter({ id: 'l1', about: [booking.id], state: 'waiting', error: 'greylisted' }));
    const html = await (await get(`/desk/bookings/${booking.id}`)).text();
    expect(html).toMatch(/Mara Finch<\/th>.*captain.*accepted.*Theo Drake<\/th>.*no answer/);
    expect(html).toContain('on board by 14:30 PDT');
    expect(html).toMatch(/Your sail on Sunday 30 May.*waiting.*greylisted/);
    expect(html).toContain('Mara accepted.');
  });

  it('keeps a message that changed nothing in what happened', async () => {
    const { get, hear } = deskWorld();
    const booking = await hear(message({ at: minute(1) }));
    await hear(message({ at: minute(2), kind: 'changed', messageId: 'msg_echo' }));
    const html = await (await get(`/desk/bookings/${booking.id}`)).text();
    expect(html).toContain('A message (changed) brought nothing new');
    expect(html).toContain('market, message msg_echo');
  });

  it('is refused in words where there is none', async () => {
    const { get } = deskWorld();
    expect(await (await get('/desk/bookings/bkg_none')).text()).toMatch(/^booking-unknown/);
  });
});

describe('the money fence at the desk', () => {
  it('shows the owner the amounts of a booking, and an operator neither amounts nor that there are any', async () => {
    const { get, add, ownerBeliefs, ownerLetters, left } = deskWorld();
    const { id } = await add('Carole Whitfield', '2027-05-30T15:30');
    await ownerBeliefs.put(belief({ booking: id, surface: 'ledger' }));
    ownerLetters.set('o1', letter({ id: 'o1', about: [id], kind: 'summary', subject: 'What Carole brings' }));
    const path = `/desk/bookings/${id}`;
    const owner = await (await get(path, 'olive')).text();
    const operator = await (await get(path, 'perry')).text();
    for (const secret of [canary, 'ledger', 'What Carole brings', 'Money', '/desk/money']) {
      expect(owner).toContain(secret);
      expect(operator).not.toContain(secret);
    }
    expect(left.map(({ audience, about }) => [audience, about])).toEqual([
      ['owner', [id]],
      ['operator', [id]],
    ]);
  });

  it('opens the month and its file to owners only', async () => {
    const { get } = deskWorld();
    expect(await (await get('/desk/money?month=2027-05', 'olive')).text()).toContain(canary);
    expect(await (await get('/desk/money.csv?month=2027-05', 'olive')).text()).toContain(canary);
    expect(await (await get('/desk/money?month=2027-06', 'olive')).text()).toContain(
      'No amounts in June 2027',
    );
    for (const path of ['/desk/money?month=2027-05', '/desk/money.csv?month=2027-05']) {
      const refused = await (await get(path, 'perry')).text();
      expect(refused).toMatch(/^owner-only/);
      expect(refused).not.toContain(canary);
    }
  });

  it('holds back a page for an operator that would carry an amount all the same', async () => {
    const { get, add } = deskWorld();
    const { id } = await add(`Carole ${canary}`, '2027-05-30T15:30');
    expect(await (await get(`/desk/bookings/${id}`, 'perry')).text()).toMatch(/^money-in-output/);
    expect((await get(`/desk/bookings/${id}`, 'olive')).status).toBe(200);
  });
});

describe('moving a booking', () => {
  const aMove = { date: '2027-05-30', start: '14:00', length: '240', which: '', revision: '1' };
  const world = async () => {
    const made = deskWorld();
    const { id } = await made.add('Carole Whitfield', '2027-05-30T16:30');
    return Object.assign(made, { id, path: `/desk/bookings/${id}/move` });
  };

  it('starts from the times it has', async () => {
    const { get, path } = await world();
    const html = await (await get(path)).text();
    expect(html).toMatch(/name="date"[^>]*value="2027-05-30"/);
    expect(html).toMatch(/name="start"[^>]*value="16:30"/);
    expect(html).toMatch(/<option value="180" selected/);
  });

  it('shows old beside new and who will be told, before anything is done', async () => {
    const { post, path, id, beliefs, bookings } = await world();
    await beliefs.put(belief({ booking: id, surface: 'crew letter', recipient: 'mara' }));
    const html = await (await post(path, aMove)).text();
    expect(html).toContain('Sunday 30 May 2027, 16:30–19:30 PDT');
    expect(html).toContain('Sunday 30 May 2027, 14:00–18:00 PDT');
    expect(html).toContain('the start, 16:30 to 14:00; the length, 3 h to 4 h');
    expect(html).toContain('Mara Finch');
    expect((await bookings.find(id))?.revision).toBe(1);
  });

  it('is done once confirmed, and undone by one button', async () => {
    const { post, get, path, id, bookings } = await world();
    const moved = await post(path, { ...aMove, confirmed: 'yes' });
    const page = await (await get(moved.headers.get('location') ?? '')).text();
    expect(timesOf(page)).toBe('Sunday 30 May 2027, 14:00–18:00 PDT');
    expect(page).toContain('Undo');
    const undo = page.match(/<div class="notice[\s\S]*?<form[\s\S]*?<\/form>/)?.[0] ?? '';
    const fields = Object.fromEntries(
      [...undo.matchAll(/name="(\w+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]),
    );
    const undone = await post(path, fields);
    const after = await (await get(undone.headers.get('location') ?? '')).text();
    expect(timesOf(after)).toBe('Sunday 30 May 2027, 16:30–19:30 PDT');
    expect((await bookings.find(id))?.revision).toBe(3);
  });

  it('puts an hour that clocks skip or repeat to the person', async () => {
    const { post, path } = await world();
    const gap = await post(path, { ...aMove, date: '2028-03-12', start: '02:30' });
    expect(gap.status).toBe(422);
    expect(await gap.text()).toMatch(/name="start"[^>]*aria-invalid="true"[^>]*value="02:30"/);
    const twice = await (await post(path, { ...aMove, date: '2027-11-07', start: '01:30' })).text();
    expect(twice).toContain('the earlier, 01:30 PDT (-07:00)');
    expect(twice).toContain('the later, 01:30 PST (-08:00)');
    const chosen = { ...aMove, date: '2027-11-07', start: '01:30', which: 'later' };
    expect(await (await post(path, chosen)).text()).toContain('Sunday 7 November 2027, 01:30–05:30 PST');
  });

  it('does nothing to a booking that somebody else changed meanwhile', async () => {
    const { post, path, id, bookings } = await world();
    await post(path, { ...aMove, confirmed: 'yes' });
    const late = await post(path, { ...aMove, start: '09:00', confirmed: 'yes' });
    expect(late.headers.get('location')).toBe(`/desk/bookings/${id}?notice=changed-meanwhile`);
    expect((await bookings.find(id))?.start.local).toBe('2027-05-30T14:00');
  });

  it('takes a double click for one', async () => {
    const { post, path, id, bookings } = await world();
    await post(path, { ...aMove, confirmed: 'yes' });
    const again = await post(path, { ...aMove, confirmed: 'yes' });
    expect(again.headers.get('location')).toBe(`/desk/bookings/${id}?notice=moved`);
    expect((await bookings.find(id))?.revision).toBe(2);
  });

  it('shows what the rules say about the new time at its field', async () => {
    const { post, path } = await world();
    const answer = await post(path, { ...aMove, date: '2026-05-30', confirmed: 'yes' });
    expect(answer.status).toBe(422);
    expect(await answer.text()).toMatch(/id="wrong-start">[^<]*over already/);
  });

  it('is refused without the token of the session', async () => {
    const { post, path, id, bookings } = await world();
    expect((await post(path, { ...aMove, confirmed: 'yes', formToken: '' })).status).toBe(403);
    expect((await bookings.find(id))?.revision).toBe(1);
  });
});

describe('cancelling a booking', () => {
  it('says first what is withdrawn, who is told, and that the marketplace is another matter', async () => {
    const { get, hear, beliefs } = deskWorld();
    const { id } = await hear(message({ at: minute(1) }));
    await beliefs.put(belief({ booking: id, surface: 'guest page' }));
    await beliefs.put(belief({ booking: id, surface: 'guest letter', recipient: 'carole@example.org' }));
    const html = await (await get(`/desk/bookings/${id}/cancel`)).text();
    expect(html).toMatch(/Is withdrawn<\/dt><dd>guest page</);
    expect(html).toMatch(/Will be told<\/dt><dd>Carole Whitfield</);
    expect(html).toContain('This does not cancel it at market.');
  });

  it('calls it off, and back on again with one button', async () => {
    const { get, add, post, bookings } = deskWorld();
    const { id } = await add('Carole Whitfield', '2027-05-30T15:30');
    const cancelled = await post(`/desk/bookings/${id}/cancel`, { revision: '1' });
    expect((await bookings.find(id))?.status).toBe('cancelled');
    const page = await (await get(cancelled.headers.get('location') ?? '')).text();
    expect(page).toContain(`action="/desk/bookings/${id}/restore"`);
    await post(`/desk/bookings/${id}/restore`, {});
    expect((await bookings.find(id))?.status).toBe('confirmed');
  });

  it('is refused without the token of the session', async () => {
    const { add, post, bookings } = deskWorld();
    const { id } = await add('Carole Whitfield', '2027-05-30T15:30');
    const forged = { revision: '1', formToken: 'forged' };
    expect((await post(`/desk/bookings/${id}/cancel`, forged)).status).toBe(403);
    expect((await post(`/desk/bookings/${id}/restore`, forged)).status).toBe(403);
    expect((await post(`/desk/bookings/${id}/retry`, forged)).status).toBe(403);
    expect((await bookings.find(id))?.status).toBe('confirmed');
  });
});
