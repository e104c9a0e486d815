import ICAL from 'ical.js';
import { isoInstant } from '#lib/clock.ts';
import { dayOf, epochOf, isZone, resolveWall, startOfDay } from '#lib/zoned.ts';
import { type FeedEvent, type FeedRead, mostEvents } from './feed-in.ts';

/**
 * Reads an iCalendar text (RFC 5545) as marketplaces write it: byte order marks, bare line feeds, names of zones from
 * Windows, properties in any order. Times without a zone are the clock of `zone`. Past entries and those that take no time
 * are left out. Recurring ones are not taken: no trip recurs, and a rule can be made to never end.
 */
export function readFeed(bytes: Uint8Array, zone: string): FeedRead {
  const lines = new TextDecoder()
    .decode(bytes)
    .trim()
    .split(/\r\n|\n|\r/);
  if (!/^BEGIN:VCALENDAR$/i.test(lines[0]?.trim() ?? ''))
    return unreadable('feed-not-calendar', 'It does not begin as a calendar does.');
  if (!/^END:VCALENDAR$/i.test(lines.at(-1)?.trim() ?? ''))
    return unreadable('feed-truncated', 'It ends in the middle.');
  const blocks = blocksOf(lines);
  const entries = blocks.filter(({ name }) => name === 'VEVENT');
  if (entries.length > mostEvents)
    return unreadable(
      'feed-too-many',
      `It has ${entries.length} entries; ${mostEvents} are the most that are read.`,
    );

  const zones = new Map<string, ICAL.Timezone>();
  for (const block of blocks.filter(({ name }) => name === 'VTIMEZONE')) {
    const component = parsed(block.lines);
    if (component) zones.set(String(component.getFirstPropertyValue('tzid')), new ICAL.Timezone(component));
  }
  const events: FeedEvent[] = [];
  let unread = 0;
  for (const { lines: own } of entries) {
    const event = eventOf(own, { zone, zones });
    if (event === 'unread') unread++;
    else if (event) events.push(event);
  }
  return { kind: 'read', events, unread };
}

const unreadable = (
  code: 'feed-not-calendar' | 'feed-truncated' | 'feed-too-many',
  reason: string,
): FeedRead => ({
  kind: 'unreadable',
  code,
  reason,
});

type Block = { name: string; lines: string[] };

/** Each entry by itself, so that one that is broken takes no other with it. */
function blocksOf(lines: readonly string[]): Block[] {
  const blocks: Block[] = [];
  let open: Block | null = null;
  for (const line of lines) {
    const begins = /^BEGIN:(VEVENT|VTIMEZONE)\s*$/i.exec(line)?.[1]?.toUpperCase();
    if (begins && !open) open = { name: begins, lines: [] };
    open?.lines.push(line);
    if (open && line.trim().toUpperCase() === `END:${open.name}`) {
      blocks.push(open);
      open = null;
    }
  }
  return blocks;
}

function parsed(lines: readonly string[]): ICAL.Component | null {
  try {
    return new ICAL.Component(ICAL.parse(lines.join('\r\n')));
  } catch {
    return null;
  }
}

type Zones = { zone: string; zones: ReadonlyMap<string, ICAL.Timezone> };

function eventOf(lines: readonly string[], zones: Zones): FeedEvent | 'unread' | null {
  const entry = isPlain(lines) ? parsed(lines) : null;
  if (!entry) return 'unread';
  try {
    const word = (name: string) => String(entry.getFirstPropertyValue(name) ?? '');
    if (word('status').toUpperCase() === 'CANCELLED' || word('transp').toUpperCase() === 'TRANSPARENT')
      return null;
    if (['rrule', 'rdate', 'recurrence-id'].some(name => entry.hasProperty(name))) return 'unread';
    const start = entry.getFirstProperty('dtstart');
    if (!start) return 'unread';
    const [from, until] = [spanOf(start, zones), spanOf(endOf(entry, start), zones)];
    if (!from || !until || Date.parse(until.latest) <= Date.parse(from.earliest)) return 'unread';
    return {
      uid: word('uid').slice(0, 200),
      kind: kindOf(word('summary')),
      from: from.earliest,
      until: until.latest,
      days: from.day && until.day ? { from: from.day, until: until.day } : null,
    };
  } catch {
    return 'unread';
  }
}

