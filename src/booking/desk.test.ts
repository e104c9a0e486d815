import { describe, expect, it } from 'vitest';
import { settableClock } from '#lib/clock.ts';
import { seededRandom } from '#lib/random.ts';
import { Refusal } from '#lib/refusal.ts';
import { openSqlite } from '#platform/sqlite.ts';
import { addBooking, type NewBooking } from './add-booking.ts';
import { message, testFleet, testNow, wall, wholeTrip } from './booking.fixture.ts';
import { sqliteBookingStore } from './booking-store.sqlite.ts';
import { cancelBooking } from './cancel-booking.ts';
import { correctBooking } from './correct-booking.ts';
import { moveBooking } from './move-booking.ts';
import { recordBooking } from './record-booking.ts';
import { restoreBooking } from './restore-booking.ts';
import type { Done } from './speak-for-desk.ts';

const entered: NewBooking = {
  vessel: 'heron',
  start: '2027-05-30T16:30',
  end: '19:30',
  guestName: ' Carole \u202e Whitfield\n',
  guestEmail: 'carole@example.org',
  partySize: 4,
};

function newRoom() {
  const clock = settableClock(testNow);
  const random = seededRandom('desk');
  return {
    clock,
    random,
    fleet: testFleet,
    bookings: sqliteBookingStore(openSqlite(':memory:'), { clock, random }),
  };
}

const of = (done: Done) => {
  if (!done.booking) throw new Error(done.kind);
  return done.booking;
};
const added = async () => {
  const room = newRoom();
  return { room, ...of(await addBooking(room, entered)) };
};
/** As the marketplace booked it. */
const booked = async () => {
  const room = newRoom();
  const recorded = await recordBooking(room, message({ at: '2027-04-01T11:00:00.000Z' }));
  if (recorded.kind === 'refused') throw new Error('refused');
  return { room, ...of(recorded) };
};
const refusal = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Refusal)) throw new Error(`not refused: ${error}`);
  expect(error.cure).not.toBe('');
  return error;
};

describe('entering a booking', () => {
  it('makes one, its name cleaned of what could turn a page around', async () => {
    const { guest, start, end, status, names, origins } = await added();
    expect({ guest, start: start.local, end: end.local, status, names }).toEqual({
      guest: { name: 'Carole Whitfield', email: 'carole@example.org', phone: null },
      start: '2027-05-30T16:30',
      end: '2027-05-30T19:30',
      status: 'confirmed',
      names: [],
    });
    expect(origins.start?.source).toBe('desk');
  });
  it('takes a duration for the end', async () => {
    expect(of(await addBooking(newRoom(), { ...entered, end: { hours: 2.5 } })).end.local).toBe(
      '2027-05-30T19:00',
    );
  });
  it('sent twice by an impatient finger makes one', async () => {
    const room = newRoom();
    const [one, other] = [
      await addBooking(room, entered, { once: 'form-1' }),
      await addBooking(room, entered, { once: 'form-1' }),
    ];
    expect(of(other).id).toBe(of(one).id);
    expect(await room.bookings.count()).toBe(1);
  });
  it('joins what a marketplace says about the same booking', async () => {
    const room = newRoom();
    const { id } = of(
      await addBooking(room, { ...entered, sameAs: { source: 'market', externalId: 'xhqgmdh' } }),
    );
    const recorded = await recordBooking(room, message({ at: '2027-04-01T11:00:00.000Z' }));
    expect(recorded).toMatchObject({ booking: { id, names: [{ source: 'market', externalId: 'xhqgmdh' }] } });
  });
  it.each<[string, Partial<NewBooking>]>([
    ['vessel-unknown', { vessel: 'albatross' }],
    ['time-unreadable', { start: 'soon' }],
    ['time-does-not-exist', { start: '2028-03-12T02:30' }],
    ['time-ambiguous', { start: '2027-11-07T01:30' }],
    ['end-before-start', { end: '15:00' }],
    ['party-over-limit', { partySize: 7 }],
    ['guest-name-missing', { guestName: ' ' }],
    ['email-malformed', { guestEmail: 'carole' }],
    ['date-past', { start: '2026-05-30T16:30' }],
  ])('is refused: %s', async (code, wrong) => {
    const room = newRoom();
    expect((await refusal(addBooking(room, { ...entered, ...wrong }))).code).toBe(code);
    expect(await room.bookings.count()).toBe(0);
  });
});

