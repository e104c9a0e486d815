import { writeFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { addressSecret, dnsOf, sampleMail, signedBy } from '#intake/mail/mail.fixture.ts';
import { paths } from '#ui/paths.ts';
import { openWorld, type World } from '../world.ts';
import { withMails } from './fleet-with-mails.ts';

let world: World;
afterEach(() => world?.close());

const opened = () =>
  openWorld({
    config: withMails(),
    dns: dnsOf(['boatsetter.com']),
    keys: { BOATSETTER_MAIL_ADDRESS: addressSecret },
    openMailbox: false,
  });

describe('a marketplace writes in a new way', () => {
  it('the mail waits, nothing is published or sent, and a person says what it means', async () => {
    world = await opened();
    const changed = sampleMail('boatsetter-new', { 'Guests: 4 guests': 'On board: four' });
    const answer = await world.bring('boatsetter', await signedBy('boatsetter.com', changed));
    expect(answer.status).toBe(202);
    await world.settle();
    expect(await world.bookings()).toEqual([]);
    expect(await world.letters()).toEqual([]);

    const desk = await world.atDesk();
    const alarm = await desk.get(paths.desk);
    expect(alarm.body).toContain('The mails of boatsetter no longer read as before: 1 waits.');
    const metrics = await world.http(`${world.house}/metrics`);
    expect(metrics.body).toMatch(/gangway_mails_drifting 1\n/);
    expect(metrics.body).toContain('gangway_mails_drifted_total{source="boatsetter"} 1');

    const list = await desk.get(paths.deskQuarantine);
    const id = /\/desk\/quarantine\/(dlv_\w+)/.exec(list.body)?.[1] ?? '';
    const page = await desk.get(paths.deskDelivery(id));
    expect(page.body).toContain('9 of 10 rows understood; unknown: “On board”');
    expect(page.body).toContain('value="2027-05-30T16:30"');
    if (process.env.SHOTS) writeFileSync(`${process.env.SHOTS}/delivery.html`, page.body);

    await desk.press(paths.deskDelivery(id), paths.deskMeant(id), {
      kind: 'created',
      externalId: 'xhqgmdh',
      vessel: 'jada',
      start: '2027-05-30T16:30',
      end: '2027-05-30T19:30',
      guestName: 'Carole Whitfield',
      guestEmail: 'carole.whitfield@example.org',
      partySize: '4',
    });
    await world.settle();
    const booking = await world.booking();
    expect(booking).toMatchObject({ partySize: 4, names: [{ source: 'boatsetter', externalId: 'xhqgmdh' }] });
    expect(await world.letters({ to: 'carole.whitfield@example.org' })).toHaveLength(1);
    expect(await world.operate('money show', { booking: booking.id })).toMatchObject({
      text: expect.stringContaining('840.75'),
    });
    expect((await desk.get(paths.desk)).body).not.toContain('no longer read as before');
  });
});
