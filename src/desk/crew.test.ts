import { describe, expect, it } from 'vitest';
import { linkFor } from '#crew/crew-link.ts';
import { deskWorld } from './desk.fixture.tsx';

async function aTrip(more: { vessel?: string } = {}) {
  const world = deskWorld();
  const booking = await world.add('Carole Whitfield', '2027-05-30T15:30', more);
  await world.raise(booking);
  const path = `/desk/bookings/${booking.id}/crew`;
  const event = async () => {
    const found = await world.crew.ofBooking(booking.id);
    if (!found) throw new Error('no event');
    return found;
  };
  return {
    get: world.get,
    post: world.post,
    links: world.links,
    booking,
    path,
    event,
    /** Presses a button of the crew page and reads the page after it. */
    async press(fields: Record<string, string>) {
      const answer = await world.post(path, fields);
      const to = answer.headers.get('location');
      return { status: answer.status, html: to ? await (await world.get(to)).text() : await answer.text() };
    },
    async places() {
      return Object.fromEntries(
        (await event()).roster.map(({ person, role, answer, holds }) => [
          person,
          `${role}, ${answer}${holds ? '' : ', no place'}`,
        ]),
      );
    },
    what: async () => (await world.crew.audit((await event()).id)).slice(1),
  };
}

/** What the undo button of a page posts. */
function undoIn(html: string): Record<string, string> {
  const form = /role="status">.*?<form[^>]*>(.*?)<\/form>/s.exec(html)?.[1] ?? '';
  return Object.fromEntries(
    [...form.matchAll(/name="([^"]+)" value="([^"]*)"/g)]
      .map(([, name = '', value = '']) => [name, value] as const)
      .filter(([name]) => name !== 'formToken'),
  );
}

