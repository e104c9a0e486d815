import type { BookingId } from '#booking/booking.ts';
import type { Sqlite, Transaction } from '#platform/sqlite.ts';
import type { PageStore, Publication } from './page-store.ts';

const schema = [
  'CREATE TABLE guest_page_slugs (booking TEXT PRIMARY KEY, slug TEXT NOT NULL UNIQUE) STRICT',
  `CREATE TABLE guest_pages (
     booking TEXT NOT NULL, brand TEXT NOT NULL, slug TEXT NOT NULL, digest TEXT, etag TEXT NOT NULL, at TEXT NOT NULL,
     PRIMARY KEY (booking, brand), UNIQUE (brand, slug)) STRICT`,
];

const columns = 'booking, brand, slug, digest, etag, at';

/** The pages of the embedded edition. */
export function sqlitePageStore(db: Sqlite): PageStore {
  db.migrate('guest-page', schema);
  const slugOf = (booking: string) =>
    db.get<{ slug: string }>('SELECT slug FROM guest_page_slugs WHERE booking = ?', booking)?.slug ?? null;

  return {
    async chooseSlug(booking, proposal) {
      const known = slugOf(booking);
      if (known !== null) return known;
      return db.write(tx => {
        tx.run(
          'INSERT INTO guest_page_slugs (booking, slug) VALUES (?, ?) ON CONFLICT (booking) DO NOTHING',
          booking,
          proposal,
        );
        return String(
          tx.get<{ slug: string }>('SELECT slug FROM guest_page_slugs WHERE booking = ?', booking)?.slug,
        );
      });
    },
    slugOf: async booking => slugOf(booking),
    async record(publication) {
      await db.write(tx => putPublication(tx, publication));
    },
    published: async (booking, brand) =>
      db.get<Publication>(
        `SELECT ${columns} FROM guest_pages WHERE booking = ? AND brand = ?`,
        booking,
        brand,
      ) ?? null,
    publicationsOf: async booking =>
      db.all<Publication>(`SELECT ${columns} FROM guest_pages WHERE booking = ? ORDER BY brand`, booking),
    bookingAt: async (brand, slug) =>
      db.get<Publication>(`SELECT ${columns} FROM guest_pages WHERE brand = ? AND slug = ?`, brand, slug)
        ?.booking ?? null,
    bookingOfSlug: async slug =>
      db.get<{ booking: BookingId }>('SELECT booking FROM guest_page_slugs WHERE slug = ?', slug)?.booking ??
      null,
    async forget(booking) {
      await db.write(tx => {
        tx.run('DELETE FROM guest_pages WHERE booking = ?', booking);
        tx.run('DELETE FROM guest_page_slugs WHERE booking = ?', booking);
      });
    },
  };
}

/** Puts what was published on a brand in its place. */
export function putPublication(tx: Transaction, it: Publication): void {
  tx.run(
    `INSERT INTO guest_pages (${columns}) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (booking, brand) DO UPDATE SET slug = excluded.slug, digest = excluded.digest, etag = excluded.etag, at = excluded.at`,
    it.booking,
    it.brand,
    it.slug,
    it.digest,
    it.etag,
    it.at,
  );
}
