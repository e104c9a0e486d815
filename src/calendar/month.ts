import { addDays, type EntryFacts, lastDay } from './calendar-entry.ts';

/**
 * A month as the desk hangs it on the wall: whole weeks, each day with what happens on it. They begin on Monday,
 * so that Saturday and Sunday, when most charters sail, stand side by side.
 */
export type Month<E> = {
  /** `2027-05`. */
  readonly month: string;
  readonly previous: string;
  readonly next: string;
  /** First and last day shown, for asking the store. */
  readonly from: string;
  readonly to: string;
  readonly weeks: readonly (readonly Day<E>[])[];
};

export type Day<E> = {
  /** `2027-05-30`. */
  readonly date: string;
  readonly isInMonth: boolean;
  readonly isToday: boolean;
  /** Whole days first, then by start. */
  readonly entries: readonly E[];
};

/** The month of an address (`2027-05`), or the one that a local day (`2027-05-30`) lies in. */
export const monthOr = (text: string | undefined, day: string): string =>
  text !== undefined && /^[12]\d{3}-(0[1-9]|1[0-2])$/.test(text) ? text : day.slice(0, 7);

/** `May 2027`. */
export const monthText = (month: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', month: 'long', year: 'numeric' }).format(
    Date.parse(`${month}-01T00:00Z`),
  );

/** `May`, where the year goes without saying. */
export const monthName = (month: string): string => monthText(month).replace(/ \d+$/, '');

type Shown = Pick<EntryFacts, 'date' | 'start' | 'end'>;

/**
 * Lays entries out on the days of a month (`2027-05`) each on its own local day, by the clock that is shown
 * with it; what goes past midnight stands on both days. `today` is a local day of the house.
 */
export function monthGrid<E extends Shown>(month: string, entries: readonly E[], today: string): Month<E> {
  const { previous, next, from, to } = monthBounds(month);
  const byDay = new Map<string, E[]>();
  for (const entry of [...entries].sort(inOrder)) {
    const [first, last] = [entry.date, lastDay(entry)];
    for (let day = first < from ? from : first; day <= last && day <= to; day = addDays(day, 1)) {
      byDay.set(day, [...(byDay.get(day) ?? []), entry]);
    }
  }
  const weeks: Day<E>[][] = [];
  for (let monday = from; monday <= to; monday = addDays(monday, 7)) {
    weeks.push(
      [0, 1, 2, 3, 4, 5, 6].map(offset => {
        const date = addDays(monday, offset);
        const isInMonth = date.startsWith(month);
        return { date, isInMonth, isToday: date === today, entries: byDay.get(date) ?? [] };
      }),
    );
  }
  return { month, previous, next, from, to, weeks };
}

/** What a month's page shows: its neighbours, and the Monday and Sunday it begins and ends with. */
export function monthBounds(month: string): Pick<Month<never>, 'previous' | 'next' | 'from' | 'to'> {
  const first = `${month}-01`;
  const next = addDays(first, 31).slice(0, 7);
  const last = addDays(`${next}-01`, -1);
  return {
    previous: addDays(first, -1).slice(0, 7),
    next,
    from: addDays(first, -daysSinceMonday(first)),
    to: addDays(last, 6 - daysSinceMonday(last)),
  };
}

const daysSinceMonday = (day: string) => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;

const inOrder = (a: Shown, b: Shown) => {
  const [first, second] = [a.start?.at ?? a.date, b.start?.at ?? b.date];
  return (
    Number(a.start !== null) - Number(b.start !== null) || (first < second ? -1 : first > second ? 1 : 0)
  );
};
