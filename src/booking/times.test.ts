import { describe, expect, it } from 'vitest';
import { readInstant, readTime, type TimesMean, timeProblem } from './times.ts';

const zone = 'America/Los_Angeles';
const read = (value: unknown, mean: TimesMean) => {
  const reading = readTime(value, mean, zone);
  return reading.kind === 'exact' ? reading.time.local : reading.kind;
};
/** 2027-05-30 at 16:30 in San Diego, as an instant. */
const epoch = Date.parse('2027-05-30T23:30:00Z');
/** The same clock as if it stood in UTC. */
const clockAsEpoch = Date.parse('2027-05-30T16:30:00Z');

describe("a source that means the dock's clock", () => {
  it.each([
    '2027-05-30T16:30',
    '2027-05-30 16:30',
    '2027-05-30T16:30:59',
    '2027-05-30T16:30:00.000',
    '2027-05-30T16:30:00Z',
    '2027-05-30T16:30:00+02:00',
    '2027-05-30T16:30:00+0200',
    '2027-05-30T16:30:00-07',
    clockAsEpoch,
    clockAsEpoch / 1000,
    String(clockAsEpoch),
    String(clockAsEpoch / 1000),
  ])('says 16:30 with %s', value => {
    expect(read(value, 'local')).toBe('2027-05-30T16:30');
  });
});

describe('a source that means instants', () => {
  it.each([
    '2027-05-30T23:30:00Z',
    '2027-05-30T23:30:00z',
    '2027-05-31T01:30:00+02:00',
    '2027-05-31T01:30:00+0200',
    '2027-05-31T01:30+02',
    '2027-05-30T16:30:00-07:00',
    epoch,
    epoch / 1000,
    String(epoch),
    String(epoch / 1000),
    epoch + 59_999,
  ])('says 16:30 with %s', value => {
    expect(read(value, 'instant')).toBe('2027-05-30T16:30');
  });
  it('has said nothing with a time that has no offset', () => {
    expect(read('2027-05-30T16:30', 'instant')).toBe('unreadable');
  });
  it('can name each of the two 01:30s of autumn', () => {
    expect(readTime('2027-11-07T08:30:00Z', 'instant', zone)).toMatchObject({
      time: { local: '2027-11-07T01:30' },
    });
    expect(readTime('2027-11-07T09:30:00Z', 'instant', zone)).toMatchObject({
      time: { local: '2027-11-07T01:30', at: '2027-11-07T09:30:00Z' },
    });
  });
});

describe('a person', () => {
  it("types the dock's clock, or an instant with its offset", () => {
    expect(read('2027-05-30T16:30', 'as-written')).toBe('2027-05-30T16:30');
    expect(read('2027-05-31T01:30+02:00', 'as-written')).toBe('2027-05-30T16:30');
  });
});

describe('what no time can be read from', () => {
  it.each([
    '',
    'tomorrow',
    '2027-05-30',
    '16:30',
    '2027-02-30T10:00',
    '2027-05-30T24:00',
    '2027-05-30T16:60',
    '30/05/2027 16:30',
    '2027-5-30T16:30',
    '2027-05-30T16:30+2',
    '12345',
    -1,
    1e15,
    Number.NaN,
    null,
    undefined,
    {},
    [],
    true,
  ])('is %j', value => {
    for (const mean of ['local', 'instant', 'as-written'] as const)
      expect(read(value, mean)).toBe('unreadable');
  });
});

describe('the hours the clocks skip and repeat', () => {
  it.each(['local', 'as-written'] as const)('are left to a person (%s)', mean => {
    expect(read('2027-03-14T02:30', mean)).toBe('gap');
    expect(read('2027-11-07T01:30', mean)).toBe('ambiguous');
  });
  it('are explained, with both readings offered', () => {
    const problem = (value: string) => {
      const reading = readTime(value, 'local', zone);
      if (reading.kind === 'exact') throw new Error('exact');
      return timeProblem('start', value, reading, zone);
    };
    expect(problem('2027-03-14T02:30')).toMatchObject({ code: 'time-does-not-exist', field: 'start' });
    expect(problem('2027-11-07T01:30')).toMatchObject({
      code: 'time-ambiguous',
      cure: expect.stringContaining(
        '2027-11-07T01:30:00-07:00 (01:30 PDT) or 2027-11-07T01:30:00-08:00 (01:30 PST)',
      ),
      choices: ['2027-11-07T01:30:00-07:00', '2027-11-07T01:30:00-08:00'],
    });
    expect(problem('soon')).toMatchObject({ code: 'time-unreadable' });
  });
});

describe('when something happened', () => {
  it.each([
    ['2027-04-12T18:04:11Z', Date.parse('2027-04-12T18:04:11Z')],
    ['2027-04-12T18:04:11.250Z', Date.parse('2027-04-12T18:04:11.250Z')],
    ['2027-04-12T20:04:11.25+0200', Date.parse('2027-04-12T18:04:11.250Z')],
    [1807466651, 1807466651000],
    ['1807466651000', 1807466651000],
    ['2027-04-12T18:04:11', null],
    ['yesterday', null],
    [null, null],
    [-5, null],
  ])('%j is read as %j', (value, ms) => {
    expect(readInstant(value)).toBe(ms);
  });
});
