import { describe, expect, it } from 'vitest';
import { settableClock } from '#lib/clock.ts';
import { message, minute, testFleet, testNow, wall, wholeTrip } from './booking.fixture.ts';
import type { Booking } from './booking.ts';
import { judgeBy } from './draft.ts';
import { fold } from './fold.ts';
import type { Fields } from './message.ts';

const judge = judgeBy({ fleet: testFleet, clock: settableClock(testNow) });
const accountOf = (fields: Fields) => fold([message({ at: minute(1), fields })]);
const codes = (fields: Partial<Fields>, before: Booking | null = null) => {
  const judgement = judge(accountOf({ ...wholeTrip, ...fields }), before);
  return judgement.kind === 'refused'
    ? judgement.problems.map(problem => `${problem.field}: ${problem.code}`)
    : judgement.kind;
};
const booked = (fields: Partial<Fields> = {}): Booking => {
  const judgement = judge(accountOf({ ...wholeTrip, ...fields }), null);
  if (judgement.kind !== 'accepted') throw new Error(judgement.kind);
  const { facts, brand, charterMode } = judgement;
  return { id: 'bkg_1', revision: 1, brand, charterMode, ...facts, recordedAt: testNow };
};

describe('a would-be booking', () => {
  it('is accepted with the brand and mode of its vessel', () => {
    expect(judge(accountOf(wholeTrip), null)).toMatchObject({
      kind: 'accepted',
      brand: 'blue',
      charterMode: 'time',
    });
  });

  it.each<[string, Partial<Fields>]>([
    ['vessel: vessel-unknown', { vessel: 'albatross' }],
    ['guestName: guest-name-missing', { guestName: '  ' }],
    ['guestName: guest-name-too-long', { guestName: 'x'.repeat(121) }],
    ['guestEmail: email-malformed', { guestEmail: 'carole@' }],
    ['guestEmail: email-malformed', { guestEmail: 'carole@example.org\r\nBcc: x@example.org' }],
    ['guestEmail: email-malformed', { guestEmail: '"a"@example.org' }],
    ['guestEmail: email-malformed', { guestEmail: `${'a'.repeat(250)}@example.org` }],
    ['guestPhone: phone-malformed', { guestPhone: 'call me' }],
    ['start: date-past', { start: wall('2026-05-30T16:30'), end: wall('2026-05-30T19:30') }],
    ['end: end-before-start', { end: wall('2027-05-30T16:30') }],
    ['end: end-before-start', { end: wall('2027-05-30T10:00') }],
    ['end: trip-too-long', { end: wall('2027-06-02T16:31') }],
    ['partySize: party-empty', { partySize: 0 }],
    ['partySize: party-empty', { partySize: 2.5 }],
    ['partySize: party-over-limit', { partySize: 7 }],
    ['partySize: party-over-limit', { vessel: 'tern', partySize: 5 }],
    ['partySize: party-over-limit', { vessel: 'osprey', partySize: 13 }],
    ['partySize: party-over-limit', { vessel: 'pelican', partySize: 50 }],
  ])('is refused with %s', (code, fields) => {
    expect(codes(fields)).toEqual([code]);
    const judgement = judge(accountOf({ ...wholeTrip, ...fields }), null);
    for (const { reason, cure } of judgement.kind === 'refused' ? judgement.problems : []) {
      expect(reason).not.toBe('');
      expect(cure).not.toBe('');
    }
  });

  it.each<Partial<Fields>>([
    { partySize: 1 },
    { partySize: 6 },
    { vessel: 'osprey', partySize: 12 },
    { vessel: 'pelican', partySize: 49 },
    { guestEmail: null, guestPhone: null },
    { end: wall('2027-06-02T16:30') },
    { start: wall('2027-04-01T04:00'), end: wall('2027-04-01T05:01') },
  ])('is accepted with %j', fields => {
    expect(codes(fields)).toBe('accepted');
  });

  it('names the law when a seventh passenger wants to come', () => {
    const judgement = judge(accountOf({ ...wholeTrip, partySize: 7 }), null);
    expect(judgement.kind === 'refused' && judgement.problems[0].reason).toMatch(
      /at most 6 passengers for hire.*46 U\.S\.C\. 2101/,
    );
  });

  it('is told everything that is wrong at once', () => {
    expect(
      codes({ vessel: 'albatross', guestName: '', partySize: 0, end: wall('2026-05-30T10:00') }),
    ).toEqual([
      'vessel: vessel-unknown',
      'guestName: guest-name-missing',
      'end: end-before-start',
      'start: date-past',
    ]);
  });

  it('is told what it leaves out', () => {
    const judgement = judge(accountOf({ vessel: 'heron' }), null);
    expect(judgement).toMatchObject({
      kind: 'refused',
      problems: [
        { field: 'start', code: 'field-missing' },
        { field: 'end', code: 'field-missing' },
        { field: 'guestName', code: 'guest-name-missing' },
        { field: 'partySize', code: 'field-missing' },
      ],
    });
  });
});

describe('a booking that stands', () => {
  const past = { start: wall('2027-03-20T10:00'), end: wall('2027-03-20T13:00') };
  const long = judgeBy({ fleet: testFleet, clock: settableClock('2027-03-01T00:00:00Z') });
  const sailed: Booking = { ...booked(), ...past };

  it('is not asked again about what does not change', () => {
    expect(codes({ ...past, guestPhone: '+1 619 555 0199' }, sailed)).toBe('accepted');
    expect(codes({ partySize: 7, guestPhone: '+1 619 555 0199' }, { ...booked(), partySize: 7 })).toBe(
      'accepted',
    );
    expect(long(accountOf({ ...wholeTrip, ...past }), null).kind).toBe('accepted');
  });
  it('is asked about what does', () => {
    expect(codes({ ...past, end: wall('2027-03-20T14:00') }, sailed)).toEqual(['start: date-past']);
    expect(codes({ vessel: 'tern', partySize: 6 }, { ...booked(), partySize: 6 })).toEqual([
      'partySize: party-over-limit',
    ]);
  });
  it('is asked everything again when it comes back from being off', () => {
    expect(codes(past, { ...sailed, status: 'cancelled' })).toEqual(['start: date-past']);
  });
});

describe('a cancellation', () => {
  const off = (fields: Fields) =>
    fold([message({ at: minute(1), fields }), message({ at: minute(2), kind: 'cancelled' })]);

  it('always passes', () => {
    expect(judge(off({ ...wholeTrip, partySize: 99 }), null).kind).toBe('accepted');
  });
  it('of a vessel that was sold keeps the brand the booking had', () => {
    const before = { ...booked(), brand: 'grand' };
    expect(judge(off({ ...wholeTrip, vessel: 'albatross' }), before)).toMatchObject({
      kind: 'accepted',
      brand: 'grand',
    });
  });
  it('of something nobody could show is withheld', () => {
    expect(judge(off({ ...wholeTrip, vessel: 'albatross' }), null).kind).toBe('withheld');
    expect(judge(off({}), null).kind).toBe('withheld');
  });
});
