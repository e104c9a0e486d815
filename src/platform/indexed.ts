import type { Place, Placed, Stretch, Table, TableReader, Unit } from './table.ts';

/** The entries that lead to a record: pure, from the record alone. Each holds a copy, so that a list is one read. */
export type Entries<T> = (value: T) => readonly Place[];

/** Puts a record and its index entries in one unit, and takes away the entries it no longer has; `null` removes all of it. */
export async function keep<T>(unit: Unit, place: Place, value: T | null, entries: Entries<T>): Promise<void> {
  const before = await unit.get<T>(place);
  const idOf = ({ pk, sk }: Place) => `${pk}\0${sk}`;
  const now = value === null ? [] : entries(value);
  const stays = new Set(now.map(idOf));
  for (const entry of before === null ? [] : entries(before)) if (!stays.has(idOf(entry))) unit.remove(entry);
  for (const entry of now) unit.put(entry, value);
  if (value === null) unit.remove(place);
  else unit.put(place, value);
}

const shards = 4;

/** One of a few partitions that an entry about this id goes to, so that no index of the whole house is one hot partition. */
export function shardOf(id: string): string {
  let sum = 0;
  for (let i = 0; i < id.length; i++) sum = (sum * 31 + id.charCodeAt(i)) >>> 0;
  return String(sum % shards);
}

/** A stretch of an index that is spread over the shards, in the order of the places. */
export async function listSpread<T>(
  table: Table | TableReader,
  { pk, ...stretch }: Stretch,
): Promise<readonly Placed<T>[]> {
  const parts = await Promise.all(
    Array.from({ length: shards }, (_, shard) => table.list<T>({ ...stretch, pk: `${pk}#${shard}` })),
  );
  const all = parts.flat().sort((a, b) => (a.sk < b.sk ? -1 : a.sk > b.sk ? 1 : 0));
  if (stretch.descending) all.reverse();
  return stretch.limit === undefined ? all : all.slice(0, stretch.limit);
}

/** Goes along a stretch, page by page, as long as the reader wants more. `read` is `table.list` or `listSpread`. */
export async function* along<T>(
  read: (stretch: Stretch) => Promise<readonly Placed<T>[]>,
  stretch: Stretch,
  page = 100,
): AsyncGenerator<Placed<T>> {
  let last: string | undefined;
  do {
    const from = last === undefined ? {} : stretch.descending ? { to: last } : { from: last };
    const found = await read({ ...stretch, ...from, limit: page + 1 });
    for (const placed of found) if (placed.sk !== last) yield placed;
    last = found.length > page ? found.at(-1)?.sk : undefined;
  } while (last !== undefined);
}
