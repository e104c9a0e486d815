import { expect, it } from 'vitest';
import type { PageStore, Publication } from './page-store.ts';

const slug = 'carole-jada-4fT9xQ2mZ8LwK0sVbN7rYa';
const publication: Publication = {
  booking: 'bkg_one',
  brand: 'queenofsandiego',
  slug,
  digest: 'd1',
  etag: 'e1',
  at: '2027-05-01T16:12:00.000Z',
};

/** What every page store keeps to. The factory makes an empty one. */
export function pageStoreContract(fresh: () => PageStore): void {
  it('chooses a slug once and keeps it, whatever is proposed later or at the same time', async () => {
    const pages = fresh();
    expect(await pages.slugOf('bkg_one')).toBeNull();
    const [chosen, same] = await Promise.all([
      pages.chooseSlug('bkg_one', slug),
      pages.chooseSlug('bkg_one', `${slug}x`),
    ]);
    expect([slug, `${slug}x`]).toContain(chosen);
    expect(same).toBe(chosen);
    expect(await pages.chooseSlug('bkg_one', 'later')).toBe(chosen);
    expect(await pages.slugOf('bkg_one')).toBe(chosen);
  });

  it('remembers what was published last on each brand', async () => {
    const pages = fresh();
    expect(await pages.published('bkg_one', 'queenofsandiego')).toBeNull();
    await pages.record(publication);
    await pages.record({ ...publication, digest: null, etag: 'e2' });
    await pages.record({ ...publication, brand: 'harborlight' });
    expect(await pages.published('bkg_one', 'queenofsandiego')).toEqual({
      ...publication,
      digest: null,
      etag: 'e2',
    });
    expect((await pages.publicationsOf('bkg_one')).map(({ brand }) => brand)).toEqual([
      'harborlight',
      'queenofsandiego',
    ]);
  });

  it('finds the booking of a slug within its brand only, and by the exact letters', async () => {
    const pages = fresh();
    await pages.record(publication);
    expect(await pages.bookingAt('queenofsandiego', slug)).toBe('bkg_one');
    expect(await pages.bookingAt('harborlight', slug)).toBeNull();
    expect(await pages.bookingAt('queenofsandiego', slug.toLowerCase())).toBeNull();
  });

  it('knows whose slug it is before anything is published under it', async () => {
    const pages = fresh();
    expect(await pages.bookingOfSlug(slug)).toBeNull();
    await pages.chooseSlug('bkg_one', slug);
    expect(await pages.bookingOfSlug(slug)).toBe('bkg_one');
    await pages.forget('bkg_one');
    expect(await pages.bookingOfSlug(slug)).toBeNull();
  });

  it('forgets a booking wholly', async () => {
    const pages = fresh();
    await pages.chooseSlug('bkg_one', slug);
    await pages.record(publication);
    await pages.forget('bkg_one');
    await pages.forget('bkg_one');
    expect(await pages.slugOf('bkg_one')).toBeNull();
    expect(await pages.publicationsOf('bkg_one')).toEqual([]);
    expect(await pages.bookingAt('queenofsandiego', slug)).toBeNull();
  });
}
