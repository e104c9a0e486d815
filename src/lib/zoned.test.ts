import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import {
  clockOf,
  dateText,
  dayOf,
  inZone,
  isZone,
  offsetText,
  rangeText,
  resolveWall,
  shift,
  startOfDay,
  timeText,
  zoneName,
} from './zoned.ts';

const zone = 'America/Los_Angeles';
const exact = (local: string) => {
  const resolved = resolveWall(local, zone);
  if (resolved.kind !== 'exact') throw new Error(resolved.kind);
  return resolved.time;
};

describe('a wall time in a zone', () => {
  it('resolves to one instant on an ordinary day', () => {
    expect(exact('2027-05-30T15:30')).toEqual({
      local: '2027-05-30T15:30',
      zone,
      at: '2027-05-30T22:30:00Z',
    });
  });
  it('does not exist in the hour that spring skips', () => {
    expect(resolveWall('2027-03-14T02:30', zone)).toEqual({ kind: 'gap', local: '2027-03-14T02:30', zone });
  });
  it('means two instants in the hour that autumn repeats', () => {
    const resolved = resolveWall('2027-11-07T01:30', zone);
    expect(resolved.kind).toBe('ambiguous');
    if (resolved.kind !== 'ambiguous') return;
    expect([resolved.earlier.at, resolved.later.at]).toEqual([
      '2027-11-07T08:30:00Z',
      '2027-11-07T09:30:00Z',
    ]);
  });
  it('is to the minute: seconds are cut off, never rounded up', () => {
    expect(exact('2027-05-30T15:30:59')).toEqual(exact('2027-05-30T15:30'));
  });
  it('is refused when it is no date', () => {
    expect(() => resolveWall('2027-02-30T10:00', zone)).toThrow(RangeError);
    expect(() => resolveWall('tomorrow', zone)).toThrow(RangeError);
  });
});

it('a zone is a place or UTC, nothing that only abbreviates one', () => {
  expect(['America/Los_Angeles', 'UTC', 'Etc/GMT+8'].map(isZone)).toEqual([true, true, true]);
  expect(['PST', 'EST5EDT', 'Mars/Olympus', '', '+02:00'].map(isZone)).toEqual(Array(5).fill(false));
});

describe('shifting', () => {
  it('keeps the wall time over days and the elapsed time over hours', () => {
    const eve = exact('2027-03-13T15:30');
    expect(shift(eve, { days: 1 }).local).toBe('2027-03-14T15:30');
    expect(shift(eve, { hours: 24 }).local).toBe('2027-03-14T16:30');
  });
});

describe('saying it', () => {
  it('names the zone', () => {
    const start = exact('2027-05-30T15:30');
    expect(timeText(start)).toBe('15:30 PDT');
    expect(dateText(start)).toBe('Sunday 30 May 2027');
    expect(rangeText(start, shift(start, { hours: 3 }))).toBe('Sunday 30 May 2027, 15:30–18:30 PDT');
    const shortNight = inZone('2028-03-12T08:30:00Z', 'America/Los_Angeles');
    expect(rangeText(shortNight, shift(shortNight, { hours: 3 }))).toBe(
      'Sunday 12 March 2028, 00:30 PST–04:30 PDT',
    );
    expect(offsetText(start)).toBe('2027-05-30T15:30:00-07:00');
  });
  it('names both days of a trip that ends on another one, in the words of the reader', () => {
    const start = exact('2027-05-30T22:00');
    const end = shift(start, { hours: 5 });
    expect(rangeText(start, end)).toBe('Sunday 30 May 2027, 22:00 PDT – Monday 31 May 2027, 03:00 PDT');
    expect(dateText(start, 'de')).toBe('Sonntag, 30. Mai 2027');
    expect(dateText(start, 'en-US')).toBe('Sunday May 30, 2027');
    expect([dayOf(end), clockOf(end)]).toEqual(['2027-05-31', '03:00']);
  });
  it('names a zone by its offset where the language has no word for it', () => {
    expect(zoneName(inZone('2027-05-30T10:00:00Z', 'Asia/Dubai'))).toBe('GMT+4');
    expect(zoneName(exact('2027-12-30T10:00'))).toBe('PST');
  });
  it('begins a day at midnight, or where the clocks skip that', () => {
    expect(startOfDay(exact('2027-05-30T15:30')).local).toBe('2027-05-30T00:00');
    expect(startOfDay(inZone('2027-09-05T15:00:00Z', 'America/Santiago')).local).toBe('2027-09-05T01:00');
  });
  it('reads an instant by the clock on the dock', () => {
    expect(inZone(Date.parse('2027-05-30T10:00:00Z'), zone)).toEqual(inZone('2027-05-30T10:00:00Z', zone));
    expect(inZone('2027-05-30T10:00:30.250Z', zone)).toMatchObject({
      local: '2027-05-30T03:00',
      at: '2027-05-30T10:00:30Z',
    });
    expect(inZone('2027-05-30T10:00:00Z', zone).local).toBe('2027-05-30T03:00');
  });
});

describe('reckoning', () => {
  const zones = [
    'America/Los_Angeles',
    'America/Santiago',
    'Africa/Casablanca',
    'Asia/Kolkata',
    'Australia/Lord_Howe',
    'Europe/Dublin',
    'Pacific/Apia',
    'UTC',
  ];
  /** Any second of these years; half of them around the days on which most clocks are changed. */
  const instants = fc
    .tuple(
      fc.constantFrom('2007', '2011', '2027', '2061'),
      fc.boolean(),
      fc.integer({ min: 0, max: 365 * 86_400 }),
    )
    .map(([year, isNear, seconds]) => {
      const changes = ['03-08', '03-25', '04-01', '09-01', '10-01', '10-25', '11-01', '12-28'];
      const near = `${year}-${changes[seconds % changes.length]}T00:00:00Z`;
      return (
        Date.parse(isNear ? near : `${year}-01-01T00:00:00Z`) + (seconds % (isNear ? 864_000 : 31e6)) * 1000
      );
    });
  const told = (zoned: Temporal.ZonedDateTime) => ({
    local: zoned.toPlainDateTime().toString({ smallestUnit: 'minute' }),
    zone: zoned.timeZoneId,
    at: zoned.toInstant().toString({ smallestUnit: 'second' }),
  });

  it('agrees with the rules of the zone at any time of any year, changes of the clocks included', () => {
    fc.assert(
      fc.property(instants, fc.constantFrom(...zones), fc.integer({ min: -400, max: 400 }), (ms, zone, n) => {
        const exactly = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);
        const time = inZone(ms, zone);
        expect(time).toEqual(told(exactly));
        for (const span of [{ days: n }, { hours: n }, { minutes: n }])
          expect(shift(time, span)).toEqual(told(exactly.add(span)));
        expect(startOfDay(time)).toEqual(told(exactly.startOfDay()));

        const resolved = resolveWall(time.local, zone);
        const meant = Temporal.PlainDateTime.from(time.local);
        const [earlier, later] = (['earlier', 'later'] as const).map(disambiguation =>
          told(meant.toZonedDateTime(zone, { disambiguation })),
        );
        expect(resolved).toEqual(
          earlier?.at === later?.at
            ? { kind: 'exact', time: earlier }
            : { kind: 'ambiguous', earlier, later },
        );
      }),
      { numRuns: 400 },
    );
  });
});
