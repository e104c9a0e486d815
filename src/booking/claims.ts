import type { Fleet, Vessel } from './fleet.ts';

/** What can be in one place at a time only. */
export type Claimed = `vessel ${string}` | `person ${string}`;

/** Somebody's word that a vessel or person is taken for a while: a trip, or a hold that may run out. */
export type Claim = {
  readonly what: Claimed;
  /** The booking or crew event, or `hold_…`. One holder has at most one claim to the same thing. */
  readonly holder: string;
  /** ISO 8601 UTC; `until` holds the turnaround. */
  readonly from: string;
  readonly until: string;
  /** When it lapses by itself, ISO 8601 UTC; null for what stays until it is released. */
  readonly expiresAt: string | null;
  /** For the person who meets it: what it is for, without a guest's name. */
  readonly why: string;
};

export type Taking =
  | { readonly kind: 'taken'; readonly against: readonly Claim[] }
  | { readonly kind: 'busy'; readonly against: readonly Claim[] };

/**
 * Who has which vessel and person when. The store decides, so that two who take the same thing in the same moment cannot
 * both have it. What has lapsed counts for nothing.
 */
export interface Claims {
  /**
   * Takes it, replacing what this holder claimed of it before. `if free`: only where no other's claim overlaps, else
   * nothing changes. `anyway`: also where one does, because what is sold is sold; then both stand, and a person decides.
   * `besides`: a holder this one stands in for, whose claims are not in the way.
   */
  take(claim: Claim, how: 'if free' | 'anyway', besides?: string): Promise<Taking>;
  /** Ends a claim at once. Idempotent. */
  release(what: Claimed, holder: string): Promise<void>;
  /** What a holder has, in no particular order. */
  of(holder: string): Promise<readonly Claim[]>;
  /** Claims to a thing that end after `from` (ISO 8601), the first to begin first. */
  ahead(what: Claimed, from: string): Promise<readonly Claim[]>;
  /** Claims to a thing of which some part lies between two moments, the first to begin first. */
  during(what: Claimed, from: string, until: string): Promise<readonly Claim[]>;
  /** Those of `ahead` that overlap another, or have: few, however much is ahead. */
  contested(what: Claimed, from: string): Promise<readonly Claim[]>;
}

/** Ends the holder of what is held for the moment in which a trip is moved. */
export const onTheMove = '/moving';

export type Conflict = readonly [Claim, Claim];

/** Two claims that overlap, each pair once. `claims` are of one thing, by their beginning. */
export function conflictsAmong(claims: readonly Claim[]): readonly Conflict[] {
  const lasting = claims
    // A trip on its way to other times holds both for a moment.
    .filter(({ holder }) => !holder.endsWith(onTheMove))
    .map(claim => ({ claim, from: Date.parse(claim.from), until: Date.parse(claim.until) }));
  const found: Conflict[] = [];
  for (const [index, { claim, from, until }] of lasting.entries()) {
    // Those after the first that begins when this has ended begin later still.
    for (let next = index + 1; next < lasting.length; next++) {
      const other = lasting[next];
      if (!other || other.from >= until) break;
      if (from < other.until) found.push([claim, other.claim]);
    }
  }
  return found;
}

export const overlap = (a: Pick<Claim, 'from' | 'until'>, b: Pick<Claim, 'from' | 'until'>): boolean =>
  Date.parse(a.from) < Date.parse(b.until) && Date.parse(b.from) < Date.parse(a.until);

/** Everything that is claimed twice from `from` on, across the fleet, the vessels first. */
export async function conflictsIn(
  claims: Claims,
  { vessels, people }: Pick<Fleet, 'vessels' | 'people'>,
  from: string,
): Promise<readonly Conflict[]> {
  const things: Claimed[] = [
    ...vessels.map(({ id }): Claimed => `vessel ${id}`),
    ...people.map(({ id }): Claimed => `person ${id}`),
  ];
  return (
    await Promise.all(things.map(async what => conflictsAmong(await claims.contested(what, from))))
  ).flat();
}

/** Minutes to be kept free after a trip on her. */
export const turnaroundOf = (vessel: Pick<Vessel, 'turnaroundMinutes'> | null): number =>
  vessel?.turnaroundMinutes ?? 0;