describe('moving a booking', () => {
  it('to another time keeps the day and the duration', async () => {
    const { room, id } = await booked();
    const moved = await moveBooking(room, id, { start: '15:30' }, { by: 'ana' });
    expect(moved).toMatchObject({
      kind: 'changed',
      booking: { revision: 2, start: wall('2027-05-30T15:30'), end: wall('2027-05-30T18:30') },
    });
    expect((await room.bookings.messages(id)).at(-1)?.message).toMatchObject({
      source: 'desk',
      by: 'ana',
      externalId: id,
    });
  });
  it.each([
    [{ start: '9:00' }, '2027-05-30T09:00', '2027-05-30T12:00'],
    [{ start: '2027-06-02' }, '2027-06-02T16:30', '2027-06-02T19:30'],
    [{ start: '2027-06-02T10:00' }, '2027-06-02T10:00', '2027-06-02T13:00'],
    [{ start: '2027-06-02T10:00-07:00', end: '12:00' }, '2027-06-02T10:00', '2027-06-02T12:00'],
    [{ start: '2027-06-02', end: '18:00' }, '2027-06-02T16:30', '2027-06-02T18:00'],
    [{ end: '20:00' }, '2027-05-30T16:30', '2027-05-30T20:00'],
    [{ end: '2027-05-31' }, '2027-05-30T16:30', '2027-05-31T19:30'],
    [{ start: '2027-11-06T22:00' }, '2027-11-06T22:00', '2027-11-07T01:00'],
  ])('as typed: %j', async (move, start, end) => {
    const { room, id } = await booked();
    const { booking } = await moveBooking(room, id, move);
    expect([booking?.start.local, booking?.end.local]).toEqual([start, end]);
  });
  it('over the hour that autumn repeats keeps its length, not its clock', async () => {
    const { room, id } = await booked();
    const { booking } = await moveBooking(room, id, { start: '2027-11-07T00:30' });
    expect([booking?.start.local, booking?.end.at]).toEqual(['2027-11-07T00:30', '2027-11-07T10:30:00Z']);
  });
  it('to a vessel in another zone keeps the clock on the dock', async () => {
    const { room, id } = await booked();
    const { booking } = await moveBooking(room, id, { vessel: 'tern' });
    expect([booking?.start, booking?.end]).toEqual([
      wall('2027-05-30T16:30', 'America/New_York'),
      wall('2027-05-30T19:30', 'America/New_York'),
    ]);
  });
  it('survives the marketplace repeating the old time, also when its clock runs ahead', async () => {
    const { room, id } = await booked();
    const ahead = message({
      at: '2027-04-01T12:30:00.000Z',
      kind: 'changed',
      fields: { ...wholeTrip, partySize: 5 },
    });
    await recordBooking(room, ahead);
    await moveBooking(room, id, { start: '15:30' });
    await correctBooking(room, id, { partySize: 3 });
    await recordBooking(room, message({ ...ahead, messageId: 'again', at: '2027-04-01T12:31:00.000Z' }));
    expect(await room.bookings.find(id)).toMatchObject({ start: wall('2027-05-30T15:30'), partySize: 3 });
  });
  it('back again undoes it', async () => {
    const { room, id, start } = await booked();
    await moveBooking(room, id, { start: '15:30' });
    expect(await moveBooking(room, id, { start: '16:30' })).toMatchObject({
      booking: { revision: 3, start },
    });
  });
  it('onto itself makes no revision', async () => {
    const { room, id } = await booked();
    expect(await moveBooking(room, id, { start: '16:30' })).toMatchObject({
      kind: 'unchanged',
      booking: { revision: 1 },
    });
  });
  it.each([
    ['nothing-to-change', {}],
    ['vessel-unknown', { vessel: 'albatross' }],
    ['time-unreadable', { start: 'tea time' }],
    ['time-ambiguous', { start: '2027-11-07T01:30' }],
    ['time-does-not-exist', { start: '2028-03-12T02:30' }],
    ['end-before-start', { end: '10:00' }],
    ['date-past', { start: '2026-05-30' }],
  ])('is refused: %s', async (code, move) => {
    const { room, id } = await booked();
    expect((await refusal(moveBooking(room, id, move))).code).toBe(code);
    expect(await room.bookings.find(id)).toMatchObject({ revision: 1 });
  });
  it('of nothing is refused', async () => {
    expect((await refusal(moveBooking(newRoom(), 'bkg_none', { start: '15:30' }))).code).toBe(
      'booking-unknown',
    );
  });
});

describe('correcting a booking', () => {
  it('changes only what is named', async () => {
    const { room, id } = await booked();
    expect(await correctBooking(room, id, { guestName: 'Carol Whitfield', guestPhone: null })).toMatchObject({
      booking: { guest: { name: 'Carol Whitfield', email: 'carole@example.org', phone: null }, partySize: 4 },
    });
    expect((await refusal(correctBooking(room, id, {}))).code).toBe('nothing-to-change');
    expect((await refusal(correctBooking(room, id, { partySize: 7 }))).code).toBe('party-over-limit');
  });
});

describe('cancelling a booking', () => {
  it('ends it once, and the desk can take it back', async () => {
    const { room, id } = await booked();
    await correctBooking(room, id, { status: 'tentative' });
    expect(await cancelBooking(room, id)).toMatchObject({
      kind: 'cancelled',
      booking: { status: 'cancelled', revision: 3 },
    });
    expect(await cancelBooking(room, id)).toMatchObject({ kind: 'remembered', booking: { revision: 3 } });
    expect((await refusal(moveBooking(room, id, { start: '15:30' }))).code).toBe('booking-cancelled');
    expect(await restoreBooking(room, id)).toMatchObject({
      kind: 'changed',
      booking: { status: 'tentative', revision: 4 },
    });
    expect(await restoreBooking(room, id)).toMatchObject({ kind: 'unchanged' });
  });
  it('cannot be taken back where the marketplace did it', async () => {
    const { room, id } = await booked();
    await recordBooking(room, message({ at: '2027-04-01T11:30:00.000Z', kind: 'cancelled' }));
    expect((await refusal(restoreBooking(room, id))).code).toBe('cancelled-at-source');
  });
  it('cannot be taken back once the trip would be over', async () => {
    const { room, id } = await booked();
    await cancelBooking(room, id);
    room.clock.set('2027-06-01T00:00:00Z');
    expect((await refusal(restoreBooking(room, id))).code).toBe('date-past');
  });
});
