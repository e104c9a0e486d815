import { shardOf } from '../../src/platform/indexed.ts';
import { arrivals, type Dice, dice, whole } from './dice.ts';

/** What one partition takes: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/throttling-key-range-limit-exceeded-mitigation.html */
export const writesOfPartition = 1000;

/** Vessels of the house; some are far more booked. */
const vessels = 40;

/** In a transaction a write of up to a kilobyte counts twice. */
const unitsOfWrite = 2;

type Spread =
  /** A partition of the booking's own. */
  | 'own'
  /** Four partitions for the house, by the record's id. */
  | 'four'
  /** By the first two letters of a word; some are far more usual. */
  | 'letters'
  /** One partition for all. */
  | 'one'
  /** By the vessel, in four partitions each. */
  | 'vessel'
  /** Sixteen counters. */
  | 'sixteen';

/** Writes that one booking makes from its first message until it is fulfilled: partition, how it is spread, how often. */
export const writesOfBooking: readonly (readonly [partition: string, spread: Spread, times: number])[] = [
  ['BOOKING', 'own', 4],
  ['NAME', 'own', 1],
  ['HEARD', 'own', 1],
  ['BOOKINGS', 'four', 2],
  ['BOOKINGS-IN', 'four', 2],
  ['BOOKINGS-ON', 'vessel', 2],
  ['WORD', 'letters', 6],
  ['BOOKING-COUNT', 'sixteen', 1],
  ['UNFULFILLED', 'four', 2],
  ['TO-ERASE', 'four', 1],
  ['CLAIM', 'own', 8],
  ['DRIVE', 'own', 4],
  ['DRIVES', 'four', 4],
  ['BELIEFS', 'own', 24],
  ['TROUBLED', 'four', 1],
  ['AGENDA', 'own', 8],
  ['DUE', 'four', 8],
  ['EVENT', 'own', 6],
  ['EVENT-START', 'four', 1],
  ['CAL', 'own', 2],
  ['CAL-DAY', 'four', 1],
  ['FEED', 'own', 8],
  ['PAGES', 'own', 3],
  ['LINK', 'own', 6],
  ['LETTER', 'own', 24],
  ['LETTERS', 'four', 8],
  ['LETTERS-IN', 'four', 24],
  ['LETTERS-DUE', 'four', 16],
  ['LETTERS-UNTOLD', 'four', 16],
  ['MONEY#NOTES', 'own', 2],
  ['MONEY#LEDGERS', 'own', 2],
  ['MONEY#MONTH', 'one', 1],
  ['MONEY#AMOUNTS', 'own', 6],
  ['MONEY#INBOX', 'four', 2],
  ['MONEY#INBOX-IN', 'four', 4],
  ['MONEY#INBOX-DUE', 'four', 2],
];

export type Heat = {
  readonly perSecond: number;
  readonly hottest: string;
  /** Write units in its busiest second. */
  readonly peak: number;
};

/** Which partition is the hottest while bookings come at a rate for a minute, each written within its second. */
export function heat(perSecond: number, seed: number): Heat {
  const chance = dice(seed);
  const seconds = new Map<string, number>();
  for (const at of arrivals(chance, perSecond, 60)) {
    const booking = `bkg_${Math.floor(chance.next() * 1e12).toString(36)}`;
    for (const [partition, spread, times] of writesOfBooking) {
      for (let n = 0; n < times; n++) {
        const place = placeOf(partition, spread, booking, n, chance);
        const key = `${place} ${Math.floor(at)}`;
        seconds.set(key, (seconds.get(key) ?? 0) + unitsOfWrite);
      }
    }
  }
  let hottest = '';
  let peak = 0;
  for (const [key, units] of seconds) {
    if (units > peak) [hottest, peak] = [key.slice(0, key.lastIndexOf(' ')), units];
  }
  return { perSecond, hottest, peak };
}

function placeOf(partition: string, spread: Spread, booking: string, n: number, chance: Dice): string {
  switch (spread) {
    case 'own':
      return `${partition}#${booking}`;
    case 'four':
      return `${partition}#${shardOf(`${booking}-${n}`)}`;
    case 'letters':
      return `${partition}#${chance.zipf(300)}`;
    case 'one':
      return partition;
    case 'vessel':
      return `${partition}#${chance.zipf(vessels)}#${shardOf(booking)}`;
    case 'sixteen':
      return `${partition}#${Math.floor(chance.next() * 16)}`;
  }
}

/** The most bookings a second at which no partition is over its limit in any second of a minute. */
export function mostPerSecond(seed: number): number {
  let [good, bad] = [1, 128];
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (heat(middle, seed).peak <= writesOfPartition) good = middle;
    else bad = middle;
  }
  return good;
}

export function heatTable(seed: number): string {
  const rows = [0.04, 1, 10, 50].map(perSecond => heat(perSecond, seed));
  return [
    '| bookings | hottest partition | write units in its busiest second | of the limit |',
    '|---:|---|---:|---:|',
    ...rows.map(
      ({ perSecond, hottest, peak }) =>
        `| ${perSecond < 1 ? `${whole(perSecond * 60 * 60 * 24 * 30)} a month, evenly` : `${perSecond} a second`} | ${spelled(hottest)} | ${whole(peak)} | ${Math.round((peak / writesOfPartition) * 100)} % |`,
    ),
    '',
    `The limit of ${whole(writesOfPartition)} units is met at **${mostPerSecond(seed)} bookings a second**.`,
  ].join('\n');
}

/** A booking's own partition without its id, which says nothing. */
const spelled = (place: string) =>
  place.includes('bkg_') ? `\`${place.split('#bkg_')[0]}\` of one booking` : `\`${place}\``;