describe('the crew of a booking at the desk', () => {
  it('ends a lost link and has a new one sent', async () => {
    const { press, links, event, what } = await aTrip();
    const lost = await links.issue(linkFor(await event(), 'theo'));
    const { html } = await press({ do: 'link', person: 'theo' });
    expect(html).toContain('Theo Drake is sent a new link to the trip. The old one no longer opens.');
    expect(html).not.toContain('Undo:');
    expect(await links.open(lost)).toBeNull();
    expect((await what()).at(-1)?.what).toContain('theo was sent a new link');
  });

  it('says on the booking who is asked, what they said and which places are open until when', async () => {
    const { get, booking, press } = await aTrip();
    await press({ do: 'answer', person: 'theo', answer: 'declined' });
    await press({ do: 'offer', person: 'kim', role: 'crew' });
    const html = await (await get(`/desk/bookings/${booking.id}`)).text();
    expect(html).toContain('A place as crew is open.');
    expect(html).toContain('One person is asked; the first to accept has it.');
    expect(html).toMatch(/Kim Tran.*asked, first to accept.*answer by.*3 Apr 2027, 05:00 PDT/s);
    expect(html).toMatch(/Theo Drake.*gave it up.*declined.*put in by Perry Quill/s);
    expect(html).toContain(`href="/desk/bookings/${booking.id}/crew"`);
  });

  it('puts in what somebody said on the phone, once, in the name of who put it in, and takes it back', async () => {
    const { press, places, what } = await aTrip();
    const { html } = await press({ do: 'answer', person: 'mara', answer: 'accepted' });
    expect(html).toContain('Put in: Mara Finch is coming.');
    await press({ do: 'answer', person: 'mara', answer: 'accepted' });
    expect((await what()).map(({ by, what }) => [by, what])).toEqual([['perry', 'mara accepted.']]);
    expect(undoIn(html)).toEqual({ do: 'answer', person: 'mara', answer: 'unknown' });
    await press(undoIn(html));
    expect(await places()).toMatchObject({ mara: 'captain, unknown' });
  });

  it('takes somebody off: the link is over in the same moment, and the undo puts them back', async () => {
    const { press, places, event, links } = await aTrip();
    const before = await event();
    await links.issue(linkFor(before, 'theo'));
    const { html } = await press({ do: 'release', person: 'theo', reopen: 'yes' });
    expect(html).toContain('Theo Drake was taken off.');
    expect(await links.epoch('crew', before.id, 'theo')).toBeNull();
    expect(await places()).toEqual({ mara: 'captain, unknown' });
    expect(html).toContain('Undo: Theo Drake sails as crew');
    await press(undoIn(html));
    expect(await places()).toMatchObject({ theo: 'crew, unknown' });
    expect((await event()).needs).toEqual(before.needs);
  });

  it('says on the first page for which trip somebody has to be found, until somebody is asked', async () => {
    const { press, get, path } = await aTrip();
    const home = async () => (await get('/desk')).text();
    expect(await home()).not.toContain('Nobody to sail');
    await press({ do: 'answer', person: 'theo', answer: 'declined' });
    expect(await home()).toContain(`href="${path}">Nobody to sail as crew<`);
    await press({ do: 'offer', person: 'kim', role: 'crew' });
    expect(await home()).not.toContain('Nobody to sail');
  });

  it('lets a place go with who had it, where nobody is to come instead', async () => {
    const { press, event } = await aTrip();
    await press({ do: 'release', person: 'theo' });
    expect((await event()).needs).toEqual({ captain: 1, crew: 0 });
  });

  it('undoes a question that made a place: the place goes with it', async () => {
    const { press, event, places } = await aTrip();
    const needs = (await event()).needs;
    const { html } = await press({ do: 'offer', person: 'kim', role: 'crew' });
    expect((await event()).needs).toEqual({ ...needs, crew: needs.crew + 1 });
    await press(undoIn(html));
    expect((await event()).needs).toEqual(needs);
    expect(await places()).toEqual({ mara: 'captain, unknown', theo: 'crew, unknown' });
  });

  it('has one sail instead of another, and back', async () => {
    const { press, places } = await aTrip();
    const { html } = await press({ do: 'substitute', out: 'theo', person: 'kim' });
    expect(await places()).toEqual({ mara: 'captain, unknown', kim: 'crew, unknown' });
    await press(undoIn(html));
    expect(await places()).toEqual({ mara: 'captain, unknown', theo: 'crew, unknown' });
  });

  it('refuses a captain whose credential runs out, and does it with a reason, which stays in the history', async () => {
    const { press, places, what } = await aTrip();
    const act = { do: 'assign', person: 'bo', role: 'captain' };
    const refused = await press(act);
    expect(refused.status).toBe(422);
    expect(refused.html).toContain(
      'The mmc of Bo Larsen is good until Friday 30 April 2027, and the trip ends on Sunday 30 May 2027.',
    );
    expect(refused.html).toContain('Do it all the same?');
    expect((await press({ ...act, insists: 'yes' })).html).toContain('A reason is needed.');
    expect(await places()).not.toHaveProperty('bo');
    const done = await press({ ...act, insists: 'yes', despite: 'The renewed one came by mail today' });
    expect(done.html).toContain('Bo Larsen sails as captain.');
    expect((await what()).map(entry => entry.what)).toEqual([
      'bo was assigned as captain.',
      expect.stringMatching(/credential-expired.*because: The renewed one came by mail today$/),
    ]);
  });

  it('shows beforehand what is against somebody', async () => {
    const { get, path } = await aTrip();
    const html = await (await get(path)).text();
    expect(html).toContain('Bo Larsen (a credential runs out)');
    expect(html).toMatch(/<option value="kim">Kim Tran<\/option>/);
  });

  it('says what to do with a form that names nobody, and changes nothing', async () => {
    const { press, what } = await aTrip();
    const { status, html } = await press({ do: 'substitute', out: 'theo', person: '' });
    expect(status).toBe(422);
    expect(html).toContain('Choose a person and press the button again.');
    expect(await what()).toEqual([]);
  });

  it('keeps to the policy of every page, and is changed only by a form of its own', async () => {
    const { get, path, post, what } = await aTrip();
    const html = await (await get(path)).text();
    expect(html).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=/);
    expect([...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id)).toHaveLength(
      new Set([...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id)).size,
    );
    await get(`${path}?do=release&person=theo`);
    expect((await post(path, { do: 'release', person: 'theo', formToken: 'forged' })).status).toBe(403);
    expect(await what()).toEqual([]);
  });
});

describe('a bareboat charter at the desk', () => {
  it('waits for the renter’s choice of captain, and records it, changes it and takes it back', async () => {
    const { press, places, event, get, path } = await aTrip({ vessel: 'osprey' });
    expect((await event()).charterMode).toBe('bareboat');
    expect(await (await get(path)).text()).toContain('The renter has to choose a captain.');
    const refused = await press({ do: 'assign', person: 'mara', role: 'captain' });
    expect(refused.html).toContain('the renter chooses the captain, and no choice has been recorded');
    const { html } = await press({ do: 'renters-captain', person: 'mara' });
    expect(html).toContain('Noted: the renter chose Mara Finch as captain.');
    expect(await places()).toEqual({ mara: 'captain, unknown' });
    await press(undoIn(html));
    expect(await places()).toEqual({});
    expect((await event()).renterChose).toBeNull();
    const theirs = await press({ do: 'renters-captain', person: '-' });
    expect(theirs.html).toContain('The renter chose');
    expect((await event()).renterChose).toMatchObject({ captain: null, by: 'perry' });
  });
});
