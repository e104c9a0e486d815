/** When on the trip an item is due. */
export type CheckPhase = 'before departure' | 'with guests aboard' | 'after';

/** What the crew ticks off on every trip. Fixed, so that a missing tick means something. */
export const checkItems = [
  { id: 'vessel-ready', phase: 'before departure', label: 'Engine, fuel, bilge and batteries checked' },
  {
    id: 'safety-gear',
    phase: 'before departure',
    label: 'Life jackets counted; flares, extinguishers, first aid in place',
  },
  { id: 'weather', phase: 'before departure', label: 'Weather and tide read, plan agreed' },
  {
    id: 'orientation',
    phase: 'with guests aboard',
    label: 'Safety orientation given to everybody aboard',
  },
  { id: 'head-count', phase: 'with guests aboard', label: 'Head count taken before departure' },
  { id: 'all-ashore', phase: 'after', label: 'Everybody ashore, nothing left behind' },
  { id: 'secured', phase: 'after', label: 'Lines, shore power and hatches secured' },
  { id: 'faults', phase: 'after', label: 'Damage and faults told to the operator' },
] as const satisfies readonly { id: string; phase: CheckPhase; label: string }[];

export type CheckId = (typeof checkItems)[number]['id'];

/** One item on one event: who did it and when (ISO 8601 UTC), or null. */
export type CheckItem = {
  readonly id: CheckId;
  readonly done: { readonly by: string; readonly at: string } | null;
};

export const newChecklist = (): readonly CheckItem[] => checkItems.map(({ id }) => ({ id, done: null }));

export const isCheckId = (id: unknown): id is CheckId => checkItems.some(item => item.id === id);
