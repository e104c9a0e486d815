import { testFleet } from '#booking/booking.fixture.ts';
import { sqliteBookingStore } from '#booking/booking-store.sqlite.ts';
import type { BookingDesk } from '#booking/record-booking.ts';
import type { FinanceNote } from '#finances/finance-note.ts';
import { type SettableClock, settableClock } from '#lib/clock.ts';
import { seededRandom } from '#lib/random.ts';
import { Unavailable } from '#lib/refusal.ts';
import { silentLog } from '#platform/log.ts';
import type { Outside } from '#platform/outside.ts';
import { openSqlite } from '#platform/sqlite.ts';
import { sqliteInbox } from './inbox.sqlite.ts';
import type { Correction, Inbox } from './inbox.ts';
import { lookUps } from './look-up.ts';
import { mailTools } from './mail/mail-tools.ts';
import { takeMails } from './mail/take-mail.ts';
import { createIntake, type IntakeRoom } from './process-delivery.ts';
import type { Source } from './source.ts';
import { source, sources } from './sources.ts';

export const testSecret = `whsec_${Buffer.from('a key of the tests, 32 bytes lng').toString('base64')}`;
export const nextSecret = `whsec_${Buffer.from('another one, used while rotating').toString('base64')}`;

/** Intake on two databases in memory, with a marketplace `market` that knows the heron as `blue boat`. */
export function testIntake(
  given: Partial<IntakeRoom> & { sourcesNow?: readonly Source[]; outside?: Outside } = {},
) {
  const clock: SettableClock = settableClock('2027-04-12T18:00:00Z');
  const random = seededRandom('intake');
  const { sourcesNow, outside: more, ...rest } = given;
  const bookings = sqliteBookingStore(openSqlite(':memory:'), { clock, random });
  const desk: BookingDesk = { bookings, fleet: testFleet, clock, random };
  const inbox: Inbox = sqliteInbox(openSqlite(':memory:'), { clock, random });
  const notes: { booking: string; note: FinanceNote }[] = [];
  const market = source({
    id: 'market',
    kind: 'boatsetter',
    times: 'local',
    listings: { 'blue boat': 'heron' },
    secrets: [testSecret],
    urlSecrets: ['the secret of an address, long enough'],
  });
  const room: IntakeRoom = {
    inbox,
    desk,
    sources: sources(sourcesNow ?? [market, source({ id: 'office', kind: 'manual', times: 'as-written' })]),
    books: { note: async (booking, note) => notes.push({ booking, note }) },
    mail: takeMails(mailTools(noSuchName), inbox),
    lookUp: lookUps({ inbox, clock, outside: more ?? nobodyAnswers }),
    log: silentLog,
    ...rest,
  };
  const intake = createIntake(room);
  let serial = 0;
  /** Brings a body in under a message id of its own and reads it. */
  const deliver = async (body: unknown, messageId = `m${++serial}`, from = 'market') => {
    const { delivery } = await inbox.receive({
      source: from,
      messageId,
      via: 'signed',
      headers: {},
      body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
    });
    return (await intake.process(delivery.id)) ?? delivery;
  };
  return { clock, bookings, desk, inbox, notes, room, intake, deliver };
}

const nobodyAnswers: Outside = () =>
  Promise.reject(new Unavailable('outside-unreachable', 'No answer: there is nobody.'));

const noSuchName = () => Promise.reject(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }));

type Overrides = Record<string, unknown>;

/** A payload in order, with changes to its booking and beside it. */
export const payload = (booking: Overrides = {}, beside: Overrides = {}) => ({
  type: 'booking.created',
  occurred_at: '2027-04-12T17:00:00Z',
  booking: {
    id: 'xhqgmdh',
    vessel: 'blue boat',
    start: '2027-05-30T16:30',
    end: '2027-05-30T19:30',
    guest: { name: 'Carole Whitfield', email: 'carole@example.org', phone: '+1 619 555 0142' },
    party_size: 4,
    ...booking,
  },
  ...beside,
});

/** The first statement of a booking. */
export const created = (booking: Overrides = {}) => payload({ version: 1, ...booking });

export const changed = (version: number, booking: Overrides = {}) => ({
  ...payload({ version, ...booking }),
  type: 'booking.changed',
});

export const cancelled = (version: number, id = 'xhqgmdh') => ({
  type: 'booking.cancelled',
  booking: { id, version },
});

/** That booking as a person would say it. */
export const correction: Correction = {
  kind: 'created',
  externalId: 'xhqgmdh',
  vessel: 'heron',
  start: '2027-05-30T16:30',
  end: '2027-05-30T19:30',
  guestName: 'Carole Whitfield',
  guestEmail: 'carole@example.org',
  guestPhone: '+1 619 555 0142',
  partySize: 4,
};
