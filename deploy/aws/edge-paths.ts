import type { Brand } from '../../src/booking/fleet.ts';
import { iamPrefix } from '../../src/guest-page/page-routing.ts';
import { paths } from '../../src/ui/paths.ts';
import { operations } from '../../src/web/openapi.ts';

/** Where a braced part of a route may stand for anything: CloudFront's `*` takes slashes along. */
const pattern = (path: string) => path.replace(/\{[^}]*\}/g, '*');

const page = paths.guestPage('{slug}');

/**
 * What guests ask the program for on a brand's host, as CloudFront's path patterns: every route of the documented ones that
 * answers there, but for the page itself and its worker. Never cached.
 */
export const askedOfTheProgram = (): readonly string[] => {
  const onBrands = operations.filter(({ onBrandHost, path }) => onBrandHost && path !== page);
  const patterns = onBrands.map(({ path }) => pattern(path)).filter(path => path !== paths.guestWorker);
  return ['/api/*', ...new Set(patterns)];
};

/** The addresses of guest pages of a brand: as they are asked for, and as they are stored. */
export const askedOfTheBucket = ({ layout }: Pick<Brand, 'layout'>): readonly string[] => [
  ...new Set([pattern(page), `/${iamPrefix(layout)}*`]),
];
