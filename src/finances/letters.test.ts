import { beforeEach, describe, expect, it } from 'vitest';
import { fleet } from '#booking/fleet.ts';
import { testBooking, testFleet, testNote, testRules, wall } from './books.fixture.ts';
import { belief, openScene, type Scene, say, withdraw } from './letters.fixture.ts';
import { decimalText } from './money.ts';
import { ownerLetterSurface } from './owner-letter.ts';

const booking = testBooking();
const moved = testBooking({ revision: 2, start: wall('2027-05-30T15:30'), end: wall('2027-05-30T18:30') });
const cancelled = testBooking({ revision: 3, status: 'cancelled' });
const joan = 'joan@crew.example';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
  await scene.world.store.note(booking.id, testNote());
});

describe('the ledger', () => {
  it('stands in the books to the cent, and says the same until something changes', async () => {
    const { ledger, world } = scene;
    const [wanted] = await ledger.desired(booking);
    expect(await ledger.readBack(booking, '-')).toBeNull();
    await say(scene, ledger, booking);
    await say(scene, ledger, booking);
    expect(await ledger.readBack(booking, '-')).toBe(wanted?.digest);
    const entry = await world.store.ledger(booking.id);
    expect(entry?.net && decimalText(entry.net)).toBe('289.41');
    expect(await world.store.history(booking.id)).toHaveLength(1);
    expect((await ledger.desired(moved))[0]?.digest).toBe(wanted?.digest);
  });

  it('is reversed when the trip is off, and back when it is on again', async () => {
    const { ledger, world } = scene;
    await say(scene, ledger, booking);
    expect(await ledger.desired(cancelled)).toEqual([]);
    await withdraw(scene, ledger, cancelled, '-');
    await withdraw(scene, ledger, cancelled, '-');
    expect((await world.store.ledger(booking.id))?.state).toBe('reversed');
    expect(await ledger.readBack(cancelled, '-')).toBeNull();
    await say(scene, ledger, testBooking({ revision: 4 }));
    const states = (await world.store.history(booking.id)).map(entry => entry.state);
    expect(states).toEqual(['settled', 'reversed', 'settled']);
  });
});

