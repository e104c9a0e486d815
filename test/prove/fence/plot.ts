import { diceOf } from '../sim/dice.ts';
import { type Kind, type Side, sidesOf } from './money.ts';

/** What a marketplace says in one message, but for money. */
export type Said = {
  readonly source: 'boatsetter' | 'manual';
  readonly name: string;
  readonly version: number;
  readonly kind: 'created' | 'changed' | 'cancelled';
  readonly replaces?: string;
  readonly vessel: string;
  readonly start: string;
  readonly end: string;
  readonly guest: string;
  readonly email: string | null;
  readonly party: number;
};

export type Act =
  | { readonly do: 'say'; readonly said: Said; readonly twice: boolean }
  | { readonly do: 'move'; readonly nth: number; readonly to: string }
  | { readonly do: 'cancel' | 'restore' | 'retry'; readonly nth: number }
  | { readonly do: 'answer'; readonly answer: 'accepted' | 'declined' }
  | { readonly do: 'note'; readonly nth: number; readonly text: string }
  | { readonly do: 'wait'; readonly ms: number }
  /** Whatever was the matter with the books is mended. */
  | { readonly do: 'mend' }
  /** Everybody looks at everything they may look at, over HTTP; or only the rows are read. */
  | { readonly do: 'look'; readonly at: 'everything' | 'rows' };

/** The process dies at the nth edge of the open side: before or after the effect, and before anybody learns of it. */
export type Crash = {
  readonly edge: 'commit' | 'publish' | 'send';
  readonly nth: number;
  readonly when: 'before' | 'after';
};

type Story = { readonly acts: readonly Act[]; readonly crashes: readonly Crash[]; readonly kind: Kind };

/** One story for both sides of a pair, and what differs between them. */
export type Pair = Story & {
  /** Pairs of one story have the first side in common. */
  readonly story: number;
  readonly sides: readonly [Side, Side];
};

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Far ahead of any machine's clock, which the durable SDK compares with. */
export const beginning = Date.parse('2041-05-01T19:00:00Z');

/** How often a story is told again with other money: it costs half as much to tell it five times as to tell four twice. */
const retellings = 4;

/** The pair of a seed; pairs of as many seeds as `again` have their story and first side in common. */
export function pairOf(seed: number, again = retellings): Pair {
  const story = Math.floor(seed / again);
  const { sides, ...told } = tellingsOf(story, again);
  const [first, ...others] = sides;
  return { ...told, story, sides: [first, others[seed % again] as Side] };
}

function tellingsOf(story: number, again: number): Story & { readonly sides: readonly [Side, ...Side[]] } {
  const dice = diceOf(story);
  const kind = dice.weighed<Kind>({ apart: 65, 'one in trouble': 20, alike: 15 });
  const guests = ['Carole Whitfield', 'Bruno Okafor', 'Mei Tanaka', 'Zoë O’Neill'];
  const acts: Act[] = [];
  const times = () => {
    const minutes = 9 * 60 + dice.below(36) * 15;
    const date = new Date(beginning + dice.between(3, 20) * day).toISOString().slice(0, 10);
    const clock = (of: number) =>
      `${String(Math.floor(of / 60)).padStart(2, '0')}:${String(of % 60).padStart(2, '0')}`;
    return { start: `${date}T${clock(minutes)}`, end: `${date}T${clock(minutes + 180)}` };
  };
  const say = (said: Said) => acts.push({ do: 'say', said, twice: dice.chance(0.1) });

  const bookings = dice.chance(0.1) ? 2 : 1;
  for (let n = 0; n < bookings; n++) {
    let said: Said = {
      source: dice.chance(0.8) ? 'boatsetter' : 'manual',
      name: `b${n}`,
      version: 1,
      kind: 'created',
      vessel: dice.chance(0.75) ? 'jada' : 'pelican',
      ...times(),
      guest: dice.pick(guests),
      email: dice.chance(0.85) ? `guest${n}@example.org` : null,
      party: dice.between(1, 4),
    };
    say(said);
    if (dice.chance(0.05)) acts.push({ do: 'look', at: 'everything' });
    if (dice.chance(0.25)) {
      said = {
        ...said,
        version: 2,
        kind: 'changed',
        ...(dice.chance(0.6) ? times() : {}),
        party: dice.between(1, 4),
      };
      say(said);
    }
    if (dice.chance(0.08)) {
      said = { ...said, name: `b${n}b`, replaces: said.name, version: 1, kind: 'created', ...times() };
      say(said);
    }
    if (dice.chance(0.1)) say({ ...said, version: said.version + 1, kind: 'cancelled' });
  }
  for (let more = Number(dice.weighed({ 0: 50, 1: 40, 2: 10 })); more > 0; more--) {
    const nth = dice.below(2);
    switch (dice.weighed({ move: 30, answer: 20, note: 15, cancel: 15, restore: 5, retry: 5, wait: 10 })) {
      case 'move':
        acts.push({ do: 'move', nth, to: times().start });
        break;
      case 'answer':
        acts.push({ do: 'answer', answer: dice.pick(['accepted', 'declined']) });
        break;
      case 'note':
        acts.push({ do: 'note', nth, text: dice.pick(['Bring ice.', 'Two kayaks on deck, 14 life vests']) });
        break;
      case 'cancel':
        acts.push({ do: 'cancel', nth });
        break;
      case 'restore':
        acts.push({ do: 'restore', nth });
        break;
      case 'retry':
        acts.push({ do: 'retry', nth });
        break;
      case 'wait':
        acts.push({ do: 'wait', ms: dice.pick([2 * minute, 3 * hour]) });
        break;
    }
  }
  // To the day before, to the thanks, or past the purge.
  if (dice.chance(0.15)) {
    const days = dice.pick([13, 19, 24, 400]);
    // A guest is erased when the books have heard everything: where they fail, once they are mended.
    if (days === 400) acts.push({ do: 'mend' }, { do: 'wait', ms: 4 * hour });
    acts.push({ do: 'wait', ms: days * day });
  }
  acts.push({ do: 'look', at: dice.weighed({ everything: 25, rows: 75 }) });

  const crashes: Crash[] = [];
  if (dice.chance(0.3)) {
    for (let n = dice.between(1, 2); n > 0; n--) {
      crashes.push({
        edge: dice.weighed({ commit: 70, publish: 12, send: 18 }),
        nth: dice.below(40),
        when: dice.pick(['before', 'after']),
      });
    }
  }
  return {
    kind,
    acts,
    sides: sidesOf(dice, kind, again),
    // A message that is tried again because the books fail commits once more: the nth edge is then another.
    crashes:
      kind === 'one in trouble'
        ? []
        : crashes.map(crash => (crash.edge === 'commit' ? crash : { ...crash, nth: crash.nth % 4 })),
  };
}
