import * as z from 'zod';
import type { Brand } from '#booking/fleet.ts';
import { Refusal } from '#lib/refusal.ts';
import { iamPrefix } from './page-routing.ts';

const shape = z.record(
  z.string(),
  z.strictObject({
    bucket: z.string().min(3),
    distribution: z.string().min(1),
    host: z.string().min(3),
    prefix: z.string().min(1),
  }),
);

/**
 * Where a brand's pages are on AWS: a bucket of its own behind a distribution of its own, at its host, under the prefix of
 * its layout. The stack writes it, the program checks it at boot.
 */
export type BrandPlace = z.output<typeof shape>[string];

/** Two of a kind, which brands never have in common. */
const apart = ['bucket', 'distribution', 'host'] as const;

/**
 * Reads what the stack says of the brands' places and holds it to the configuration: every brand has one, no two share a
 * bucket, a distribution or a host, and each is the brand's own. Throws the refusal `brand-place-wrong`, which names brand
 * and field: pages of one brand under another's address are the one mistake that nothing later would catch.
 */
export function brandPlaces(brands: readonly Brand[], told: unknown): ReadonlyMap<string, BrandPlace> {
  const parsed = shape.safeParse(told);
  if (!parsed.success) throw wrong('What the stack says of the brands cannot be read.');
  const places = new Map(Object.entries(parsed.data));
  for (const id of places.keys()) {
    if (!brands.some(brand => brand.id === id))
      throw wrong(`The stack has a brand ${id}, the configuration none.`);
  }
  for (const brand of brands) {
    const place = places.get(brand.id);
    if (!place) throw wrong(`The stack has no place for the brand ${brand.id}.`);
    const own = { bucket: brand.bucket, host: brand.host, prefix: iamPrefix(brand.layout) };
    for (const [field, value] of Object.entries(own) as [keyof typeof own, string][]) {
      if (place[field] === value) continue;
      const whose = brands.find(
        other =>
          other !== brand && { bucket: other.bucket, host: other.host, prefix: '' }[field] === place[field],
      );
      const of = whose ? `, which is ${whose.id}’s` : '';
      throw wrong(
        `The stack gives the brand ${brand.id} the ${field} ${place[field]}${of}; the configuration says ${value}.`,
      );
    }
  }
  for (const field of apart) {
    const seen = new Map<string, string>();
    for (const [id, { [field]: value }] of places) {
      const other = seen.get(value);
      if (other !== undefined) throw wrong(`The brands ${other} and ${id} share the ${field} ${value}.`);
      seen.set(value, id);
    }
  }
  return places;
}

const wrong = (what: string) =>
  new Refusal('brand-place-wrong', what, 'Deploy the stack from this very configuration: gangway deploy.');
