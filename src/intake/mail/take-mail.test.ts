import { describe, expect, it } from 'vitest';
import { wall } from '#booking/booking.fixture.ts';
import type { Via } from '#intake/inbox.ts';
import { addressSecret, forwardedAttached, forwardedInline, sampleMail, signedBy } from './mail.fixture.ts';
import { mailIntake } from './mail-intake.fixture.ts';
import { openMail } from './open-mail.postal-mime.ts';
import type { MailTrust } from './vouch.ts';

const codes = (delivery: { problems: readonly { code: string }[] }) =>
  delivery.problems.map(({ code }) => code);

describe('a signed mail of the marketplace', () => {
  it('becomes a booking, and its amounts go to the books', async () => {
    const { sample, bookings, notes } = mailIntake();
    const delivery = await sample('boatsetter-new');
    expect(delivery).toMatchObject({
      state: 'recorded',
      outcome: { kind: 'created' },
      vouched: { by: 'signature', domain: 'boatsetter.com' },
    });
    const booking = await bookings.byName('boatsetter', 'xhqgmdh');
    expect(booking).toMatchObject({
      vessel: 'heron',
      status: 'confirmed',
      start: wall('2027-05-30T16:30'),
      end: wall('2027-05-30T19:30'),
      guest: { name: 'Carole Whitfield', email: 'carole.whitfield@example.org', phone: '+1 619 555 0142' },
      partySize: 4,
    });
    expect(notes.map(({ note }) => [note.gross, note.note])).toEqual([
      ['840.75', "It is my mother's 60th. Can we bring a cake?"],
    ]);
    expect(JSON.stringify([booking, await bookings.messages(booking?.id ?? 'bkg_')])).not.toMatch(
      /840[.,]75|60th/,
    );
  });

  it('is one booking with those that change it, pay for it and call it off', async () => {
    const { sample, bookings, notes, clock } = mailIntake();
    await sample('boatsetter-new');
    clock.set('2027-05-01T18:00:00Z');
    expect(await sample('boatsetter-changed')).toMatchObject({ outcome: { kind: 'changed' } });
    expect(await sample('boatsetter-message')).toMatchObject({ outcome: { kind: 'noted' } });
    expect(await bookings.byName('boatsetter', 'xhqgmdh')).toMatchObject({
      start: wall('2027-05-30T15:30'),
      partySize: 5,
    });
    expect(await sample('boatsetter-cancelled')).toMatchObject({ outcome: { kind: 'cancelled' } });
    clock.set('2027-06-02T18:00:00Z');
    expect(await sample('boatsetter-payout')).toMatchObject({ outcome: { kind: 'noted' } });
    expect(await bookings.count()).toBe(1);
    expect(notes.at(-1)?.note).toMatchObject({ gross: '840.75', lines: [{ kind: 'tip', amount: '51.20' }] });
  });

  it('of the other marketplace is read by its own templates', async () => {
    const { sample, bookings, clock } = mailIntake();
    clock.set('2027-04-16T18:00:00Z');
    expect(await sample('getmyboat-new')).toMatchObject({ state: 'recorded' });
    expect(await bookings.byName('getmyboat', 'GMB-481516')).toMatchObject({
      start: wall('2027-06-12T17:00'),
      end: wall('2027-06-12T20:00'),
      partySize: 6,
      guest: { name: 'Otto Lindqvist', phone: null },
    });
    expect(await sample('getmyboat-changed')).toMatchObject({ outcome: { kind: 'changed' } });
    expect(await bookings.byName('getmyboat', 'GMB-481516')).toMatchObject({ end: wall('2027-06-13T20:30') });
  });

  it('that comes late does not undo what came after it', async () => {
    const { sample, bookings, clock } = mailIntake();
    clock.set('2027-05-01T18:00:00Z');
    expect(codes(await sample('boatsetter-payout'))).toContain('occurred-in-future');
    await sample('boatsetter-changed');
    await sample('boatsetter-new');
    expect(await bookings.byName('boatsetter', 'xhqgmdh')).toMatchObject({
      start: wall('2027-05-30T15:30'),
      partySize: 5,
    });
  });

  it('about money of a booking nobody knows waits', async () => {
    const { sample, clock } = mailIntake();
    clock.set('2027-06-02T18:00:00Z');
    expect(codes(await sample('boatsetter-payout'))).toEqual(['booking-unheard']);
  });
});

