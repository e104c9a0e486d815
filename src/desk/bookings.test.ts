import { describe, expect, it } from 'vitest';
import { contentSecurityPolicy } from '#ui/layout.tsx';
import { deskWorld } from './desk.fixture.tsx';
import { belief } from './desk-people.fixture.ts';

const trip = { vessel: 'heron', date: '2027-05-30', start: '15:30', length: '180', guestName: 'Nell Harper' };

describe('the list of bookings', () => {
  it('says how to get the first one while there is none', async () => {
    const { get } = deskWorld();
    const html = await (await get('/desk/bookings')).text();
    expect(html).toContain('No bookings yet');
    expect(html).toContain('/webhooks/{source}');
    expect(html).toContain('href="/desk/bookings/new"');
  });

  it('shows day, zone, vessel, guest, party, status and how the surfaces stand', async () => {
    const { get, add, beliefs } = deskWorld();
    const booking = await add('Carole Whitfield', '2027-05-30T15:30');
    await beliefs.put(belief({ booking: booking.id, surface: 'guest page' }));
    await beliefs.put(belief({ booking: booking.id, surface: 'crew event', state: 'failing' }));
    const html = await (await get('/desk/bookings')).text();
    for (const text of [
      'Carole Whitfield',
      'Sunday 30 May 2027',
      '15:30–18:30 PDT',
      'Heron',
      '4 guests',
      'confirmed',
      '1 failing',
    ]) {
      expect(html).toContain(text);
    }
  });

  it('parts upcoming, past and cancelled; what sails today is upcoming until the day is over', async () => {
    const { get, add, post, clock } = deskWorld();
    await add('Yesterday', '2027-05-29T10:00');
    await add('This morning', '2027-05-30T08:00');
    const off = await add('Called off', '2027-06-02T10:00');
    await post(`/desk/bookings/${off.id}/cancel`, { revision: '1' });
    clock.set('2027-05-30T23:00:00-07:00');
    const shown = async (when: string) =>
      [
        ...(await (await get(`/desk/bookings?when=${when}`)).text()).matchAll(
          /<th scope="row"><a [^>]*>([^<]+)</g,
        ),
      ].map(match => match[1]);
    expect(await shown('upcoming')).toEqual(['This morning']);
    expect(await shown('past')).toEqual(['Yesterday']);
    expect(await shown('cancelled')).toEqual(['Called off']);
  });

  it('finds by the beginning of a word, narrows to a vessel, and says when nothing matches', async () => {
    const { get, add } = deskWorld();
    await add('Carole Whitfield', '2027-05-30T15:30');
    await add('Zoë Ångström', '2027-05-31T15:30', { vessel: 'pelican' });
    const found = await (await get('/desk/bookings?q=ang')).text();
    expect(found).toContain('Zoë Ångström');
    expect(found).not.toContain('Carole');
    const narrowed = await (await get('/desk/bookings?vessel=pelican')).text();
    expect(narrowed).not.toContain('Carole');
    const nothing = await (await get('/desk/bookings?q=%3Cscript%3E')).text();
    expect(nothing).toContain('Nothing matches');
    expect(nothing).toContain('Show all upcoming');
    expect(nothing).not.toContain('<script>');
  });

  it('turns pages without losing or repeating one', async () => {
    const { get, add } = deskWorld();
    const names = Array.from({ length: 57 }, (_, n) => `Guest ${String(n).padStart(2, '0')}`);
    for (const [n, name] of names.entries()) {
      await add(name, new Date(Date.UTC(2027, 4, 1 + n)).toISOString().slice(0, 16));
    }
    const seen: string[] = [];
    for (let path: string | undefined = '/desk/bookings'; path; ) {
      const html = await (await get(path)).text();
      seen.push(...[...html.matchAll(/Guest \d\d/g)].map(match => match[0]));
      path = html.match(/href="([^"]*after=[^"]*)"[^>]*>Next page/)?.[1]?.replaceAll('&amp;', '&');
    }
    expect(seen).toEqual(names);
  });

  it('is for staff only', async () => {
    const { app } = deskWorld();
    for (const path of [
      '/desk',
      '/desk/bookings',
      '/desk/bookings/bkg_1',
      '/desk/failures',
      '/desk/money',
      '/desk/quarantine',
      '/desk/calendar',
      '/desk/bookings/bkg_1/progress',
    ]) {
      expect((await app.request(path)).status, path).toBe(401);
    }
  });
});

