import type { Booking } from '#booking/booking.ts';
import type { Brand } from '#booking/fleet.ts';
import type { Belief, Made, Surface } from '#booking/surface.ts';
import { type Clock, isoInstant } from '#lib/clock.ts';
import { sha256 } from '#lib/digest.ts';
import type { Egress } from '#platform/egress.ts';
import { type Closing, parseClosedView, renderClosedPage } from './closed-page.tsx';
import { type PageParts, pageComposer } from './compose-page.ts';
import { statementIn } from './document.tsx';
import { pageDigest, renderPage } from './page.tsx';
import type { PageHost } from './page-host.ts';

/**
 * The guest page as a place where a booking shows. Said to the guests of one brand: a booking that moves to a vessel of
 * another brand gets its page there under the same slug, and those who hold the old link are told where it went.
 */
export function guestPageSurface(
  parts: PageParts & { host: PageHost; egress: Egress; clock: Clock },
): Surface {
  const { fleet, pages, host, egress, clock, pageUrl } = parts;
  const compose = pageComposer(parts);

  const put = async (booking: Booking, brand: Brand, slug: string, html: string, digest: string | null) => {
    egress.emit({ audience: 'guest', channel: 'page', about: [booking.id], body: html });
    const etag = sha256(html);
    if ((await host.read(brand, slug))?.etag !== etag) await host.publish(brand, slug, html);
    const last = await pages.published(booking.id, brand.id);
    if (last?.etag === etag && last.digest === digest) return;
    await pages.record({
      booking: booking.id,
      brand: brand.id,
      slug,
      digest,
      etag,
      at: isoInstant(clock.now()),
    });
  };

  const close = async (
    booking: Booking,
    { recipient }: Belief,
    closing: (brand: Brand, slug: string) => Closing,
  ): Promise<Made> => {
    const brand = fleet.brand(recipient);
    const published = brand && (await pages.published(booking.id, brand.id));
    if (!published) return { state: 'stated' };
    const view = parseClosedView({
      booking,
      brand,
      vessel: fleet.vessel(booking.vessel),
      closing: closing(brand, published.slug),
    });
    await put(booking, brand, published.slug, renderClosedPage(view), null);
    return { state: 'stated' };
  };

  return {
    name: 'guest page',
    fence: 'open',

    async desired(booking) {
      return [{ recipient: compose.brandOf(booking).id, digest: pageDigest(await compose.view(booking)) }];
    },

    async state(booking) {
      const brand = compose.brandOf(booking);
      const slug = await compose.slugFor(booking);
      const view = await compose.view(booking, slug);
      await put(booking, brand, slug, renderPage(view), pageDigest(view));
      return { state: 'stated', url: view.url };
    },

    withdraw: (booking, before) =>
      close(booking, before, (brand, slug) =>
        closingOf(booking, brand, slug, pageUrl, fleet.brand(booking.brand)),
      ),

    async absorbed(booking, into, before) {
      const to = pageUrl(compose.brandOf(into), await compose.slugFor(into));
      return close(booking, before, () => ({ kind: 'moved', to }));
    },

    async readBack(booking, recipient) {
      const brand = fleet.brand(recipient);
      const published = brand && (await pages.published(booking.id, brand.id));
      const page = published && (await host.read(brand, published.slug));
      // Bytes that are not those we published say nothing we can answer for.
      if (!page || page.etag !== published.etag) return null;
      return statementIn(Buffer.from(page.html).toString('utf8'));
    },

    async inPlace(booking, recipient) {
      const brand = fleet.brand(recipient);
      const published = brand && (await pages.published(booking.id, brand.id));
      return !published || (await host.read(brand, published.slug))?.etag === published.etag;
    },
  };
}

function closingOf(
  booking: Booking,
  brand: Brand,
  slug: string,
  pageUrl: PageParts['pageUrl'],
  now: Brand | null,
): Closing {
  if (booking.status === 'cancelled') return { kind: 'cancelled' };
  return now && now.id !== brand.id ? { kind: 'moved', to: pageUrl(now, slug) } : { kind: 'paused' };
}
