import { addDays } from '#calendar/calendar-entry.ts';

/** A month of the calendar: `2027-05`. */
export type Month = string;

/** The month of an address, or the one that a local day (`2027-05-30`) lies in. */
export const monthOr = (text: string | undefined, day: string): Month =>
  text !== undefined && /^[12]\d{3}-(0[1-9]|1[0-2])$/.test(text) ? text : day.slice(0, 7);

export function monthAfter(month: Month, by: 1 | -1): Month {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 7);
}

/** `May 2027`. */
export const monthText = (month: Month): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', month: 'long', year: 'numeric' }).format(
    Date.parse(`${month}-01T00:00Z`),
  );

/** `May`, where the year goes without saying. */
export const monthName = (month: Month): string => monthText(month).replace(/ \d+$/, '');

/** The month as whole weeks from Sunday to Saturday: local days, those of the neighbouring months included. */
export function weeksOf(month: Month): readonly (readonly string[])[] {
  const first = Date.parse(`${month}-01T00:00Z`);
  const day = (offset: number) => addDays(`${month}-01`, offset);
  const lead = new Date(first).getUTCDay();
  const weeks = Array.from({ length: 6 }, (_, week) =>
    Array.from({ length: 7 }, (_, weekday) => day(week * 7 + weekday - lead)),
  );
  return weeks.filter(week => week.some(date => date.startsWith(month)));
}
