import { type Clock, exact, isoInstant } from '#lib/clock.ts';
import { keep } from '#platform/indexed.ts';
import type { Place, Table } from '#platform/table.ts';
import { type Claim, type Claimed, type Claims, conflictsAmong, overlap } from './claims.ts';

/**
 * Claims in a table: one partition a thing, in the order of their ends. Whoever takes a thing writes its `LAST`, so that
 * two who both found it free cannot both have it.
 */
export function dynamoClaims(table: Table, clock: Clock): Claims {
  const last = (what: Claimed) => ({ pk: `CLAIM#${what}`, sk: 'LAST' });
  const live = (claim: Claim) => claim.expiresAt === null || claim.expiresAt > isoInstant(clock.now());
  const ahead = async (what: Claimed, from: string) => {
    const found = await table.list<Claim>({
      pk: `CLAIM#${what}`,
      from: `UNTIL#${exact(from)}`,
      to: 'UNTIL#\u{10ffff}',
    });
    return found
      .map(({ value }) => value)
      .filter(claim => live(claim) && claim.until > exact(from))
      .sort((a, b) => (order(a) < order(b) ? -1 : 1));
  };

  return {
    take: (wanted, how, besides = wanted.holder) =>
      table.unit(async unit => {
        const claim = exactly(wanted);
        await unit.get(last(claim.what));
        const ours = [claim.holder, besides];
        const against = (await ahead(claim.what, claim.from)).filter(
          other => !ours.includes(other.holder) && overlap(claim, other),
        );
        if (against.length > 0 && how === 'if free') return { kind: 'busy', against };
        await keep(unit, claimAt(claim.what, claim.holder), claim, claimEntries);
        unit.put(last(claim.what), claim.holder);
        return { kind: 'taken', against };
      }),
    release: (what, holder) =>
      table.unit(unit => keep<Claim>(unit, claimAt(what, holder), null, claimEntries)),
    of: async holder =>
      (await table.list<Claim>({ pk: `CLAIMS-OF#${holder}` })).map(({ value }) => value).filter(live),
    ahead,
    during: async (what, from, until) =>
      (await ahead(what, from)).filter(claim => overlap(claim, { from, until })),
    async contested(what, from) {
      const involved = new Set(conflictsAmong(await ahead(what, from)).flat());
      return [...involved].sort((a, b) => (order(a) < order(b) ? -1 : 1));
    },
  };
}

/** Where a claim lies. */
export const claimAt = (what: Claimed, holder: string): Place => ({
  pk: `CLAIM#${what}`,
  sk: `BY#${holder}`,
});

/** By what it is found: its end, and who has it. */
export const claimEntries = ({ what, holder, until }: Claim): readonly Place[] => [
  { pk: `CLAIM#${what}`, sk: `UNTIL#${until}#${holder}` },
  { pk: `CLAIMS-OF#${holder}`, sk: what },
];

const order = ({ from, holder }: Claim) => `${from} ${holder}`;

const exactly = (claim: Claim): Claim => ({
  ...claim,
  from: exact(claim.from),
  until: exact(claim.until),
  expiresAt: claim.expiresAt === null ? null : exact(claim.expiresAt),
});
