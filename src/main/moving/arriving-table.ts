import type { Place, Table } from '#platform/table.ts';

/** Where it lies in a table which export is being put in place. */
export const moveAt: Place = { pk: 'MOVE', sk: '-' };

/** How far that is. `isPut`: every record and picture is there and was compared. */
export type Begun = { readonly id: string; readonly isPut: boolean };

/** Whether a house is being put in place here and is not all there. Whoever works by the clock or by what lands in buckets leaves it alone meanwhile. */
export async function isArriving(table: Table): Promise<boolean> {
  const begun = await table.get<Begun>(moveAt);
  return begun !== null && !begun.isPut;
}
