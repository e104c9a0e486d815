import type { BookingId } from '#booking/booking.ts';
import type { CarriedBySqlite } from '#platform/carried.ts';
import type { CarriedPage, CarriedWishes } from './carried.ts';
import type { Wishes } from './guest-wishes.ts';
import { putPublication } from './page-store.sqlite.ts';
import type { Publication } from './page-store.ts';

export const carriedPages: CarriedBySqlite<CarriedPage> = {
  *all(from) {
    const slugs = from.all<{ booking: BookingId; slug: string }>(
      'SELECT booking, slug FROM guest_page_slugs',
    );
    for (const { booking, slug } of slugs)
      yield {
        booking,
        slug,
        publications: from.all<Publication>(
          'SELECT booking, brand, slug, digest, etag, at FROM guest_pages WHERE booking = ? ORDER BY brand',
          booking,
        ),
      };
  },
  put(tx, { booking, slug, publications }) {
    tx.run('INSERT OR REPLACE INTO guest_page_slugs (booking, slug) VALUES (?, ?)', booking, slug);
    for (const publication of publications) putPublication(tx, publication);
  },
};

export const carriedWishes: CarriedBySqlite<CarriedWishes> = {
  all: from =>
    from
      .all<{ booking: string; body: string }>('SELECT booking, body FROM guest_wishes')
      .map(({ booking, body }) => ({ booking, wishes: JSON.parse(body) as Wishes })),
  put(tx, { booking, wishes }) {
    tx.run('INSERT OR REPLACE INTO guest_wishes VALUES (?, ?)', booking, JSON.stringify(wishes));
  },
};
