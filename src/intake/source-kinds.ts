/** The kinds of sources there are. Apart from their adapters, because the types of the configuration are published with it. */
export const sourceKinds = [
  'boatsetter',
  'getmyboat',
  'manual',
  'fareharbor',
  'rezdy',
  'checkfront',
  'square',
  'cal-com',
  'calendly',
  'octo',
  'xola',
  'bokun',
  'json',
] as const;

export type SourceKind = (typeof sourceKinds)[number];
