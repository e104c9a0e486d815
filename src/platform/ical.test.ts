import fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import { inZone } from '#lib/zoned.ts';
import { type CalendarEvent, type CalendarText, writeCalendar } from './ical.ts';

const zone = 'America/Los_Angeles';
const event: CalendarEvent = {
  uid: 'evt_1@sailjada.example',
  sequence: 3,
  start: inZone('2027-05-30T22:30:00Z', zone),
  end: inZone('2027-05-31T01:30:00Z', zone),
  summary: 'Charter: Ana, party of 4',
  location: 'Harbor Island, dock C; slip 12',
  description: 'Call time 14:30 PDT\nBring: gloves, "soft" shoes',
  status: 'CONFIRMED',
  url: 'https://sailjada.example/c',
  geo: { latitude: 32.7261, longitude: -117.2021 },
  organizer: { name: 'Sail "Jada", Inc.', address: 'crew@sailjada.example' },
  attendee: { name: 'Mira Sol', address: 'mira@example.org' },
  stamp: '2027-05-01T10:00:00.000Z',
  alarmMinutes: 120,
};
const calendar = (changes: Partial<CalendarText> = {}): CalendarText => ({
  method: 'REQUEST',
  name: 'Sail Jada',
  events: [event],
  ...changes,
});
const read = (text: string) => new ICAL.Component(ICAL.parse(text));
const firstEvent = (text: string) => {
  const found = read(text).getFirstSubcomponent('vevent');
  if (!found) throw new Error('no event');
  return found;
};

describe('a written calendar', () => {
  it('says again what was put in when a calendar program reads it', () => {
    const back = firstEvent(writeCalendar(calendar()));
    expect(back.getFirstPropertyValue('uid')).toBe(event.uid);
    expect(back.getFirstPropertyValue('sequence')).toBe(3);
    expect(String(back.getFirstPropertyValue('dtstart'))).toBe('2027-05-30T22:30:00Z');
    expect(String(back.getFirstPropertyValue('dtend'))).toBe('2027-05-31T01:30:00Z');
    expect(String(back.getFirstPropertyValue('dtstamp'))).toBe('2027-05-01T10:00:00Z');
    expect(back.getFirstPropertyValue('location')).toBe(event.location);
    expect(back.getFirstPropertyValue('description')).toBe(event.description);
    expect(back.getFirstPropertyValue('geo')).toEqual([32.7261, -117.2021]);
    expect(back.getFirstProperty('organizer')?.getParameter('cn')).toBe('Sail "Jada", Inc.');
    expect(back.getFirstPropertyValue('attendee')).toBe('mailto:mira@example.org');
    const alarm = back.getFirstSubcomponent('valarm');
    expect(String(alarm?.getFirstPropertyValue('trigger'))).toBe('-PT2H');
  });

  it('names its zone and times in UTC', () => {
    const text = writeCalendar(calendar());
    expect(text).toContain('X-WR-TIMEZONE:America/Los_Angeles\r\n');
    expect(text).toContain('DTSTART:20270530T223000Z\r\n');
    expect(text).not.toContain('TZID');
  });

  it('has a name as a feed and none in a letter', () => {
    expect(writeCalendar(calendar())).not.toContain('X-WR-CALNAME');
    const feed = writeCalendar(calendar({ method: 'PUBLISH', refreshMinutes: 15 }));
    expect(feed).toContain('X-WR-CALNAME:Sail Jada\r\n');
    expect(feed).toContain('REFRESH-INTERVAL;VALUE=DURATION:PT15M\r\n');
  });

  it('cancels by method, status and a higher sequence', () => {
    const text = writeCalendar(
      calendar({ method: 'CANCEL', events: [{ ...event, sequence: 4, status: 'CANCELLED' }] }),
    );
    expect(read(text).getFirstPropertyValue('method')).toBe('CANCEL');
    expect(firstEvent(text).getFirstPropertyValue('status')).toBe('CANCELLED');
    expect(firstEvent(text).getFirstPropertyValue('sequence')).toBe(4);
  });

  it('is empty but valid without events', () => {
    expect(read(writeCalendar({ name: 'Nothing yet', events: [] })).getAllSubcomponents()).toEqual([]);
  });

  it('keeps every line within 75 octets and every text in its place, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), typed => {
        const sly = `${typed}\r\nATTENDEE:mailto:thief@example.org`;
        const text = writeCalendar(everywhere(sly));
        expect(text).toBe(writeCalendar(everywhere(sly)));
        expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true);
        for (const line of text.split('\r\n')) {
          expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
          expect(line).not.toMatch(/[\r\n]/);
        }
        expect(firstEvent(text).getAllProperties('attendee')).toHaveLength(1);
        expect(firstEvent(text).getFirstPropertyValue('summary')).toContain('thief@example.org');
      }),
      { numRuns: 100 },
    );
  });
});

const everywhere = (typed: string): CalendarText => ({
  name: typed,
  method: 'PUBLISH',
  events: [
    { ...event, summary: typed, description: typed, url: typed, organizer: { name: typed, address: typed } },
  ],
});
