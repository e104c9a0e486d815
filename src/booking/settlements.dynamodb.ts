import type { Table } from '#platform/table.ts';
import type { Settlement, Settlements } from './settlements.ts';

export function dynamoSettlements(table: Table): Settlements {
  const at = (conflict: string) => ({ pk: `SETTLEMENT#${conflict}`, sk: '-' });
  return {
    settle: settlement => table.unit(async unit => unit.put(at(settlement.conflict), settlement)),
    reopen: conflict => table.unit(async unit => unit.remove(at(conflict))),
    find: conflict => table.get<Settlement>(at(conflict)),
  };
}
