import { expect, it } from 'vitest';
import type { Booking } from '#booking/booking.ts';
import { inZone, shift } from '#lib/zoned.ts';
import { type Retention, stillHolds, timeline } from './timeline.ts';

const retention: Retention = { uploadDaysBefore: 7, uploadDaysAfter: 30, purgeAfterDays: 365 };
const starting = (at: string, status: Booking['status'] = 'confirmed') => {
  const start = inZone(at, 'America/Los_Angeles');
  return { id: 'bkg_a', status, start, end: shift(start, { hours: 3 }) } as unknown as Booking;
};

it('reminds a week and a day before at the wall time of the trip, whatever the clocks do in between', () => {
  // Clocks go forward on 14 March 2027.
  const dues = timeline(starting('2027-03-16T22:30:00Z'), retention, Date.parse('2027-01-01T00:00:00Z'));
  const at = Object.fromEntries(dues.map(due => [due.kind, inZone(due.dueAt, 'America/Los_Angeles').local]));
  expect(at).toMatchObject({
    'remind guest a week before': '2027-03-09T15:30',
    'remind guest the day before': '2027-03-15T15:30',
    'remind crew the day before': '2027-03-15T15:30',
  });
});

it('tells the way at seven on the dock, or two hours before an early trip, whatever the clocks do that night', () => {
  const told = (at: string) =>
    timeline(starting(at), retention, Date.parse('2027-01-01T00:00:00Z'))
      .filter(({ kind }) => kind === 'guide guest on the day')
      .map(({ dueAt }) => inZone(dueAt, 'America/Los_Angeles').local);
  expect(told('2027-05-30T22:30:00Z')).toEqual(['2027-05-30T07:00']);
  expect(told('2027-03-14T22:30:00Z')).toEqual(['2027-03-14T07:00']);
  expect(told('2027-11-07T22:30:00Z')).toEqual(['2027-11-07T07:00']);
  expect(told('2027-05-30T15:30:00Z')).toEqual(['2027-05-30T06:30']);
});

it('leaves out what has passed already', () => {
  const kinds = timeline(starting('2027-03-16T22:30:00Z'), retention, Date.parse('2027-03-14T00:00:00Z')).map(
    due => due.kind,
  );
  expect(kinds).not.toContain('remind guest a week before');
  expect(kinds).toContain('remind guest the day before');
});

it('keeps only the purge for a cancelled booking', () => {
  const dues = timeline(
    starting('2027-03-16T22:30:00Z', 'cancelled'),
    retention,
    Date.parse('2027-01-01T00:00:00Z'),
  );
  expect(dues.map(due => due.kind)).toEqual(['purge']);
});

it('keeps a reminder that is only late, and leaves out one for a time that is no more', () => {
  const late = Date.parse('2027-03-10T00:00:00Z');
  const before = timeline(starting('2027-03-16T22:30:00Z'), retention, Date.parse('2027-01-01T00:00:00Z'));
  const kinds = (start: string) => timeline(starting(start), retention, late, before).map(({ kind }) => kind);
  expect(kinds('2027-03-16T22:30:00Z')).toContain('remind guest a week before');
  expect(kinds('2027-03-16T21:30:00Z')).not.toContain('remind guest a week before');
});

it('tells nobody that it is a week to go, or tomorrow, when it no longer is', () => {
  const { start } = starting('2027-05-30T23:30:00Z');
  const holds = (kind: Parameters<typeof stillHolds>[0], at: string) =>
    stillHolds(kind, start, Date.parse(at));
  expect(holds('remind guest a week before', '2027-05-25T23:29:00Z')).toBe(true);
  expect(holds('remind guest a week before', '2027-05-25T23:30:00Z')).toBe(false);
  // Midnight on the dock.
  expect(holds('remind guest the day before', '2027-05-30T06:59:00Z')).toBe(true);
  expect(holds('remind guest the day before', '2027-05-30T07:00:00Z')).toBe(false);
  expect(holds('guide guest on the day', '2027-05-30T23:29:00Z')).toBe(true);
  expect(holds('remind crew the day before', '2027-05-30T23:30:00Z')).toBe(false);
  expect(holds('thank guest', '2027-06-30T00:00:00Z')).toBe(true);
});
