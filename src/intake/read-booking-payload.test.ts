import { describe, expect, it } from 'vitest';
import { testFleet } from '#booking/booking.fixture.ts';
import type { Delivery } from './inbox.ts';
import { payload } from './intake.fixture.ts';
import { readPayload } from './read-booking-payload.ts';
import { source } from './sources.ts';

const known = source({
  id: 'market',
  kind: 'boatsetter',
  times: 'local',
  listings: { 'blue boat': 'heron' },
});
const receivedAt = '2027-04-12T18:00:00.000Z';

function read(sent: unknown, timed = true) {
  const delivery = { id: 'dlv_1', source: 'market', messageId: 'm', conflictsWith: null, receivedAt };
  const room = { settings: known.settings, fleet: testFleet };
  const came = readPayload(sent, { timed }, delivery as unknown as Delivery, room);
  if ('message' in came) return came.message;
  return 'problems' in came
    ? came.problems.map(({ field, code, reason }) => `${field} ${code}: ${reason}`)
    : came;
}

describe('when a booking was made or changed', () => {
  it.each([
    ['in the past', '2027-04-12T17:00:00Z', '2027-04-12T17:00:00.000Z'],
    ['a day ahead, as clocks may be', '2027-04-13T18:00:00Z', '2027-04-13T18:00:00.000Z'],
  ])('is believed %s', (_, occurred_at, at) => {
    expect(read(payload({}, { occurred_at }))).toMatchObject({ at });
  });

  it('is not believed more than a day ahead', () => {
    const late = payload({}, { occurred_at: '2027-04-13T18:00:01Z' });
    expect(read(late)).toMatchObject([expect.stringMatching(/^occurred_at occurred-in-future/)]);
    expect(read(late, false)).toMatchObject({ at: receivedAt });
  });
});

describe('a message', () => {
  it('says whether it is the first of its booking', () => {
    expect(read(payload())).toMatchObject({ kind: 'created' });
    expect(read({ ...payload(), type: 'booking.changed' })).toMatchObject({ kind: 'changed' });
  });

  it('has a version, and what it replaces, only where it says so', () => {
    expect(read(payload())).not.toHaveProperty('version');
    expect(read(payload())).not.toHaveProperty('replaces');
    expect(read(payload({ version: 3, replaces: 'old' }))).toMatchObject({ version: 3, replaces: 'old' });
  });

  it.each<[unknown, string]>([
    [7, 'message field-malformed: The message: '],
    [undefined, 'message field-missing: The message lacks an object.'],
    [{ ...payload(), booking: null }, 'booking field-malformed: booking: '],
    [payload({ guest: 'Carole' }), 'booking.guest field-malformed: booking.guest: '],
    [
      payload({ guest: { email: 'carole@example.org' } }),
      'guestName field-missing: The message lacks booking.guest.name.',
    ],
  ])('that is %j says what is wrong with it', (sent, problem) => {
    expect(read(sent)).toEqual([expect.stringContaining(problem)]);
  });
});
