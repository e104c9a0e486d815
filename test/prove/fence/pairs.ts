import type { Proven, Violation } from '../prove.ts';
import { inTurns } from '../sim/turns.ts';
import { inSlices } from '../slices.ts';
import type { Kind } from './money.ts';
import { type Played, play } from './play.ts';
import { type Pair, pairOf } from './plot.ts';
import { type Disks, disks, type Got } from './world.ts';

/** Two runs of one story that differ in nothing but money agree in every byte for anybody but owner and payees. */
export const moneyPairs = inSlices({
  name: 'money-pairs',
  promise: 'What crew, guests and the public get is a function of everything but money.',
  unit: 'pairs',
  gate: 2_000,
  full: 30_000,
  chunk: 48,
  slice: (from, to) => inTurns(() => playPairs(from, to)),
});

/** Stops after `enough` pairs that differ. */
export async function playPairs(
  from: number,
  to: number,
  { on = disks(), enough = Number.POSITIVE_INFINITY }: { on?: Disks; enough?: number } = {},
): Promise<Proven> {
  const figures = {
    stories: 0,
    'bytes compared': 0,
    crashes: 0,
    'in trouble': 0,
    'even behind the fence': 0,
  };
  const violations: Violation[] = [];
  let told = { story: Number.NaN, first: {} as Played };
  let seed = from;
  for (; seed < to && violations.length < enough; seed++) {
    const pair = pairOf(seed);
    if (told.story !== pair.story) {
      told = { story: pair.story, first: await play(pair, pair.sides[0], on) };
      figures.stories++;
    }
    const other = await play(pair, pair.sides[1], on);
    figures.crashes += other.crashed;
    if (pair.sides.some(({ trouble }) => trouble !== 'none')) figures['in trouble']++;
    if (pair.kind === 'alike') figures['even behind the fence']++;
    figures['bytes compared'] += other.got.reduce((sum, { bytes }) => sum + bytes.length, 0);
    const what = difference(told.first, other, pair);
    if (what) violations.push({ seed, what, history: storyOf(pair) });
  }
  return { done: seed - from, figures, violations };
}

/** The first byte that differs, and where; null when there is none. */
export function difference(one: Played, other: Played, pair: Pair): string | null {
  if (one.alarms.length + other.alarms.length > 0)
    return `only the last gate held an amount back: ${[...one.alarms, ...other.alarms].join(', ')}`;
  const isBegunAgain = one.crashed + other.crashed > 0 && runsBegun(one) !== runsBegun(other);
  return firstByte(fairly(one, pair, isBegunAgain), fairly(other, pair, isBegunAgain));
}

/** Where two tellings first differ, in what anybody got or in who got it; null where they agree in all. */
export function firstByte(a: readonly Got[], b: readonly Got[]): string | null {
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
function fairly({ got, open }: Played, { kind }: Pair, isBegunAgain: boolean): Got[] {
  if (kind === 'alike') return [...got];
  const fair = got
    .filter(each => comparable(each, kind, open) && !(isBegunAgain && each.who === 'engine.db'))
    .map(each => {
      if (each.who.startsWith('metrics')) return { ...each, bytes: fairMetrics(each.bytes) };
      return isBegunAgain && each.who === drives ? { ...each, bytes: withoutRun(each.bytes) } : each;
    });
  return kind === 'one in trouble' ? fair.sort((x, y) => (x.who < y.who ? -1 : x.who > y.who ? 1 : 0)) : fair;
}

const drives = 'gangway.db: drives';

/**
 * How often each booking's run was begun. A crash comes at the nth commit of the open side; what that commit holds hangs on
 * what waited at that moment, and the books have the event loop in common with everybody. So on one side a run had just been
 * noted as ended where on the other it had not, and is begun once more. Nobody is shown that count; without a crash it must agree.
 */
const runsBegun = ({ got }: Played) =>
  got
    .filter(({ who }) => who === drives)
    .map(({ bytes }) => bytes)
    .join();

const withoutRun = (row: string) => JSON.stringify({ ...(JSON.parse(row) as object), run: null });

/** Behind the fence the books may say more or less often that they did something: never what. */
function comparable({ who, bytes }: Got, kind: Kind, open: ReadonlySet<string>): boolean {
  if (kind === 'one in trouble' && showsTrouble.test(who)) return false;
  if (who === 'engine.db: the books') return false;
  if (who !== 'log') return true;
  const line = JSON.parse(bytes) as Record<string, unknown>;
  if (typeof line.letter === 'string') return open.has(line.letter);
  if (line.workflow === 'keep-books@1' || ownersSurfaces.has(String(line.surface))) return false;
  if (line.what === 'the books refused a note') return false;
  // Where the books fail, the message about them is tried again, and the log says so.
  return kind !== 'one in trouble';
}

/** Where the operator is shown that the books fail: how often something was tried, and what waits. */
const showsTrouble = /^(engine\.db|gangway\.db: drives|metrics|operator: (page|GET \/desk|retry))/;

const ownersSurfaces: ReadonlySet<string> = new Set(['ledger', 'owner letter', 'captain letter']);

/** Lines about the books say so. */
function fairMetrics(text: string): string {
  return text
    .split('\n')
    .filter(line => !line.includes('fence="owner"'))
    .join('\n');
}

export const storyOf = ({ kind, acts, crashes, sides }: Pair): string[] => [
  kind,
  ...acts.map(act => JSON.stringify(act)),
  ...crashes.map(crash => JSON.stringify(crash)),
  ...sides.map(({ money, trouble }) => `${trouble}: ${JSON.stringify([0, 1, 2, 3].map(money))}`),
];
