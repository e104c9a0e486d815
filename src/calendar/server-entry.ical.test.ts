import { describe, expect, it } from 'vitest';
import { testBooking } from './calendar.fixture.ts';
import { readServerEntry, writeServerEntry } from './server-entry.ical.ts';

const { start, end } = testBooking();
const event = {
  uid: 'bkg_0000000000000001@house.example',
  sequence: 3,
  status: 'CONFIRMED' as const,
  start,
  end,
  summary: 'Heron: Maya Lindqvist, party of 5',
  description: 'Ana Reyes (captain)\nhttps://house.example/desk',
  stamp: '2027-05-01T12:00:00.000Z',
};
const written = writeServerEntry(event, null);

describe('an entry on a calendar server', () => {
  it('says in itself what was written, so that a change shows', () => {
    expect(readServerEntry(written)).toMatchObject({ sequence: 3, isEdited: false });
    for (const [from, to] of [
      ['SUMMARY:Heron', 'SUMMARY:Osprey'],
      ['DTEND:20270531T023000Z', 'DTEND:20270531T033000Z'],
      ['STATUS:CONFIRMED', 'STATUS:TENTATIVE'],
      ['X-GANGWAY-STATED:', 'X-OTHER:'],
    ] as const) {
      const edited = written.replace(from, to);
      expect(edited).not.toBe(written);
      expect(readServerEntry(edited)?.isEdited, to).toBe(true);
    }
  });

  it('is the same when a program writes its times by the clock of a zone, folds otherwise or puts a reminder beside', () => {
    const other = written
      .replace('DTSTART:20270530T233000Z', 'DTSTART;TZID=America/Los_Angeles:20270530T163000')
      .replace('SUMMARY:Heron: Maya', 'SUMMARY:Heron:\r\n  Maya')
      .replace(
        'END:VEVENT',
        'BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT2H\r\nDESCRIPTION:Ice\r\nEND:VALARM\r\nEND:VEVENT',
      );
    expect(readServerEntry(other)).toMatchObject({ isEdited: false });
    const next = writeServerEntry({ ...event, sequence: 4, status: 'TENTATIVE' }, other);
    expect(next).toContain('TRIGGER:-PT2H');
    expect(readServerEntry(next)).toMatchObject({ sequence: 4, isEdited: false });
    expect(next.match(/^DTSTART/gm)).toHaveLength(1);
  });

  it('that became a series is changed, and is one trip again when it is written over', () => {
    const series = written.replace('STATUS:', 'RRULE:FREQ=WEEKLY\r\nSTATUS:');
    expect(readServerEntry(series)).toMatchObject({ facts: null, isEdited: true });
    expect(writeServerEntry(event, series)).toBe(written);
    expect(writeServerEntry({ ...event, status: 'CANCELLED' }, series, 'that it is off')).toContain(
      'RRULE:FREQ=WEEKLY',
    );
  });

  it('that is no calendar is nothing, and is written anew', () => {
    for (const text of ['', 'hello', 'BEGIN:VCALENDAR\r\nEND:VCALENDAR', 'BEGIN:VCARD\r\nEND:VCARD']) {
      expect(readServerEntry(text)).toBeNull();
      expect(writeServerEntry(event, text)).toBe(written);
    }
  });
});
