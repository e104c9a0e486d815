import type { Statement, Trip } from './history.ts';

/** The longest sequence. */
export const longest = 6;

const trip: Trip = {
  vessel: 'jada',
  start: '2041-06-05T10:00',
  end: '2041-06-05T13:00',
  guest: 'Carole Whitfield',
  email: 'carole@example.org',
  party: 4,
  status: 'confirmed',
};

const said = (minute: number, key: string, rest: Partial<Statement>): Statement => ({
  key,
  source: 'boatsetter',
  name: 'first',
  version: null,
  at: new Date(Date.parse('2041-04-12T01:00:00Z') + minute * 60_000).toISOString(),
  kind: 'changed',
  replaces: null,
  trip: null,
  gross: null,
  bad: false,
  ...rest,
});

/**
 * Six things a marketplace says about one trip, chosen so that each pair of them can be told in an order that leads a
 * careless reader astray: the same again under another id and later, off before it was on, a change after the end, and
 * a rebooking that ends one name and begins another. A sequence may say each of them any number of times.
 */
export const kinds: Readonly<Record<string, Statement>> = {
  created: said(0, 'created', { kind: 'created', version: 1, trip, gross: '840.75' }),
  'created again, later, under another id': said(30, 'again', {
    kind: 'created',
    version: 1,
    trip,
    gross: '840.75',
  }),
  changed: said(10, 'changed', { version: 2, trip: { ...trip, party: 5, guest: 'Mei Tanaka' } }),
  cancelled: said(20, 'cancelled', { kind: 'cancelled', version: 3 }),
  'changed after the end': said(40, 'late', {
    version: 4,
    trip: { ...trip, start: '2041-06-06T11:00', end: '2041-06-06T14:00' },
    gross: '912.40',
  }),
  rebooked: said(25, 'rebooked', {
    kind: 'created',
    name: 'second',
    replaces: 'first',
    version: 1,
    trip: { ...trip, start: '2041-06-07T09:30', end: '2041-06-07T12:30' },
    gross: '701.15',
  }),
};

const names = Object.keys(kinds);
const all = Object.values(kinds);

/** 6 + 36 + 216 + 1,296 + 7,776 + 46,656. */
export const sequences = Array.from({ length: longest }, (_, n) => all.length ** (n + 1)).reduce(
  (sum, each) => sum + each,
);

/** The nth sequence in the order of a dictionary: each is followed by those that begin with it. Places in `kinds`. */
export function sequenceAt(index: number): number[] {
  const sequence: number[] = [];
  let left = index;
  for (let depth = 0; ; depth++) {
    // So many begin with the same letters up to and with this one.
    const family = (all.length ** (longest - depth) - 1) / (all.length - 1);
    const letter = Math.floor(left / family);
    sequence.push(letter);
    left -= letter * family;
    if (left === 0) return sequence;
    left--;
  }
}

/** The nth sequence, the short ones first. */
export function shortFirst(index: number): number[] {
  let length = 1;
  let left = index;
  for (; left >= all.length ** length; length++) left -= all.length ** length;
  return Array.from(
    { length },
    (_, place) => Math.floor(left / all.length ** (length - 1 - place)) % all.length,
  );
}

export const messagesOf = (sequence: readonly number[]): Statement[] =>
  sequence.map(each => all[each] as Statement);
export const wordsOf = (sequence: readonly number[]): string => sequence.map(each => names[each]).join(', ');
