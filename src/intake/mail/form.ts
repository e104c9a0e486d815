import { literal } from '#lib/literal.ts';
import { type DatePattern, datePattern } from './date-pattern.ts';

export type Place =
  | 'booking'
  | 'replaces'
  | 'vessel'
  | 'date'
  | 'endDate'
  | 'start'
  | 'end'
  | 'startAt'
  | 'endAt'
  | 'hours'
  | 'guestName'
  | 'guestEmail'
  | 'guestPhone'
  | 'partySize'
  | 'gross'
  | 'currency'
  | 'charge'
  | 'tip'
  | 'note';

/** What stands at a place of a form: a text that fits, or a time written as the form says. */
type Kind = { fits?: string; dated?: DatePattern['holds']; isFinance?: true };

const places: Readonly<Record<Place, Kind>> = {
  booking: { fits: '[A-Za-z0-9._:-]{1,64}' },
  replaces: { fits: '[A-Za-z0-9._:-]{1,64}' },
  vessel: { fits: '.{1,200}' },
  date: { dated: 'day' },
  endDate: { dated: 'day' },
  start: { dated: 'clock' },
  end: { dated: 'clock' },
  startAt: { dated: 'both' },
  endAt: { dated: 'both' },
  hours: { fits: '\\d{1,2}(?:\\.\\d{1,2})?' },
  guestName: { fits: '.{1,200}' },
  guestEmail: { fits: '\\S{1,254}' },
  guestPhone: { fits: '.{1,40}' },
  partySize: { fits: '\\d{1,3}' },
  gross: { fits: '.{1,100}', isFinance: true },
  currency: { fits: '[A-Z]{3}', isFinance: true },
  charge: { fits: '.{1,100}', isFinance: true },
  tip: { fits: '.{1,100}', isFinance: true },
  note: { fits: '[^]{0,10000}', isFinance: true },
};

export const placeNames = Object.keys(places) as readonly Place[];

type PlaceInForm = {
  readonly name: Place;
  readonly pattern: DatePattern | null;
  readonly isFinance: boolean;
};

/** What was read at a place, times in ISO form. `zone`: the name of a zone that stood beside a time. */
export type Said = {
  readonly place: Place;
  readonly value: string;
  readonly zone: string | null;
  /** Whether it is for the books and nobody else. */
  readonly isFinance: boolean;
};

/** The places of a form in their order; null when one of them is none, or a date in it could be read in two ways. */
export function placesIn(form: string): readonly PlaceInForm[] | null {
  const found = [...form.matchAll(/\{([^{}]*)\}/g)].map(match => placeOf(match[1] ?? ''));
  return found.every(place => place !== null) ? found : null;
}

function placeOf(inside: string): PlaceInForm | null {
  const [, name = '', written] = /^([a-zA-Z]+)(?::(.+))?$/.exec(inside) ?? [];
  if (!Object.hasOwn(places, name)) return null;
  const place = places[name as Place];
  const isFinance = place.isFinance ?? false;
  if (!place.dated) return written === undefined ? { name: name as Place, pattern: null, isFinance } : null;
  const pattern = written === undefined ? null : datePattern(written);
  return pattern?.holds === place.dated ? { name: name as Place, pattern, isFinance } : null;
}

/**
 * Reads a text by a form: the words around the places have to stand there as written (white space and kinds of dashes
 * make no difference), the places have to fit as a whole. Null when it does not fit; never a part of it.
 */
export function readForm(form: string, text: string): readonly Said[] | null {
  const inForm = placesIn(form);
  if (!inForm) return null;
  const words = form
    .split(/\{[^{}]*\}/)
    .map(plain)
    .map(literal);
  const body = inForm.map(({ name, pattern }, index) => {
    const { fits = '' } = places[name];
    return `${words[index]}(${pattern ? pattern.fits : fits})`;
  });
  const match = new RegExp(`^${body.join('')}${words.at(-1)}$`, 'u').exec(plain(text).trim());
  if (!match) return null;
  const said: Said[] = [];
  for (const [index, { name, pattern, isFinance }] of inForm.entries()) {
    const piece = (match[index + 1] ?? '').trim();
    const dated = pattern?.read(piece);
    // A character that could not be read is no part of anything anybody wrote.
    if ((pattern && !dated) || (!isFinance && piece.includes('\ufffd'))) return null;
    said.push({ place: name, value: dated ? dated.iso : piece, zone: dated?.zone ?? null, isFinance });
  }
  return said;
}

/** One kind of white space and of dash: mail programs swap them. */
export const plain = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/[\u200b-\u200d\ufeff]/g, '')
    .replace(/[\s\u00a0\u202f]+/g, ' ')
    .replace(/[\u2010-\u2015\u2212]/g, '-');
