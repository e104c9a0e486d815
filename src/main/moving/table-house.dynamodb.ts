import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { Refusal } from '#lib/refusal.ts';
import type { PictureFiles } from '#photos/picture-files.ts';
import { type Table, within } from '#platform/table.ts';
import { type Scanned, tableScan } from '#platform/table-scan.dynamodb.ts';
import { type Begun, moveAt } from './arriving-table.ts';
import type { Arriving, Leaving } from './house.ts';
import { type Kind, kinds, partOf } from './kinds.ts';

/** What comes and goes by itself in a table, and is not part of a house. */
const fleeting = new Set(['SESSION', 'SESSIONS', 'TURN', 'LETTERS-REST', moveAt.pk]);

type Parts = { client: DynamoDBDocumentClient; name: string; table: Table; pictures: PictureFiles };

/** The records that are found by this item: none where it is a part of one, or only leads to it. */
export async function recordsAt(
  table: Table,
  { pk, sk, value }: Scanned,
): Promise<{ kind: Kind; record: object }[]> {
  const side = pk.startsWith('MONEY#') ? 'money' : 'open';
  const own = side === 'money' ? pk.slice('MONEY#'.length) : pk;
  const word = own.split('#')[0];
  const found: { kind: Kind; record: object }[] = [];
  for (const kind of kinds) {
    if (kind.inTable !== side || kind.table.word !== word) continue;
    const record = await kind.table.of(sidesOf(table)[side], { pk: own, sk, value });
    if (record) found.push({ kind, record });
  }
  return found;
}

const sidesOf = (table: Table) => ({ open: table, money: within(table, 'MONEY') });

/** A house in a table, read as it is at one moment. */
export function tableLeaving({ client, name, table, pictures }: Parts): Leaving {
  return {
    edition: 'aws',
    pictures,
    async records(take) {
      const first = tableScan({ client, name, fleeting });
      for await (const item of first.items)
        for (const { kind, record } of await recordsAt(table, item)) take(kind, record);
      const again = tableScan({ client, name, fleeting });
      for await (const _ of again.items);
      if (again.mark() !== first.mark())
        throw new Refusal(
          'export-not-quiet',
          'The table changed while it was read: somebody works with this house, or its tick does.',
          'Stop what comes in and disable the schedule of the tick (docs/operating/aws.md, Moving), then run it again.',
        );
    },
  };
}

/** A table that a house is put into. `catchUp` makes pages and the rest of what follows. */
export function tableArriving(parts: Parts & Pick<Arriving, 'catchUp'>): Arriving {
  const { table, catchUp } = parts;
  const leaving = tableLeaving(parts);
  const sides = sidesOf(table);
  const note = (begun: Begun) => table.unit(async unit => unit.put(moveAt, begun));
  return {
    ...leaving,
    catchUp,
    async begin(id) {
      const begun = await table.get<Begun>(moveAt);
      if (begun?.id === id) return begun.isPut ? 'put' : 'begun';
      if (begun !== null)
        throw new Refusal(
          'import-other-unfinished',
          'Another export was being put into this table, and that did not end.',
          'Import that one again: it goes on where it was. Or begin anew with an empty table.',
        );
      const there = new Map<Kind, number>();
      await leaving.records(kind => void there.set(kind, (there.get(kind) ?? 0) + 1));
      const full = [...there].filter(([kind]) => !kind.mayBeThere);
      if (full.length > 0) throw notEmpty(full.map(([kind, count]) => `${partOf(kind)}: ${count}`));
      await note({ id, isPut: false });
      return 'fresh';
    },
    async put(kind, records) {
      await Promise.all(records.map(record => kind.table.put(sides[kind.inTable], record)));
    },
    isPut: id => note({ id, isPut: true }),
    end: () => table.unit(async unit => unit.remove(moveAt)),
  };
}

const notEmpty = (what: readonly string[]) =>
  new Refusal(
    'import-not-empty',
    `The table has a house in it: ${what.join(', ')}.`,
    'An export is put into an empty house only; nothing there is ever overwritten.',
  );
