/** The kinds of sources there are. Apart from their adapters, because the types of the configuration are published with it. */
export const sourceKinds = ['boatsetter', 'getmyboat', 'manual', 'cal-com'] as const;

export type SourceKind = (typeof sourceKinds)[number];
