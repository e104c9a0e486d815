import type { Reader } from '#platform/sqlite.ts';
import { findBooking } from './booking-rows.sqlite.ts';
import type { BookingFilter } from './booking-store.ts';
import { words } from './search-words.ts';

/** A filter as further conditions on `bookings`, each beginning with AND. */
export function conditions(from: Reader, filter: BookingFilter): { where: string; values: string[] } {
  const parts: Condition[] = [];
  if (filter.from !== undefined) parts.push(['startAt >= ?', filter.from]);
  if (filter.to !== undefined) parts.push(['startAt < ?', filter.to]);
  if (filter.status !== undefined) parts.push(['status = ?', filter.status]);
  if (filter.vessel !== undefined) parts.push(['vessel = ?', filter.vessel]);
  parts.push(...wordConditions(from, words(filter.text ?? '')));
  const last = filter.after === undefined ? null : findBooking(from, filter.after);
  if (last) parts.push([`(startAt, id) ${filter.latestFirst ? '<' : '>'} (?, ?)`, last.start.at, last.id]);
  return {
    where: parts.map(([sql]) => ` AND ${sql}`).join(''),
    values: parts.flatMap(([, ...values]) => values),
  };
}

type Condition = [sql: string, ...values: string[]];

/** Above so many hits a word is no help: the list is full sooner by going along the bookings themselves. */
const rareWord = 1_000;

/** Looks the longest word up in the index, if it is rare, and every other one in the booking's own words. */
function wordConditions(from: Reader, sought: readonly string[]): Condition[] {
  const [longest, ...others] = sought.toSorted((a, b) => b.length - a.length);
  if (longest === undefined) return [];
  const range = [longest, `${longest}\u{10ffff}`] as const;
  const hits = from.get<{ n: number }>(
    `SELECT count(*) AS n FROM (SELECT 1 FROM booking_words WHERE word >= ? AND word < ? LIMIT ${rareWord + 1})`,
    ...range,
  );
  const among = (word: string): Condition => [`instr(' ' || words, ?) > 0`, ` ${word}`];
  return (hits?.n ?? 0) > rareWord
    ? sought.map(among)
    : [
        ['id IN (SELECT booking FROM booking_words WHERE word >= ? AND word < ?)', ...range],
        ...others.map(among),
      ];
}
