import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wall } from '#booking/booking.fixture.ts';
import { daysBetween } from './calendar-entry.ts';
import { monthGrid, monthName, monthOr, monthText } from './month.ts';

const zone = 'America/Los_Angeles';
const at = (title: string, start: string, end: string, of = zone) => ({
  title,
  date: start.slice(0, 10),
  start: wall(start, of),
  end: wall(end, of),
});
const wholeDay = (title: string, date: string) => ({ title, date, start: null, end: null });

describe('a month on the wall', () => {
  it('begins each week on Monday and shows whole weeks', () => {
    const { weeks, previous, next, from, to } = monthGrid('2027-05', [], '2027-05-30');
    expect([previous, next, from, to]).toEqual(['2027-04', '2027-06', '2027-04-26', '2027-06-06']);
    expect(weeks).toHaveLength(6);
    expect(weeks[0]?.map(day => [day.date.slice(8), day.isInMonth])).toEqual([
      ['26', false],
      ['27', false],
      ['28', false],
      ['29', false],
      ['30', false],
      ['01', true],
      ['02', true],
    ]);
    expect(
      weeks
        .flat()
        .filter(day => day.isToday)
        .map(day => day.date),
    ).toEqual(['2027-05-30']);
  });

  it('has every day of any month once, in order, seven to a week', () => {
    const months = fc.tuple(fc.integer({ min: 1970, max: 2199 }), fc.integer({ min: 1, max: 12 }));
    fc.assert(
      fc.property(months, ([year, number]) => {
        const month = `${year}-${String(number).padStart(2, '0')}`;
        const days = monthGrid(month, [], '').weeks.flat();
        expect(days.length % 7).toBe(0);
        expect(days.length).toBeLessThanOrEqual(42);
        const dates = days.map(day => day.date);
        for (const [index, date] of dates.entries()) expect(daysBetween(dates[0] ?? '', date)).toBe(index);
        const inside = days.filter(day => day.isInMonth);
        expect(inside[0]?.date).toBe(`${month}-01`);
        expect(inside).toHaveLength(new Date(Date.UTC(year, number, 0)).getUTCDate());
        expect(new Date(`${dates[0]}T00:00Z`).getUTCDay()).toBe(1);
      }),
    );
  });

  it('puts entries on their own local days, by the clock shown with them, whole days first', () => {
    const entries = [
      at('sunset', '2027-05-30T16:30', '2027-05-30T19:30'),
      at('morning', '2027-05-30T09:00', '2027-05-30T12:00'),
      at('in New York', '2027-05-31T01:00', '2027-05-31T02:00', 'America/New_York'),
      wholeDay('haul-out', '2027-05-30'),
      at('past midnight', '2027-05-30T22:00', '2027-05-31T01:00'),
      at('till midnight', '2027-05-31T22:00', '2027-06-01T00:00'),
      at('long ago', '2027-01-01T10:00', '2027-01-01T12:00'),
    ];
    const days = monthGrid('2027-05', entries, '').weeks.flat();
    const on = (date: string) => days.find(day => day.date === date)?.entries.map(entry => entry.title);
    expect(on('2027-05-30')).toEqual(['haul-out', 'morning', 'sunset', 'past midnight']);
    expect(on('2027-05-31')).toEqual(['in New York', 'past midnight', 'till midnight']);
    expect(on('2027-06-01')).toEqual([]);
  });

  it('has a name, and is the one of today where an address names none', () => {
    expect([monthText('2027-05'), monthName('2027-05')]).toEqual(['May 2027', 'May']);
    expect([monthOr('2027-13', '2027-04-01'), monthOr('2027-12', '2027-04-01')]).toEqual([
      '2027-04',
      '2027-12',
    ]);
  });
});
