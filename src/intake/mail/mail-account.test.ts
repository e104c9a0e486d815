import { describe, expect, it } from 'vitest';
import { driftOf } from './drift.ts';
import { forwardedAttached, sampleMail, signedBy } from './mail.fixture.ts';
import { accountText } from './mail-account.ts';
import { mailIntake } from './mail-intake.fixture.ts';

describe('the account of a mail', () => {
  it('says which rule took which field from where, and nothing of what is for the books', async () => {
    const { explain, inbox } = mailIntake();
    const account = await explain(await signedBy('boatsetter.com', sampleMail('boatsetter-new')));
    expect(account).toMatchObject({
      vouch: { by: 'signature' },
      template: { name: 'boatsetter new' },
      coverage: [
        { part: 'text', found: 10, understood: 10, unknown: '' },
        { part: 'html', found: 10, understood: 10, unknown: '' },
      ],
      problems: [],
    });
    const text = accountText(account);
    expect(text).toContain('start       16:30  ← row “Time” of the text part, read as {start:h:mm A} -');
    expect(text).toContain('booking     xhqgmdh  ← the subject, read as Booking confirmed: {booking}');
    expect(text).toContain('gross       (for the books only)  ← row “Your earnings” of the HTML part');
    expect(JSON.stringify(account)).not.toMatch(/840|60th/);
    expect(await inbox.list({})).toEqual([]);
  });

  it('names the rows that no template knows, and how far the rest was understood', async () => {
    const { sample, account } = mailIntake();
    const delivery = await sample('boatsetter-new', { 'Guests: 4 guests': 'Deposit: $100\r\nGuests: four' });
    expect((await account(delivery))?.coverage).toEqual([
      { part: 'text', found: 11, understood: 9, unknown: '“Deposit”' },
      { part: 'html', found: 10, understood: 10, unknown: '' },
    ]);
  });

  it('does not show an amount that a template took for a name', async () => {
    const { sample, account } = mailIntake();
    const told = await account(await sample('boatsetter-new', { 'Carole Whitfield': '$840.75' }));
    expect(told?.fields.find(({ place }) => place === 'guestName')?.value).toBeNull();
    expect(told?.meant.guestName).toBeUndefined();
  });

  it('starts a correction from all that the parts agree on', async () => {
    const { sample, account } = mailIntake();
    const told = await account(await sample('boatsetter-new', { 'Time: 4:30 PM': 'Time: 3:30 PM' }));
    expect(told?.meant).toEqual({
      kind: 'created',
      externalId: 'xhqgmdh',
      vessel: 'heron',
      end: '2027-05-30T19:30',
      guestName: 'Carole Whitfield',
      guestEmail: 'carole.whitfield@example.org',
      guestPhone: '+1 619 555 0142',
      partySize: 4,
    });
  });
});

describe('a person says what a held mail means', () => {
  const meant = {
    kind: 'created',
    externalId: 'xhqgmdh',
    vessel: 'heron',
    start: '2027-05-30T15:30',
    end: '2027-05-30T19:30',
    guestName: 'Carole Whitfield',
    guestEmail: null,
    guestPhone: null,
    partySize: 4,
  } as const;

  it('and it becomes the booking they say, its amounts still going to the books', async () => {
    const { sample, intake, bookings, notes } = mailIntake();
    const held = await sample('boatsetter-new', { 'Time: 4:30 PM': 'Time: 3:30 PM' });
    expect(held.state).toBe('quarantined');
    expect(await intake.correct(held.id, meant, 'ana')).toMatchObject({
      state: 'recorded',
      decision: { by: 'ana', what: 'correct' },
    });
    const booking = await bookings.byName('boatsetter', 'xhqgmdh');
    expect(booking).toMatchObject({ start: { local: '2027-05-30T15:30' }, guest: { email: null } });
    expect(booking?.origins.start?.source).toBe('boatsetter');
    expect(notes.map(({ note }) => note.gross)).toEqual(['840.75']);
  });

  it('and what still breaks a rule waits on, as they said it', async () => {
    const { sample, intake } = mailIntake();
    const held = await sample('boatsetter-new', { '4 guests': '7 guests' });
    const after = await intake.correct(held.id, { ...meant, partySize: 8 }, 'ana');
    expect(after).toMatchObject({ state: 'quarantined', correction: { partySize: 8 } });
    expect(after.problems).toMatchObject([{ field: 'partySize', code: 'party-over-limit' }]);
  });

  it('also where it is not clear which mail is meant, or it is none', async () => {
    const { bring, intake, bookings } = mailIntake();
    const mail = sampleMail('boatsetter-new');
    const outer = forwardedAttached(mail).toString('latin1');
    const twice = outer.replace(
      '--outer--',
      `--outer\r\nContent-Type: message/rfc822\r\n\r\n${mail.toString('latin1')}\r\n--outer--`,
    );
    for (const [at, body] of [twice, 'no mail at all'].entries()) {
      const held = await bring(Buffer.from(body, 'latin1'));
      expect(held.state).toBe('quarantined');
      const externalId = `by-hand-${at}`;
      expect(await intake.correct(held.id, { ...meant, externalId }, 'ana')).toMatchObject({
        state: 'recorded',
      });
      expect(await bookings.byName('boatsetter', externalId)).toMatchObject({ partySize: 4 });
    }
  });

  it('and a cancellation needs nothing but the name', async () => {
    const { sample, intake, bookings } = mailIntake();
    await sample('boatsetter-new');
    const held = await sample('boatsetter-cancelled', { 'Booking ID:': 'Reference:' });
    expect(held.state).toBe('quarantined');
    await intake.correct(held.id, { ...meant, kind: 'cancelled' }, 'ana');
    expect(await bookings.byName('boatsetter', 'xhqgmdh')).toMatchObject({ status: 'cancelled' });
  });
});

describe('a drift alarm', () => {
  it('is raised by a proven mail that no longer reads, and ends when somebody decided', async () => {
    const counted: string[] = [];
    const { sample, inbox, room, intake } = mailIntake();
    room.count = (name, { source }) => void counted.push(`${name} ${source}`);
    await sample('boatsetter-new');
    expect(driftOf(await inbox.held(9))).toEqual([]);
    const held = await sample('boatsetter-new', { 'Guests: 4 guests\r\n': '' });
    expect(driftOf(await inbox.held(9))).toMatchObject([
      { source: 'boatsetter', mails: 1, since: held.receivedAt, reason: expect.stringContaining('Guests') },
    ]);
    expect(counted).toContain('mails_drifted boatsetter');
    await inbox.discard(held.id, 'ana', 'seen');
    expect(driftOf(await inbox.held(9))).toEqual([]);
    expect(await intake.process(held.id)).toMatchObject({ state: 'discarded' });
  });

  it('is not raised by a mail that anybody could have written, nor by a newsletter', async () => {
    const { bring, sample, inbox } = mailIntake();
    await bring(sampleMail('boatsetter-new', { 'Guests: 4 guests\r\n': '' }));
    await sample('boatsetter-message', { 'Subject: New message': 'Subject: Ten tips', 'Booking ID': 'Tip' });
    expect(await inbox.held(9)).toHaveLength(2);
    expect(driftOf(await inbox.held(9))).toEqual([]);
  });
});
