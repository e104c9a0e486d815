import type { Letter } from './letter.ts';

/** A letter as a room would write it, for tests. */
export const aLetter = (parts: Partial<Letter> = {}): Letter => ({
  id: 'bkg_1/guest letter/carole@example.org/1',
  audience: 'guest',
  about: ['bkg_1'],
  kind: 'welcome',
  from: { name: 'Queen of San Diego', address: 'aboard@queenofsandiego.example' },
  to: { name: 'Carole May', address: 'carole@example.org' },
  subject: 'Your sail on Sunday 30 May – 15:30 PDT',
  text: 'Welcome aboard.\n\nhttps://queenofsandiego.example/g/carole-0123\n',
  html: '<!doctype html><html><head></head><body><p>Welcome <a href="https://queenofsandiego.example/g/carole-0123">aboard</a>.</p></body></html>',
  ...parts,
});

export const invite = {
  method: 'REQUEST' as const,
  ics: [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Gangway//EN',
    'METHOD:REQUEST',
    'BEGIN:VEVENT',
    'UID:bkg_1@queenofsandiego.example',
    'SEQUENCE:1',
    'DTSTAMP:20270501T000000Z',
    'DTSTART;TZID=America/Los_Angeles:20270530T153000',
    'DTEND;TZID=America/Los_Angeles:20270530T183000',
    'SUMMARY:Sail on Jada\\, three hours',
    'LOCATION:Harbor Island',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n'),
};
