import type { Place, Table } from '#platform/table.ts';
import type { Settlement, Settlements } from './settlements.ts';

/** Where a person's word on a conflict lies. */
export const settlementAt = (conflict: string): Place => ({ pk: `SETTLEMENT#${conflict}`, sk: '-' });

export function dynamoSettlements(table: Table): Settlements {
  return {
    settle: settlement => table.unit(async unit => unit.put(settlementAt(settlement.conflict), settlement)),
    reopen: conflict => table.unit(async unit => unit.remove(settlementAt(conflict))),
    find: conflict => table.get<Settlement>(settlementAt(conflict)),
  };
}
