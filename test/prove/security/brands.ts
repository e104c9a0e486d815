import { openWorld, type World } from '../../world.ts';
import { message } from '../house.ts';

/** The example fleet, with so many brands that differ in everything, a vessel each, and one booking for each. */
export async function manyBrands(count: number, seed: string) {
  const layouts = ['beside', 'folder', 'root'] as const;
  const world = await openWorld({
    seed,
    openMailbox: false,
    config: config => {
      const [brand] = config.brands;
      const [vessel] = config.vessels;
      if (!brand || !vessel) throw new Error('the example fleet has changed');
      const all = Array.from({ length: count }, (_, n) => n);
      return {
        ...config,
        brands: all.map(n => {
          const kind = layouts[n % layouts.length] ?? 'beside';
          return {
            ...brand,
            id: `brand-${n}`,
            name: `Brand Number ${n}`,
            host: `brand-${n}.example`,
            bucket: `bucket-${n}`,
            layout: kind === 'root' ? { kind, prefix: `trip-${n}` } : { kind },
            sender: { name: `Brand Number ${n}`, address: `hello@brand-${n}.example` },
          };
        }),
        vessels: all.map(n => ({
          ...vessel,
          id: `vessel-${n}`,
          name: `Vessel ${n}`,
          brand: `brand-${n}`,
          crew: [],
        })),
      } as never;
    },
  });
  for (let n = 0; n < count; n++)
    await world.deliver(message({ id: `b-${n}`, version: 1, vessel: `vessel-${n}`, guest: `Guest of ${n}` }));
  await world.settle();
  const bookings = await world.bookings();
  const slugs = await Promise.all(
    Array.from({ length: count }, async (_, n) => {
      const booking = bookings.find(({ vessel }) => vessel === `vessel-${n}`);
      const { url } = await world.belief(booking?.id ?? '', 'guest page');
      return new URL(url ?? '').pathname.slice('/g/'.length);
    }),
  );
  return { world, bookings, slugs, hostOf: (n: number) => `brand-${n}.example` };
}

/** Every spelling under which a page of any layout could be asked for. */
export const spellings = (slug: string, n: number) => [
  `/g/${slug}`,
  `/g/${slug}/`,
  `/g/${slug}.html`,
  `/guests/${slug}/index.html`,
  `/trip-${n}-${slug}.html`,
];

export const keysOf = async (world: World) => {
  const { url } = await world.operate<{ url: string }>('key sign-in', { person: 'owner-joan' });
  return [
    {},
    {
      authorization: `Bearer ${url.slice(url.indexOf('#') + 1)}`,
      cookie: `gangway=${url.slice(url.indexOf('#') + 1)}`,
    },
    { 'x-service-key': world.keys.serviceKey, 'x-dashboard-token': world.keys.dashboardToken },
  ] as Record<string, string>[];
};