describe("the owner's letter", () => {
  it('breaks the price down to the net', async () => {
    const letters = await say(scene, scene.owner, booking);
    const [letter] = scene.world.sent;
    expect(letters).toEqual([letter?.id]);
    expect(letter).toMatchObject({
      audience: 'owner',
      to: { name: 'Joan Whitaker', address: joan },
      subject: 'JADA, Sunday 30 May 2027: booked',
      kind: 'summary',
    });
    expect(letter?.id).toMatch(new RegExp(`^${booking.id}/owner letter/${joan}/summary/[0-9a-f]{32}$`));
    for (const figure of ['$840.75', '-$151.34', '-$150.00', '-$125.00', '$289.41']) {
      expect(letter?.text).toContain(figure);
      expect(letter?.html).toContain(figure);
    }
    expect(letter?.text).toMatch(/Net +\$289\.41/);
    expect(letter?.text).toContain('Ana Reyes (captain), Luis Ortega, Kim Tran');
    expect(letter?.text).toContain(`https://sailjada.example/desk/bookings/${booking.id}`);
  });

  it('keeps amounts out of the subject, which lies open on a locked phone', async () => {
    await say(scene, scene.owner, booking);
    expect(scene.world.sent[0]?.subject).not.toMatch(/\d[.,]\d/);
  });

  it('names what failed, and is not written again when that heals', async () => {
    scene.world.beliefs = [
      belief({ surface: 'guest page' }),
      belief({ surface: 'crew letter', recipient: 'luis' }),
      belief({
        surface: 'crew letter',
        recipient: 'kim',
        state: 'stuck',
        error: { code: 'letter-returned', message: 'The address does not exist.' },
      }),
      belief({ surface: 'guest letter', recipient: 'maya@guest.example', state: 'pending' }),
    ];
    await say(scene, scene.owner, booking);
    const text = scene.world.sent[0]?.text ?? '';
    expect(text).toContain('FAILED: crew letter to Kim Tran. The address does not exist.');
    expect(text).toMatch(/crew letter +1 stated, 1 FAILED/);
    expect(text).toMatch(/guest letter +1 on the way/);
    scene.world.beliefs = [];
    await say(scene, scene.owner, booking);
    expect(scene.world.sent).toHaveLength(1);
  });

  it('says what changed, before and now', async () => {
    await say(scene, scene.owner, booking);
    await scene.world.store.note(
      booking.id,
      testNote({ message: 'msg_2', at: '2027-05-02T12:00:00Z', gross: '900.00' }),
    );
    await say(scene, scene.owner, moved);
    const [, letter] = scene.world.sent;
    expect(letter).toMatchObject({ kind: 'change', subject: 'JADA, Sunday 30 May 2027: changed' });
    const changed = letter?.text.slice(letter.text.indexOf('What changed'), letter.text.indexOf('Breakdown'));
    expect(changed).toMatch(/When .*16:30–19:30 PDT .*15:30–18:30 PDT/);
    expect(changed).toMatch(/Charter price +\$840\.75 +\$900\.00/);
    expect(changed).toMatch(/Port and dock fee +\$151\.34 +\$162\.00/);
    expect(changed).toMatch(/Net +\$289\.41 +\$338\.00/);
    expect(changed).not.toContain('Captain');
  });

  it('is a letter of its own each time a trip is moved there and back again', async () => {
    for (const each of [booking, moved, booking, moved]) await say(scene, scene.owner, each);
    expect(scene.world.sent.map(letter => letter.kind)).toEqual(['summary', 'change', 'change', 'change']);
    expect(new Set(scene.world.sent.map(letter => letter.id)).size).toBe(4);
  });

  it('takes back a letter that has not gone out, and says nothing of it in the next', async () => {
    scene.world.answer = { kind: 'later', reason: 'down', blocks: 'all' };
    const [first] = await say(scene, scene.owner, booking);
    const [second] = await say(scene, scene.owner, moved);
    scene.world.answer = { kind: 'sent' };
    scene.world.clock.advance(10 * 60_000);
    await scene.post.deliverDue();
    expect((await scene.post.find(first ?? ''))?.state).toBe('recalled');
    expect(scene.world.sent.map(letter => [letter.id, letter.kind])).toEqual([[second, 'summary']]);
  });

  it('tries the same letter again when it came back and somebody asks for a retry', async () => {
    scene.world.answer = { kind: 'returned', reason: 'no such user' };
    const [first] = await say(scene, scene.owner, booking);
    expect(await scene.owner.readBack(booking, joan)).toBeNull();
    scene.world.answer = { kind: 'sent' };
    expect(await say(scene, scene.owner, booking)).toEqual([first]);
    expect(scene.world.sent.map(letter => letter.id)).toEqual([first]);
    expect(await scene.owner.readBack(booking, joan)).toBe((await scene.owner.desired(booking))[0]?.digest);
  });

  it('goes out under the name it was noted under when a crash came between noting and posting', async () => {
    const [wanted] = await scene.owner.desired(booking);
    const said = { booking: booking.id, surface: 'owner letter', recipient: joan, facts: {} } as const;
    await scene.world.store.remember({ ...said, digest: wanted?.digest ?? '', letter: 'noted' });
    expect(await say(scene, scene.owner, booking)).toEqual(['noted']);
    expect(scene.world.sent.map(letter => letter.id)).toEqual(['noted']);
  });

  it('says what is reversed when the trip is off, once', async () => {
    await say(scene, scene.ledger, booking);
    await say(scene, scene.owner, booking);
    expect(await scene.owner.desired(cancelled)).toEqual([]);
    await withdraw(scene, scene.owner, cancelled, joan);
    await withdraw(scene, scene.owner, cancelled, joan);
    const [, letter, ...more] = scene.world.sent;
    expect(more).toEqual([]);
    expect(letter).toMatchObject({ kind: 'cancel', subject: 'JADA, Sunday 30 May 2027: cancelled' });
    expect(letter?.text).toContain('Reversed');
    expect(letter?.text).toMatch(/Net +\$289\.41/);
    expect(await scene.owner.readBack(cancelled, joan)).toBeNull();
  });

  it('is not followed by a cancellation when it never went out', async () => {
    scene.world.answer = { kind: 'later', reason: 'down', blocks: 'all' };
    const [first] = await say(scene, scene.owner, booking);
    expect(await withdraw(scene, scene.owner, cancelled, joan)).toEqual({ state: 'stated' });
    expect((await scene.post.find(first ?? ''))?.state).toBe('recalled');
  });

  it('says what a person has to look at when there is no net', async () => {
    const unpriced = testBooking({ id: 'bkg_0000000000000002' });
    await say(scene, scene.owner, unpriced);
    expect(scene.world.sent[0]?.text).toContain('Nobody has said yet what the guest pays. Enter the amount');
    expect(scene.world.sent[0]?.text).toMatch(/Net +not known/);
  });

  it('goes to each owner under their own name, about the booking alone', async () => {
    const [joanThere] = testFleet.people;
    if (!joanThere) throw new Error('there is an owner');
    const max = { ...joanThere, id: 'max', name: 'Max Berg', email: 'max@crew.example' };
    const both = ownerLetterSurface({
      store: scene.world.store,
      rules: testRules,
      clock: scene.world.clock,
      post: scene.post,
      fleet: fleet({ ...testFleet, people: [...testFleet.people, max] }),
      sailing: async () => [],
      beliefsOf: async () => [],
      address: path => `https://x.example${path}`,
    });
    await say(scene, both, booking);
    expect(scene.world.sent.map(({ to, about }) => [to.name, to.address, about])).toEqual([
      ['Joan Whitaker', joan, [booking.id]],
      ['Max Berg', 'max@crew.example', [booking.id]],
    ]);
  });

  it('goes to nobody where nobody is the owner', async () => {
    const books = { store: scene.world.store, rules: testRules, clock: scene.world.clock, post: scene.post };
    const surface = ownerLetterSurface({
      ...books,
      fleet: fleet({ ...testFleet, people: [] }),
      sailing: async () => [],
      beliefsOf: async () => [],
      address: path => `https://x.example${path}`,
    });
    expect(await surface.desired(booking)).toEqual([]);
  });
});

