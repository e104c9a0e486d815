import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inZone, shift } from '#lib/zoned.ts';
import { readTimes, timeFieldsOf } from './trip-times.ts';

describe('the times of a trip in a form', () => {
  it('come back as they were, also in the hour that clocks repeat', () => {
    const minutesOf2027 = fc.integer({ min: 0, max: 366 * 24 * 60 });
    const aroundNovember = fc.integer({ min: 0, max: 240 }).map(n => 311 * 24 * 60 - 240 + 8 * 60 + n * 2);
    fc.assert(
      fc.property(
        fc.oneof(minutesOf2027, aroundNovember),
        fc.integer({ min: 1, max: 3000 }),
        fc.constantFrom('America/Los_Angeles', 'Europe/Lisbon', 'Australia/Lord_Howe', 'UTC'),
        (minute, length, zone) => {
          const start = inZone(Date.UTC(2027, 0, 1) + minute * 60_000, zone);
          const end = shift(start, { minutes: length });
          expect(readTimes(timeFieldsOf({ start, end }), zone)).toEqual({ kind: 'times', start, end });
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('what a person types as times', () => {
  const typed = (date: string, start: string, more: { length?: string; which?: string } = {}) =>
    readTimes({ date, start, length: '180', which: '', ...more }, 'America/Los_Angeles');

  it('is read at the berth, with its end from the length', () => {
    expect(typed('2027-05-30', '15:30')).toMatchObject({
      kind: 'times',
      start: { at: '2027-05-30T22:30:00Z' },
      end: { local: '2027-05-30T18:30' },
    });
  });

  it('is refused in the hour that clocks skip', () => {
    const read = typed('2027-03-14', '02:30');
    expect(read).toMatchObject({
      kind: 'problems',
      problems: [{ field: 'start', code: 'time-does-not-exist' }],
    });
  });

  it('is a question in the hour that clocks repeat, and the answer settles it', () => {
    expect(typed('2027-11-07', '01:30')).toMatchObject({ kind: 'ambiguous', problems: [{ field: 'which' }] });
    expect(typed('2027-11-07', '01:30', { which: 'earlier' })).toMatchObject({
      start: { at: '2027-11-07T08:30:00Z' },
    });
    expect(typed('2027-11-07', '01:30', { which: 'later' })).toMatchObject({
      start: { at: '2027-11-07T09:30:00Z' },
    });
  });

  it.each([
    ['', '15:30', '180', 'date'],
    ['30.5.2027', '15:30', '180', 'date'],
    ['2027-05-30', '3pm', '180', 'start'],
    ['2027-05-30', '15:30', '', 'length'],
    ['2027-05-30', '15:30', '0', 'length'],
    ['2027-02-30', '15:30', '180', 'start'],
  ])('names the field that cannot be read: %s %s %s', (date, start, length, field) => {
    const read = typed(date, start, { length });
    expect(read.kind === 'problems' && read.problems.map(problem => problem.field)).toEqual([field]);
  });
});