describe('adding a booking by hand', () => {
  it('records it as a word of who typed it and goes to its page', async () => {
    const { get, post, bookings } = deskWorld();
    const answer = await post('/desk/bookings/new', { ...trip, partySize: '4', once: 'frm_1' });
    expect(answer.status).toBe(303);
    const page = await (await get(answer.headers.get('location') ?? '')).text();
    expect(page).toContain('Added.');
    expect(page).toContain('Perry Quill at the desk');
    expect(page).toContain('Sunday 30 May 2027, 15:30–18:30 PDT');
    expect(await bookings.count()).toBe(1);
  });

  it('counts a form that is sent twice once', async () => {
    const { post, bookings } = deskWorld();
    const form = { ...trip, partySize: '4', once: 'frm_1' };
    const first = await post('/desk/bookings/new', form);
    const second = await post('/desk/bookings/new', form);
    expect(second.headers.get('location')).toBe(first.headers.get('location'));
    expect(await bookings.count()).toBe(1);
  });

  it('shows a mistake at its field, with the cure and everything that was typed', async () => {
    const { post, bookings } = deskWorld();
    const answer = await post('/desk/bookings/new', {
      ...trip,
      partySize: '7',
      guestEmail: 'not an address',
      guestPhone: '619 555',
    });
    expect(answer.status).toBe(422);
    const html = await answer.text();
    expect(html).toMatch(/name="partySize"[^>]*aria-invalid="true"/);
    expect(html).toMatch(/id="wrong-partySize">[^<]*at most 6/);
    expect(html).toMatch(/name="guestEmail"[^>]*aria-invalid="true"[^>]*value="not an address"/);
    expect(html).toContain('value="Nell Harper"');
    expect(html).toContain('value="619 555"');
    expect(await bookings.count()).toBe(0);
  });

  it('says in one go what is wrong with the time, the guest and the party', async () => {
    const { post } = deskWorld();
    const gap = { ...trip, date: '2028-03-12', start: '02:30' };
    const answer = await post('/desk/bookings/new', { ...gap, partySize: '7', guestName: '' });
    const html = await answer.text();
    expect([...html.matchAll(/id="wrong-(\w+)"/g)].map(([, field]) => field).toSorted()).toEqual([
      'guestName',
      'partySize',
      'start',
    ]);
  });

  it('says what is wrong with an empty form instead of breaking', async () => {
    const { post } = deskWorld();
    const answer = await post('/desk/bookings/new', {});
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('The day is missing or cannot be read.');
  });

  it('is refused without the token of the session, and changes nothing', async () => {
    const { post, bookings } = deskWorld();
    const form = { ...trip, partySize: '4' };
    expect((await post('/desk/bookings/new', { ...form, formToken: 'forged' })).status).toBe(403);
    expect(await bookings.count()).toBe(0);
  });
});

describe('every page of the desk', () => {
  it('keeps to the policy: nothing inline, nothing from elsewhere', async () => {
    const { get, add, raise, holdBack } = deskWorld();
    const booking = await add('Carole Whitfield', '2027-05-30T15:30');
    await raise(booking);
    const held = await holdBack();
    for (const path of [
      '/desk',
      '/desk/bookings',
      '/desk/bookings/new',
      `/desk/bookings/${booking.id}`,
      `/desk/bookings/${booking.id}/move`,
      `/desk/bookings/${booking.id}/cancel`,
      '/desk/calendar?month=2027-05',
      '/desk/quarantine',
      `/desk/quarantine/${held.id}`,
      '/desk/failures',
    ]) {
      const answer = await get(path);
      const html = await answer.text();
      expect(answer.status, path).toBe(200);
      expect(html, path).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=/);
      expect(html.match(/<h1/g), path).toHaveLength(1);
      for (const [, address = ''] of html.matchAll(/(?:href|src|action)="([^"]*)"/g)) {
        expect(address, path).toMatch(/^(\/(?!\/)|#|tel:)/);
      }
    }
    expect(contentSecurityPolicy).not.toContain('unsafe');
  });
});
