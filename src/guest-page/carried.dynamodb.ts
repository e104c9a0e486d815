import type { BookingId } from '#booking/booking.ts';
import { type CarriedByTable, rest } from '#platform/carried.ts';
import type { CarriedPage, CarriedWishes } from './carried.ts';
import { wishesAt } from './guest-wishes.dynamodb.ts';
import type { Wishes } from './guest-wishes.ts';
import { pagePlaces } from './page-store.dynamodb.ts';
import type { Publication } from './page-store.ts';

export const tablePages: CarriedByTable<CarriedPage> = {
  word: 'PAGES',
  async of(table, { pk, sk, value }) {
    if (sk !== pagePlaces.slug('').sk) return null;
    const published = await table.list<Publication>({ pk, prefix: 'ON#' });
    return {
      booking: rest(pk, 1) as BookingId,
      slug: value as string,
      publications: published.map(each => each.value),
    };
  },
  put: (table, { booking, slug, publications }) =>
    table.unit(async unit => {
      unit.put(pagePlaces.slug(booking), slug);
      unit.put(pagePlaces.taken(slug), booking);
      for (const publication of publications) {
        unit.put(pagePlaces.page(booking, publication.brand), publication);
        unit.put(pagePlaces.shown(publication.brand, publication.slug), booking);
      }
    }),
};

export const tableWishes: CarriedByTable<CarriedWishes> = {
  word: 'WISHES',
  of: async (_, { pk, value }) => ({ booking: rest(pk, 1), wishes: value as Wishes }),
  put: (table, { booking, wishes }) => table.unit(async unit => unit.put(wishesAt(booking), wishes)),
};
