/** What a script may do: crew events, the calendar, or the operations of the house (intake, reconcile, backup). */
export type Scope = 'events' | 'calendar' | 'operations';

/** A key for scripts, without the key. */
export type ServiceKey = {
  readonly id: string;
  /** Which script or machine it is for. While a key is being rotated, two keys share a label. */
  readonly label: string;
  readonly scopes: readonly Scope[];
  /** ISO 8601 UTC; null for a key whose hash stands in the configuration. */
  readonly createdAt: string | null;
  readonly revokedAt: string | null;
};
