import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, it } from 'vitest';
import { steadyMidnight, steadyOffsetText, steadyShift, steadyTime, steadyWall } from './steady-clocks.ts';

const zone = fc.constantFrom(
  'America/Los_Angeles',
  'america/los_angeles',
  'Europe/Lisbon',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Africa/Casablanca',
  'Asia/Kathmandu',
  'Africa/Monrovia',
  'Antarctica/Troll',
  'Etc/GMT+8',
  'UTC',
);
const somewhen = fc.integer({ min: 0, max: Date.UTC(2090, 0, 1) });
/** Near the days on which clocks are changed, too. */
const instant = fc.oneof(
  somewhen,
  fc
    .tuple(
      fc.constantFrom('2027-03-14T10:00Z', '2027-11-07T09:00Z', '2027-03-28T01:00Z', '2011-12-30T10:00Z'),
      fc.integer({ min: -4 * 86_400_000, max: 4 * 86_400_000 }),
    )
    .map(([at, by]) => Date.parse(at) + by),
);
const stored = (time: Temporal.ZonedDateTime) => ({
  local: time.toPlainDateTime().toString({ smallestUnit: 'minute' }),
  zone: time.timeZoneId,
  at: time.toInstant().toString({ smallestUnit: 'second' }),
});
/** What is not null says what Temporal says. */
const agrees = <T>(fast: T | null, exact: () => T) => fast === null || expect(fast).toEqual(exact());

it('says of a time what Temporal says of it, or leaves it to Temporal', () => {
  const days = fc.integer({ min: -400, max: 400 });
  const minutes = fc.integer({ min: -100_000, max: 100_000 });
  fc.assert(
    fc.property(instant, zone, days, minutes, (epochMs, name, someDays, someMinutes) => {
      const exact = Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(name);
      const time = stored(exact);
      const toTheSecond = Temporal.Instant.from(time.at).toZonedDateTimeISO(name);
      agrees(steadyTime(epochMs, name), () => time);
      agrees(steadyTime(exact.toInstant().toString(), name), () => time);
      agrees(steadyMidnight(time), () => stored(toTheSecond.startOfDay()));
      agrees(steadyShift(time, { days: someDays }), () => stored(toTheSecond.add({ days: someDays })));
      agrees(steadyShift(time, { minutes: someMinutes }), () =>
        stored(toTheSecond.add({ minutes: someMinutes })),
      );
      agrees(steadyOffsetText(time), () =>
        toTheSecond.toString({ timeZoneName: 'never', smallestUnit: 'second' }),
      );
      const wall = Temporal.PlainDateTime.from(time.local);
      agrees(steadyWall(time.local, name), () =>
        stored(wall.toZonedDateTime(name, { disambiguation: 'reject' })),
      );
    }),
    { numRuns: 2_000 },
  );
});

it('answers by itself on ordinary days, and never where clocks are changed or what is asked is no time', () => {
  expect(steadyWall('2027-05-30T15:30', 'America/Los_Angeles')?.at).toBe('2027-05-30T22:30:00Z');
  expect(steadyTime('2027-05-30T22:30:00.000Z', 'America/Los_Angeles')?.local).toBe('2027-05-30T15:30');
  expect(steadyWall('2027-03-14T15:30', 'America/Los_Angeles')).toBeNull();
  expect(steadyWall('2027-02-30T15:30', 'America/Los_Angeles')).toBeNull();
  expect(steadyWall('2027-05-30T15:30:10', 'America/Los_Angeles')).toBeNull();
  expect(steadyTime('2027-05-30T15:30:00-07:00', 'America/Los_Angeles')).toBeNull();
  expect(steadyTime(Number.NaN, 'America/Los_Angeles')).toBeNull();
  expect(() => steadyTime(1.8e12, 'Mars/Olympus')).toThrow(RangeError);
});
