import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addressSecret, dnsOf, sampleMail, signedBy } from '#intake/mail/mail.fixture.ts';
import { mailboxFindings } from '#main/embedded/mailboxes.ts';
import { type Dovecot, openDovecot } from '../dovecot.ts';
import { openWorld, type World } from '../world.ts';
import { withMails } from './fleet-with-mails.ts';

const folder = 'Bookings';
const until = { timeout: 25_000, interval: 50 };

describe('a mailbox behind a real IMAP server', () => {
  let dovecot: Dovecot;
  let world: World;

  const openWith = async (more: object = {}) => {
    world = await openWorld({
      config: withMails({
        imap: {
          host: dovecot.host,
          port: dovecot.port,
          user: dovecot.user,
          password: { env: 'MAILBOX' },
          folder,
          authority: dovecot.authority,
          ...more,
        },
      }),
      dns: dnsOf(['boatsetter.com']),
      keys: { BOATSETTER_MAIL_ADDRESS: addressSecret, MAILBOX: dovecot.password },
    });
    await world.app().openMailDoors();
  };
  beforeEach(async () => {
    dovecot = await openDovecot();
    await dovecot.makeFolder(folder);
  });
  afterEach(async () => {
    await world.close();
    await dovecot.close();
  });

  const mail = (name: string) => signedBy('boatsetter.com', sampleMail('boatsetter-new', { xhqgmdh: name }));
  const booked = (...names: string[]) =>
    vi.waitFor(async () => {
      await world.settle();
      const bookings = await world.bookings();
      expect(bookings.flatMap(one => one.names.map(({ externalId }) => externalId)).sort()).toEqual(names);
    }, until);
  const deliveries = async () => (await world.operate<unknown[]>('booking list', { when: 'all' })).length;

  it('is read from its beginning, then as mails arrive; each is marked as read once it is kept', async () => {
    await dovecot.deliver(folder, await mail('first1'));
    await openWith();
    await booked('first1');
    await dovecot.deliver(folder, await mail('second2'));
    await booked('first1', 'second2');
    await vi.waitFor(
      async () => expect(await dovecot.flags(folder)).toEqual([['\\Seen'], ['\\Seen']]),
      until,
    );
  });

  it('is emptied into another folder where one is named', async () => {
    await dovecot.makeFolder('Taken');
    await dovecot.deliver(folder, await mail('first1'));
    await openWith({ moveTo: 'Taken' });
    await booked('first1');
    await vi.waitFor(async () => {
      expect([await dovecot.flags(folder), (await dovecot.flags('Taken')).length]).toEqual([[], 1]);
    }, until);
  });

  it('gives nothing twice: not after a restart, nor when the server counts anew', async () => {
    await dovecot.deliver(folder, await mail('first1'));
    await openWith();
    await booked('first1');
    await world.restart();
    await world.app().openMailDoors();
    await dovecot.deliver(folder, await mail('second2'));
    await booked('first1', 'second2');
    await world.restart();
    await dovecot.deleteFolder(folder);
    await dovecot.makeFolder(folder);
    await dovecot.deliver(folder, await mail('first1'));
    await dovecot.deliver(folder, await mail('third3'));
    await world.app().openMailDoors();
    await booked('first1', 'second2', 'third3');
    expect(await deliveries()).toBe(3);
  });

  it('is followed again when the server comes back', async () => {
    await openWith();
    await dovecot.deliver(folder, await mail('first1'));
    await booked('first1');
    await dovecot.stop();
    await dovecot.startAgain();
    await dovecot.deliver(folder, await mail('second2'));
    await vi.waitFor(async () => {
      world.clock.advance(400_000);
      await world.settle();
      expect(await world.bookings()).toHaveLength(2);
    }, until);
  });

  it('is not spoken to where the server cannot prove itself, which doctor says', async () => {
    await openWith({ authority: undefined });
    const [finding] = await mailboxFindings(world.config);
    expect(finding).toMatchObject({ what: 'mailbox of boatsetter', state: 'failing' });
    expect(finding?.detail).toMatch(/certificate/);
    await world.close();
    await openWith();
    expect(await mailboxFindings(world.config)).toMatchObject([{ state: 'ok' }]);
  });
});
