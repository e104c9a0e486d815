import type { Booking } from '#booking/booking.ts';
import { firstNameOf } from '#booking/booking.ts';
import type { Brand, Fleet, Vessel } from '#booking/fleet.ts';
import type { Random } from '#lib/random.ts';
import { Refusal } from '#lib/refusal.ts';
import { type GalleryPhoto, type GuestView, parseGuestView, type Shipmate } from './guest-view.ts';
import type { GuestWishes } from './guest-wishes.ts';
import type { PageStore } from './page-store.ts';
import type { UploadDays } from './phase.ts';
import { newSlug } from './slug.ts';

/** What it takes to say what a booking's page should say. */
export type PageParts = {
  fleet: Fleet;
  pages: PageStore;
  random: Random;
  uploads: UploadDays;
  /** False where photos cannot be opened: the page then asks for them by mail. */
  takesPhotos?: boolean;
  /** Where files are posted to if not to the host of the page: the bucket of originals, `https://…`. */
  photosTo?: string;
  /** The full address of a page. Its last segment is the slug. */
  pageUrl: (brand: Brand, slug: string) => string;
  /** Who sails, captain first: told by the crew room, which this one does not know. */
  roster: (booking: Booking) => Promise<readonly Shipmate[]>;
  /** The approved photos, in order: told by the room of the photos. */
  gallery: (booking: Booking) => Promise<readonly GalleryPhoto[]>;
  wishes: GuestWishes;
};

export type Composer = ReturnType<typeof pageComposer>;

/** Puts together brand, vessel, crew and booking for page and letters alike. */
export function pageComposer({
  fleet,
  pages,
  random,
  uploads,
  takesPhotos = true,
  photosTo,
  pageUrl,
  roster,
  gallery,
  wishes,
}: PageParts) {
  const brandOf = (booking: Booking): Brand => {
    const brand = fleet.brand(booking.brand);
    if (!brand) throw unknown('brand', booking.brand);
    return brand;
  };
  const vesselOf = (booking: Booking): Vessel => {
    const vessel = fleet.vessel(booking.vessel);
    if (!vessel) throw unknown('vessel', booking.vessel);
    return vessel;
  };

  return {
    brandOf,
    vesselOf,
    /** The slug of the booking, chosen on first use. */
    slugFor: (booking: Booking): Promise<string> =>
      pages.chooseSlug(
        booking.id,
        newSlug(random, { guestFirstName: firstNameOf(booking.guest), vessel: vesselOf(booking).name }),
      ),
    /** What the page says. Without a slug: what it would say, for a digest; nothing is chosen. */
    async view(booking: Booking, slug = '-'): Promise<GuestView> {
      const brand = brandOf(booking);
      return parseGuestView({
        booking,
        brand,
        vessel: vesselOf(booking),
        crew: await roster(booking),
        uploads,
        language: (await wishes.of(booking.id)).language,
        takesPhotos,
        ...(photosTo ? { photosTo } : {}),
        gallery: await gallery(booking),
        url: pageUrl(brand, slug),
        calendarUid: `${booking.id}.guest@${fleet.house.host}`,
      });
    },
  };
}

const unknown = (what: 'brand' | 'vessel', id: string) =>
  new Refusal(
    `${what}-unknown`,
    `The booking is for ${what} ${id}, which is not in the configuration.`,
    `Add the ${what} to the configuration, or correct the booking, then retry.`,
  );
