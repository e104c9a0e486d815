import { describe, expect, it } from 'vitest';
import { sqliteBookingStore } from '#booking/booking-store.sqlite.ts';
import { settableClock } from '#lib/clock.ts';
import { seededRandom } from '#lib/random.ts';
import { openSqlite } from '#platform/sqlite.ts';
import { testFleet, wall } from './booking.fixture.ts';
import type { BookingId } from './booking.ts';
import { decideField } from './decide-field.ts';
import { disagreements } from './disagreements.ts';
import { mergeBookings } from './merge-bookings.ts';
import { desk, type Fields, type Message } from './message.ts';
import { type BookingDesk, recordBooking } from './record-booking.ts';

let serial = 0;
const said = (source: string, fields: Fields, more: Partial<Message> = {}): Message => ({
  source,
  externalId: 'xhqgmdh',
  messageId: `m${++serial}`,
  kind: 'created',
  at: `2027-04-12T18:00:0${serial % 10}.000Z`,
  fields,
  ...more,
});
const fieldsOf = (messages: readonly Message[]) => disagreements(messages).map(({ field }) => field);

describe('those who speak of a booking', () => {
  it('disagree where two sources say different things, the later one first', () => {
    const early = said('market', { partySize: 4 }, { at: '2027-04-12T18:00:00.000Z' });
    const late = said('other', { partySize: 5 }, { at: '2027-04-13T18:00:00.000Z' });
    expect(disagreements([early, late])).toMatchObject([
      { field: 'partySize', said: [{ value: 5, origin: { source: 'other' } }, { value: 4 }] },
    ]);
  });

  it('disagree where the first words of one source differ, until it tells of a change', () => {
    const mail = said('market', { start: wall('2027-05-30T16:30') });
    const webhook = said('market', { start: wall('2027-05-30T15:30') });
    expect(fieldsOf([mail, webhook])).toEqual(['start']);
    const change = said(
      'market',
      { start: wall('2027-05-30T15:30') },
      { kind: 'changed', at: '2027-04-20T00:00:00.000Z' },
    );
    expect(fieldsOf([mail, webhook, change])).toEqual([]);
  });

  it('agree in spite of another way to write the same, and where one does not know', () => {
    const one = said('market', {
      guestName: 'Carole  Whitfield',
      guestPhone: '+1 619 555 0142',
      guestEmail: null,
    });
    const two = said('other', {
      guestName: 'carole whitfield',
      guestPhone: '(619) 555-0142',
      guestEmail: 'c@x.example',
    });
    expect(fieldsOf([one, two])).toEqual([]);
  });

  it('are settled by what the desk says later, and not by what it said before', () => {
    const one = said('market', { partySize: 4 }, { at: '2027-04-12T18:00:00.000Z' });
    const two = said('other', { partySize: 5 }, { at: '2027-04-13T18:00:00.000Z' });
    const ours = (at: string) => said(desk, { partySize: 6 }, { externalId: 'bkg_1', kind: 'changed', at });
    expect(fieldsOf([one, two, ours('2027-04-14T00:00:00.000Z')])).toEqual([]);
    expect(fieldsOf([one, two, ours('2027-04-11T00:00:00.000Z')])).toEqual(['partySize']);
  });

  it('agree about a trip that was booked anew under another name', () => {
    const old = said('market', { start: wall('2027-05-30T16:30') });
    const anew = said(
      'market',
      { start: wall('2027-06-01T16:30') },
      { externalId: 'new', replaces: 'xhqgmdh', at: '2027-04-20T00:00:00.000Z' },
    );
    expect(fieldsOf([old, anew])).toEqual([]);
  });
});

describe('a person at the desk', () => {
  const world = () => {
    const clock = settableClock('2027-04-20T18:00:00Z');
    const random = seededRandom('merge');
    const bookings = sqliteBookingStore(openSqlite(':memory:'), { clock, random });
    const room: BookingDesk = { bookings, fleet: testFleet, clock, random };
    const hear = async (source: string, externalId: string, fields: Fields = {}) => {
      clock.advance(1000);
      const trip = {
        vessel: 'heron',
        start: wall('2027-05-30T16:30'),
        end: wall('2027-05-30T19:30'),
        guestName: 'Carole Whitfield',
        partySize: 4,
      };
      const recorded = await recordBooking(room, said(source, { ...trip, ...fields }, { externalId }));
      if (recorded.kind === 'refused' || !recorded.booking) throw new Error('not recorded');
      return recorded.booking;
    };
    return { room, hear, bookings };
  };

  it('says that two bookings are one, and decides what they differ in', async () => {
    const { room, hear, bookings } = world();
    const one = await hear('market', 'a');
    const two = await hear('other', 'b', { partySize: 5 });
    const { booking, absorbed } = await mergeBookings(room, one.id, two.id, { by: 'ana' });
    expect(booking?.id).toBe(one.id);
    expect(absorbed).toEqual([two.id]);
    expect(booking?.names).toEqual([
      { source: 'market', externalId: 'a' },
      { source: 'other', externalId: 'b' },
    ]);
    const open = async () => disagreements((await bookings.messages(one.id)).map(({ message }) => message));
    const [first] = await open();
    expect(first?.field).toBe('partySize');
    const origin = first?.said.find(({ value }) => value === 4)?.origin;
    if (!origin) throw new Error('nobody says four');
    await decideField(room, one.id, { field: 'partySize', origin }, { by: 'ana' });
    expect(await bookings.find(one.id)).toMatchObject({
      partySize: 4,
      origins: { partySize: { source: desk } },
    });
    expect(await open()).toEqual([]);
    expect((await hear('other', 'b', { partySize: 5 })).id).toBe(one.id);
  });

  it('is told when they are one already, or when nobody says so any more', async () => {
    const { room, hear } = world();
    const { id } = await hear('market', 'a');
    await expect(mergeBookings(room, id, id)).rejects.toMatchObject({ code: 'booking-same' });
    const chosen = { field: 'partySize', origin: { source: 'market', message: 'none' } } as const;
    await expect(decideField(room, id as BookingId, chosen)).rejects.toMatchObject({
      code: 'statement-unknown',
    });
  });
});