describe('a mail that nobody answers for', () => {
  const held = async (body: Uint8Array, trust: Partial<MailTrust> = {}, via: Via = 'signed') => {
    const { bring, bookings } = mailIntake(trust);
    const delivery = await bring(body, 'boatsetter', via);
    expect(await bookings.count()).toBe(0);
    expect(delivery.state).toBe('quarantined');
    expect(codes(delivery)[0]).toBe('mail-unproven');
    return delivery.problems[0]?.reason ?? '';
  };
  const mail = sampleMail('boatsetter-new');

  it.each<[string, () => Uint8Array | Promise<Uint8Array>, RegExp]>([
    ['has no signature', () => mail, /no valid DKIM/],
    ['is signed by somebody else', () => signedBy('impostor.example', mail), /no valid DKIM/],
    [
      'writes from a look-alike',
      () =>
        signedBy(
          'impostor.example',
          sampleMail('boatsetter-new', { 'boatsetter.com>': 'impostor.example>' }),
        ),
      /not a domain/,
    ],
    [
      'was changed after it was signed',
      async () =>
        Buffer.from((await signedBy('boatsetter.com', mail)).toString().replaceAll('4:30 PM', '3:30 PM')),
      /no valid DKIM/,
    ],
    [
      'is signed without its subject',
      () => signedBy('boatsetter.com', mail, { headers: ['from', 'date', 'content-type', 'mime-version'] }),
      /leaves out subject/,
    ],
    [
      'is signed in part',
      () => signedBy('boatsetter.com', mail, { maxBodyLength: 200 }),
      /part of the mail only/,
    ],
    [
      'has two senders',
      async () =>
        Buffer.concat([Buffer.from('From: x@impostor.example\r\n'), await signedBy('boatsetter.com', mail)]),
      /more than one header from/,
    ],
    [
      'was judged by itself',
      () =>
        Buffer.concat([
          Buffer.from(
            'Authentication-Results: mx.boatsetter.com; dkim=pass header.d=boatsetter.com; dmarc=pass header.from=boatsetter.com\r\n',
          ),
          mail,
        ]),
      /no valid DKIM/,
    ],
    [
      'is copied into another',
      () =>
        forwardedInline(
          {
            subject: 'Booking confirmed: xhqgmdh',
            date: 'Mon, Apr 12, 2027 at 11:04 AM',
            text: textOf(mail),
          },
          'bookings@sailjada.com',
        ),
      /proves nothing/,
    ],
  ])('because it %s waits for a person', async (_why, make, reason) => {
    expect(await held(await make())).toMatch(reason);
  });

  it('is taken when a person runs it', async () => {
    const { bring, intake } = mailIntake();
    const { id } = await bring(mail);
    expect(await intake.rerun(id, 'owner-joan')).toMatchObject({
      state: 'recorded',
      outcome: { kind: 'created' },
    });
  });

  it('is not taken on the word of a receiver it did not come through', async () => {
    const judged = Buffer.concat([results('mx.sailjada.com'), mail]);
    await held(judged, { trustedReceiver: 'mx.sailjada.com' }, 'smtp');
    await held(Buffer.concat([results('mx.elsewhere.com'), judged]), { trustedReceiver: 'mx.sailjada.com' });
    await held(Buffer.concat([results('mx.sailjada.com'), judged]), { trustedReceiver: 'mx.sailjada.com' });
    const { bring } = mailIntake({ trustedReceiver: 'mx.sailjada.com' });
    expect(await bring(judged)).toMatchObject({ state: 'recorded', vouched: { by: 'trusted receiver' } });
  });
});

const results = (server: string) =>
  Buffer.from(
    `Authentication-Results: ${server};\r\n dkim=pass (1024-bit key; dmarc=fail) header.d=boatsetter.com header.s=sel;\r\n dmarc=pass (p=REJECT) header.from=boatsetter.com\r\n`,
  );

const textOf = (mail: Buffer) =>
  /charset=utf-8\r\n[^\r]+\r\n\r\n([\s\S]*?)\r\n--=_/.exec(mail.toString())?.[1] ?? '';

describe('a forwarded mail', () => {
  it('attached whole still has its own signature', async () => {
    const { bring, bookings } = mailIntake();
    const inner = await signedBy('boatsetter.com', sampleMail('boatsetter-new'));
    expect(await bring(forwardedAttached(inner))).toMatchObject({ state: 'recorded' });
    await bring(inner);
    expect(await bookings.byName('boatsetter', 'xhqgmdh')).toMatchObject({ revision: 1 });
  });

  it('copied into a text is believed at the secret address, and ordered by its own date', async () => {
    const { bring, sample, bookings, clock } = mailIntake();
    clock.set('2027-05-01T18:00:00Z');
    await sample('boatsetter-changed');
    const copy = forwardedInline(
      {
        subject: 'Booking confirmed: xhqgmdh',
        date: 'Mon, Apr 12, 2027 at 11:04 AM',
        text: textOf(sampleMail('boatsetter-new')),
      },
      `bookings+${addressSecret}@sailjada.com`,
    );
    expect(await bring(copy)).toMatchObject({ state: 'recorded', vouched: { by: 'secret address' } });
    expect(await bookings.byName('boatsetter', 'xhqgmdh')).toMatchObject({ partySize: 5 });
  });
});

