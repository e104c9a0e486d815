import { beforeEach, describe, expect, it } from 'vitest';
import type { Booking } from '#booking/booking.ts';
import { fleet } from '#booking/fleet.ts';
import type { Belief, Statement, Surface } from '#booking/surface.ts';
import { settableClock } from '#lib/clock.ts';
import type { Letter } from '#mail/letter.ts';
import type { Handed, Mailer } from '#mail/mailer.ts';
import { sqlitePost } from '#mail/post.sqlite.ts';
import { egress, lookingFor, type Outgoing } from '#platform/egress.ts';
import { silentLog } from '#platform/log.ts';
import { openSqlite } from '#platform/sqlite.ts';
import { allThree, testBooking, testFleet, testNote, testRules, wall } from './books.fixture.ts';
import { sqliteMoneyCanaries } from './canaries.sqlite.ts';
import { captainLetterSurface } from './captain-letter.ts';
import { sqliteFinanceStore } from './finance-store.sqlite.ts';
import { ledgerSurface } from './ledger-surface.ts';
import { decimalText } from './money.ts';
import { ownerLetterSurface } from './owner-letter.ts';
import type { Sailing } from './settle.ts';

const booking = testBooking();
const moved = testBooking({ revision: 2, start: wall('2027-05-30T15:30'), end: wall('2027-05-30T18:30') });
const cancelled = testBooking({ revision: 3, status: 'cancelled' });
const joan = 'joan@crew.example';

type World = Awaited<ReturnType<typeof open>>;

async function open() {
  const db = openSqlite(':memory:');
  const clock = settableClock('2027-05-01T12:00:00Z');
  const store = sqliteFinanceStore(db);
  const sent: Letter[] = [];
  const refused: Outgoing[] = [];
  const world = {
    sent,
    refused,
    store,
    clock,
    sailing: allThree as readonly Sailing[],
    beliefs: [] as Belief[],
    /** How the mail server answers. */
    answer: { kind: 'sent' } as Handed,
  };
  const mailer: Mailer = {
    exactlyOnce: true,
    async send(letter) {
      if (world.answer.kind === 'sent') sent.push(letter);
      return world.answer;
    },
    async close() {},
  };
  const out = egress({
    leaks: lookingFor(sqliteMoneyCanaries(db, () => null)),
    onRefused: outgoing => refused.push(outgoing),
  });
  const post = sqlitePost({ db, mailer, egress: out, clock, log: silentLog });
  const books = {
    store,
    rules: testRules,
    clock,
    fleet: testFleet,
    post,
    sailing: async () => world.sailing,
  };
  return {
    world,
    post,
    ledger: ledgerSurface(books),
    owner: ownerLetterSurface({
      ...books,
      beliefsOf: async () => world.beliefs,
      address: path => `https://sailjada.example${path}`,
    }),
    captain: captainLetterSurface(books),
  };
}

let scene: World;
beforeEach(async () => {
  scene = await open();
  await scene.world.store.note(booking.id, testNote());
});

/** Says what the surface wants said, as fulfilment would, and lets the letters go. */
async function say<S extends Statement>(surface: Surface<S>, about: Booking): Promise<string[]> {
  const letters: string[] = [];
  for (const statement of await surface.desired(about)) {
    const made = await surface.state(about, statement, null);
    if (made.state === 'posted') letters.push(made.letter);
  }
  await scene.post.deliverDue();
  return letters;
}

async function withdraw(surface: Surface, about: Booking, recipient: string) {
  const made = await surface.withdraw(about, belief({ surface: surface.name, recipient }));
  await scene.post.deliverDue();
  return made;
}

const belief = (changes: Partial<Belief>): Belief => ({
  booking: booking.id,
  surface: 'guest page',
  recipient: '-',
  desiredRevision: 1,
  desiredDigest: 'd',
  statedRevision: 1,
  statedDigest: 'd',
  state: 'stated',
  at: booking.recordedAt,
  attempts: 1,
  error: null,
  url: null,
  awaiting: null,
  ...changes,
});

describe('the ledger', () => {
  it('stands in the books to the cent, and says the same until something changes', async () => {
    const { ledger, world } = scene;
    const [wanted] = await ledger.desired(booking);
    expect(await ledger.readBack(booking, '-')).toBeNull();
    await say(ledger, booking);
    await say(ledger, booking);
    expect(await ledger.readBack(booking, '-')).toBe(wanted?.digest);
    const entry = await world.store.ledger(booking.id);
    expect(entry?.net && decimalText(entry.net)).toBe('289.41');
    expect(await world.store.history(booking.id)).toHaveLength(1);
    expect((await ledger.desired(moved))[0]?.digest).toBe(wanted?.digest);
  });

  it('is reversed when the trip is off, and back when it is on again', async () => {
    const { ledger, world } = scene;
    await say(ledger, booking);
    expect(await ledger.desired(cancelled)).toEqual([]);
    await withdraw(ledger, cancelled, '-');
    await withdraw(ledger, cancelled, '-');
    expect((await world.store.ledger(booking.id))?.state).toBe('reversed');
    expect(await ledger.readBack(cancelled, '-')).toBeNull();
    await say(ledger, testBooking({ revision: 4 }));
    const states = (await world.store.history(booking.id)).map(entry => entry.state);
    expect(states).toEqual(['settled', 'reversed', 'settled']);
  });
});