describe("the captain's letter", () => {
  it('holds the trip and the own pay, and no other amount', async () => {
    await say(scene, scene.ledger, booking);
    await say(scene, scene.captain, booking);
    const [letter] = scene.world.sent;
    expect(letter).toMatchObject({
      audience: 'payee',
      to: { address: 'ana@crew.example' },
      about: [booking.id, 'ana'],
    });
    expect(letter?.text).toMatch(/Your pay: +\$150\.00/);
    expect(letter?.text).toMatch(/Call time: +15:30 PDT/);
    expect(letter?.text).toContain('Maya');
    const amounts = `${letter?.text}${letter?.html}`.match(/\d+[.,]\d\d\b/g) ?? [];
    expect(new Set(amounts)).toEqual(new Set(['150.00']));
    expect(`${letter?.text}`).not.toMatch(/Lindqvist|gross|net|payout/i);
    expect(scene.world.refused).toEqual([]);
  });

  it('does not change with the price', async () => {
    const [before] = await scene.captain.desired(booking);
    await scene.world.store.note(
      booking.id,
      testNote({ message: 'b', at: '2027-05-02T12:00:00Z', gross: '5.00' }),
    );
    await scene.world.store.note(
      booking.id,
      testNote({ message: 'c', at: '2027-05-03T12:00:00Z', gross: 'garbage' }),
    );
    expect(await scene.captain.desired(booking)).toEqual([before]);
  });

  it('tells a captain who was replaced, and the one who came', async () => {
    await say(scene, scene.captain, booking);
    scene.world.sailing = [{ person: 'joan', role: 'captain' }];
    expect((await scene.captain.desired(booking)).map(each => each.recipient)).toEqual(['joan']);
    await withdraw(scene, scene.captain, booking, 'ana');
    await say(scene, scene.captain, booking);
    expect(scene.world.sent.slice(1).map(letter => [letter.to.address, letter.subject])).toEqual([
      ['ana@crew.example', "Captain's summary: JADA, Sunday 30 May 2027: not yours any more"],
      [joan, "Captain's summary: JADA, Sunday 30 May 2027"],
    ]);
    expect(scene.world.sent[2]?.text).toContain('not agreed here: ask the owner');
  });

  it('says when the trip moved or is off', async () => {
    await say(scene, scene.captain, booking);
    await say(scene, scene.captain, moved);
    await withdraw(scene, scene.captain, cancelled, 'ana');
    expect(scene.world.sent.map(letter => letter.kind)).toEqual(['summary', 'change', 'cancel']);
    expect(scene.world.sent[1]?.text).toMatch(/Call time +15:30 PDT +14:30 PDT/);
  });
});
