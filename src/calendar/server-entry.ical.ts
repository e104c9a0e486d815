import ICAL from 'ical.js';
import { digestOf } from '#lib/digest.ts';
import { isZone, resolveWall } from '#lib/zoned.ts';
import { type CalendarEvent, writeCalendar } from '#platform/ical.ts';

/** What an entry on a calendar server says, times as instants (ISO 8601 UTC) or, where no zone is known for them, as they stand there. */
export type ServerFacts = {
  readonly status: string;
  readonly start: string;
  readonly end: string;
  readonly summary: string;
  readonly location: string;
  readonly description: string;
};

export type ServerEntry = {
  /** Null where it is not one plain event. */
  readonly facts: ServerFacts | null;
  readonly sequence: number;
  /** Whether somebody else changed what we wrote. What people add beside it, such as a reminder, is no change. */
  readonly isEdited: boolean;
};

/** Says in the entry itself what we wrote, so that a change by somebody else shows without keeping a copy. */
const mark = 'x-gangway-stated';
const thatItIsOff = ['dtstamp', 'sequence', 'status', 'transp'];
const ours = [
  ...thatItIsOff,
  ...['uid', 'dtstart', 'dtend', 'duration', 'summary', 'location', 'description', mark],
];

/** The entry as it lies on a server; null where that is no calendar. */
export function readServerEntry(text: string): ServerEntry | null {
  const event = eventIn(calendarIn(text));
  if (!event) return null;
  const facts = factsIn(event);
  const word = event.getFirstPropertyValue(mark);
  return {
    facts,
    sequence: Number(event.getFirstPropertyValue('sequence') ?? 0) || 0,
    isEdited: facts === null || word !== digestOf(facts),
  };
}

/**
 * The text of an entry that says this. Over `before`, only what is ours is replaced, or of that only `thatItIsOff`: reminders,
 * categories and whatever else people put there stays.
 */
export function writeServerEntry(
  event: CalendarEvent,
  before: string | null,
  what: 'all' | 'that it is off' = 'all',
): string {
  const fresh = calendarIn(writeCalendar({ name: '', events: [event] }));
  const written = eventIn(fresh);
  if (!fresh || !written) throw new Error('what was written is no calendar');
  // Who is called off is in nobody's way; RFC 5545 section 3.8.2.7.
  written.addPropertyWithValue('transp', event.status === 'CANCELLED' ? 'TRANSPARENT' : 'OPAQUE');
  written.addPropertyWithValue(mark, digestOf(factsIn(written)));
  const root = before === null ? null : calendarIn(before);
  const kept = eventIn(root);
  const names = what === 'all' ? ours : thatItIsOff;
  if (!root || !kept || (what === 'all' && isSeveral(kept))) return `${fresh.toString()}\r\n`;
  for (const name of names) {
    kept.removeAllProperties(name);
    for (const property of written.getAllProperties(name)) kept.addProperty(property);
  }
  return `${root.toString()}\r\n`;
}

/** What an entry that says this reads as, and the digest of that. */
export function factsOfEvent(event: CalendarEvent): ServerFacts {
  const facts = readServerEntry(writeServerEntry(event, null))?.facts;
  if (!facts) throw new Error('what was written cannot be read');
  return facts;
}

function calendarIn(text: string): ICAL.Component | null {
  try {
    const parsed: unknown = ICAL.parse(text);
    const root = new ICAL.Component(parsed as ConstructorParameters<typeof ICAL.Component>[0]);
    return root.name === 'vcalendar' ? root : null;
  } catch {
    return null;
  }
}

const eventIn = (root: ICAL.Component | null) => root?.getFirstSubcomponent('vevent') ?? null;

/** Whether it was made into a series: a trip happens once. */
const isSeveral = (event: ICAL.Component) =>
  ['rrule', 'rdate', 'recurrence-id'].some(name => event.hasProperty(name)) ||
  (event.parent?.getAllSubcomponents('vevent').length ?? 1) > 1;

function factsIn(event: ICAL.Component): ServerFacts | null {
  if (isSeveral(event)) return null;
  const word = (name: string) =>
    String(event.getFirstPropertyValue(name) ?? '')
      .replaceAll('\r\n', '\n')
      .trim();
  return {
    status: word('status') || 'CONFIRMED',
    start: instantOf(event.getFirstProperty('dtstart')),
    end: instantOf(event.getFirstProperty('dtend')),
    summary: word('summary'),
    location: word('location'),
    description: word('description'),
  };
}

function instantOf(property: ICAL.Property | null): string {
  const time = property?.getFirstValue();
  if (!property || !(time instanceof ICAL.Time)) return '';
  if (time.isDate) return time.toString();
  if (time.zone === ICAL.Timezone.utcTimezone) return time.toJSDate().toISOString();
  const named = String(property.getFirstParameter('tzid') ?? '').replace(/^\//, '');
  if (!isZone(named)) return time.toString();
  const resolved = resolveWall(time.toString().slice(0, 16), named);
  return resolved.kind === 'exact' ? new Date(resolved.time.at).toISOString() : time.toString();
}
