import { literal } from '#lib/literal.ts';

/** A way to write a day, a clock or both, with names of months and days in English. */
export type DatePattern = {
  readonly holds: 'day' | 'clock' | 'both';
  /** What such a text looks like, as the inside of a regular expression without groups. */
  readonly fits: string;
  /** ISO form: `2027-05-30`, `15:30`, `2027-05-30T15:30`. Null for no such day or hour, or another day of the week. */
  read(text: string): { iso: string; zone: string | null } | null;
};

const months = 'January February March April May June July August September October November December'.split(
  ' ',
);
const days = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');
const short = (names: readonly string[]) => names.map(name => name.slice(0, 3));

const tokens: Readonly<Record<string, string>> = {
  YYYY: '\\d{4}',
  MMMM: months.join('|'),
  MMM: short(months).join('|'),
  MM: '\\d{2}',
  M: '\\d{1,2}',
  DD: '\\d{2}',
  Do: '\\d{1,2}(?:st|nd|rd|th)',
  D: '\\d{1,2}',
  dddd: days.join('|'),
  ddd: short(days).join('|'),
  HH: '\\d{2}',
  H: '\\d{1,2}',
  hh: '\\d{2}',
  h: '\\d{1,2}',
  mm: '\\d{2}',
  A: 'AM|PM',
  a: 'am|pm',
  z: '[A-Z]{2,5}',
};
const token = /\[[^\]]*\]|YYYY|MMMM|MMM|MM|M|DD|Do|D|dddd|ddd|HH|H|hh|h|mm|A|a|z/g;

/**
 * Reads a pattern such as `dddd, MMMM D, YYYY` or `h:mm A z`; words stand in brackets. Null for one that does not say
 * all of what it is about: a day without its year would have to be guessed, and so would an hour without AM or PM.
 */
export function datePattern(written: string): DatePattern | null {
  const names = (written.match(token) ?? []).filter(name => !name.startsWith('['));
  if (new Set(names.map(partOf)).size !== names.length) return null;
  const has = (...any: string[]) => any.some(name => names.includes(name));
  const isDay = has('YYYY') && has('MMMM', 'MMM', 'MM', 'M') && has('DD', 'D', 'Do');
  const isClock = has('mm') && (has('HH', 'H') ? !has('A', 'a') : has('hh', 'h') && has('A', 'a'));
  const isPartly =
    (isDay ? 0 : names.filter(name => /[YMDd]/.test(name)).length) +
    (isClock ? 0 : names.filter(name => /[HhmAaz]/.test(name)).length);
  if (isPartly > 0 || (!isDay && !isClock)) return null;

  const piece = (as: (name: string) => string) => {
    let at = 0;
    let text = '';
    for (const match of written.matchAll(token)) {
      text += literal(written.slice(at, match.index));
      text += match[0].startsWith('[') ? literal(match[0].slice(1, -1)) : as(match[0]);
      at = match.index + match[0].length;
    }
    return text + literal(written.slice(at));
  };
  const exact = new RegExp(`^${piece(name => `(?<${partOf(name)}>${tokens[name]})`)}$`, 'u');
  return {
    holds: isDay && isClock ? 'both' : isDay ? 'day' : 'clock',
    fits: piece(name => `(?:${tokens[name]})`),
    read(text) {
      const groups = exact.exec(text)?.groups;
      if (!groups) return null;
      const day = isDay ? isoDay(groups) : '';
      const clock = isClock ? isoClock(groups) : '';
      if (day === null || clock === null) return null;
      return { iso: [day, clock].filter(part => part !== '').join('T'), zone: groups.zone ?? null };
    },
  };
}

const partOf = (name: string): string =>
  name.startsWith('Y')
    ? 'year'
    : name.startsWith('M')
      ? 'month'
      : name.startsWith('D')
        ? 'day'
        : name.startsWith('d')
          ? 'weekday'
          : /^h/i.test(name)
            ? 'hour'
            : name === 'mm'
              ? 'minute'
              : name === 'z'
                ? 'zone'
                : 'half';

type Groups = Readonly<Record<string, string | undefined>>;

function isoDay({ year = '', month = '', day = '', weekday }: Groups): string | null {
  const number = /\d/.test(month) ? Number(month) : short(months).indexOf(month.slice(0, 3)) + 1;
  const date = Number.parseInt(day, 10);
  const at = new Date(Date.UTC(Number(year), number - 1, date));
  if (at.getUTCMonth() !== number - 1) return null;
  // A wrong day of the week means that the date or the way it is read is wrong.
  if (weekday && days[at.getUTCDay()]?.slice(0, 3) !== weekday.slice(0, 3)) return null;
  return `${year}-${String(number).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
}

function isoClock({ hour = '', minute = '', half }: Groups): string | null {
  const given = Number(hour);
  if (Number(minute) > 59 || (half ? given < 1 || given > 12 : given > 23)) return null;
  const full = half ? (given % 12) + (half.toLowerCase() === 'pm' ? 12 : 0) : given;
  return `${String(full).padStart(2, '0')}:${minute}`;
}