describe('a mail that is not wholly understood', () => {
  it.each<[string, Record<string, string>, string]>([
    ['a row nobody knows', { 'Renter</td>': 'Chartered by</td>' }, 'mail-template-drift'],
    ['a row that is gone', { 'Guests: 4 guests\r\n': '' }, 'mail-template-drift'],
    ['a date in another order', { 'Sunday, May 30, 2027': '30/05/2027' }, 'mail-template-drift'],
    ['a day of the week that is not that day', { 'Sunday, May 30': 'Monday, May 30' }, 'mail-template-drift'],
    ['an hour that does not exist', { '4:30 PM': '14:30 PM' }, 'mail-template-drift'],
    ['another zone', { 'PM PDT': 'PM EDT' }, 'mail-zone-disagrees'],
    ['a text part that says another time', { 'Time: 4:30 PM': 'Time: 3:30 PM' }, 'mail-parts-disagree'],
    [
      'a subject about another booking',
      { 'confirmed: xhqgmdh': 'confirmed: another' },
      'mail-parts-disagree',
    ],
    ['the same row twice', { 'Guests: 4 guests': 'Guests: 4 guests\r\nGuests: 5 guests' }, 'mail-row-twice'],
    ['a date without a zone', { '11:04:11 -0700': '11:04:11' }, 'mail-date-missing'],
    ['a new subject above the same rows', { 'Booking confirmed': 'Reservation made' }, 'mail-template-drift'],
    [
      'a subject nobody knows above other rows',
      {
        'Booking confirmed': 'Your week',
        'Booking ID': 'Visitors',
        Date: 'Since',
        Time: 'Hours',
        Renter: 'Fan',
      },
      'mail-template-unknown',
    ],
    ['a boat nobody knows', { 'Classic schooner JADA': 'Another boat' }, 'vessel-unknown'],
    ['a seventh passenger', { '4 guests': '7 guests' }, 'party-over-limit'],
  ])('for %s is held back', async (_what, changes, code) => {
    const { sample, bookings } = mailIntake();
    const delivery = await sample('boatsetter-new', changes);
    expect(codes(delivery)).toContain(code);
    expect(delivery.state).toBe('quarantined');
    expect(await bookings.count()).toBe(0);
  });

  it('shows no amount and no word of the guest in its problems', async () => {
    const { sample } = mailIntake();
    const delivery = await sample('boatsetter-new', {
      'Renter: Carole': 'Earned $840.75: yes\r\nRenter: Carole',
    });
    expect(delivery.state).toBe('quarantined');
    expect(JSON.stringify(delivery.problems)).not.toMatch(/840|60th/);
  });
});

describe('amounts and free text', () => {
  const booked = async (changes: Record<string, string>) => {
    const { sample, bookings, notes } = mailIntake();
    const { state, outcome } = await sample('boatsetter-new', changes);
    const booking = await bookings.byName('boatsetter', 'xhqgmdh');
    return { state, kind: outcome?.kind, booking: booking && { ...booking, origins: null }, notes };
  };

  it.each([
    ['another amount', { '$840.75': '$9,120.10' }],
    ['no amount', { '$840.75': 'to be told' }],
    ['a note full of labels', { 'Can we bring a cake?': 'Date: Monday, May 31, 2027 Guests: 6 guests' }],
  ])('make no difference to the booking: %s', async (_what, changes) => {
    const plain = await booked({});
    const other = await booked(changes);
    expect(other.state).toBe('recorded');
    expect(other.booking).toEqual(plain.booking);
  });

  it('are handed on word for word where they are no amount', async () => {
    expect((await booked({ '$840.75': 'to be told' })).notes[0]?.note.gross).toBe('to be told');
    expect((await booked({ '$840.75': '$9,120.10' })).notes[0]?.note.gross).toBe('9120.10');
  });

  it('that pretend to be rows on lines of their own are part of the note', async () => {
    const note =
      'Can we bring a cake?\r\nGuests: 6 guests\r\nSee this booking on Boatsetter\r\nDate: Monday, May 31, 2027';
    const mail = sampleMail('boatsetter-new').toString().replace('Can we bring a cake?', note);
    const { bring, bookings } = mailIntake();
    await bring(await signedBy('boatsetter.com', Buffer.from(mail)));
    expect(await bookings.byName('boatsetter', 'xhqgmdh')).toMatchObject({ partySize: 4 });
  });
});

describe('opening a mail', () => {
  it('undoes encoded words, charsets and quoted-printable', async () => {
    const mail = await openMail(
      Buffer.from(
        'From: =?iso-8859-1?Q?Andr=E9?= <a@x.example>\r\nSubject: =?utf-8?B?QsO8Y2hlcg==?=\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nCaf=E9\r\n',
      ),
    );
    expect([mail.subject, mail.text?.trim(), mail.from]).toEqual(['Bücher', 'Café', ['a@x.example']]);
  });

  it('refuses what is no mail', async () => {
    await expect(openMail(Buffer.from(''))).rejects.toMatchObject({ code: 'mail-malformed' });
    await expect(openMail(Buffer.alloc(2 * 1024 * 1024 + 1, 'a'))).rejects.toMatchObject({
      code: 'mail-too-large',
    });
  });
});
