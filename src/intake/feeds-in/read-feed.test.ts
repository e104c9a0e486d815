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
      'with a zone at the end of a path',
      entry(
        'a',
        ';TZID=/freeassociation.sourceforge.net/by/year/2027/America/Los_Angeles:20270530T163000',
        ';TZID=/x.example/20270401_1/America/Los_Angeles:20270530T193000',
      ),
    ],
    [
      'with a zone of three names behind a path',
      entry(
        'a',
        ';TZID=America/Argentina/Buenos_Aires:20270530T203000',
        ';TZID=/x.example/20270401_1/America/Argentina/Buenos_Aires:20270530T233000',
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
      'LAST-MODIFIED:20270401T000000Z',
      'TZID:Boat time',
      'BEGIN:STANDARD',
      'DTSTART:19700101T000000',
      'TZOFFSETFROM:-0700',
      'TZOFFSETTO:-0700',
      'END:STANDARD',
      'END:VTIMEZONE',
    ];
    const lines = entry('a', ';TZID=Boat time:20270530T163000', ';TZID=Boat time:20270530T193000');
    expect(only(calendarOf(own, lines))).toMatchObject({ ...trip, unread: 0 });
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
    [':20270530T233000Z\r\ndtstart:20270529T233000Z'],
  ])('that begins at DTSTART%j, which is no time or two, is not taken', start => {
    const lines = ['BEGIN:VEVENT', `DTSTART${start}`, 'DTEND:20270601T023000Z', 'END:VEVENT'];
    expect(only(calendarOf(lines))).toMatchObject({ count: 0, unread: 1 });
  });

  it('whose end is garbled is not taken for one without an end', () => {
    const garbled = entry('a', ';VALUE=DATE:20270530', '', { DTEND: null, DTEMD: '20270630' });
    expect(only(calendarOf(garbled))).toMatchObject({ count: 0, unread: 1 });
    const worse = entry('a', ';VALUE=DATE:20270530', '', { DTEND: null, DTEMD: 'UID:20270630' });
    expect(only(calendarOf(worse))).toMatchObject({ count: 0, unread: 1 });
  });

  it('may speak of its beginning and its end', () => {
    const spoken = entry('a', '20270530T233000Z', '20270531T023000Z', { COMMENT: 'DTSTART:x or DTEND:y' });
    expect(only(calendarOf(spoken))).toMatchObject({ ...trip, unread: 0 });
  });

  it.each([
    ['P366D', 1],
    ['P366DT1S', 0],
    ['PT99999999999999999999H', 0],
  ])('that lasts %s is taken %i times', (DURATION, count) => {
    const lasting = entry('a', '20270530T233000Z', '', { DTEND: null, DURATION });
    expect(only(calendarOf(lasting))).toMatchObject({ count, unread: 1 - count });
  });

  it('without an end may say what only its marketplace knows', () => {
    const own = entry('a', ';VALUE=DATE:20270530', '', { DTEND: null, 'X-MARKET-ID': '7' });
    expect(only(calendarOf(own))).toMatchObject({ count: 1, unread: 0 });
  });

  it('that never ends is told, and is not passed over for the next one', () => {
    const [cut, next] = [trip, trip].map(() => entry('a', '20270530T233000Z', '20270531T023000Z'));
    expect(only(calendarOf(cut?.slice(0, -1) ?? [], next ?? []))).toMatchObject({ count: 0, unread: 1 });
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

describe('the edges of a calendar', () => {
  const whole = calendarOf(entry('a', '20270530T233000Z', '20270531T023000Z'));

  it('may have a mark of its encoding before it and blanks around its first and last line', () => {
    expect(only(`\uFEFF${whole}`)).toMatchObject({ ...trip, uid: 'a@market.example' });
    expect(only(`  ${whole.trim()}  \r\n`)).toMatchObject(trip);
    const blanks = whole.replace('BEGIN:VCALENDAR', '$& ').replace('END:VCALENDAR', ' $&');
    expect(only(blanks)).toMatchObject(trip);
  });

  it('may be described in words of calendars', () => {
    const described = whole.replace('VERSION', 'X-WR-CALDESC:BEGIN:VEVENT\r\nVERSION');
    expect(only(described)).toMatchObject({ ...trip, unread: 0 });
  });

  it.each([
    ['nothing', '', 'feed-not-calendar'],
    ['something before it', `x${whole}`, 'feed-not-calendar'],
    [
      'something behind its beginning',
      whole.replace('BEGIN:VCALENDAR', 'BEGIN:VCALENDARS'),
      'feed-not-calendar',
    ],
    ['something before its end', whole.replace('END:VCALENDAR', 'xEND:VCALENDAR'), 'feed-truncated'],
    ['something behind its end', whole.replace('END:VCALENDAR', 'END:VCALENDARS'), 'feed-truncated'],
  ])('with %s it is none', (_, text, code) => {
    expect(read(text)).toMatchObject({ kind: 'unreadable', code });
  });

  it('may hold as many entries as are read', () => {
    const one = ['BEGIN:VEVENT', 'END:VEVENT'];
    expect(read(calendarOf(...Array(mostEvents).fill(one)))).toMatchObject({
      kind: 'read',
      unread: mostEvents,
    });
    expect(read(calendarOf(...Array(mostEvents + 1).fill(one)))).toMatchObject({ code: 'feed-too-many' });
  });

  it('of an entry may have blanks behind them, and nothing else around', () => {
    const lines = entry('a', '20270530T233000Z', '20270531T023000Z');
    const spaced = [
      ...lines.slice(0, -1).map(line => line.replace('BEGIN:VEVENT', 'BEGIN:VEVENT ')),
      'END:VEVENT ',
    ];
    expect(only(calendarOf(spaced))).toMatchObject(trip);
    const other = lines.map(line => line.replace('BEGIN:VEVENT', 'BEGIN:VEVENTS'));
    expect(only(calendarOf(other))).toMatchObject({ count: 0, unread: 0 });
    const noted = entry('a', '20270530T233000Z', '20270531T023000Z', { COMMENT: 'BEGIN:VEVENT' });
    expect(only(calendarOf(noted))).toMatchObject({ ...trip, count: 1 });
  });

  it('with an alarm in an entry are those of the entry', () => {
    const lines = entry('a', '20270530T233000Z', '20270531T023000Z');
    const alarm = ['BEGIN:VALARM', 'ACTION:DISPLAY', 'TRIGGER:-PT15M', 'END:VALARM'];
    expect(only(calendarOf([...lines.slice(0, -1), ...alarm, 'END:VEVENT']))).toMatchObject(trip);
  });

  it('with a zone that cannot be read take nothing else with them', () => {
    const broken = ['BEGIN:VTIMEZONE', 'what is this', 'END:VTIMEZONE'];
    expect(only(calendarOf(broken, entry('a', '20270530T233000Z', '20270531T023000Z')))).toMatchObject(trip);
  });
});

describe('what an entry says more than once or half', () => {
  const [start, end] = ['20270530T233000Z', '20270531T023000Z'];

  it('is not taken where it ends twice', () => {
    const twice = entry('a', start, `${end}\r\nDTEND:20270601T023000Z`);
    expect(only(calendarOf(twice))).toMatchObject({ count: 0, unread: 1 });
  });

  it.each([{ RDATE: '20270601T233000Z' }, { 'RECURRENCE-ID': '20270601T233000Z' }])(
    'is not taken with %j',
    more => {
      expect(only(calendarOf(entry('a', start, end, more)))).toMatchObject({ count: 0, unread: 1 });
    },
  );

  it('is not taken where it is over as it begins', () => {
    expect(only(calendarOf(entry('a', start, start)))).toMatchObject({ count: 0, unread: 1 });
  });

  it('is not taken where it has a time and no end', () => {
    expect(only(calendarOf(entry('a', start, '', { DTEND: null })))).toMatchObject({ count: 0, unread: 1 });
  });

  it('has days only where both ends are days', () => {
    const half = entry('a', ';VALUE=DATE:20270530', '20270531T023000Z');
    expect(only(calendarOf(half))).toMatchObject({ days: null, until: '2027-05-31T02:30:00.000Z' });
    const other = entry('a', '20270529T233000Z', ';VALUE=DATE:20270531');
    expect(only(calendarOf(other))).toMatchObject({ days: null, from: '2027-05-29T23:30:00.000Z' });
  });

  it('has a length in its own zone', () => {
    const far = entry('a', ';TZID=America/New_York:20270530T193000', '', { DTEND: null, DURATION: 'PT3H' });
    expect(only(calendarOf(far))).toMatchObject(trip);
  });

  it('has a name of at most 200 letters, and none where it says none', () => {
    expect(only(calendarOf(entry('x'.repeat(300), start, end)))).toMatchObject({ uid: 'x'.repeat(200) });
    expect(only(calendarOf(entry('a', start, end, { UID: null })))).toMatchObject({ uid: '' });
  });

  it.each([
    [';VALUE=DATE-TIME:20270530T233000Z', 1],
    [';value=date-time:20270530T233000Z', 1],
    [';VALUE=PERIOD:20270530T233000Z', 0],
    [';VALUE=DATE-TIME;VALUE=DATE-TIME:20270530T233000Z', 0],
    [';X-A="b:c;d":20270530T233000Z', 1],
    [';X-A="":20270530T233000Z', 1],
    [':20270530T233000Z  ', 1],
    [':20270630T235959Z', 0],
    [':20270431T000000Z', 0],
    [':19991231T233000Z', 0],
    [':22000101T233000Z', 0],
    [':20271330T233000Z', 0],
    [':20270500T233000Z', 0],
    [':x20270530T233000Z', 0],
  ])('beginning at DTSTART%s is taken %i times', (written, count) => {
    expect(only(calendarOf(entry('a', written.replace(/^:/, ''), end)))).toMatchObject({ count });
  });
});