describe("the owner's letter", () => {
  it('breaks the price down to the net', async () => {
    const letters = await say(scene.owner, booking);
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
    await say(scene.owner, booking);
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
    await say(scene.owner, booking);
    const text = scene.world.sent[0]?.text ?? '';
    expect(text).toContain('FAILED: crew letter to Kim Tran. The address does not exist.');
    expect(text).toMatch(/crew letter +1 stated, 1 FAILED/);
    expect(text).toMatch(/guest letter +1 on the way/);
    scene.world.beliefs = [];
    await say(scene.owner, booking);
    expect(scene.world.sent).toHaveLength(1);
  });

  it('says what changed, before and now', async () => {
    await say(scene.owner, booking);
    await scene.world.store.note(
      booking.id,
      testNote({ message: 'msg_2', at: '2027-05-02T12:00:00Z', gross: '900.00' }),
    );
    await say(scene.owner, moved);
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
    for (const each of [booking, moved, booking, moved]) await say(scene.owner, each);
    expect(scene.world.sent.map(letter => letter.kind)).toEqual(['summary', 'change', 'change', 'change']);
    expect(new Set(scene.world.sent.map(letter => letter.id)).size).toBe(4);
  });

  it('takes back a letter that has not gone out, and says nothing of it in the next', async () => {
    scene.world.answer = { kind: 'later', reason: 'down', blocks: 'all' };
    const [first] = await say(scene.owner, booking);
    const [second] = await say(scene.owner, moved);
    scene.world.answer = { kind: 'sent' };
    scene.world.clock.advance(10 * 60_000);
    await scene.post.deliverDue();
    expect((await scene.post.find(first ?? ''))?.state).toBe('recalled');
    expect(scene.world.sent.map(letter => [letter.id, letter.kind])).toEqual([[second, 'summary']]);
  });

  it('tries the same letter again when it came back and somebody asks for a retry', async () => {
    scene.world.answer = { kind: 'returned', reason: 'no such user' };
    const [first] = await say(scene.owner, booking);
    expect(await scene.owner.readBack(booking, joan)).toBeNull();
    scene.world.answer = { kind: 'sent' };
    expect(await say(scene.owner, booking)).toEqual([first]);
    expect(scene.world.sent.map(letter => letter.id)).toEqual([first]);
    expect(await scene.owner.readBack(booking, joan)).toBe((await scene.owner.desired(booking))[0]?.digest);
  });

  it('goes out under the name it was noted under when a crash came between noting and posting', async () => {
    const [wanted] = await scene.owner.desired(booking);
    const said = { booking: booking.id, surface: 'owner letter', recipient: joan, facts: {} } as const;
    await scene.world.store.remember({ ...said, digest: wanted?.digest ?? '', letter: 'noted' });
    expect(await say(scene.owner, booking)).toEqual(['noted']);
    expect(scene.world.sent.map(letter => letter.id)).toEqual(['noted']);
  });

  it('says what is reversed when the trip is off, once', async () => {
    await say(scene.ledger, booking);
    await say(scene.owner, booking);
    expect(await scene.owner.desired(cancelled)).toEqual([]);
    await withdraw(scene.owner, cancelled, joan);
    await withdraw(scene.owner, cancelled, joan);
    const [, letter, ...more] = scene.world.sent;
    expect(more).toEqual([]);
    expect(letter).toMatchObject({ kind: 'cancel', subject: 'JADA, Sunday 30 May 2027: cancelled' });
    expect(letter?.text).toContain('Reversed');
    expect(letter?.text).toMatch(/Net +\$289\.41/);
    expect(await scene.owner.readBack(cancelled, joan)).toBeNull();
  });

  it('is not followed by a cancellation when it never went out', async () => {
    scene.world.answer = { kind: 'later', reason: 'down', blocks: 'all' };
    const [first] = await say(scene.owner, booking);
    expect(await withdraw(scene.owner, cancelled, joan)).toEqual({ state: 'stated' });
    expect((await scene.post.find(first ?? ''))?.state).toBe('recalled');
  });

  it('says what a person has to look at when there is no net', async () => {
    const unpriced = testBooking({ id: 'bkg_0000000000000002' });
    await say(scene.owner, unpriced);
    expect(scene.world.sent[0]?.text).toContain('Nobody has said yet what the guest pays. Enter the amount');
    expect(scene.world.sent[0]?.text).toMatch(/Net +not known/);
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
    await say(scene.ledger, booking);
    await say(scene.captain, booking);
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
    await say(scene.captain, booking);
    scene.world.sailing = [{ person: 'joan', role: 'captain' }];
    expect((await scene.captain.desired(booking)).map(each => each.recipient)).toEqual(['joan']);
    await withdraw(scene.captain, booking, 'ana');
    await say(scene.captain, booking);
    expect(scene.world.sent.slice(1).map(letter => [letter.to.address, letter.subject])).toEqual([
      ['ana@crew.example', "Captain's summary: JADA, Sunday 30 May 2027: not yours any more"],
      [joan, "Captain's summary: JADA, Sunday 30 May 2027"],
    ]);
    expect(scene.world.sent[2]?.text).toContain('not agreed here: ask the owner');
  });

  it('says when the trip moved or is off', async () => {
    await say(scene.captain, booking);
    await say(scene.captain, moved);
    await withdraw(scene.captain, cancelled, 'ana');
    expect(scene.world.sent.map(letter => letter.kind)).toEqual(['summary', 'change', 'cancel']);
    expect(scene.world.sent[1]?.text).toMatch(/Call time +15:30 PDT +14:30 PDT/);
  });
});
