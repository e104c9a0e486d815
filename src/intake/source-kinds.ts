/** The kinds of sources there are. Apart from their readers, because the types of the configuration are published with it. */
export const sourceKinds = ['boatsetter', 'getmyboat', 'manual'] as const;

export type SourceKind = (typeof sourceKinds)[number];
