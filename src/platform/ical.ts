import ICAL from 'ical.js';
import type { ZonedTime } from '#lib/zoned.ts';

/** RFC 5545 section 3.1 allows 75 octets a line; the space that starts a folded one is one of them. */
const lineOctets = 74;

// For rooms that change calendars which others wrote.
ICAL.foldLength = lineOctets;
ICAL.newLineChar = '\r\n';

/** What a calendar program should do with it: `PUBLISH` for feeds, the others for letters (RFC 5546). */
export type CalendarMethod = 'PUBLISH' | 'REQUEST' | 'CANCEL';

/** A calendar as it is written. */
export type CalendarText = {
  /** Left out, the calendar has no method: some programs then import it without asking. */
  readonly method?: CalendarMethod;
  /** What calendar programs call a feed. Not said in letters, where Outlook would make a calendar of its own from it; empty for a file with one event, for the same reason. */
  readonly name: string;
  readonly events: readonly CalendarEvent[];
  /** How often a subscribed program should ask again, in minutes. A wish: most have their own pace. */
  readonly refreshMinutes?: number;
};

export type CalendarEvent = {
  /** Stable for the life of the event: an update with another uid is a second event. */
  readonly uid: string;
  /** The revision: programs ignore an update that does not rise. */
  readonly sequence: number;
  readonly start: ZonedTime;
  readonly end: ZonedTime;
  readonly summary: string;
  readonly location?: string;
  readonly description?: string;
  readonly status: 'CONFIRMED' | 'TENTATIVE' | 'CANCELLED';
  readonly url?: string;
  /** Degrees, WGS 84. */
  readonly geo?: { readonly latitude: number; readonly longitude: number };
  readonly organizer?: Mailbox;
  readonly attendee?: Mailbox;
  /** When this revision was made (ISO 8601 UTC), never the time of writing: equal statements give equal bytes. */
  readonly stamp: string;
  /** A reminder on the device so many minutes before the start. */
  readonly alarmMinutes?: number;
};

type Mailbox = { readonly name: string; readonly address: string };

/**
 * Writes an iCalendar file (RFC 5545): UTC instants, so that no program has to agree with us about a zone, with the
 * first event's zone as the one to show them in; CRLF, folded at 75 octets, every text escaped.
 * The same input always gives the same bytes.
 */
export function writeCalendar({ method, name, events, refreshMinutes }: CalendarText): string {
  const every = refreshMinutes === undefined ? null : duration(refreshMinutes);
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Gangway//From booking to boarding//EN',
    'CALSCALE:GREGORIAN',
    method && `METHOD:${method}`,
    name !== '' && method !== 'REQUEST' && method !== 'CANCEL' && `X-WR-CALNAME:${plain(escaped(name))}`,
    `X-WR-TIMEZONE:${plain(events[0]?.start.zone ?? 'UTC')}`,
    every && `REFRESH-INTERVAL;VALUE=DURATION:${every}`,
    every && `X-PUBLISHED-TTL:${every}`,
    ...events.flatMap(linesOf),
    'END:VCALENDAR',
  ];
  return lines.map(line => (line ? `${folded(line)}\r\n` : '')).join('');
}

function linesOf(event: CalendarEvent): (string | false | undefined)[] {
  const { organizer, attendee, alarmMinutes } = event;
  return [
    'BEGIN:VEVENT',
    `UID:${text(event.uid)}`,
    `DTSTAMP:${utc(event.stamp)}`,
    `SEQUENCE:${event.sequence}`,
    `DTSTART:${utc(event.start.at)}`,
    `DTEND:${utc(event.end.at)}`,
    `SUMMARY:${text(event.summary)}`,
    `STATUS:${event.status}`,
    event.location && `LOCATION:${text(event.location)}`,
    event.description && `DESCRIPTION:${text(event.description)}`,
    event.geo && `GEO:${event.geo.latitude};${event.geo.longitude}`,
    event.url && `URL:${plain(event.url)}`,
    organizer && `ORGANIZER;CN=${parameter(organizer.name)}:mailto:${plain(organizer.address)}`,
    // Answers are given on the page the letter links to; nobody reads replies by mail.
    attendee &&
      `ATTENDEE;CN=${parameter(attendee.name)};ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=FALSE:mailto:${plain(attendee.address)}`,
    ...(alarmMinutes === undefined
      ? []
      : [
          'BEGIN:VALARM',
          'ACTION:DISPLAY',
          `TRIGGER:${duration(-alarmMinutes)}`,
          `DESCRIPTION:${text(event.summary)}`,
          'END:VALARM',
        ]),
    'END:VEVENT',
  ];
}

/** A content line as lines that are short enough, cut between characters. */
function folded(line: string): string {
  if (line.length * 3 <= lineOctets) return line;
  const bytes = Buffer.from(line, 'utf8');
  if (bytes.length <= lineOctets) return line;
  const pieces: string[] = [];
  for (let from = 0; from < bytes.length; ) {
    let to = Math.min(from + lineOctets, bytes.length);
    while (isInsideCharacter(bytes[to])) to--;
    pieces.push(bytes.toString('utf8', from, to));
    from = to;
  }
  return pieces.join('\r\n ');
}

const isInsideCharacter = (byte = 0) => (byte & 0b1100_0000) === 0b1000_0000;

/** `20270530T223000Z` */
const utc = (instant: string) => `${new Date(instant).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;

const duration = (minutes: number) => ICAL.Duration.fromSeconds(minutes * 60).toString();

/** Text, which may have several lines. */
const text = (typed: string) =>
  escaped(
    typed
      .toWellFormed()
      .replace(/\r\n?/g, '\n')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: RFC 5545 forbids exactly these in text.
      .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, ''),
  ).replaceAll('\n', '\\n');

const escaped = (typed: string) => typed.replace(/[\\;,]/g, '\\$&');

/** The value of a parameter: RFC 6868 for what quotes cannot hold. */
function parameter(typed: string): string {
  const value = plain(typed).replaceAll('^', '^^').replaceAll('"', "^'");
  return /[,:;]/.test(value) ? `"${value}"` : value;
}

/** One line: a line break in an address or a parameter would start a property of the writer's choosing. */
const plain = (typed: string) =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what ends a line, and what nobody can see.
  typed.toWellFormed().replace(/[\u0000-\u001f\u007f]/g, ' ');
