import { describe, expect, it } from 'vitest';
import { wall } from '#booking/booking.fixture.ts';
import { changed, created, payload, testIntake } from './intake.fixture.ts';
import { source, sources } from './sources.ts';

describe('bad input', () => {
  it.each<[string, string, unknown]>([
    ['vessel', 'vessel-unknown', payload({ vessel: 'albatross' })],
    ['start', 'date-past', payload({ start: '2026-05-30T16:30', end: '2026-05-30T19:30' })],
    ['end', 'end-before-start', payload({ end: '2027-05-30T15:30' })],
    ['end', 'trip-too-long', payload({ end: '2027-06-05T16:30' })],
    ['partySize', 'party-empty', payload({ party_size: 0 })],
    ['partySize', 'party-over-limit', payload({ party_size: 7 })],
    ['start', 'time-does-not-exist', payload({ start: '2028-03-12T02:30', end: '2028-03-12T06:00' })],
    ['end', 'time-ambiguous', payload({ start: '2027-11-06T22:00', end: '2027-11-07T01:30' })],
    ['start', 'time-unreadable', payload({ start: 'the thirtieth' })],
    ['guestName', 'guest-name-missing', payload({ guest: { name: ' ' } })],
    ['guestName', 'field-missing', payload({ guest: {} })],
    ['booking.guest', 'field-missing', payload({ guest: undefined })],
    ['guestEmail', 'email-malformed', payload({ guest: { name: 'Carole', email: 'carole at example' } })],
    ['guestPhone', 'phone-malformed', payload({ guest: { name: 'Carole', phone: '555-CALL-ME' } })],
    ['partySize', 'field-malformed', payload({ party_size: 'four' })],
    ['partySize', 'field-malformed', payload({ party_size: 4.5 })],
    ['partySize', 'field-missing', payload({ party_size: undefined })],
    ['start', 'field-missing', payload({ start: undefined })],
    ['status', 'field-malformed', payload({ status: 'maybe' })],
    ['booking.id', 'field-malformed', payload({ id: 'x y' })],
    ['booking', 'field-missing', { type: 'booking.created', occurred_at: '2027-04-12T17:00:00Z' }],
    ['type', 'field-malformed', payload({}, { type: 'booking.exploded' })],
    ['occurred_at', 'field-missing', payload({}, { occurred_at: undefined })],
    ['occurred_at', 'time-unreadable', payload({}, { occurred_at: '2027-04-12T17:00:00' })],
    ['occurred_at', 'occurred-in-future', payload({}, { occurred_at: '2027-04-14T17:00:00Z' })],
    ['message', 'field-malformed', [1, 2]],
    ['message', 'json-malformed', 'not json'],
    ['message', 'json-duplicate-key', '{"a":1,"a":2}'],
    ['message', 'json-forbidden-key', '{"__proto__":1}'],
    ['message', 'json-too-deep', '['.repeat(20)],
  ])('%s: %s is held back with its cure, raw, and nothing is made of it', async (field, code, body) => {
    const { deliver, bookings, inbox, notes } = testIntake();
    const delivery = await deliver(body);
    expect(delivery.state).toBe('quarantined');
    expect(delivery.problems.map(problem => `${problem.field}: ${problem.code}`)).toContain(
      `${field}: ${code}`,
    );
    for (const problem of delivery.problems) expect(problem.cure.length).toBeGreaterThan(20);
    expect(Buffer.from((await inbox.body(delivery.id)) ?? []).toString()).toBe(
      typeof body === 'string' ? body : JSON.stringify(body),
    );
    expect(await bookings.count()).toBe(0);
    expect(notes).toEqual([]);
  });

  it('reports everything that is wrong with the trip together', async () => {
    const { deliver } = testIntake();
    const { problems } = await deliver(
      payload({ party_size: 0, end: '2027-05-30T10:00', guest: { name: '' } }),
    );
    expect(problems.map(problem => problem.code)).toEqual([
      'guest-name-missing',
      'end-before-start',
      'party-empty',
    ]);
  });

  it('offers both readings of a time that happens twice', async () => {
    const { deliver } = testIntake();
    const { problems } = await deliver(payload({ start: '2027-11-07T01:30', end: '2027-11-07T04:30' }));
    expect(problems[0]?.choices).toEqual(['2027-11-07T01:30:00-07:00', '2027-11-07T01:30:00-08:00']);
  });

  it('a change to seven guests leaves the booking as it was', async () => {
    const { deliver, bookings } = testIntake();
    await deliver(created());
    expect(await deliver(changed(2, { party_size: 7 }))).toMatchObject({ state: 'quarantined' });
    expect(await bookings.byName('market', 'xhqgmdh')).toMatchObject({ revision: 1, partySize: 4 });
  });

  it('a cancellation needs nothing but the name', async () => {
    const { deliver, bookings } = testIntake();
    await deliver(created());
    const bare = {
      ...payload({ vessel: 'albatross', start: 'never', party_size: 99 }),
      type: 'booking.cancelled',
      occurred_at: 'whenever',
    };
    expect(await deliver(bare)).toMatchObject({ state: 'recorded', outcome: { kind: 'cancelled' } });
    expect(await bookings.byName('market', 'xhqgmdh')).toMatchObject({ status: 'cancelled' });
  });

  it('a change that says it is cancelled is a cancellation', async () => {
    const { deliver } = testIntake();
    await deliver(created());
    expect(await deliver(changed(2, { status: 'cancelled' }))).toMatchObject({
      outcome: { kind: 'cancelled' },
    });
  });
});

it('takes of a message what it asks for, and nothing that somebody put beside it', async () => {
  const stored = async (...given: Parameters<typeof payload>) => {
    const { deliver, bookings } = testIntake();
    await deliver(payload(...given));
    return bookings.byName('market', 'xhqgmdh');
  };
  const more = {
    revision: 99,
    brand: 'other',
    status: 'confirmed',
    crew: ['ana'],
    recordedAt: '1999-01-01T00:00:00Z',
    forgottenAt: '1999-01-01T00:00:00Z',
    origins: { start: 'desk' },
    names: [{ source: 'desk', externalId: 'x' }],
    __internal: true,
  };
  expect(await stored(more, { role: 'owner', ...more })).toEqual(await stored());
});

describe('what times mean', () => {
  it.each([
    '2027-05-30T16:30',
    '2027-05-30T16:30:00Z',
    '2027-05-30T16:30:00+0200',
    Date.parse('2027-05-30T16:30:00Z') / 1000,
  ])('a source of dock clocks says 16:30 with %s', async start => {
    const { deliver, bookings } = testIntake();
    await deliver(payload({ start }));
    expect((await bookings.byName('market', 'xhqgmdh'))?.start).toEqual(wall('2027-05-30T16:30'));
  });
  it.each([
    '2027-05-30T23:30:00Z',
    '2027-05-31T01:30:00+0200',
    Date.parse('2027-05-30T23:30:00Z') / 1000,
    `${Date.parse('2027-05-30T23:30:00Z')}`,
  ])('a source of instants says it with %s', async start => {
    const exact = source({ id: 'market', kind: 'boatsetter', times: 'instant' });
    const { deliver, bookings } = testIntake({ sources: sources([exact]) });
    await deliver(payload({ vessel: 'heron', start, end: '2027-05-31T02:30:00Z' }));
    expect((await bookings.byName('market', 'xhqgmdh'))?.start).toEqual(wall('2027-05-30T16:30'));
  });
});
