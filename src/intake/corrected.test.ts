import { expect, it } from 'vitest';
import { testFleet } from '#booking/booking.fixture.ts';
import { correctedFields, correctedRead } from './corrected.ts';
import type { Correction } from './inbox.ts';
import { correction } from './intake.fixture.ts';
import { inHand } from './intake-file.ts';

const meant: Correction = { ...correction, guestPhone: null };
const fields = (more: Partial<Correction> = {}) =>
  correctedFields({ ...meant, ...more }, { fleet: testFleet });
const problems = (more: Partial<Correction>) => {
  const said = fields(more);
  return 'problems' in said ? said.problems.map(({ field, code }) => `${field} ${code}`) : said;
};

it('what a person types is a booking that stands, its times on the clock of the dock', () => {
  expect(fields()).toEqual({
    fields: {
      vessel: 'heron',
      status: 'confirmed',
      start: expect.objectContaining({ local: '2027-05-30T16:30' }),
      end: expect.objectContaining({ local: '2027-05-30T19:30' }),
      guestName: 'Carole Whitfield',
      guestEmail: 'carole@example.org',
      guestPhone: null,
      partySize: 4,
    },
  });
});

it('a cancellation says nothing of the trip, whatever stands in the other fields', () => {
  expect(fields({ kind: 'cancelled', vessel: 'nobody', start: '', end: '' })).toEqual({ fields: {} });
});

it('each time that cannot be meant is named, and the vessel that is none', () => {
  expect(problems({ vessel: 'nobody' })).toEqual(['vessel vessel-unknown']);
  expect(problems({ start: 'soon' })).toEqual(['start time-unreadable']);
  expect(problems({ end: 'later' })).toEqual(['end time-unreadable']);
  expect(problems({ start: 'soon', end: 'later' })).toEqual(['start time-unreadable', 'end time-unreadable']);
});

const fed = { source: 'market', by: 'ana', body: Buffer.from('{}') };
const delivery = inHand(fed, '2027-04-12T18:00:00.000Z');
const read = (correction: Correction, at?: string) =>
  correctedRead(delivery, correction, { fleet: testFleet }, at);

it('it is a message of its source that happened when it came in, unless its own time is known', () => {
  expect(read(meant)).toMatchObject({
    message: {
      source: 'market',
      externalId: 'xhqgmdh',
      kind: 'created',
      at: '2027-04-12T18:00:00.000Z',
      fields: { vessel: 'heron' },
    },
    finance: null,
  });
  expect(read(meant, '2027-04-01T00:00:00.000Z')).toMatchObject({
    message: { at: '2027-04-01T00:00:00.000Z' },
  });
});

it('what cannot be meant is no message', () => {
  expect(read({ ...meant, vessel: 'nobody' })).toMatchObject({ problems: [{ code: 'vessel-unknown' }] });
});
