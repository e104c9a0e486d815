import { writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Booking } from '#booking/booking.ts';
import { addressSecret, dnsOf, sampleMail, signedBy } from '#intake/mail/mail.fixture.ts';
import { paths } from '#ui/paths.ts';
import { example, openWorld, type World } from '../world.ts';
import { withMails } from './fleet-with-mails.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld({
    config: withMails(),
    dns: dnsOf(['boatsetter.com']),
    keys: { BOATSETTER_MAIL_ADDRESS: addressSecret },
  });
});
afterEach(() => world.close());

describe('a webhook and a mail that differ', () => {
  it('are shown with who says what, and a person decides', async () => {
    await world.deliver(example('boatsetter-created'));
    await world.settle();
    const mail = sampleMail('boatsetter-new', { '4 guests': '5 guests' });
    await world.bring('boatsetter', await signedBy('boatsetter.com', mail));
    await world.settle();
    const { id } = await world.booking();

    const desk = await world.atDesk();
    const page = await desk.get(paths.deskBooking(id));
    expect(page.body).toContain('They do not say the same');
    if (process.env.SHOTS) writeFileSync(`${process.env.SHOTS}/voices.html`, page.body);
    const forms = [
      ...page.body.matchAll(
        /name="field" value="(\w+)"\/?><input type="hidden" name="source" value="(\w+)"\/?><input type="hidden" name="message" value="([^"]+)"/g,
      ),
    ].map(([, field = '', source = '', message = '']) => ({ field, source, message }));
    const of = (message: RegExp) => forms.find(one => one.field === 'partySize' && message.test(one.message));
    const webhooks = of(/^msg_/);
    if (!webhooks) throw new Error(`no voice of the webhook among ${JSON.stringify(forms)}`);
    await desk.press(paths.deskBooking(id), paths.deskDecide(id), webhooks);
    await world.settle();
    expect(await world.booking()).toMatchObject({ partySize: 4, origins: { partySize: { source: 'desk' } } });
    expect((await desk.get(paths.deskBooking(id))).body).not.toContain('They do not say the same');
  });
});

describe('one trip that came in as two bookings', () => {
  it('is made one by hand: one page, one crew event, one ledger', async () => {
    await world.operate('booking add', {
      vessel: 'jada',
      start: '2027-05-30T16:30',
      end: '2027-05-30T19:30',
      guest: 'Carole W.',
      party: 4,
    });
    await world.settle();
    await world.deliver(example('boatsetter-created'));
    await world.settle();
    const [first, second] = (await world.bookings()).toSorted(
      (a, b) => a.recordedAt.localeCompare(b.recordedAt) || a.names.length - b.names.length,
    );
    if (!first || !second) throw new Error('there should be two');

    const desk = await world.atDesk();
    expect((await desk.get(paths.deskBooking(second.id))).body).toContain('The same trip twice?');
    await desk.press(paths.deskBooking(second.id), paths.deskMerge(second.id), { other: first.id });
    await world.settle();

    const one = await world.booking();
    expect(one.names).toEqual([{ source: 'boatsetter', externalId: 'xhqgmdh' }]);
    const events = await world.http(`${world.house}/api/events`, {
      headers: { 'x-service-key': world.keys.serviceKey },
    });
    const live = events
      .json<{ events: { status?: string }[] }>()
      .events.filter(({ status }) => status !== 'cancelled');
    expect(live).toHaveLength(1);
    expect(await world.operate('money show', { booking: one.id })).toMatchObject({
      text: expect.stringContaining('840.75'),
    });
    expect(
      (await world.beliefs(one.id)).filter(({ state }) => state === 'failing' || state === 'stuck'),
    ).toEqual([]);
  });
});

