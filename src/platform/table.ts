/** Where an item lies: its partition and its place within. */
export type Place = { readonly pk: string; readonly sk: string };

/** A stretch of one partition. `from` and `to` bound the place (both included); reads are strongly consistent. */
export type Stretch = {
  readonly pk: string;
  readonly prefix?: string;
  readonly from?: string;
  readonly to?: string;
  readonly descending?: boolean;
  readonly limit?: number;
};

export type Placed<T> = { readonly sk: string; readonly value: T };

/** What may be asked of a table. Every answer sees every resolved write. */
export interface TableReader {
  get<T>(place: Place): Promise<T | null>;
  /** In the order of their places. */
  list<T>(stretch: Stretch): Promise<readonly Placed<T>[]>;
}

/**
 * A piece of work on several items that happens together or not at all. What `get` answered is a condition: if another
 * writer changes one of these items meanwhile, the work runs again on what is there then, also where it writes nothing or
 * throws. `list` is no condition: an item
 * found by it that matters must be read with `get`, and an absence must hang on an item that every adder writes.
 */
export interface Unit extends TableReader {
  put(place: Place, value: unknown, options?: PutOptions): void;
  remove(place: Place): void;
}

/** `bytes` lie beside the value, outside its JSON. `endsAt` (epoch ms): the table may drop the item some time after it. */
export type PutOptions = { readonly bytes?: Uint8Array; readonly endsAt?: number };

/**
 * A keyed table without joins: DynamoDB's vocabulary. Index entries are items of their own, written in the same unit as
 * what they lead to, so that they are never behind (decision 011).
 */
export interface Table extends TableReader {
  bytes(place: Place): Promise<Uint8Array | null>;
  /**
   * Runs `work` and writes what it put and removed in one atomic, durable step of at most 100 items. `work` may run several
   * times and must have no other effect. What it throws is thrown and nothing is written. Throws Unavailable `table-busy` when
   * others kept changing the same items, `table-unavailable` when the service does not answer.
   */
  unit<T>(work: (unit: Unit) => Promise<T>): Promise<T>;
}

/** The part of a table whose partitions begin with this word: `MONEY` is fenced off by the roles, see `docs/reference/dynamodb.md`. */
export const within = (table: Table, word: string): Table =>
  through(table, place => ({ ...place, pk: `${word}#${place.pk}` }));

/** A table of which every place and stretch that is asked for goes through `at` first. */
export function through(table: Table, at: <P extends { readonly pk: string }>(place: P) => P): Table {
  return {
    get: place => table.get(at(place)),
    list: stretch => table.list(at(stretch)),
    bytes: place => table.bytes(at(place)),
    unit: work =>
      table.unit(unit =>
        work({
          get: place => unit.get(at(place)),
          list: stretch => unit.list(at(stretch)),
          put: (place, value, options) => unit.put(at(place), value, options),
          remove: place => unit.remove(at(place)),
        }),
      ),
  };
}
