import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { billTable, priceTable } from '#main/cost/cost-text.ts';
import { estimate } from '#main/cost/estimate.ts';
import { prices } from '#main/cost/prices.ts';

const page = readFileSync('docs/operating/aws.md', 'utf8');

describe('docs/operating/aws.md', () => {
  it('has the bill as gangway cost gives it', () => {
    expect(page).toContain(billTable([100, 1000, 100_000]));
  });

  it('has the price table as it is', () => {
    expect(page).toContain(priceTable());
  });

  it('says what six invalidations a booking would cost', () => {
    const { free, usd } = prices.invalidation;
    expect(page).toContain(`$${(600_000 * usd - free * usd).toLocaleString('en-US')} higher`);
  });

  it('says which part is the largest', () => {
    for (const bookings of [1000, 100_000]) {
      const [most] = [...estimate(bookings).services].sort((a, b) => b.share - a.share);
      expect(most?.service).toBe('S3, photos kept');
    }
  });

  it.each(['docs/operating/aws.md', 'README.md', 'deploy/aws/README.md'])(
    '%s says plainly that it was never deployed',
    file => {
      expect(readFileSync(file, 'utf8')).toMatch(/[Ss]ynthesised and tested against stand-ins, not deployed/);
    },
  );
});