/** `Airbnb (Not available)` is nobody's trip; a word nobody knows keeps the time free all the same. */
const kindOf = (summary: string): FeedEvent['kind'] =>
  /\bnot available\b|\bunavailable\b|\bblocked\b|\bclosed\b|\bbusy\b|\bmaintenance\b/i.test(summary) ||
  !/\breserv|\bbook|\bcharter\b|\btrip\b|\brental\b/i.test(summary)
    ? 'blocked'
    : 'reserved';

/** No vessel is taken for longer at once. */
const longestSeconds = 366 * 24 * 3600;

/** Where DTEND is missing, DURATION counts, and else one day for a date (RFC 5545 section 3.6.1). */
function endOf(entry: ICAL.Component, start: ICAL.Property): ICAL.Property | null {
  const end = entry.getFirstProperty('dtend');
  if (end) return end;
  const from = start.getFirstValue();
  if (!(from instanceof ICAL.Time)) return null;
  const length = entry.getFirstPropertyValue('duration');
  const until = from.clone();
  if (length instanceof ICAL.Duration) {
    // ical.js goes through the years one by one.
    if (length.toSeconds() > longestSeconds) return null;
    until.addDuration(length);
  } else if (from.isDate) until.adjust(1, 0, 0, 0);
  else return null;
  const property = new ICAL.Property('dtend');
  const tzid = start.getFirstParameter('tzid');
  if (tzid) property.setParameter('tzid', tzid);
  property.setValue(until);
  return property;
}

type Span = { earliest: string; latest: string; day: string | null };

function spanOf(property: ICAL.Property | null, { zone, zones }: Zones): Span | null {
  const time = property?.getFirstValue();
  if (!property || !(time instanceof ICAL.Time)) return null;
  const two = (n: number) => String(n).padStart(2, '0');
  const day = `${time.year}-${two(time.month)}-${two(time.day)}`;
  if (time.isDate) {
    const noon = resolveWall(`${day}T12:00`, zone);
    if (noon.kind !== 'exact') return null;
    const { at } = startOfDay(noon.time);
    return {
      earliest: isoInstant(Date.parse(at)),
      latest: isoInstant(Date.parse(at)),
      day: dayOf(noon.time),
    };
  }
  if (time.zone === ICAL.Timezone.utcTimezone) return exactly(time.toJSDate().getTime());
  const wall = `${day}T${two(time.hour)}:${two(time.minute)}`;
  const named = property.getFirstParameter('tzid');
  if (named === undefined) return onClock(wall, zone);
  const known = zoneNamed(named);
  if (known) return onClock(wall, known);
  const own = zones.get(named);
  if (!own) return null;
  const local = time.clone();
  local.zone = own;
  return exactly(local.toUnixTime() * 1000);
}

/**
 * Whether beginning and end stand there once, to the last sign, on days of this century which the calendar has. ical.js takes
 * the 30th of February for the 2nd of March, and 17000k for 17:00: what stands there counts. Where no end stands, nothing
 * may stand there that could be one, garbled.
 */
function isPlain(lines: readonly string[]): boolean {
  const unfolded = lines
    .join('\n')
    .replace(/\n[ \t]/g, '')
    .split('\n');
  const starts = unfolded.filter(line => /^DTSTART[;:]/i.test(line));
  const ends = unfolded.filter(line => /^DTEND[;:]/i.test(line));
  if (starts.length > 1 || ends.length > 1) return false;
  return [...starts, ...ends].every(isMeant) && (ends.length > 0 || unfolded.every(isKnown));
}

