import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addressSecret, dnsOf, forwardedInline, sampleMail, signedBy } from '#intake/mail/mail.fixture.ts';
import { mailLimits } from '#intake/mail/opened-mail.ts';
import { paths } from '#ui/paths.ts';
import { openWorld, type World } from '../world.ts';
import { withMails } from './fleet-with-mails.ts';

let world: World;
let port: number;
beforeEach(async () => {
  world = await openWorld({
    config: withMails({ inbound: { smtp: { port: 0 } }, folder: 'mails' }),
    dns: dnsOf(['boatsetter.com']),
    keys: { BOATSETTER_MAIL_ADDRESS: addressSecret },
  });
  port = (await world.app().openMailDoors()).smtpPort ?? 0;
});
afterEach(() => world.close());

/** Hands a mail over as another mail server would. */
async function send(mail: Uint8Array, to: string | string[]) {
  const transport = createTransport({ host: '127.0.0.1', port, secure: false, ignoreTLS: true });
  try {
    const envelope = { from: 'bounces@boatsetter.com', to };
    return await transport.sendMail({ envelope, raw: Buffer.from(mail) });
  } finally {
    transport.close();
  }
}

describe('the mail listener', () => {
  it('turns a signed mail of the marketplace into a booking', async () => {
    await send(await signedBy('boatsetter.com', sampleMail('boatsetter-new')), 'boatsetter@sailjada.com');
    await world.settle();
    expect(await world.booking()).toMatchObject({ guest: { name: 'Carole Whitfield' }, partySize: 4 });
  });

  it('believes what is sent to the secret address of the envelope, which no header shows', async () => {
    await send(sampleMail('boatsetter-new'), `boatsetter+${addressSecret}@sailjada.com`);
    await world.settle();
    expect(await world.booking()).toMatchObject({ vessel: 'jada' });
  });

  it('keeps an unproven mail for a person, whatever Authentication-Results it brings along', async () => {
    const forged = Buffer.concat([
      Buffer.from(
        'Authentication-Results: mx.sailjada.com; dkim=pass header.d=boatsetter.com; dmarc=pass header.from=boatsetter.com\r\n',
      ),
      sampleMail('boatsetter-new'),
    ]);
    await send(forged, 'boatsetter@sailjada.com');
    await world.settle();
    expect(await world.bookings()).toEqual([]);
  });

  it('is nobody else’s mail server', async () => {
    await expect(send(sampleMail('boatsetter-new'), 'guest@elsewhere.example')).rejects.toMatchObject({
      responseCode: 550,
    });
    await expect(send(sampleMail('boatsetter-new'), 'manual@sailjada.com')).rejects.toMatchObject({
      responseCode: 550,
    });
  });

  it('refuses what is too large with the reason', async () => {
    const large = Buffer.concat([sampleMail('boatsetter-new'), Buffer.alloc(mailLimits.bytes, 'a\r\n')]);
    await expect(send(large, 'boatsetter@sailjada.com')).rejects.toMatchObject({ responseCode: 552 });
  });

  it('takes the same mail three times as one', async () => {
    const mail = await signedBy('boatsetter.com', sampleMail('boatsetter-new'));
    for (let time = 0; time < 3; time++) await send(mail, 'boatsetter@sailjada.com');
    await world.settle();
    expect(await world.bookings()).toHaveLength(1);
    expect((await world.booking()).revision).toBe(1);
  });
});

describe('a trip by mail in the night the clocks change', () => {
  const arrives = async (day: string, time: string) => {
    const changes = { 'Sunday, May 30, 2027': day, '4:30 PM – 7:30 PM PDT': time };
    await send(
      await signedBy('boatsetter.com', sampleMail('boatsetter-new', changes)),
      'boatsetter@sailjada.com',
    );
    await world.settle();
  };
  const heldPage = async () => {
    const desk = await world.atDesk();
    const [, at = ''] =
      /"(\/desk\/quarantine\/dlv_\w+)"/.exec((await desk.get(paths.deskQuarantine)).body) ?? [];
    return { desk, at, body: (await desk.get(at)).body };
  };

  it('lasts as long as the clocks really take', async () => {
    await arrives('Saturday, November 6, 2027', '6:00 PM – 9:00 PM PDT');
    expect(await world.booking()).toMatchObject({ start: { at: '2027-11-07T01:00:00Z' } });
  });

  it('at an hour that comes twice waits until a person says which one is meant', async () => {
    await arrives('Sunday, November 7, 2027', '1:30 AM – 4:30 AM PST');
    expect(await world.bookings()).toEqual([]);
    const { desk, at, body } = await heldPage();
    expect(body).toContain('happens twice in America/Los_Angeles');
    await desk.press(at, `${at}/correct`, {
      kind: 'created',
      externalId: 'xhqgmdh',
      vessel: 'jada',
      start: '2027-11-07T01:30-07:00',
      end: '2027-11-07T04:30',
      guestName: 'Carole Whitfield',
      partySize: '4',
    });
    await world.settle();
    expect(await world.booking()).toMatchObject({
      start: { local: '2027-11-07T01:30', at: '2027-11-07T08:30:00Z' },
    });
  });

  it('at an hour that is skipped waits, and in another zone too', async () => {
    await arrives('Sunday, March 12, 2028', '2:30 AM – 5:30 AM PDT');
    expect((await heldPage()).body).toContain('the clocks skip that hour');
    await arrives('Sunday, March 12, 2028', '4:30 PM – 7:30 PM EDT');
    expect(await world.bookings()).toEqual([]);
  });
});

describe('the mail folder', () => {
  const put = (name: string, mail: Uint8Array) => {
    mkdirSync(join(world.folder, 'mails', 'new'), { recursive: true });
    writeFileSync(join(world.folder, 'mails', 'new', name), mail);
  };

  it('is watched, and a forwarded copy in it waits for a person', async () => {
    put('1.mail', await signedBy('boatsetter.com', sampleMail('boatsetter-new')));
    await vi.waitUntil(async () => (await world.bookings()).length === 1, { timeout: 30_000 });
    const copied = { subject: 'Booking confirmed: other1', date: 'Mon, Apr 12, 2027 at 11:04 AM', text: 'x' };
    put('2.mail', forwardedInline(copied, 'bookings@sailjada.com'));
    await world.later(60_000);
    expect(await world.bookings()).toHaveLength(1);
    const desk = await world.atDesk();
    const [, held = ''] =
      /"(\/desk\/quarantine\/dlv_\w+)"/.exec((await desk.get(paths.deskQuarantine)).body) ?? [];
    const { body } = await desk.get(held);
    expect(body).toContain('from the mail folder');
    expect(body).toContain('a copy inside another mail proves nothing');
  });
});
