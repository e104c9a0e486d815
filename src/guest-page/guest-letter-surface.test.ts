import { beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '#platform/temporary-folder.testing.ts';
import { testBooking } from './guest-page.fixture.ts';
import { guestReminders } from './guest-reminders.ts';
import { guestWorld, moved } from './guest-world.fixture.ts';

const other = { guest: { name: 'Carole Whitfield', email: 'new@guests.example', phone: null } };

let w: ReturnType<typeof guestWorld>;
beforeEach(() => {
  w = guestWorld(temporaryFolder('guest'));
});

describe('letters to the guest', () => {
  const kinds = () => w.sent.map(({ kind }) => kind);

  it('welcome once, with the page and a calendar file', async () => {
    await w.tell(testBooking());
    await w.tell(testBooking());
    const [letter] = w.sent;
    expect(w.sent).toHaveLength(1);
    expect(letter).toMatchObject({
      kind: 'welcome',
      audience: 'guest',
      about: ['bkg_0123456789abcdef'],
      to: { name: 'Carole Whitfield', address: 'carole@guests.example' },
      from: { address: 'hello@queenofsandiego.example' },
      subject: 'Welcome aboard JADA: Sunday May 30, 2027, 16:30 PDT',
      invite: { method: 'PUBLISH' },
    });
    const slug = await w.pages.slugOf(testBooking().id);
    expect(letter?.text).toContain(`https://queenofsandiego.example/g/${slug}`);
    expect(letter?.html).toContain(`https://queenofsandiego.example/g/${slug}`);
  });

  it('tell a change of time, and each further one, even back to what it was', async () => {
    for (const [n, change] of [{}, moved, {}, moved].entries()) {
      await w.tell(testBooking({ ...change, revision: n + 1 }));
    }
    expect(kinds()).toEqual(['welcome', 'change', 'change', 'change']);
    expect(w.sent.map(({ text }) => /Boarding: +(\S+)/.exec(text)?.[1])).toEqual([
      '16:30',
      '15:30',
      '16:30',
      '15:30',
    ]);
  });

  it('say nothing of a head count, a spelling or another crew', async () => {
    await w.tell(testBooking());
    w.crew.push({ firstName: 'Kim', role: 'crew' });
    await w.tell(
      testBooking({ revision: 2, partySize: 5, guest: { ...testBooking().guest, name: 'Carol W.' } }),
    );
    expect(kinds()).toEqual(['welcome']);
  });

  it('say once that the charter is off, and welcome again when it is on again', async () => {
    await w.tell(testBooking());
    await w.tell(testBooking({ revision: 2, status: 'cancelled' }));
    await w.tell(testBooking({ revision: 2, status: 'cancelled' }));
    await w.tell(testBooking({ revision: 3 }));
    expect(kinds()).toEqual(['welcome', 'cancel', 'welcome']);
    expect(w.sent[1]?.invite?.ics).toContain('STATUS:CANCELLED');
  });

  it('go to nobody without an address, and not before the booking is confirmed', async () => {
    await w.tell(testBooking({ guest: { name: 'Carole', email: null, phone: null } }));
    await w.tell(testBooking({ revision: 2, status: 'tentative' }));
    expect(kinds()).toEqual([]);
    await w.tell(testBooking({ revision: 3 }));
    await w.tell(testBooking({ ...moved, revision: 4, status: 'tentative' }));
    expect(kinds()).toEqual(['welcome', 'change']);
  });

  it('do not tell an address that was corrected that the charter is off', async () => {
    await w.tell(testBooking());
    await w.tell(testBooking({ revision: 2, ...other }));
    expect(w.sent.map(({ kind, to }) => `${kind} ${to.address}`)).toEqual([
      'welcome carole@guests.example',
      'welcome new@guests.example',
    ]);
    await w.tell(testBooking({ revision: 3, ...other, status: 'cancelled' }));
    expect(w.sent.at(-1)).toMatchObject({ kind: 'cancel', to: { address: 'new@guests.example' } });
    expect(w.sent).toHaveLength(3);
  });

  it('that still wait when the time changes are taken back, so that the first one read is right', async () => {
    w.line.isDown = true;
    await w.tell(testBooking());
    await w.tell(testBooking(moved));
    w.line.isDown = false;
    w.clock.advance(3_600_000);
    await w.post.deliverDue();
    expect(w.sent.map(({ kind, subject }) => `${kind}: ${subject}`)).toEqual([
      'welcome: Welcome aboard JADA: Sunday May 30, 2027, 15:30 PDT',
    ]);
  });

  it('that never went out need no cancellation', async () => {
    w.line.isDown = true;
    await w.tell(testBooking());
    await w.tell(testBooking({ revision: 2, status: 'cancelled' }));
    w.line.isDown = false;
    w.clock.advance(3_600_000);
    await w.post.deliverDue();
    expect(w.sent).toEqual([]);
  });

  it('wait for the page they link to', async () => {
    await expect(w.say(w.letter, testBooking())).rejects.toMatchObject({ code: 'guest-page-behind' });
    await w.say(w.page, testBooking());
    await w.say(w.letter, testBooking());
    await expect(w.say(w.letter, testBooking(moved))).rejects.toMatchObject({ code: 'guest-page-behind' });
  });

  it('are posted once however often a crash makes fulfilment ask', async () => {
    await w.say(w.page, testBooking());
    const [statement] = await w.letter.desired(testBooking());
    if (!statement) throw new Error('nothing to say');
    const made = [];
    for (let n = 0; n < 3; n++) made.push(await w.letter.state(testBooking(), statement, null));
    await w.post.deliverDue();
    made.push(await w.letter.state(testBooking(), statement, null));
    expect(new Set(made.map(each => JSON.stringify(each))).size).toBe(1);
    expect(w.sent).toHaveLength(1);
  });

  it('read back what has gone out, not what waits', async () => {
    w.line.isDown = true;
    await w.tell(testBooking());
    const [statement] = await w.letter.desired(testBooking());
    expect(await w.letter.readBack(testBooking(), 'carole@guests.example')).toBeNull();
    w.line.isDown = false;
    w.clock.advance(3_600_000);
    await w.post.deliverDue();
    expect(await w.letter.readBack(testBooking(), 'carole@guests.example')).toBe(statement?.digest);
    await w.tell(testBooking({ revision: 2, status: 'cancelled' }));
    expect(await w.letter.readBack(testBooking(), 'carole@guests.example')).toBeNull();
  });
});

describe('reminders and thanks', () => {
  it('say what counts a week and a day before and the way on the day, and thank afterwards', async () => {
    const write = guestReminders(w);
    const letters = await Promise.all(
      (['week before', 'day before', 'on the day', 'thanks'] as const).map(kind =>
        write(testBooking(), kind),
      ),
    );
    expect(letters.map(letter => `${letter?.kind}: ${letter?.subject}`)).toEqual([
      'reminder: A week to go: JADA, Sunday May 30, 2027, 16:30 PDT',
      'reminder: Tomorrow: JADA, boarding at 16:30 PDT',
      'reminder: Today: how to find JADA, boarding at 16:30 PDT',
      'thanks: Thank you for coming aboard JADA',
    ]);
    expect(letters[0]?.text).toContain('• Soft-soled shoes');
    expect(letters[1]?.text).toContain('Walk down the ramp');
    for (const said of ['Walk down the ramp', '+1 619 555 0100', 'mlat=32.7254'])
      expect(letters[2]?.text).toContain(said);
    expect(letters[3]?.text).toContain('Did you take pictures? Until Sunday, June 6, 19:30 PDT you can add');
    w.pictures.push({ id: 'pho_a', width: 4, height: 3, caption: '' });
    const later = await write(testBooking(), 'thanks');
    expect(later?.text).toContain('There is one photo of the trip on your page');
    w.pictures.length = 0;
    for (const letter of letters) if (letter) expect(await w.post.post(letter)).toBe('posted');
    const again = await write(testBooking(), 'thanks');
    expect(again && (await w.post.post(again))).toBe('already-posted');
  });

  it('are others after a move, and none for a charter that is off or a guest without an address', async () => {
    const write = guestReminders(w);
    const [before, after] = [
      await write(testBooking(), 'day before'),
      await write(testBooking(moved), 'day before'),
    ];
    expect(before?.id).not.toBe(after?.id);
    expect(await write(testBooking({ status: 'cancelled' }), 'thanks')).toBeNull();
    expect(await write(testBooking({ guest: { name: 'C', email: null, phone: null } }), 'thanks')).toBeNull();
  });
});
