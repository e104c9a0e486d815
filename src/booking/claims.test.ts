import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Claim, conflictsAmong, overlap } from './claims.ts';

const hour = (n: number) => new Date(Date.UTC(2027, 4, 1, n)).toISOString();

it('finds every two claims that overlap, and no others, whatever lies between them', () => {
  const claims = fc.array(fc.record({ from: fc.nat(60), hours: fc.nat(20) }), { maxLength: 25 }).map(times =>
    times
      .sort((a, b) => a.from - b.from)
      .map(
        ({ from, hours }, index): Claim => ({
          what: 'vessel heron',
          holder: `trip ${index}`,
          from: hour(from),
          until: hour(from + hours),
          expiresAt: null,
          why: 'Charter',
        }),
      ),
  );
  fc.assert(
    fc.property(claims, all => {
      const pairs = all.flatMap((one, index) => all.slice(index + 1).map(other => [one, other] as const));
      expect(conflictsAmong(all)).toEqual(pairs.filter(([one, other]) => overlap(one, other)));
    }),
  );
});
