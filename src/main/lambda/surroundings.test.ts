import { describe, expect, it } from 'vitest';
import { testBrand } from '#guest-page/guest-page.fixture.ts';
import { readSurroundings, type SurroundingsText, surroundingsVariable } from './surroundings.ts';

const brand = testBrand();
const text: SurroundingsText = {
  table: 'gangway',
  originals: 'gangway-originals',
  renditions: 'gangway-renditions',
  mails: 'gangway-mails',
  configurationSet: 'gangway',
  functions: 'gangway-',
  secrets: '/gangway/',
  reads: [],
  isBehindTheEdge: false,
  brands: {
    [brand.id]: { bucket: brand.bucket, distribution: 'E1', host: brand.host, prefix: 'g/' },
  },
};
const read = (value: unknown) => readSurroundings({ [surroundingsVariable]: JSON.stringify(value) }, [brand]);

describe('what a function is told at boot', () => {
  it('is read, and leads from a brand to its own place', () => {
    expect(read(text).table).toBe('gangway');
    expect(read(text).placeOf(brand).distribution).toBe('E1');
  });

  it.each([undefined, '', '{', '{}', '[]'])('stops the boot where it is %j', value => {
    expect(() => readSurroundings({ [surroundingsVariable]: value }, [brand])).toThrow(
      expect.objectContaining({ code: 'surroundings-missing' }),
    );
  });

  it('stops the boot where a brand has the bucket of another', () => {
    const place = text.brands[brand.id];
    expect(() => read({ ...text, brands: { [brand.id]: { ...place, bucket: 'harborlight' } } })).toThrow(
      expect.objectContaining({ code: 'brand-place-wrong' }),
    );
  });
});
