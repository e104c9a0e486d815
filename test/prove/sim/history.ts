import { type Dice, diceOf } from './dice.ts';
import type { Fault } from './life.ts';

/** What a statement says about a trip: the whole of it, as marketplaces do. */
export type Trip = {
  readonly vessel: string;
  /** The clock at the berth, `2031-05-30T15:30`. */
  readonly start: string;
  readonly end: string;
  readonly guest: string;
  readonly email: string | null;
  readonly party: number;
  readonly status: 'confirmed' | 'tentative';
};

/** Something a marketplace says about a booking. */
export type Statement = {
  /** The webhook id: the same one again is the same message. */
  readonly key: string;
  readonly source: 'boatsetter' | 'manual';
  readonly name: string;
  readonly version: number | null;
  /** When it happened there, ISO 8601; null where the source does not say. */
  readonly at: string | null;
  readonly kind: 'created' | 'changed' | 'cancelled';
  readonly replaces: string | null;
  readonly trip: Trip | null;
  readonly gross: string | null;
  /** Whether somebody has to look at it first, however and whenever it comes. */
  readonly bad: boolean;
};

/** How long the world is left alone after something was done: turns of the event loop, or until all is quiet. */
export type Rest = number | 'quiet';

export type Action = { readonly rest: Rest } & (
  | { readonly do: 'deliver'; readonly statement: Statement }
  | { readonly do: 'move'; readonly nth: number; readonly to: string }
  | { readonly do: 'correct'; readonly nth: number; readonly guest: string }
  | { readonly do: 'cancel' | 'restore' | 'retry'; readonly nth: number }
  | { readonly do: 'add'; readonly trip: Trip }
  | { readonly do: 'answer'; readonly nth: number; readonly answer: 'accepted' | 'declined' | 'unknown' }
  | { readonly do: 'crew'; readonly nth: number; readonly people: readonly string[] }
  | { readonly do: 'wait' | 'jump'; readonly ms: number }
  | { readonly do: 'restart' }
);

/** What happens in a story and what goes wrong in it. */
export type History = { readonly actions: readonly Action[]; readonly faults: readonly Fault[] };

/** When every story begins. Far ahead of any machine's clock, which the durable SDK compares with. */
export const beginning = Date.parse('2041-05-01T19:00:00Z');

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** The story of a seed. */
export function historyOf(seed: number): History {
  const dice = diceOf(seed);
  const actions = actionsOf(dice, Number(dice.weighed({ 1: 70, 2: 24, 3: 6 })));
  return { actions, faults: faultsFor(dice, actions) };
}

/** What happens around some bookings, before anything goes wrong. */
function actionsOf(dice: Dice, bookings: number): Action[] {
  const scribe = scribeOf(dice);
  const told: Action[][] = [];
  for (let n = 0; n < bookings; n++) told.push(deliveries(dice, scribe.chain(n)));
  return spiced(dice, scribe, interleaved(dice, told));
}

type Scribe = ReturnType<typeof scribeOf>;

