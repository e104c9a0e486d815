import type { Brand, Fleet } from '#booking/fleet.ts';
import type { PageHost } from './page-host.ts';
import type { PageStore } from './page-store.ts';

/** A page in place that no booking answers for. Guests can still read it, and nothing would ever change it. */
export type StrayPage = { readonly brand: Brand; readonly slug: string };

/** Looks through what is in place on every brand. A slug that any booking goes by is that booking's own business. */
export async function strayPages({
  fleet,
  pages,
  host,
}: {
  fleet: Fleet;
  pages: PageStore;
  host: PageHost;
}): Promise<readonly StrayPage[]> {
  const strays: StrayPage[] = [];
  for (const brand of fleet.brands) {
    for (const slug of await host.slugs(brand)) {
      const owner = (await pages.bookingOfSlug(slug)) ?? (await pages.bookingAt(brand.id, slug));
      if (owner === null) strays.push({ brand, slug });
    }
  }
  return strays;
}