describe('two trips that were made one by mistake', () => {
  const liveEvents = async () => {
    const events = await world.http(`${world.house}/api/events`, {
      headers: { 'x-service-key': world.keys.serviceKey },
    });
    return events
      .json<{ events: { status?: string }[] }>()
      .events.filter(({ status }) => status !== 'cancelled');
  };
  const money = async (booking: string) =>
    (await world.operate<{ text: string }>('money show', { booking })).text;
  const troubled = async (booking: string) =>
    (await world.beliefs(booking)).filter(({ state }) => state !== 'stated' && state !== 'withdrawn');

  const merged = async () => {
    await world.operate('booking add', {
      vessel: 'jada',
      start: '2027-05-29T10:00',
      end: '2027-05-29T13:00',
      guest: 'Maya Lindqvist',
      email: 'maya@example.org',
      party: 2,
    });
    await world.later(60_000);
    await world.deliver(example('boatsetter-created'));
    await world.later(60_000);
    const all = await world.bookings();
    const byHand = all.find(({ names }) => names.length === 0);
    const sold = all.find(({ names }) => names.length > 0);
    if (!byHand || !sold) throw new Error('there should be one of each');
    await world.operate('booking merge', { booking: byHand.id, other: sold.id });
    await world.later(60_000);
    expect(await world.bookings()).toHaveLength(1);
    return { byHand, sold };
  };

  it('are two again, each with its page, its crew event and its books, and nobody is told what they knew', async () => {
    const { byHand, sold } = await merged();
    expect(await liveEvents()).toHaveLength(1);
    expect(await money(byHand.id)).toContain('840.75');
    const told = async (to: string) => (await world.letters({ to })).map(({ subject }) => subject);
    const before = await told('maya@example.org');

    const desk = await world.atDesk();
    const page = paths.deskBooking(byHand.id);
    const link = /href="([^"]*\/split\?[^"]*)"/
      .exec((await desk.get(page)).body)?.[1]
      ?.replaceAll('&amp;', '&');
    if (!link) throw new Error('there is no way to split it');
    const preview = await desk.get(link);
    expect(preview.body).toContain('Maya Lindqvist');
    expect(preview.body).toContain('Carole Whitfield');
    expect(preview.body).not.toMatch(/840|USD/);
    const fields = {
      source: 'boatsetter',
      name: 'xhqgmdh',
      revision: String((await world.booking()).revision),
    };
    const refused = await desk.press(link, paths.deskSplit(byHand.id), fields);
    expect([refused.status, await world.bookings()]).toEqual([422, [expect.anything()]]);
    const done = await desk.press(link, paths.deskSplit(byHand.id), { ...fields, why: 'two families' });
    expect(done.status).toBe(303);
    expect((await desk.get(done.headers.location ?? '')).body).toContain('They are two bookings now.');
    await world.later(60_000);

    const [maya, carole] = [byHand.id, sold.id].map(id =>
      world.operate<Booking>('booking show', { booking: id }),
    );
    expect(await maya).toMatchObject({
      guest: { name: 'Maya Lindqvist' },
      partySize: 2,
      status: 'confirmed',
      names: [],
    });
    expect(await carole).toMatchObject({
      id: sold.id,
      guest: { name: 'Carole Whitfield' },
      partySize: 4,
      status: 'confirmed',
      names: [{ source: 'boatsetter', externalId: 'xhqgmdh' }],
    });
    expect((await desk.get(page)).body).toContain('Said to be two trips: two families');
    expect(await liveEvents()).toHaveLength(2);
    expect(await money(sold.id)).toContain('840.75');
    expect(await money(byHand.id)).not.toContain('840.75');
    expect([await troubled(byHand.id), await troubled(sold.id)]).toEqual([[], []]);
    const pages = await Promise.all([byHand.id, sold.id].map(id => world.belief(id, 'guest page')));
    expect(new Set(pages.map(({ url }) => url)).size).toBe(2);
    for (const { url } of pages) expect((await world.http(url ?? '')).status).toBe(200);

    const mayasAfter = (await told('maya@example.org')).slice(before.length);
    expect(mayasAfter.length).toBeLessThanOrEqual(1);
    const count = (await world.letters()).length;
    await world.later(3_600_000);
    expect((await world.letters()).length).toBe(count);
  });

  it('stay two when the marketplace speaks again, and are one again when a person takes it back', async () => {
    const { byHand, sold } = await merged();
    const split = { booking: byHand.id, name: 'boatsetter:xhqgmdh', why: 'two families' };
    const { parts } = await world.operate<{ parts: unknown[] }>('booking split', { booking: byHand.id });
    expect(parts).toHaveLength(1);
    await world.operate('booking split', split);
    await world.later(60_000);
    await world.deliver(example('boatsetter-changed'));
    await world.later(60_000);
    expect(await world.operate('booking show', { booking: byHand.id })).toMatchObject({
      guest: { name: 'Maya Lindqvist' },
      start: { local: '2027-05-29T10:00' },
    });
    expect(await world.operate('booking show', { booking: sold.id })).toMatchObject({ revision: 4 });
    await world.operate('booking split', split);

    await world.operate('booking merge', { booking: byHand.id, other: sold.id });
    await world.later(60_000);
    expect(await world.booking()).toMatchObject({ id: byHand.id, names: [{ externalId: 'xhqgmdh' }] });
    expect(await money(byHand.id)).toContain('840.75');
    expect(await liveEvents()).toHaveLength(1);
    expect(await troubled(byHand.id)).toEqual([]);
  });
});
