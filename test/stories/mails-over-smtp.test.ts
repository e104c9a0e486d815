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
