import { calendarOf, entry } from '#intake/feeds-in/feed.fixture.ts';
import { mostEvents } from '#intake/feeds-in/feed-in.ts';
import { readFeed } from '#intake/feeds-in/read-feed.ical.ts';
import type { Violation } from '../prove.ts';
import { type Dice, diceOf } from '../sim/dice.ts';
import { inSlices } from '../slices.ts';

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
    'A calendar that was garbled or made to hurt is read entry by entry or refused: it never breaks the reader.',
  unit: 'calendars',
  gate: 10_000,
  full: 200_000,
  chunk: 250,
  async slice(from, to) {
    const violations: Violation[] = [];
    const figures = { read: 0, refused: 0, 'entries not taken': 0 };
    for (let seed = from; seed < to; seed++) {
      const text = garbled(diceOf(seed));
      try {
        const seen = readFeed(Buffer.from(text, 'latin1'), 'America/Los_Angeles');
        if (seen.kind === 'unreadable') figures.refused++;
        else {
          figures.read++;
          figures['entries not taken'] += seen.unread;
          const isWhole = seen.events.every(
            ({ from: begins, until }) =>
              new Date(begins).toISOString() === begins && Date.parse(until) > Date.parse(begins),
          );
          if (!isWhole || seen.events.length > mostEvents)
            violations.push({ seed, what: 'an entry without a time' });
        }
      } catch (error) {
        violations.push({ seed, what: String(error) });
      }
    }
    return { done: to - from, figures, violations };
  },
});

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
