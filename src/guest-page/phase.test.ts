import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { epochOf, inZone, shift } from '#lib/zoned.ts';
import { at } from './guest-page.fixture.ts';
import { phaseAt, phases, phaseTimetable, uploadWindow } from './phase.ts';

const days = { uploadDaysBefore: 0, uploadDaysAfter: 7 };

describe.each([
  ['an ordinary week', at('2027-05-30T15:30'), at('2027-05-30T18:30')],
  ['a week in which clocks go forward', at('2027-03-16T15:30'), at('2027-03-16T18:30')],
  ['the day on which clocks go forward', at('2027-03-14T09:00'), at('2027-03-14T12:00')],
  ['the day on which clocks go back', at('2027-11-07T09:00'), at('2027-11-07T12:00')],
  ['several days', at('2027-11-05T09:00'), at('2027-11-09T17:00')],
])('the phases over %s', (_, start, end) => {
  const trip = { start, end };
  const phaseOn = (epochMs: number) => phaseAt(trip, days, epochMs);
  const startsAt = (local: string) => epochOf(at(local));

  it('turn at the clock on the dock, to the millisecond', () => {
    const day = start.local.slice(0, 10);
    const turns: [number, string, string][] = [
      [epochOf(shift(start, { days: -7 })), 'booked', 'prepare'],
      [startsAt(`${day}T00:00`), 'prepare', 'day-of'],
      [epochOf(start), 'day-of', 'aboard'],
      [epochOf(end), 'aboard', 'after'],
      [epochOf(shift(end, { days: 7 })), 'after', 'archived'],
    ];
    for (const [turn, before, after] of turns) {
      expect([phaseOn(turn - 1), phaseOn(turn)]).toEqual([before, after]);
    }
  });
});

it('keep the wall time a week ahead across a change of clocks', () => {
  const [, prepare, dayOf] = phaseTimetable(
    { start: at('2027-03-16T15:30'), end: at('2027-03-16T18:30') },
    days,
  );
  expect(prepare?.from?.local).toBe('2027-03-09T15:30');
  expect(dayOf?.from?.local).toBe('2027-03-16T00:00');
});

it('begin the day where clocks skip midnight', () => {
  const start = at('2027-09-05T10:00', 'America/Santiago');
  const [, , dayOf] = phaseTimetable({ start, end: shift(start, { hours: 3 }) }, days);
  expect(dayOf?.from?.local).toBe('2027-09-05T01:00');
});

it('only ever go forward', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1_800_000_000, max: 1_900_000_000 }),
      fc.integer({ min: 30, max: 60 * 24 * 10 }),
      fc.integer({ min: 0, max: 30 }),
      fc.constantFrom(
        'America/Los_Angeles',
        'Australia/Lord_Howe',
        'America/Santiago',
        'UTC',
        'Pacific/Apia',
      ),
      (startS, minutes, uploadDaysAfter, zone) => {
        const start = inZone(startS * 1000, zone);
        const table = phaseTimetable(
          { start, end: shift(start, { minutes }) },
          { uploadDaysBefore: 0, uploadDaysAfter },
        );
        expect(table.map(({ phase }) => phase)).toEqual(phases);
        const starts = table.map(({ from }) => (from ? epochOf(from) : -Infinity));
        expect(starts).toEqual([...starts].sort((a, b) => a - b));
      },
    ),
  );
});

it('leave photos open from the day named before the start to the day named after the end', () => {
  const trip = { start: at('2027-05-30T15:30'), end: at('2027-05-31T10:00') };
  const { opens, closes } = uploadWindow(trip, { uploadDaysBefore: 1, uploadDaysAfter: 7 });
  expect([opens.local, closes.local]).toEqual(['2027-05-29T15:30', '2027-06-07T10:00']);
});
