import type { BookingId } from '#booking/booking.ts';
import type { CrewRole, Fleet, Vessel } from '#booking/fleet.ts';
import { refusalOf } from '#booking/problem.ts';
import { readTime, timeProblem } from '#booking/times.ts';
import { Refusal } from '#lib/refusal.ts';
import { epochOf, inZone, isZone, type ZonedTime } from '#lib/zoned.ts';
import type { CrewEvent, Place } from './crew.ts';
import { looksLikeMoney } from './money-words.ts';

/** What a script asks an event to say. Keys it left out are undefined. */
export type EventRequest = {
  readonly title?: string;
  readonly start?: ZonedTime;
  readonly end?: ZonedTime;
  readonly notes?: string;
  readonly vessel?: Vessel | null;
  readonly crew?: readonly Place[];
  readonly booking?: BookingId;
  readonly cancel?: boolean;
};

type Before = Pick<CrewEvent, 'start' | 'end' | 'vessel'>;

const newKeys = ['event_name', 'start_time', 'end_time', 'notes', 'crew', 'vessel', 'booking_id', 'zone'];
const changeKeys = ['event_name', 'start_time', 'end_time', 'notes', 'crew', 'vessel', 'zone', 'status'];

/**
 * Reads the body of a new event. Times without an offset are the clock in `zone`, else at the vessel's berth, else at the house.
 * Refusals: `field-unknown`, `field-missing`, `field-wrong`, `time-unreadable`, `time-does-not-exist`, `time-ambiguous`,
 * `end-before-start`, `vessel-unknown`, `zone-unknown`, `crew-unknown`, `crew-repeated`, `notes-look-like-money`.
 */
export function readNewEvent(body: unknown, fleet: Fleet) {
  const fields = keysOf(body, newKeys);
  for (const key of ['event_name', 'start_time', 'end_time']) {
    if (fields[key] === undefined || fields[key] === null) {
      throw new Refusal('field-missing', `${key} is missing.`, `Add ${key} to the body.`, { field: key });
    }
  }
  const { title, start, end, ...rest } = read(fields, fleet, null);
  if (title === undefined || !start || !end) throw new Error('a field that is there was not read');
  return { title, start, end, ...rest };
}

/** Reads what is to change about an event; keys left out stay as they are. Refusals as for a new event. */
export const readEventChange = (body: unknown, fleet: Fleet, before: Before): EventRequest =>
  read(keysOf(body, changeKeys), fleet, before);

type Fields = Readonly<Record<string, unknown>>;

function read(fields: Fields, fleet: Fleet, before: Before | null): EventRequest {
  const vessel = fields.vessel === undefined ? undefined : vesselIn(fields.vessel, fleet);
  const sails = vessel === undefined ? before && fleet.vessel(before.vessel ?? '') : vessel;
  const zone =
    fields.zone === undefined
      ? ((vessel === undefined ? before?.start.zone : sails?.zone) ?? sails?.zone ?? fleet.house.zone)
      : zoneIn(fields.zone);
  const start = timeIn(fields, 'start_time', zone) ?? (before && inZone(before.start.at, zone));
  const end = timeIn(fields, 'end_time', zone) ?? (before && inZone(before.end.at, zone));
  if (start && end && epochOf(end) <= epochOf(start)) {
    throw new Refusal(
      'end-before-start',
      'The event would end before it starts.',
      'Correct start_time or end_time. A trip past midnight needs the next day in end_time.',
      { start: start.local, end: end.local, zone },
    );
  }
  return {
    ...(fields.event_name === undefined ? {} : { title: titleIn(fields.event_name) }),
    ...(fields.notes === undefined ? {} : { notes: notesIn(fields.notes) }),
    ...(vessel === undefined ? {} : { vessel }),
    ...(start ? { start } : {}),
    ...(end ? { end } : {}),
    ...(fields.crew === undefined ? {} : { crew: crewIn(fields.crew, fleet, sails ?? null) }),
    ...(fields.booking_id === undefined || fields.booking_id === null
      ? {}
      : { booking: bookingIn(fields.booking_id) }),
    ...(fields.status === undefined ? {} : { cancel: isCancel(fields.status) }),
  };
}

function keysOf(value: unknown, known: readonly string[], where = ''): Fields {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw wrong(
      where || 'the body',
      'an object',
      where ? `${where} must be like {"id": "mira"}.` : undefined,
    );
  }
  const unknown = Object.keys(value).filter(key => !known.includes(key));
  if (unknown.length === 0) return value as Fields;
  const names = unknown.slice(0, 10).map(key => `${where ? `${where}.` : ''}${key.slice(0, 60)}`);
  throw new Refusal(
    'field-unknown',
    `Not understood: ${names.join(', ')}.`,
    `Leave it out or correct its name. Known are: ${known.join(', ')}.`,
    { fields: names },
  );
}

