import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { settableClock } from '#lib/clock.ts';
import { canonicalJson } from '#lib/digest.ts';
import type { Files } from '#main/embedded/files.ts';
import { makeTables } from '#main/moving/embedded-house.ts';
import { type Kind, kinds, partOf } from '#main/moving/kinds.ts';
import { recordsAt } from '#main/moving/table-house.dynamodb.ts';
import { openSqlite, type Sqlite } from '#platform/sqlite.ts';
import { type Table, within } from '#platform/table.ts';
import { tableScan } from '#platform/table-scan.dynamodb.ts';
import type { DynamoStandIn } from '../stand-ins/dynamodb.ts';

type Records = ReadonlyMap<Kind, readonly object[]>;

/** A record by its name, as it would stand in an export. */
export const lines = (records: Records): string[] =>
  [...records]
    .flatMap(([kind, some]) =>
      some.map(it => `${partOf(kind)} ${kind.keyOf(it as never)} ${canonicalJson(it)}`),
    )
    .sort();

/** What lies in each part of the stand-in's table, by the name of the part: whatever wrote it. */
export async function recordsByTable(dynamo: DynamoStandIn): Promise<ReadonlyMap<string, Records>> {
  const found = new Map<string, Records>();
  const { items } = tableScan({ client: dynamo.client, name: dynamo.name, fleeting: new Set() });
  for await (const { pk, ...item } of items) {
    const [part = ''] = pk.split('#');
    const own = { ...item, pk: pk.slice(part.length + 1) };
    const records = new Map(found.get(part));
    for (const { kind, record } of await recordsAt(within(dynamo.table, part), own))
      records.set(kind, [...(records.get(kind) ?? []), record]);
    found.set(part, records);
  }
  return found;
}

/** Puts records into a table, as an import does. */
export async function putIntoTable(table: Table, records: Records): Promise<void> {
  const money = within(table, 'MONEY');
  for (const kind of kinds)
    for (const record of records.get(kind) ?? [])
      await kind.table.put(kind.inTable === 'money' ? money : table, record);
}

/** Databases of the embedded edition, empty, that records go through one house after the other. */
export function openPassage() {
  const folder = mkdtempSync(join(tmpdir(), 'gangway-passage-'));
  const [open, money, engine] = [0, 1, 2].map(() => openSqlite(':memory:')) as [Sqlite, Sqlite, Sqlite];
  const files: Files = {
    open,
    money,
    engine,
    outbox: folder,
    pages: folder,
    photos: folder,
    close: () => {
      for (const db of [open, money, engine]) db.close();
      rmSync(folder, { recursive: true });
    },
  };
  makeTables(files, settableClock('2027-05-01T10:00:00Z'));
  const dbOf = ({ side }: Kind) => (side === 'money' ? money : open);
  return {
    close: files.close,
    /** What the embedded edition makes of records, each put in twice. */
    async through(records: Records): Promise<Records> {
      for (const kind of kinds)
        await dbOf(kind).write(tx => {
          for (const record of twice(records.get(kind) ?? [])) kind.sqlite.put(tx, record);
        });
      const found = new Map(
        kinds
          .map(kind => [kind, [...kind.sqlite.all(dbOf(kind))]] as const)
          .filter(([, some]) => some.length > 0),
      );
      for (const db of [open, money]) await empty(db);
      return found;
    },
  };
}

const twice = <T>(some: readonly T[]): readonly T[] => [...some, ...some];

async function empty(db: Sqlite): Promise<void> {
  const tables = db.all<{ name: string }>(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN ('schema_steps') ORDER BY rowid DESC",
  );
  await db.write(tx => {
    for (const { name } of tables) tx.run(`DELETE FROM ${name}`);
  });
}
