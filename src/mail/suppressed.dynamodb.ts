import { along, keep, listSpread, shardOf } from '#platform/indexed.ts';
import type { Place, Stretch, Table } from '#platform/table.ts';
import { after, mailboxOf, type Suppressed, type Suppression } from './suppressed.ts';
import { addressNotSuppressed } from './suppressed-refusals.ts';

/** Suppressed addresses in a table. */
export function dynamoSuppressed(table: Table): Suppressed {
  const spread = (stretch: Stretch) => listSpread<Suppression>(table, stretch);
  return {
    add: trouble =>
      table.unit(async unit => {
        const at = suppressedAt(trouble.address);
        const next = after(await unit.get<Suppression>(at), trouble);
        if (next) await keep(unit, at, next, suppressedEntries);
        return next !== null;
      }),
    find: address => table.get<Suppression>(suppressedAt(address)),
    async list({ limit, allowed = false }) {
      const found: Suppression[] = [];
      for await (const { value } of along(spread, { pk: 'SUPPRESSED', descending: true })) {
        if (found.length === limit) break;
        if (allowed || value.state !== 'allowed') found.push(value);
      }
      return found;
    },
    decide: (address, state, decided) =>
      table.unit(async unit => {
        const before = await unit.get<Suppression>(suppressedAt(address));
        if (!before) throw addressNotSuppressed(address);
        const next: Suppression = { ...before, state, decided: state === 'open' ? null : decided };
        await keep(unit, suppressedAt(address), next, suppressedEntries);
        return next;
      }),
    forget: address =>
      table.unit(async unit => keep<Suppression>(unit, suppressedAt(address), null, suppressedEntries)),
  };
}

/** Where it lies what is known of an address. */
export const suppressedAt = (address: string): Place => ({
  pk: `SUPPRESSED-AT#${mailboxOf(address)}`,
  sk: '-',
});

/** By when it is found. */
export const suppressedEntries = ({ address, at }: Suppression): Place[] => [
  { pk: `SUPPRESSED#${shardOf(address)}`, sk: `${at}#${address}` },
];
