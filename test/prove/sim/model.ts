// What is true of bookings after a set of statements: said once more, in another way than the program does, and never by
// asking it. One booking is worked out from scratch, statement by statement, as a careful person with a pencil would.
import type { Statement, Trip } from './history.ts';

/** Something the operator said about a booking, as of a time that comes after everything known then. */
export type DeskWord = {
  readonly booking: string;
  readonly at: string;
  /** The fields that were stated; `off` for a cancellation. */
  readonly says: Partial<Trip> | 'off';
  /** An outside name that belongs to the same booking. */
  readonly alias: string | null;
};

/** One booking as it should be. */
export type Truth = {
  /** Outside names and desk ids of it. */
  readonly names: ReadonlySet<string>;
  readonly state: 'live' | 'off';
  /** Null when too little is known; then it must be off. */
  readonly trip: Trip | null;
  /** What the source said last about the price; null for nothing. */
  readonly gross: string | null;
  /** Whether anybody ever said that it is off, also of an earlier name. */
  readonly everOff: boolean;
};

/** A statement that counts, with the time that counts for it. */
export type Heard = { readonly statement: Statement; readonly at: string };

export const nameOf = ({ source, name }: Pick<Statement, 'source' | 'name'>) => `${source}:${name}`;

/** What all this adds up to, booking by booking. */
export function truthsOf(heard: readonly Heard[], words: readonly DeskWord[]): Truth[] {
  const together = new Map<string, string>();
  const root = (name: string): string => {
    const up = together.get(name) ?? name;
    return up === name ? name : root(up);
  };
  const join = (a: string, b: string) => void together.set(root(a), root(b));
  const names = new Set<string>();
  for (const { statement } of heard) {
    names.add(nameOf(statement));
    if (statement.replaces !== null) {
      const old = nameOf({ source: statement.source, name: statement.replaces });
      names.add(old);
      join(old, nameOf(statement));
    }
  }
  for (const { booking, alias } of words) {
    names.add(booking);
    if (alias !== null) join(booking, alias);
  }
  const groups = Map.groupBy(names, root);
  return [...groups.values()].map(group => truthOf(new Set(group), heard, words));
}

function truthOf(names: ReadonlySet<string>, heard: readonly Heard[], words: readonly DeskWord[]): Truth {
  const mine = heard.filter(({ statement }) => names.has(nameOf(statement)));
  const said = words.filter(({ booking }) => names.has(booking)).toSorted(byTime);
  const chain = chainOf(mine);
  const last = chain.at(-1);

  // Walk through what the marketplace said, name after name, and note when each field became what it is.
  const fields = new Map<string, { value: unknown; since: string }>();
  const leftover: Heard[] = [];
  for (const [place, name] of chain.entries()) {
    const later = chain
      .slice(place + 1)
      .flatMap(next => mine.filter(({ statement }) => nameOf(statement) === next));
    const closedAt = later.map(({ at }) => at).sort()[0] ?? '9';
    let ended = false;
    for (const each of ordered(mine.filter(({ statement }) => nameOf(statement) === name))) {
      if (each.statement.kind === 'cancelled') ended = true;
      else if (ended || each.at >= closedAt) leftover.push(each);
      else put(fields, each);
    }
  }
  const trip = fields.size > 0 ? fields : pile(leftover);

  const endOfLast = mine.some(
    ({ statement }) => nameOf(statement) === last && statement.kind === 'cancelled',
  );
  const begun =
    mine
      .filter(({ statement }) => nameOf(statement) === last)
      .map(({ at }) => at)
      .sort()[0] ?? null;

  let deskOff: string | null = null;
  for (const { at, says } of said) {
    if (says === 'off') deskOff = at;
    else {
      if (says.status !== undefined) deskOff = null;
      for (const [field, value] of Object.entries(says)) {
        const known = trip.get(field);
        if (!known || known.since <= at) trip.set(field, { value, since: at });
      }
    }
  }
  // A person who said that it is off did not speak of what the guest booked anew after that.
  if (deskOff !== null && begun !== null && begun > deskOff) deskOff = null;

  const priced = mine
    .filter(({ statement }) => statement.gross !== null)
    .toSorted((a, b) => byTime(a, b) || byKey(a, b))
    .at(-1);
  return {
    names,
    state: endOfLast || deskOff !== null ? 'off' : 'live',
    trip:
      trip.size > 0
        ? (Object.fromEntries([...trip].map(([field, { value }]) => [field, value])) as Trip)
        : null,
    gross: priced?.statement.gross ?? null,
    everOff:
      mine.some(({ statement }) => statement.kind === 'cancelled') || said.some(({ says }) => says === 'off'),
  };
}

const byTime = (a: { at: string }, b: { at: string }) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0);

const byKey = (a: Heard, b: Heard) => (a.statement.key < b.statement.key ? -1 : 1);

function put(fields: Map<string, { value: unknown; since: string }>, { statement, at }: Heard): void {
  for (const [field, value] of Object.entries(statement.trip ?? {})) {
    const known = fields.get(field);
    if (!known || known.value !== value) fields.set(field, { value, since: at });
  }
}

function pile(leftover: readonly Heard[]) {
  const fields = new Map<string, { value: unknown; since: string }>();
  for (const each of leftover) put(fields, each);
  return fields;
}

/** Names from the first to the last: each replaces the one before it. */
function chainOf(mine: readonly Heard[]): string[] {
  const after = new Map<string, string>();
  const all = new Set<string>();
  for (const { statement } of mine) {
    all.add(nameOf(statement));
    if (statement.replaces === null) continue;
    const old = nameOf({ source: statement.source, name: statement.replaces });
    all.add(old);
    after.set(old, nameOf(statement));
  }
  const first = [...all].find(name => ![...after.values()].includes(name));
  const chain: string[] = [];
  for (let name = first; name !== undefined; name = after.get(name)) chain.push(name);
  return chain;
}

/** By version where the source counts, else by when it happened; the webhook id settles what happened at once. */
function ordered(said: readonly Heard[]): Heard[] {
  return said.toSorted(
    (a, b) => (a.statement.version ?? 0) - (b.statement.version ?? 0) || byTime(a, b) || byKey(a, b),
  );
}
