import type { Proven, Violation } from '../prove.ts';
import { inTurns } from '../sim/turns.ts';
import { inSlices } from '../slices.ts';
import { type Played, play } from './play.ts';
import { type Pair, pairOf } from './plot.ts';
import { type Disks, disks, type Got } from './world.ts';

/** Two runs of one story that differ in nothing but money agree in every byte for anybody but owner and payees. */
export const moneyPairs = inSlices({
  name: 'money-pairs',
  promise: 'What crew, guests and the public get is a function of everything but money.',
  unit: 'pairs',
  gate: 200,
  full: 30_000,
  chunk: 50,
  slice: (from, to) => inTurns(() => playPairs(from, to)),
});

export async function playPairs(from: number, to: number): Promise<Proven> {
  const on = disks();
  const figures = { 'bytes compared': 0, crashes: 0, 'in trouble': 0 };
  const violations: Violation[] = [];
  for (let seed = from; seed < to; seed++) {
    const pair = pairOf(seed);
    const [one, other] = await bothSides(pair, on);
    figures.crashes += one.crashed;
    if (pair.sides.some(({ trouble }) => trouble !== 'none')) figures['in trouble']++;
    figures['bytes compared'] += one.got.reduce((sum, { bytes }) => sum + bytes.length, 0);
    const what = difference(one, other, pair);
    if (what) violations.push({ seed, what, history: storyOf(pair) });
  }
  return { done: to - from, figures, violations };
}

async function bothSides(pair: Pair, on: Disks): Promise<[Played, Played]> {
  return [await play(pair, pair.sides[0], on), await play(pair, pair.sides[1], on)];
}

/** The first byte that differs, and where; null when there is none. */
export function difference(one: Played, other: Played, pair: Pair): string | null {
  if (one.alarms.length + other.alarms.length > 0)
    return `only the last gate held an amount back: ${[...one.alarms, ...other.alarms].join(', ')}`;
  const [a, b] = [fairly(one, pair), fairly(other, pair)];
  for (let n = 0; n < Math.max(a.length, b.length); n++) {
    const [x, y] = [a[n], b[n]];
    if (!x || !y || x.who !== y.who)
      return `${n}: ${x?.who ?? 'nothing'} / ${y?.who ?? 'nothing'} ${x?.bytes.slice(0, 200)} / ${y?.bytes.slice(0, 200)}`;
    if (x.bytes === y.bytes) continue;
    let at = 0;
    while (x.bytes[at] === y.bytes[at]) at++;
    const near = (bytes: string) => JSON.stringify(bytes.slice(Math.max(0, at - 60), at + 40));
    return `${x.who}, byte ${at}: ${near(x.bytes)} / ${near(y.bytes)}`;
  }
  return null;
}

/** What may not differ. In trouble each channel is in its own order: what a person gets is never two channels at once. */
function fairly({ got, open }: Played, pair: Pair): Got[] {
  const fair = got
    .filter(each => comparable(each, pair, open))
    .map(each => (each.who.startsWith('metrics') ? { ...each, bytes: fairMetrics(each.bytes) } : each));
  return inTrouble(pair) ? fair.sort((x, y) => (x.who < y.who ? -1 : x.who > y.who ? 1 : 0)) : fair;
}

/** Behind the fence the books may say more or less often that they did something: never what. */
function comparable({ who, bytes }: Got, pair: Pair, open: ReadonlySet<string>): boolean {
  if (inTrouble(pair) && showsTrouble.test(who)) return false;
  if (who !== 'log') return true;
  const line = JSON.parse(bytes) as Record<string, unknown>;
  if (typeof line.letter === 'string') return open.has(line.letter);
  if (line.workflow === 'keep-books@1' || ownersSurfaces.has(String(line.surface))) return false;
  if (line.what === 'the books refused a note') return false;
  // Where the books fail, the message about them is tried again, and the log says so.
  return !inTrouble(pair);
}

/** Where the operator is shown that the books fail: how often something was tried, and what waits. */
const showsTrouble = /^(engine\.db|gangway\.db: drives|metrics|operator: (page|GET \/desk|retry))/;

const ownersSurfaces: ReadonlySet<string> = new Set(['ledger', 'owner letter', 'captain letter']);
const inTrouble = ({ sides }: Pair) => sides.some(({ trouble }) => trouble !== 'none');

/** Lines about the books say so. */
function fairMetrics(text: string): string {
  return text
    .split('\n')
    .filter(line => !line.includes('fence="owner"'))
    .join('\n');
}

const storyOf = ({ acts, crashes, sides }: Pair): string[] => [
  ...acts.map(act => JSON.stringify(act)),
  ...crashes.map(crash => JSON.stringify(crash)),
  ...sides.map(({ money, trouble }) => `${trouble}: ${JSON.stringify([0, 1, 2, 3].map(money))}`),
];