function textIn(value: unknown, field: string, longest: number): string {
  if (typeof value !== 'string') throw wrong(field, 'a text');
  if (value.length > longest) throw wrong(field, `a text of at most ${longest} characters`);
  const clean = value.toWellFormed().replace(/\r\n?/g, '\n').trim();
  if (/[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]/u.test(clean)) {
    throw wrong(field, 'a text without control characters');
  }
  if (looksLikeMoney(clean)) {
    throw new Refusal(
      'notes-look-like-money',
      `${field} looks as if it spoke of money, and the crew reads it.`,
      'Take amounts, fees, payouts and the like out of it; they belong in the ledger. If no money is meant, put it in other words.',
      { field },
    );
  }
  return clean;
}

const notesIn = (value: unknown) => (value === null ? '' : textIn(value, 'notes', 4000));

function titleIn(value: unknown): string {
  const title = textIn(value, 'event_name', 120).replace(/\s+/g, ' ');
  if (title === '') throw wrong('event_name', 'a text that is not empty');
  return title;
}

function timeIn(fields: Fields, field: string, zone: string): ZonedTime | null {
  const value = fields[field];
  if (value === undefined) return null;
  const reading = readTime(value, 'as-written', zone);
  if (reading.kind !== 'exact') throw refusalOf([timeProblem(field, value, reading, zone)]);
  return reading.time;
}

function zoneIn(value: unknown): string {
  if (typeof value === 'string' && isZone(value)) return value;
  throw new Refusal(
    'zone-unknown',
    `${said(value)} is no time zone.`,
    'Use an IANA zone such as America/Los_Angeles, or leave zone out.',
    { field: 'zone' },
  );
}

function vesselIn(value: unknown, fleet: Fleet): Vessel | null {
  if (value === null) return null;
  const vessel = typeof value === 'string' ? fleet.vessel(value) : null;
  if (vessel) return vessel;
  throw new Refusal(
    'vessel-unknown',
    `There is no vessel ${said(value)}.`,
    `Use one of: ${fleet.vessels.map(({ id }) => id).join(', ')}.`,
    { field: 'vessel' },
  );
}

function bookingIn(value: unknown): BookingId {
  if (typeof value === 'string' && /^bkg_[0-9a-z]{1,40}$/.test(value)) return value as BookingId;
  throw new Refusal(
    'booking-unknown',
    `There is no booking ${said(value)}.`,
    'Use the id as `gangway booking list` shows it.',
  );
}

function isCancel(value: unknown): boolean {
  if (value === 'cancelled') return true;
  if (value === 'on') return false;
  throw wrong('status', '"on" or "cancelled"');
}

function crewIn(value: unknown, fleet: Fleet, vessel: Vessel | null): readonly Place[] {
  if (!Array.isArray(value) || value.length > 40)
    throw wrong('crew', 'a list of at most 40, like [{"id": "mira"}]');
  const places = value.map((item, index): Place => {
    const { id, role } = keysOf(item, ['id', 'role'], `crew[${index}]`);
    const person = typeof id === 'string' ? fleet.person(id) : null;
    if (!person?.roles.some(isCrewRole)) {
      throw new Refusal(
        'crew-unknown',
        person ? `${person.id} is neither captain nor crew.` : `There is nobody ${said(id)} among the crew.`,
        `Use ids of people with the role captain or crew: ${crewIds(fleet)}.`,
        { field: `crew[${index}].id`, person: said(id) },
      );
    }
    if (role !== undefined && !isCrewRole(role)) throw wrong(`crew[${index}].role`, '"captain" or "crew"');
    return { person: person.id, role: role ?? usualRole(person, vessel) };
  });
  const repeated = places.find((place, at) => places.findIndex(({ person }) => person === place.person) < at);
  if (repeated) {
    throw new Refusal('crew-repeated', `${repeated.person} is in crew twice.`, 'Name each person once.', {
      field: 'crew',
      person: repeated.person,
    });
  }
  return places;
}

const usualRole = (person: { id: string; roles: readonly string[] }, vessel: Vessel | null): CrewRole =>
  vessel?.crew.find(place => place.person === person.id)?.role ??
  (person.roles.includes('captain') ? 'captain' : 'crew');

const isCrewRole = (role: unknown): role is CrewRole => role === 'captain' || role === 'crew';

const crewIds = (fleet: Fleet) =>
  fleet.people
    .filter(({ roles }) => roles.some(isCrewRole))
    .map(({ id }) => id)
    .join(', ');

const wrong = (field: string, expected: string, cure?: string) =>
  new Refusal('field-wrong', `${field} is not ${expected}.`, cure ?? `Send ${expected} as ${field}.`, {
    field,
  });

const said = (value: unknown) =>
  typeof value === 'string' ? value.slice(0, 60) : JSON.stringify(value)?.slice(0, 60);