/** Properties of an entry and of its reminders (RFC 5545 sections 3.8, 7986), and everybody's own. */
const isKnown = (line: string): boolean =>
  /^(?:BEGIN|END|UID|DT(?:START|STAMP)|DURATION|SUMMARY|DESCRIPTION|LOCATION|STATUS|TRANSP|SEQUENCE|CREATED|LAST-MODIFIED|URL|CATEGORIES|CLASS|ORGANIZER|ATTENDEE|GEO|PRIORITY|COMMENT|CONTACT|RELATED-TO|RESOURCES|ATTACH|REQUEST-STATUS|COLOR|IMAGE|CONFERENCE|NAME|ACTION|TRIGGER|REPEAT|RRULE|RDATE|EXDATE|RECURRENCE-ID|X-[\w-]+)[;:]/i.test(
    line,
  );

/** A day that is said to be one has no clock. */
const isMeant = (line: string): boolean => {
  const written = writtenIn(line);
  const said = [...line.matchAll(/;VALUE=([^;:]*)/gi)].map(match => match[1]?.toUpperCase());
  const isSaidOnce = said.length < 2 && said.every(type => type === 'DATE' || type === 'DATE-TIME');
  return isTime(written) && isSaidOnce && (written.length === 8 || said[0] !== 'DATE');
};

/** What stands behind the name of a property and its parameters. */
const writtenIn = (line: string): string =>
  /^[\w-]+(?:;[\w-]+=(?:[^:";]|"[^"]*")*)*:(.*?)[ \t]*$/.exec(line)?.[1] ?? '';

function isTime(written: string): boolean {
  if (!/^2[01]\d{6}(?:T(?:[01]\d|2[0-3])[0-5]\d[0-5]\dZ?)?$/i.test(written)) return false;
  const day = `${written.slice(0, 4)}-${written.slice(4, 6)}-${written.slice(6, 8)}`;
  const ms = Date.parse(day);
  // A day that is not in the calendar comes back as another one.
  return !Number.isNaN(ms) && isoInstant(ms).startsWith(day);
}

const exactly = (ms: number): Span => ({ earliest: isoInstant(ms), latest: isoInstant(ms), day: null });

/** Of an hour that comes twice, from the first to the second; of one that is skipped, from the hour before to the hour after. */
function onClock(wall: string, zone: string): Span | null {
  const resolved = resolveWall(wall, zone);
  if (resolved.kind === 'exact') return exactly(epochOf(resolved.time));
  if (resolved.kind === 'ambiguous')
    return {
      earliest: isoInstant(epochOf(resolved.earlier)),
      latest: isoInstant(epochOf(resolved.later)),
      day: null,
    };
  const beside = (hours: number) =>
    resolveWall(isoInstant(Date.parse(`${wall}:00Z`) + hours * 3_600_000).slice(0, 16), zone);
  const [before, after] = [beside(-1), beside(1)];
  if (before.kind !== 'exact' || after.kind !== 'exact') return null;
  return {
    earliest: isoInstant(epochOf(before.time)),
    latest: isoInstant(epochOf(after.time)),
    day: null,
  };
}

/** The IANA zone that a TZID means: itself, the end of a path, or a name of Windows. */
function zoneNamed(tzid: string): string | null {
  const path = tzid.split('/');
  const ends = [2, 3].map(parts => path.slice(-parts).join('/'));
  return [tzid, ...ends, windowsZones[tzid] ?? ''].find(isZone) ?? null;
}

const windowsZones: Readonly<Record<string, string>> = {
  'Hawaiian Standard Time': 'Pacific/Honolulu',
  'Alaskan Standard Time': 'America/Anchorage',
  'Pacific Standard Time': 'America/Los_Angeles',
  'US Mountain Standard Time': 'America/Phoenix',
  'Mountain Standard Time': 'America/Denver',
  'Central Standard Time': 'America/Chicago',
  'Eastern Standard Time': 'America/New_York',
  'Atlantic Standard Time': 'America/Halifax',
  'GMT Standard Time': 'Europe/London',
  'W. Europe Standard Time': 'Europe/Berlin',
  'Romance Standard Time': 'Europe/Paris',
  'Central Europe Standard Time': 'Europe/Budapest',
  'GTB Standard Time': 'Europe/Athens',
  'AUS Eastern Standard Time': 'Australia/Sydney',
  'New Zealand Standard Time': 'Pacific/Auckland',
};