/** Makes statements up. Every start is another time of day, so that a letter or page can be told by the time it names. */
function scribeOf(dice: Dice) {
  let times = 0;
  let keys = 0;
  const guests = ['Carole Whitfield', 'Bruno Okafor', 'Mei Tanaka', 'Zoë O’Neill', 'Åse Lund'];

  const when = (): Pick<Trip, 'start' | 'end'> => {
    const minutes = 9 * 60 + ((times++ * 13) % (9 * 60));
    const date = new Date(beginning + dice.between(4, 40) * day).toISOString().slice(0, 10);
    const clock = (of: number) =>
      `${String(Math.floor(of / 60)).padStart(2, '0')}:${String(of % 60).padStart(2, '0')}`;
    return { start: `${date}T${clock(minutes)}`, end: `${date}T${clock(minutes + 180)}` };
  };
  const trip = (): Trip => ({
    vessel: dice.chance(0.75) ? 'jada' : 'pelican',
    ...when(),
    guest: dice.pick(guests),
    email: dice.chance(0.85) ? `guest${dice.below(3)}@example.org` : null,
    party: dice.between(1, 4),
    status: dice.chance(0.9) ? 'confirmed' : 'tentative',
  });
  const changed = (before: Trip): Trip => {
    switch (dice.weighed({ time: 45, guest: 10, party: 10, email: 12, vessel: 12, status: 8, nothing: 8 })) {
      case 'time':
        return { ...before, ...when() };
      case 'guest':
        return { ...before, guest: dice.pick(guests) };
      case 'party':
        return { ...before, party: dice.between(1, 4) };
      case 'email':
        return { ...before, email: dice.chance(0.3) ? null : `guest${dice.below(3)}@example.org` };
      case 'vessel':
        return { ...before, ...when(), vessel: before.vessel === 'jada' ? 'pelican' : 'jada' };
      case 'status':
        return { ...before, status: before.status === 'confirmed' ? 'tentative' : 'confirmed' };
      case 'nothing':
        return before;
    }
  };

  /** All that a marketplace ever says about one booking, in the order in which it happened there. */
  const chain = (n: number): Statement[] => {
    const source = dice.chance(0.8) ? ('boatsetter' as const) : ('manual' as const);
    const versioned = dice.chance(0.7);
    const timed = source === 'boatsetter' || versioned || dice.chance(0.7);
    const all: Statement[] = [];
    let at = beginning - dice.between(1, 60) * day;
    let name = `b${n}a`;
    let replaces: string | null = null;
    let version = 0;
    let now = trip();
    const say = (kind: Statement['kind'], of: Trip | null, bad = false) => {
      at += dice.between(1, 300) * minute;
      version++;
      all.push({
        key: `msg_${n}_${++keys}`,
        source,
        name,
        version: versioned ? version : null,
        at: timed ? new Date(at).toISOString() : null,
        kind,
        replaces: kind === 'cancelled' ? null : replaces,
        trip: of,
        gross: of && dice.chance(0.8) ? `${dice.between(100, 9000)}.${dice.between(10, 99)}` : null,
        bad,
      });
    };
    const changes = (most: number) => {
      for (let left = dice.between(0, most); left > 0; left--) {
        if (dice.chance(0.06)) say('changed', broken(dice, now), true);
        else {
          now = changed(now);
          say('changed', now);
        }
      }
    };
    say('created', now);
    changes(2);
    for (const letter of ['b', 'c']) {
      if (!dice.chance(0.24)) break;
      // Rescheduled: a cancel and a create under another name, which refers to the old one.
      say('cancelled', null);
      replaces = name;
      name = `b${n}${letter}`;
      version = 0;
      now = changed({ ...now, ...when() });
      say('created', now);
      changes(1);
    }
    if (dice.chance(0.3)) {
      say('cancelled', null);
      if (dice.chance(0.2)) say('changed', changed(now));
    }
    return all;
  };

  return {
    chain,
    trip,
    when,
    again: (of: Statement): Statement => ({ ...of, key: `${of.key}_again${++keys}` }),
  };
}

function broken(dice: Dice, trip: Trip): Trip {
  switch (dice.below(3)) {
    case 0:
      return { ...trip, party: 7 };
    case 1:
      return { ...trip, end: trip.start };
    default:
      return { ...trip, vessel: 'flying-dutchman' };
  }
}

const anyRest = (dice: Dice): Rest =>
  dice.chance(0.45) ? 'quiet' : dice.chance(0.5) ? dice.between(1, 40) : 0;

/** In order or not, now and then twice. */
function deliveries(dice: Dice, statements: readonly Statement[]): Action[] {
  const order = dice.weighed({ told: 45, shuffled: 35, reversed: 10, 'last first': 10 });
  const sent =
    order === 'shuffled'
      ? dice.shuffled(statements)
      : order === 'reversed'
        ? statements.toReversed()
        : order === 'last first'
          ? [...statements.slice(-1), ...statements.slice(0, -1)]
          : statements;
  const all = sent.flatMap(statement => {
    const copies = dice.chance(0.2) ? [statement, statement] : [statement];
    return dice.chance(0.05) && statement.at !== null
      ? [...copies, { ...statement, key: `${statement.key}_again` }]
      : copies;
  });
  return all.map(statement => ({ do: 'deliver', statement, rest: anyRest(dice) }));
}

/** One telling from several, each in its own order. */
function interleaved(dice: Dice, tellings: readonly Action[][]): Action[] {
  const left = tellings.map(telling => [...telling]);
  const all: Action[] = [];
  for (;;) {
    const open = left.filter(telling => telling.length > 0);
    if (open.length === 0) return all;
    all.push((dice.pick(open) as Action[]).shift() as Action);
  }
}

