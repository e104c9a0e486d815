import { type Entries, keep } from './indexed.ts';
import type { Reader, Transaction } from './sqlite.ts';
import type { Place, Table } from './table.ts';

/**
 * One kind of record as it goes from one edition to the other, at the side of SQLite. What `all` gives is the very value
 * that the table's side gives of the same house.
 */
export interface CarriedBySqlite<R extends object> {
  all(from: Reader): Iterable<R>;
  /** Puts a record in its place, over what is there of it. Idempotent. */
  put(tx: Transaction, record: R): void;
}

/** The same at the side of a table. */
export interface CarriedByTable<R extends object> {
  /** The first word of the partitions by whose items the records are found, without the fence of money. */
  readonly word: string;
  /** The record that lies here with all that belongs to it, or null where this item is only a part of one or leads to it. */
  of(table: Table, item: Place & { readonly value: unknown }): Promise<R | null>;
  /** Puts a record and all that leads to it in place, what calls for work last. Idempotent, also after a cut. */
  put(table: Table, record: R): Promise<void>;
}

/** A kind of which each record is one item, with the entries that lead to it. */
export const carriedItems = <R extends object>(it: {
  word: string;
  at: (record: R) => Place;
  entries?: Entries<R>;
}): CarriedByTable<R> => ({
  word: it.word,
  async of(_, { pk, sk, value }) {
    if (typeof value !== 'object' || value === null) return null;
    const place = it.at(value as R);
    return place.pk === pk && place.sk === sk ? (value as R) : null;
  },
  put: (table, record) => table.unit(unit => keep(unit, it.at(record), record, it.entries ?? (() => []))),
});

/** What stands behind the first words of a partition: `rest('FEED#vessel#jada', 2)` is `jada`. */
export const rest = (pk: string, words: number): string => pk.split('#').slice(words).join('#');

/** Puts many items without looking, in units as large as they may be. */
export async function putAll(
  table: Table,
  items: readonly { place: Place; value: unknown }[],
): Promise<void> {
  for (let at = 0; at < items.length; at += mostItems) {
    const some = items.slice(at, at + mostItems);
    await table.unit(async unit => {
      for (const { place, value } of some) unit.put(place, value);
    });
  }
}

/** Fewer than a unit may hold, so that its bytes fit as well. */
const mostItems = 50;
