import type { BookingId } from '#booking/booking.ts';
import type { Place, Table } from '#platform/table.ts';
import type { PageStore, Publication } from './page-store.ts';

/** Where it lies which slug a booking has, whose it is, what was published, and whose page a brand shows under it. */
export const pagePlaces = {
  slug: (booking: string): Place => ({ pk: `PAGES#${booking}`, sk: 'SLUG' }),
  taken: (name: string): Place => ({ pk: `SLUG#${name}`, sk: '-' }),
  page: (booking: string, brand: string): Place => ({ pk: `PAGES#${booking}`, sk: `ON#${brand}` }),
  shown: (brand: string, name: string): Place => ({ pk: `BRAND#${brand}#${name}`, sk: 'PAGE' }),
};

/** Which page is where, in a table. What a public host asks for lies under its brand. */
export function dynamoPageStore(table: Table): PageStore {
  const { slug, taken, page, shown } = pagePlaces;
  const publications = async (booking: string) =>
    (await table.list<Publication>({ pk: `PAGES#${booking}`, prefix: 'ON#' })).map(({ value }) => value);

  return {
    chooseSlug: (booking, proposal) =>
      table.unit(async unit => {
        const known = await unit.get<string>(slug(booking));
        if (known !== null) return known;
        if ((await unit.get(taken(proposal))) !== null) throw new Error(`the slug ${proposal} is taken`);
        unit.put(slug(booking), proposal);
        unit.put(taken(proposal), booking);
        return proposal;
      }),
    slugOf: booking => table.get<string>(slug(booking)),
    record: publication =>
      table.unit(async unit => {
        const { booking, brand } = publication;
        const before = await unit.get<Publication>(page(booking, brand));
        if (before && before.slug !== publication.slug) unit.remove(shown(brand, before.slug));
        unit.put(page(booking, brand), publication);
        unit.put(shown(brand, publication.slug), booking);
      }),
    published: (booking, brand) => table.get<Publication>(page(booking, brand)),
    publicationsOf: publications,
    bookingAt: (brand, name) => table.get<BookingId>(shown(brand, name)),
    bookingOfSlug: name => table.get<BookingId>(taken(name)),
    forget: booking =>
      table.unit(async unit => {
        const name = await unit.get<string>(slug(booking));
        if (name !== null) unit.remove(taken(name));
        unit.remove(slug(booking));
        for (const { sk } of await unit.list({ pk: `PAGES#${booking}`, prefix: 'ON#' })) {
          const place = { pk: `PAGES#${booking}`, sk };
          const publication = await unit.get<Publication>(place);
          if (publication) unit.remove(shown(publication.brand, publication.slug));
          unit.remove(place);
        }
      }),
  };
}
