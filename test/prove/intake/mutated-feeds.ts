import { calendarOf, entry } from '#intake/feeds-in/feed.fixture.ts';
import { type FeedEvent, mostEvents } from '#intake/feeds-in/feed-in.ts';
import { readFeed } from '#intake/feeds-in/read-feed.ical.ts';
import type { Violation } from '../prove.ts';
import { type Dice, diceOf } from '../sim/dice.ts';
import { inSlices } from '../slices.ts';

const zone = 'America/Los_Angeles';

const bombs: readonly string[] = [
  'RRULE:FREQ=SECONDLY;UNTIL=99991231T235959Z',
  'RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30',
  'RRULE:FREQ=DAILY;COUNT=999999999;BYSECOND=0,1,2,3',
  'RDATE:20270530T233000Z',
  'DURATION:P99999999999D',
  'DTEND:99999999T999999Z',
  'EXDATE:19000101T000000Z',
  'TZID:America/Los_Angeles',
  'BEGIN:VEVENT',
  'END:VCALENDAR',
  'SUMMARY;X=":;,":a',
  `X-LONG:${'a'.repeat(5000)}`,
];

export const mutatedFeeds = inSlices({
  name: 'mutated-feeds',
  promise:
    'A calendar that was garbled or made to hurt is read entry by entry or refused: it never breaks the reader, and no entry keeps another time than stands there.',
  unit: 'calendars',
  gate: 10_000,
  full: 200_000,
  chunk: 250,
  async slice(from, to) {
    const violations: Violation[] = [];
    const figures = { read: 0, refused: 0, 'entries taken': 0, 'entries not taken': 0 };
    for (let seed = from; seed < to; seed++) {
      const text = garbled(diceOf(seed));
      try {
        const seen = readFeed(Buffer.from(text, 'latin1'), zone);
        if (seen.kind === 'unreadable') figures.refused++;
        else {
          figures.read++;
          figures['entries taken'] += seen.events.length;
          figures['entries not taken'] += seen.unread;
          const wrong = seen.events.find(event => !isSaidIn(text, event));
          if (wrong) violations.push({ seed, what: `an entry that nobody wrote: ${JSON.stringify(wrong)}` });
          if (seen.events.length > mostEvents) violations.push({ seed, what: 'too many entries' });
        }
      } catch (error) {
        violations.push({ seed, what: String(error) });
      }
    }
    return { done: to - from, figures, violations };
  },
});

/**
 * Whether an entry of the text says these times, by another way of reading than the program's: each instant is turned into
 * the clock of the zone and has to be what is written there. A length (DURATION) is not computed again.
 */
function isSaidIn(text: string, event: FeedEvent): boolean {
  const entries = text
    .replace(/\r?\n[ \t]/g, '')
    .split(/BEGIN:VEVENT/i)
    .slice(1);
  return entries.some(lines => {
    const first = (name: string) => new RegExp(`^${name}(;[^:\\r\\n]*)?:(\\S*)[ \\t]*$`, 'im').exec(lines);
    const [start, end] = [first('DTSTART'), first('DTEND')];
    const isFrom = start !== null && isWritten(start, event.from, 1);
    const isUntil = end ? isWritten(end, event.until, -1) : event.until > event.from;
    return isFrom && isUntil;
  });
}

const hour = 3_600_000;

/** `towards`: where an hour is skipped the program keeps free the one before, or the one after the end. */
function isWritten([, words = '', value = '']: RegExpExecArray, instant: string, towards: 1 | -1): boolean {
  if (value.endsWith('Z')) return value === instant.replace(/[-:]|\.000/g, '');
  // A day has no zone, and no zone of these calendars is one.
  if (value.length > 8 && /;TZID=/i.test(words)) return false;
  const wall = value.length === 8 ? `${value}T0000` : value.slice(0, 13);
  if (onWall(Date.parse(instant)) === wall) return true;
  const isSpring = wall.slice(4, 6) === '03' && wall.slice(9, 11) === '02';
  return (
    isSpring &&
    onWall(Date.parse(instant) + (towards * hour) / 2).slice(0, 11) ===
      `${wall.slice(0, 9)}0${towards > 0 ? 1 : 3}`
  );
}

const walls = new Intl.DateTimeFormat('sv-SE', {
  timeZone: zone,
  dateStyle: 'short',
  timeStyle: 'short',
});
const onWall = (ms: number) => walls.format(ms).replace(/[-:]/g, '').replace(' ', 'T');

/** A calendar that was garbled or made to hurt. */
export function garbled({ below, between, pick }: Dice): string {
  const entries = Array.from({ length: between(1, 12) }, (_, at) => {
    const day = String(between(1, 31)).padStart(2, '0');
    const start = pick([
      `202706${day}T170000Z`,
      `202706${day}T100000`,
      `;VALUE=DATE:202706${day}`,
      `;TZID=Etc/${below(99)}:202706${day}T100000`,
    ]);
    return entry(String(at), start, pick([`202707${day}T200000Z`, `;VALUE=DATE:202707${day}`, '']));
  });
  let text = calendarOf(...entries);
  for (let times = between(0, 6); times > 0; times--) {
    const at = below(text.length);
    const lines = text.split('\r\n');
    text = pick([
      () => lines.toSpliced(below(lines.length), 0, pick(bombs)).join('\r\n'),
      () => text.slice(0, at) + String.fromCharCode(below(256)) + text.slice(at + 1),
      () => text.slice(0, at) + text.slice(at + between(1, 200)),
      () => text.slice(0, at) + text.slice(Math.max(0, at - between(1, 200))),
    ])();
  }
  return text;
}
