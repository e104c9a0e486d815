import { expect, it } from 'vitest';
import type { Booking } from '#booking/booking.ts';
import { parseGuestView } from '#guest-page/guest-view.ts';
import type { Language } from '#guest-page/languages.ts';
import { renderPage } from '#guest-page/page.tsx';
import { diskPageHost } from '#guest-page/page-host.disk.ts';
import { settableClock } from '#lib/clock.ts';
import { seededRandom } from '#lib/random.ts';
import { inZone } from '#lib/zoned.ts';
import { checkConfig } from '#main/config/config.ts';
import { newKeys } from '#main/new-keys.ts';
import { newPhotoId } from '#photos/photo.ts';
import { temporaryFolder } from '#platform/temporary-folder.testing.ts';
import written from '../examples/jada/gangway.config.ts';

const keys = newKeys([
  { id: 'boatsetter', variable: 'BOATSETTER_WEBHOOK_SECRET' },
  { id: 'manual', variable: 'MANUAL_WEBHOOK_SECRET' },
]);
const { fleet, shape } = checkConfig(written, 'examples/jada/gangway.config.ts', keys.environment);
const locales: Record<Language, string> = { en: 'en-US', es: 'es-MX', de: 'de-DE' };

/** One page holds every phase; what changes with time is who sails, whether it is certain, and how long the trip is. */
const charters: Record<string, Partial<Booking>> = {
  'asked for': { status: 'tentative' },
  booked: {},
  'of several days': { end: inZone('2027-06-02T01:30:00Z', 'America/Los_Angeles') },
  'with a long name': { guest: { name: 'Maximiliane-Theodora von Hohenfels', email: null, phone: null } },
};

const cases = fleet.vessels.flatMap(vessel =>
  fleet.brands.flatMap(brand =>
    (Object.entries(locales) as [Language, string][]).flatMap(([language, locale]) =>
      Object.entries(charters).map(([charter, changes]) => ({
        vessel,
        brand: { ...brand, locale },
        charter,
        language,
        booking: {
          id: 'bkg_0123456789abcdef',
          revision: 3,
          brand: brand.id,
          vessel: vessel.id,
          status: 'confirmed',
          start: inZone('2027-05-30T22:30:00Z', vessel.zone),
          end: inZone('2027-05-31T01:30:00Z', vessel.zone),
          guest: { name: 'Carole May', email: null, phone: null },
          partySize: 6,
          charterMode: 'time',
          names: [],
          origins: {},
          recordedAt: '2027-05-01T16:12:00.000Z',
          ...changes,
        } satisfies Booking as Booking,
      })),
    ),
  ),
);

const host = diskPageHost({ root: temporaryFolder('weight'), clock: settableClock('2027-05-01T16:12:00Z') });
const slug = 'carole-jada-4fT9xQ2mZ8LwK0sVbN7rYa';

/** Approved photos, each with an id like a real one; the fourth has a caption. */
const pictures = (count: number) =>
  Array.from({ length: count }, (_, n) => ({
    id: newPhotoId(seededRandom(`photo ${n}`)),
    width: 800,
    height: n % 3 === 0 ? 1067 : 600,
    caption: n === 3 ? 'Under sail off Point Loma' : '',
  }));

/** What a guest gets who opens the page the moment it was put up: nothing lies beside it yet. */
async function firstReply(
  one: (typeof cases)[number],
  gallery: ReturnType<typeof pictures>,
): Promise<number> {
  const crew = fleet.people.map(({ firstName, roles }) => ({
    firstName,
    role: roles.includes('captain') ? ('captain' as const) : ('crew' as const),
  }));
  const html = renderPage(
    parseGuestView({
      ...one,
      crew,
      uploads: shape.retention,
      gallery,
      url: `https://${one.brand.host}/g/${slug}`,
      calendarUid: `bkg_0123456789abcdef.guest@${fleet.house.host}`,
    }),
  );
  await host.publish(one.brand, slug, html);
  return (await host.read(one.brand, slug))?.brotli.byteLength ?? Number.NaN;
}

it.each(cases)(
  'the page of a charter $charter under $brand.id in $language takes 8,000 bytes, with twelve photos 1,350 more',
  async one => {
    const bytes = await firstReply(one, []);
    expect(bytes).toBeLessThanOrEqual(8_000);
    expect((await firstReply(one, pictures(12))) - bytes).toBeLessThanOrEqual(1_350);
  },
);

it('a page with many photos grows by 28 bytes with each', async () => {
  const [one] = cases;
  if (!one) throw new Error('no page');
  const [some, many] = [await firstReply(one, pictures(12)), await firstReply(one, pictures(60))];
  expect(many - some).toBeLessThanOrEqual(48 * 28);
});
