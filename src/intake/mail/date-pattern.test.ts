import { describe, expect, it } from 'vitest';
import { datePattern } from './date-pattern.ts';

const read = (pattern: string, text: string) => datePattern(pattern)?.read(text) ?? null;

describe('a way to write a time', () => {
  it.each([
    ['YYYY-MM-DD', '2027-05-30', '2027-05-30'],
    ['dddd, MMMM D, YYYY', 'Sunday, May 30, 2027', '2027-05-30'],
    ['ddd, MMM Do YYYY', 'Sun, May 30th 2027', '2027-05-30'],
    ['MMM Do YYYY', 'Jun 1st 2027', '2027-06-01'],
    ['MMM Do YYYY', 'Jun 22nd 2027', '2027-06-22'],
    ['MMM Do YYYY', 'Jun 23rd 2027', '2027-06-23'],
    ['D.M.YYYY', '3.6.2027', '2027-06-03'],
    ['DD/MM/YYYY', '03/06/2027', '2027-06-03'],
    ['D MMMM YYYY', '31 December 2027', '2027-12-31'],
    ['D MMMM YYYY', '29 February 2028', '2028-02-29'],
    ['D MMM YYYY', '1 Jan 2027', '2027-01-01'],
    ['HH:mm', '07:05', '07:05'],
    ['HH:mm', '23:59', '23:59'],
    ['H:mm', '7:05', '07:05'],
    ['h:mm A', '12:00 AM', '00:00'],
    ['h:mm A', '12:30 PM', '12:30'],
    ['h:mm A', '1:00 PM', '13:00'],
    ['hh:mma', '04:30pm', '16:30'],
    ['hh:mma', '04:30am', '04:30'],
    ['YYYY-MM-DD HH:mm', '2027-05-30 16:30', '2027-05-30T16:30'],
    ['[am] D.M.YYYY [um] H:mm', 'am 3.6.2027 um 16:30', '2027-06-03T16:30'],
    ['(H:mm)', '(16:30)', '16:30'],
    ['H.mm', '16.30', '16:30'],
    ['[h.m] H:mm', 'h.m 16:30', '16:30'],
  ])('%s takes “%s”', (pattern, text, iso) => {
    expect(read(pattern, text)).toEqual({ iso, zone: null });
  });

  it('knows the zone that stands beside a clock', () => {
    expect(read('h:mm A z', '4:30 PM PDT')).toEqual({ iso: '16:30', zone: 'PDT' });
    expect(read('h:mm A z', '4:30 PM Pacific')).toBeNull();
  });

  it.each([
    ['YYYY-MM-DD', '2027-02-29'],
    ['YYYY-MM-DD', '2027-13-01'],
    ['YYYY-MM-DD', '2027-00-10'],
    ['YYYY-MM-DD', '2027-05-00'],
    ['YYYY-MM-DD', '2027-05-30 '],
    ['YYYY-MM-DD', 'x2027-05-30'],
    ['D.M.YYYY', '3-6-2027'],
    ['ddd, MMM D, YYYY', 'Mon, May 30, 2027'],
    ['dddd, MMMM D, YYYY', 'Sun, May 30, 2027'],
    ['MMMM D, YYYY', 'Mai 30, 2027'],
    ['HH:mm', '24:00'],
    ['HH:mm', '12:60'],
    ['HH:mm', '7:05'],
    ['h:mm A', '0:30 AM'],
    ['h:mm A', '13:30 PM'],
    ['h:mm A', '4:30 pm'],
    ['H.mm', '16:30'],
    ['[h.m] H:mm', 'hxm 16:30'],
  ])('%s does not take “%s”', (pattern, text) => {
    expect(read(pattern, text)).toBeNull();
  });

  it.each([
    ['YYYY-MM-DD', 'day'],
    ['MMMM D, YYYY', 'day'],
    ['MMM Do YYYY', 'day'],
    ['H:mm', 'clock'],
    ['hh:mm a', 'clock'],
    ['YYYY-MM-DD H:mm', 'both'],
  ])('%s is for a %s', (pattern, holds) => {
    expect(datePattern(pattern)).toMatchObject({ holds });
  });

  it.each([
    'MMMM D',
    'MMMM YYYY',
    'D YYYY',
    'YYYY',
    'dddd',
    'h:mm',
    'hh:mm',
    'HH:mm A',
    'H:mm a',
    'HH',
    'h A',
    'mm',
    'A',
    'z',
    'YYYY-MM-DD HH',
    'YYYY-MM-DD z',
    'YYYY-MM-DD h:mm',
    'MM HH:mm',
    'dddd HH:mm',
    'YYYY-MM-DD MMMM',
    'HH:mm mm',
    'H:mm h A',
    '[YYYY-MM-DD]',
    'any time',
    '',
  ])('cannot be “%s”, which would leave something to guess', pattern => {
    expect(datePattern(pattern)).toBeNull();
  });

  it('looks the same in the middle of a text', () => {
    const fits = new RegExp(`^from (${datePattern('MMM D, YYYY [at] h:mm A')?.fits}) on$`);
    expect(fits.exec('from May 30, 2027 at 4:30 PM on')?.[1]).toBe('May 30, 2027 at 4:30 PM');
    expect(fits.test('from May 30, 2027 or 4:30 PM on')).toBe(false);
  });
});