/** With what people do in between, and what time does. */
function spiced(dice: Dice, scribe: Scribe, told: readonly Action[]): Action[] {
  const all = [...told];
  const put = (action: Action) => all.splice(dice.between(1, all.length), 0, action);
  const rest = () => anyRest(dice);
  const nth = () => dice.below(3);
  for (let n = Number(dice.weighed({ 0: 30, 1: 35, 2: 20, 3: 15 })); n > 0; n--) {
    switch (
      dice.weighed({
        move: 16,
        cancel: 10,
        restore: 10,
        correct: 8,
        add: 5,
        retry: 5,
        answer: 16,
        crew: 8,
        wait: 14,
        jump: 6,
        restart: 6,
      })
    ) {
      case 'move':
        put({ do: 'move', nth: nth(), to: scribe.when().start, rest: rest() });
        break;
      case 'cancel':
        put({ do: 'cancel', nth: nth(), rest: rest() });
        break;
      case 'restore':
        put({ do: 'restore', nth: nth(), rest: rest() });
        break;
      case 'retry':
        put({ do: 'retry', nth: nth(), rest: rest() });
        break;
      case 'correct':
        put({ do: 'correct', nth: nth(), guest: dice.pick(['Nadia Haddad', 'Tom Reed']), rest: rest() });
        break;
      case 'add':
        put({ do: 'add', trip: scribe.trip(), rest: rest() });
        break;
      case 'answer':
        put({
          do: 'answer',
          nth: nth(),
          answer: dice.pick(['accepted', 'declined', 'unknown']),
          rest: rest(),
        });
        break;
      case 'crew':
        put({
          do: 'crew',
          nth: nth(),
          people: dice.pick([['captain-ana', 'kim'], ['captain-bo'], ['captain-ana', 'luis'], []]),
          rest: rest(),
        });
        break;
      case 'wait':
        put({
          do: 'wait',
          ms: dice.pick([30_000, 2 * minute, 20 * minute, 3 * hour, 26 * hour]),
          rest: 'quiet',
        });
        break;
      case 'jump':
        put({ do: 'jump', ms: dice.pick([-hour, hour, -10 * minute, 26 * hour]), rest: rest() });
        break;
      case 'restart':
        put({ do: 'restart', rest: rest() });
        break;
    }
  }
  return all;
}

/** The story of a seed as it is told at the counter, where only some things can happen: mostly about one booking. */
export function counterHistoryOf(seed: number): History {
  const dice = diceOf(-1 - seed);
  const bookings = dice.chance(0.85) ? 1 : 2;
  const actions = actionsOf(dice, bookings).filter(action => atTheCounter.has(action.do));
  return { actions, faults: faultsFor(dice, actions, atCounter) };
}

const atTheCounter: ReadonlySet<Action['do']> = new Set(['deliver', 'wait', 'jump', 'restart']);

/** Where things can go wrong, and how many edges a message brings about, roughly: a fault further on than the story goes would never happen. */
type Ground = {
  readonly edges: Readonly<Record<Fault['edge'], number>>;
  readonly commitsFor: (messages: number) => number;
};
const everywhere: Ground = {
  edges: { commit: 62, send: 23, publish: 15 },
  commitsFor: messages => 40 + 12 * messages,
};
const atCounter: Ground = {
  edges: { commit: 75, send: 25, publish: 0 },
  commitsFor: messages => 6 + 8 * messages,
};

/** At least three things that go wrong, most of them a process that dies. */
function faultsFor(dice: Dice, actions: readonly Action[], ground = everywhere): Fault[] {
  const messages = actions.filter(action => action.do === 'deliver').length;
  const faults: Fault[] = [];
  for (let n = 3 + Number(dice.weighed({ 0: 60, 1: 25, 2: 15 })); n > 0; n--) {
    const next = fault(dice, ground, messages);
    faults.push(next);
    // A line that breaks after the last dot is apt to do so again.
    if (next.fate.startsWith('unclear') && dice.chance(0.5)) faults.push({ ...next, nth: next.nth + 1 });
  }
  return faults;
}

function fault(dice: Dice, { edges, commitsFor }: Ground, messages: number): Fault {
  switch (dice.weighed(edges)) {
    case 'commit': {
      const fate = dice.weighed({ 'crash before': 34, 'crash after': 34, 'power after': 17, full: 15 });
      return {
        edge: 'commit',
        nth: dice.below(commitsFor(messages)),
        fate,
        much: fate === 'full' ? dice.pick([1, 30_000, 3 * minute, 20 * minute]) : dice.pick([0.3, 0.7, 1]),
      };
    }
    case 'send': {
      const fate = dice.weighed({
        'crash before': 15,
        'crash after': 15,
        'power after': 8,
        later: 12,
        'later for all': 12,
        returned: 6,
        'unclear, arrived': 12,
        'unclear, lost': 8,
        throws: 4,
        slow: 8,
      });
      return {
        edge: 'send',
        nth: dice.below(6),
        fate,
        much: fate === 'slow' ? dice.pick([20_000, 10 * minute]) : 1,
      };
    }
    case 'publish': {
      const fate = dice.weighed({
        'crash before': 20,
        'crash after': 20,
        'power after': 12,
        'fail before': 18,
        'fail after': 18,
        slow: 12,
      });
      return {
        edge: 'publish',
        nth: dice.below(3),
        fate,
        much: fate === 'slow' ? dice.pick([20_000, 10 * minute]) : 1,
      };
    }
  }
}
