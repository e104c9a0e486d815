import { describe, expect, it } from 'vitest';
import { type BrandPlace, brandPlaces } from './brand-places.ts';
import { testBrand } from './guest-page.fixture.ts';

const queen = testBrand();
const harbor = testBrand({
  id: 'harborlight',
  host: 'harborlight.example',
  bucket: 'harborlight',
  layout: { kind: 'folder' },
});
const told = (): Record<string, BrandPlace> => ({
  queenofsandiego: { bucket: 'queenofsandiego', distribution: 'E1', host: queen.host, prefix: 'g/' },
  harborlight: { bucket: 'harborlight', distribution: 'E2', host: harbor.host, prefix: 'guests/' },
});
const read = (change: (places: Record<string, BrandPlace>) => unknown = () => {}) => {
  const places = told();
  change(places);
  return brandPlaces([queen, harbor], places);
};
const swapped = (field: keyof BrandPlace) => (places: Record<string, BrandPlace>) => {
  const [a, b] = [places.queenofsandiego, places.harborlight];
  if (!a || !b) throw new Error('two brands');
  Object.assign(places, {
    queenofsandiego: { ...a, [field]: b[field] },
    harborlight: { ...b, [field]: a[field] },
  });
};

describe('what the stack says of the places of brands', () => {
  it('is taken when every brand has its own', () => {
    expect(read().get('harborlight')).toEqual(told().harborlight);
  });

  it.each(['bucket', 'host', 'prefix'] as const)('is refused with the %s of two brands swapped', field => {
    expect(() => read(swapped(field))).toThrow(
      /queenofsandiego the (bucket|host|prefix) .* the configuration says/,
    );
  });

  it('names whose bucket it is', () => {
    expect(() => read(swapped('bucket'))).toThrow('which is harborlight’s');
  });

  it('is refused when two brands would share a distribution', () => {
    const shared = (places: Record<string, BrandPlace>) =>
      Object.assign(places.harborlight ?? {}, { distribution: 'E1' });
    expect(() => read(shared)).toThrow('share the distribution E1');
  });

  it.each([
    [
      'a brand is missing',
      (places: Record<string, BrandPlace>) => Reflect.deleteProperty(places, 'harborlight'),
    ],
    [
      'there is one too many',
      (places: Record<string, BrandPlace>) => Object.assign(places, { x: places.harborlight }),
    ],
    [
      'it is no such thing',
      (places: Record<string, BrandPlace>) => Object.assign(places, { harborlight: 7 }),
    ],
  ])('is refused when %s', (_what, change) => {
    expect(() => read(change)).toThrow(expect.objectContaining({ code: 'brand-place-wrong' }));
  });
});
