import { describe, expect, it } from 'vitest';
import jada from '../../../examples/jada/gangway.config.ts';
import { crossChecks } from './checks.ts';
import { configShape } from './shape.ts';

const [queen, sailjada] = jada.brands;
if (!queen || !sailjada) throw new Error('the example fleet has changed');
const problemsWith = (brands: unknown[]) =>
  crossChecks(configShape.parse({ ...jada, brands })).map(({ path, message }) => `${path}: ${message}`);

describe('the buckets of brands', () => {
  it('are taken as they are when each has its own', () => {
    expect(problemsWith([queen, sailjada])).toEqual([]);
  });

  it('are refused when two brands have each other’s', () => {
    expect(
      problemsWith([
        { ...queen, bucket: sailjada.bucket },
        { ...sailjada, bucket: queen.bucket },
      ]),
    ).toEqual([
      'brands.queenofsandiego.bucket: The bucket sailjada.com has the name of the brand sailjada.',
      'brands.sailjada.bucket: The bucket queenofsandiego.com has the name of the brand queenofsandiego.',
    ]);
  });

  it('are refused under the id of another brand, in capitals too', () => {
    expect(problemsWith([{ ...queen, bucket: 'SailJada' }, sailjada])).toEqual([
      'brands.queenofsandiego.bucket: The bucket SailJada has the name of the brand sailjada.',
    ]);
  });
});
