import { describe, expect, it } from 'vitest';
import { calendarOf, entry } from './feed.fixture.ts';
import { mostEvents } from './feed-in.ts';
import { readFeed } from './read-feed.ical.ts';

const zone = 'America/Los_Angeles';
const read = (text: string) => readFeed(Buffer.from(text), zone);
const only = (text: string) => {
  const seen = read(text);
  return seen.kind === 'read' ? { ...seen.events[0], unread: seen.unread, count: seen.events.length } : seen;
};
const trip = { from: '2027-05-30T23:30:00.000Z', until: '2027-05-31T02:30:00.000Z' };

describe('an entry', () => {
  it.each<[string, string[]]>([
    ['in UTC', entry('a', '20270530T233000Z', '20270531T023000Z')],
    ['on the clock of the berth', entry('a', '20270530T163000', '20270530T193000')],
    [
      'with a zone',
      entry('a', ';TZID=America/New_York:20270530T193000', ';TZID=America/New_York:20270530T223000'),
    ],
    [
      'with a zone of Windows',
      entry(
        'a',
        ';TZID=Pacific Standard Time:20270530T163000',
        ';TZID=Pacific Standard Time:20270530T193000',
      ),
    ],
    [
      'with a zone behind a path',
      entry(
        'a',
        ';TZID=/freeassociation.sourceforge.net/America/Los_Angeles:20270530T163000',
        ';TZID=/x.example/America/Los_Angeles:20270530T193000',
      ),
    ],
    ['with a duration', entry('a', '20270530T233000Z', '', { DTEND: null, DURATION: 'PT3H' })],
    [
      'that ends before it starts in the text',
      [
        'BEGIN:VEVENT',
        'DTEND:20270531T023000Z',
        'SUMMARY:Reserved',
        'DTSTART:20270530T233000Z',
        'END:VEVENT',
      ],
    ],
    ['with folded lines', entry('a', '20270530T2330\r\n 00Z', '20270531T023000Z')],
  ])('%s says when', (_what, lines) => {
    expect(only(calendarOf(lines))).toMatchObject({ ...trip, days: null, kind: 'reserved', unread: 0 });
  });

  it('in a zone the calendar brings along is read by it', () => {
    const own = [
      'BEGIN:VTIMEZONE',
      'TZID:Boat time',
      'BEGIN:STANDARD',
      'DTSTART:19700101T000000',
      'TZOFFSETFROM:-0700',
      'TZOFFSETTO:-0700',
      'END:STANDARD',
      'END:VTIMEZONE',
    ];
    const lines = entry('a', ';TZID=Boat time:20270530T163000', ';TZID=Boat time:20270530T193000');
    expect(only(calendarOf(own, lines))).toMatchObject(trip);
  });

  it('in a zone nobody knows is not taken', () => {
    const lines = entry('a', ';TZID=Atlantis:20270530T163000', ';TZID=Atlantis:20270530T193000');
    expect(only(calendarOf(lines))).toMatchObject({ count: 0, unread: 1 });
  });

  it.each([
    [':20270530T23300k'],
    [':20270530T233000Z\u000f'],
    [':20270530T233000Z7@market.example'],
    [':20270530T253000Z'],
    [':2027053:20270530T233000'],
    [';VALUE=DATE:20270530ý'],
    [';VALUE=DATE:20270530T233000Z'],
    [';VALUE=DATEND;VALUE=DATE:20270530'],
    [';TZRT;TZID=Atlantis:20270530T163000'],
    [':20270530T233000Z\r\nDTSTART:20270529T233000Z'],
  ])('that begins at DTSTART%j, which is no time or two, is not taken', start => {
    const lines = ['BEGIN:VEVENT', `DTSTART${start}`, 'DTEND:20270601T023000Z', 'END:VEVENT'];
    expect(only(calendarOf(lines))).toMatchObject({ count: 0, unread: 1 });
  });

  it('whose end is garbled is not taken for one without an end', () => {
    const garbled = entry('a', ';VALUE=DATE:20270530', '', { DTEND: null, DTEMD: '20270630' });
    expect(only(calendarOf(garbled))).toMatchObject({ count: 0, unread: 1 });
  });

  it('of whole days has those days, the last not included', () => {
    const days = { from: '2027-05-30', until: '2027-05-31' };
    const seen = { from: '2027-05-30T07:00:00.000Z', until: '2027-05-31T07:00:00.000Z', days };
    expect(only(calendarOf(entry('a', ';VALUE=DATE:20270530', ';VALUE=DATE:20270531')))).toMatchObject(seen);
    expect(only(calendarOf(entry('a', ';VALUE=DATE:20270530', '', { DTEND: null })))).toMatchObject(seen);
  });

  it('at an hour that comes twice is kept free for both, and at one that is skipped for the hours around it', () => {
    expect(only(calendarOf(entry('a', '20271107T013000', '20271107T013000')))).toMatchObject({
      from: '2027-11-07T08:30:00.000Z',
      until: '2027-11-07T09:30:00.000Z',
    });
    expect(only(calendarOf(entry('a', '20270314T023000', '20270314T060000')))).toMatchObject({
      from: '2027-03-14T09:30:00.000Z',
      until: '2027-03-14T13:00:00.000Z',
    });
  });

  it.each([
    ['Reserved', 'reserved'],
    ['Booking xhqgmdh', 'reserved'],
    ['Airbnb (Not available)', 'blocked'],
    ['Unavailable', 'blocked'],
    ['Blocked: haul-out', 'blocked'],
    ['', 'blocked'],
  ])('called “%s” is %s', (summary, kind) => {
    expect(
      only(calendarOf(entry('a', '20270530T233000Z', '20270531T023000Z', { SUMMARY: summary }))),
    ).toMatchObject({ kind });
  });

  it.each([
    ['that takes no time', { TRANSP: 'TRANSPARENT' }],
    ['that is off', { STATUS: 'CANCELLED' }],
  ])('%s is left out', (_what, more) => {
    const lines = entry('a', '20270530T233000Z', '20270531T023000Z', more);
    expect(only(calendarOf(lines))).toMatchObject({ count: 0, unread: 0 });
  });

  it.each<[string, string[]]>([
    ['recurs', entry('a', '20270530T233000Z', '20270531T023000Z', { RRULE: 'FREQ=SECONDLY' })],
    ['ends before it starts', entry('a', '20270531T023000Z', '20270530T233000Z')],
    ['has a day that does not exist', entry('a', '20270230T023000Z', '20270230T033000Z')],
    ['has no start', ['BEGIN:VEVENT', 'UID:a', 'END:VEVENT']],
    ['is no entry', ['BEGIN:VEVENT', 'what is this', 'END:VEVENT']],
  ])('that %s is not taken, and takes no other with it', (_what, lines) => {
    const whole = entry('b', '20270601T170000Z', '20270601T200000Z');
    const seen = read(calendarOf(lines, whole));
    expect(seen).toMatchObject({ kind: 'read', unread: 1, events: [{ from: '2027-06-01T17:00:00.000Z' }] });
  });
});

describe('a calendar', () => {
  it('may begin with a byte order mark and end lines as it likes', () => {
    const text = calendarOf(entry('a', '20270530T233000Z', '20270531T023000Z'));
    expect(only(`\uFEFF${text.replaceAll('\r\n', '\n')}`)).toMatchObject(trip);
  });

  it('without entries is one', () => {
    expect(read(calendarOf())).toEqual({ kind: 'read', events: [], unread: 0 });
  });

  it.each([
    [
      'is cut off',
      calendarOf(entry('a', '20270530T233000Z', '20270531T023000Z')).slice(0, -30),
      'feed-truncated',
    ],
    ['is a page that asks to sign in', '<!doctype html><p>Sign in</p>', 'feed-not-calendar'],
    ['is empty', '', 'feed-not-calendar'],
    [
      'has too many entries',
      calendarOf(...Array.from({ length: mostEvents + 1 }, () => ['BEGIN:VEVENT', 'END:VEVENT'])),
      'feed-too-many',
    ],
  ])('that %s is none', (_what, text, code) => {
    expect(read(text)).toMatchObject({ kind: 'unreadable', code });
  });
});
