import type { Booking } from '#booking/booking.ts';
import type { Brand } from '#booking/fleet.ts';
import { desk } from '#booking/message.ts';
import type { Made, Statement, Surface } from '#booking/surface.ts';
import { type Clock, isoInstant } from '#lib/clock.ts';
import { sha256 } from '#lib/digest.ts';
import type { Egress } from '#platform/egress.ts';
import { type Closing, parseClosedView, renderClosedPage } from './closed-page.tsx';
import { type PageParts, pageComposer } from './compose-page.ts';
import { statementIn } from './document.tsx';
import type { GuestView } from './guest-view.ts';
import { pageDigest, renderPage } from './page.tsx';
import type { PageHost } from './page-host.ts';
import type { Publication } from './page-store.ts';

type PageStatement = Statement & { readonly view: GuestView };

/**
 * The guest page as a place where a booking shows. Said to the guests of one brand: a booking that moves to a vessel of
 * another brand gets its page there under the same slug, and those who hold the old link are told where it went.
 */
export function guestPageSurface(
  parts: PageParts & { host: PageHost; egress: Egress; clock: Clock },
): Surface<PageStatement> {
  const { fleet, pages, host, egress, clock, pageUrl } = parts;
  const compose = pageComposer(parts);

  /** A page that is closed, and one that puts right what a person said since, replaces what nobody may read any longer. */
  const put = async (booking: Booking, brand: Brand, slug: string, html: string, digest: string | null) => {
    await egress.emit({ audience: 'guest', channel: 'page', about: [booking.id], body: html });
    const etag = sha256(html);
    const [inPlace, last] = await Promise.all([
      host.read(brand, slug),
      pages.published(booking.id, brand.id),
    ]);
    const isNoted = last?.etag === etag && last.digest === digest;
    const seen = last && (digest === null || isCorrection(booking, last)) ? 'at once' : 'in its time';
    // In place is not enough where an edge had to forget the old one: that may be what failed.
    if (inPlace?.etag !== etag || (seen === 'at once' && !isNoted))
      await host.publish(brand, slug, html, seen);
    if (isNoted) return;
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
    recipient: string,
    closing: (brand: Brand, slug: string) => Closing,
  ): Promise<Made> => {
    const brand = fleet.brand(recipient);
    const slug = brand && (await pages.slugOf(booking.id));
    // Also asked of the host: a power failure may have taken the note of a publication, but not the page.
    const hangs = slug && ((await pages.published(booking.id, brand.id)) ?? (await host.read(brand, slug)));
    if (!hangs) return { state: 'stated' };
    const view = parseClosedView({
      booking,
      brand,
      vessel: fleet.vessel(booking.vessel),
      closing: closing(brand, slug),
      language: (await parts.wishes.of(booking.id)).language,
    });
    await put(booking, brand, slug, renderClosedPage(view), null);
    return { state: 'stated' };
  };

  /** Whoever holds a link from when the charter sailed under another brand, or was off there, is led to where it is now. */
  const leadHere = async (booking: Booking, here: Brand, to: string) => {
    for (const { brand, digest } of await pages.publicationsOf(booking.id)) {
      if (brand !== here.id && digest === null) await close(booking, brand, () => ({ kind: 'moved', to }));
    }
  };

  return {
    name: 'guest page',
    fence: 'open',
    reachesOutside: true,
    leadsOn: true,

    async desired(booking) {
      const view = await compose.view(booking);
      return [{ recipient: compose.brandOf(booking).id, digest: pageDigest(view), view }];
    },

    prepare: compose.slugFor,

    async state(booking, { digest, view: composed }) {
      const brand = compose.brandOf(booking);
      const slug = await compose.slugFor(booking);
      const view = { ...composed, url: pageUrl(brand, slug) };
      await put(booking, brand, slug, renderPage(view, digest), digest);
      await leadHere(booking, brand, view.url);
      return { state: 'stated', url: view.url };
    },

    withdraw: (booking, { recipient }) =>
      close(booking, recipient, (brand, slug) =>
        closingOf(booking, brand, slug, pageUrl, fleet.brand(booking.brand)),
      ),

    async absorbed(booking, into, { recipient }) {
      const to = pageUrl(compose.brandOf(into), await compose.slugFor(into));
      return close(booking, recipient, () => ({ kind: 'moved', to }));
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

/** Whether a person has put something right since the page was put up last. */
const isCorrection = ({ origins }: Booking, last: Publication) =>
  Object.values(origins).some(({ source, at }) => source === desk && Date.parse(at) > Date.parse(last.at));

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
