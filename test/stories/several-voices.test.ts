import { writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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
