import ICAL from 'ical.js';
import type { ZonedTime } from '#lib/zoned.ts';

// RFC 5545 section 3.1 allows 75 octets a line; ical.js does not count the space that starts a folded one.
ICAL.foldLength = 74;
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
export function writeCalendar(calendar: CalendarText): string {
  const root = new ICAL.Component('vcalendar');
  add(root, 'version', '2.0');
  add(root, 'prodid', '-//Gangway//From booking to boarding//EN');
  add(root, 'calscale', 'GREGORIAN');
  if (calendar.method) add(root, 'method', calendar.method);
  if (calendar.name !== '' && calendar.method !== 'REQUEST' && calendar.method !== 'CANCEL') {
    add(root, 'x-wr-calname', escaped(calendar.name));
  }
  add(root, 'x-wr-timezone', calendar.events[0]?.start.zone ?? 'UTC');
  if (calendar.refreshMinutes !== undefined) {
    const every = ICAL.Duration.fromSeconds(calendar.refreshMinutes * 60);
    add(root, 'refresh-interval', every, 'duration');
    add(root, 'x-published-ttl', every.toString());
  }
  for (const event of calendar.events) root.addSubcomponent(written(event));
  return `${root.toString()}\r\n`;
}

function written(event: CalendarEvent): ICAL.Component {
  const entry = new ICAL.Component('vevent');
  add(entry, 'uid', event.uid);
  add(entry, 'dtstamp', utc(event.stamp));
  add(entry, 'sequence', event.sequence);
  add(entry, 'dtstart', utc(event.start.at));
  add(entry, 'dtend', utc(event.end.at));
  add(entry, 'summary', event.summary);
  add(entry, 'status', event.status);
  if (event.location) add(entry, 'location', event.location);
  if (event.description) add(entry, 'description', event.description);
  if (event.geo) add(entry, 'geo', [event.geo.latitude, event.geo.longitude]);
  if (event.url) add(entry, 'url', event.url);
  if (event.organizer) {
    add(entry, 'organizer', `mailto:${event.organizer.address}`).setParameter(
      'cn',
      plain(event.organizer.name),
    );
  }
  if (event.attendee) {
    const attendee = add(entry, 'attendee', `mailto:${event.attendee.address}`);
    attendee.setParameter('cn', plain(event.attendee.name));
    attendee.setParameter('role', 'REQ-PARTICIPANT');
    attendee.setParameter('partstat', 'NEEDS-ACTION');
    // Answers are given on the page the letter links to; nobody reads replies by mail.
    attendee.setParameter('rsvp', 'FALSE');
  }
  if (event.alarmMinutes !== undefined) {
    const alarm = new ICAL.Component('valarm');
    add(alarm, 'action', 'DISPLAY');
    add(alarm, 'trigger', ICAL.Duration.fromSeconds(event.alarmMinutes * -60), 'duration');
    add(alarm, 'description', event.summary);
    entry.addSubcomponent(alarm);
  }
  return entry;
}

type Value = string | number | readonly number[] | ICAL.Time | ICAL.Duration;

function add(component: ICAL.Component, name: string, value: Value, type?: string): ICAL.Property {
  const property = new ICAL.Property(name, component);
  if (type) property.resetType(type);
  const lines = property.type === 'text';
  property.setValue(typeof value === 'string' ? (lines ? readable(value) : plain(value)) : value);
  return component.addProperty(property);
}

const utc = (instant: string) => ICAL.Time.fromJSDate(new Date(instant), true);

/** Text of several lines without what would end a content line early: ical.js escapes `\n` only. */
const readable = (text: string) =>
  text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: RFC 5545 forbids exactly these in text.
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '');

/** ical.js writes what it does not know as it is, and with `VALUE=TEXT` beside the name no program knows it either. */
const escaped = (text: string) => text.replace(/[\\;,]/g, '\\$&');

/** One line: addresses and parameters are written by ical.js as they are. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: a line break here would start a property of the writer's choosing.
const plain = (text: string) => text.toWellFormed().replace(/[\u0000-\u001f\u007f]/g, ' ');
