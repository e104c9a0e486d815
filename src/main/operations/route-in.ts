import type { Fleet } from '#booking/fleet.ts';
import { describeRoute, type RouteDescription } from '#guest-page/edge-function.vm.ts';
import { Refusal } from '#lib/refusal.ts';

/** What happens to an address on a brand's host. Throws the refusal `brand-unknown`. */
export function routeIn(fleet: Fleet, id: string, path: string): RouteDescription {
  const brand = fleet.brand(id);
  if (brand) return describeRoute(brand, path);
  throw new Refusal(
    'brand-unknown',
    `There is no brand ${id}.`,
    `Brands: ${fleet.brands.map(b => b.id).join(', ')}.`,
  );
}
