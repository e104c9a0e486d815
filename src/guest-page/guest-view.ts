import { type Booking, firstNameOf } from '#booking/booking.ts';
import type { Brand, CrewRole, Vessel } from '#booking/fleet.ts';
import { plainLine } from '#booking/plain-line.ts';
import type { MoneyFree } from '#lib/money-free.ts';
import { inZone, type ZonedTime } from '#lib/zoned.ts';
import { type Language, languageOf, localeOf } from './languages.ts';
import { type PhaseStart, phaseTimetable, type UploadDays, uploadWindow } from './phase.ts';

/** Somebody who sails, as guests are told of them. */
export type Shipmate = { readonly firstName: string; readonly role: CrewRole };

/** A picture that was approved, as the page shows it: width and height of the largest rendition, in pixels. */
export type GalleryPhoto = {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly caption: string;
};

/** How a brand shows itself to guests. */
export type BrandView = {
  readonly name: string;
  readonly locale: string;
  readonly accent: string;
  readonly ink: string;
  readonly phone: string | null;
  readonly email: string;
};

/**
 * Everything a guest page may know. Made by `parseGuestView` only: each key is listed, each text has a limit, nothing
 * else of a booking or a vessel can ride along.
 */
export type GuestView = {
  /** The guest's wish, else the brand's. */
  readonly language: Language;
  /** How dates are written, BCP 47. */
  readonly locale: string;
  readonly firstName: string;
  readonly vessel: string;
  readonly tentative: boolean;
  readonly start: ZonedTime;
  readonly end: ZonedTime;
  readonly berth: {
    readonly name: string;
    readonly address: string;
    readonly latitude: number;
    readonly longitude: number;
    readonly directions: string;
  };
  readonly crew: readonly Shipmate[];
  readonly bring: readonly string[];
  /** Passengers, the guest included. */
  readonly partySize: number;
  /** When each phase begins: a static page cannot know which one its reader is in. */
  readonly phases: readonly PhaseStart[];
  /** When they may be added; null where they cannot be, and are asked for by mail. */
  readonly photos: {
    readonly opens: ZonedTime;
    readonly closes: ZonedTime;
    /** Where files are posted to if not to the host of the page, `https://…`. */
    readonly to?: string;
  } | null;
  /** In the order in which they were taken. */
  readonly gallery: readonly GalleryPhoto[];
  /** Where others say what the weather and the water will be. */
  readonly weather: string | null;
  readonly tides: string | null;
  readonly brand: BrandView;
  readonly calendar: {
    readonly uid: string;
    readonly organizer: { readonly name: string; readonly address: string };
  };
  /** Where the page is. */
  readonly url: string;
  readonly revision: number;
  /** When that revision was recorded, by the clock on the dock. */
  readonly changedAt: ZonedTime;
};

/** What a guest view is made from. */
export type GuestViewParts = {
  readonly booking: Booking;
  readonly brand: Brand;
  readonly vessel: Vessel;
  readonly crew: readonly Shipmate[];
  readonly uploads: UploadDays;
  /** What the guest wishes; the brand's language where they said nothing. */
  readonly language?: Language | null;
  readonly gallery: readonly GalleryPhoto[];
  readonly takesPhotos?: boolean;
  /** Where files are posted to if not to the host of the page, `https://…`. */
  readonly photosTo?: string;
  readonly url: string;
  /** Stable for the life of the booking, so that a second download updates the first entry. */
  readonly calendarUid: string;
};

/** The door to the guest page: a fresh frozen object from listed keys. Takes nothing that could hold an amount. */
export function parseGuestView<T extends GuestViewParts>(given: T & MoneyFree<T>): GuestView {
  const { booking, brand, vessel, crew, uploads, gallery }: GuestViewParts = given;
  const { berth } = vessel;
  const language = given.language ?? languageOf(brand.locale);
  return frozen({
    language,
    locale: localeOf(language, brand.locale),
    firstName: line(firstNameOf(booking.guest), 40),
    vessel: line(vessel.name, 60),
    tentative: booking.status === 'tentative',
    start: time(booking.start),
    end: time(booking.end),
    berth: {
      name: line(berth.name, 120),
      address: line(berth.address, 200),
      latitude: berth.latitude,
      longitude: berth.longitude,
      directions: line(berth.directions, 600),
    },
    crew: crew.slice(0, 20).map(mate => ({ firstName: line(mate.firstName, 40), role: mate.role })),
    bring: vessel.bring.slice(0, 20).map(item => line(item, 160)),
    partySize: booking.partySize,
    phases: phaseTimetable(booking, uploads).map(({ phase, from }) => ({ phase, from: from && time(from) })),
    photos:
      given.takesPhotos === false
        ? null
        : { ...uploadWindow(booking, uploads), ...(given.photosTo ? { to: given.photosTo } : {}) },
    gallery: gallery.map(({ id, width, height, caption }) => ({
      id,
      width,
      height,
      caption: line(caption, 140),
    })),
    weather: vessel.weather ?? null,
    tides: vessel.tides ?? null,
    brand: brandView(brand),
    calendar: {
      uid: given.calendarUid,
      organizer: { name: line(brand.name, 80), address: brand.contact.email },
    },
    url: given.url,
    revision: booking.revision,
    changedAt: inZone(booking.recordedAt, booking.start.zone),
  });
}

/** A brand as guests see it: no bucket, no layout, no sender. */
export const brandView = (brand: Brand): BrandView => ({
  name: line(brand.name, 80),
  locale: brand.locale,
  accent: brand.theme.accent,
  ink: brand.theme.ink,
  phone: brand.contact.phone === null ? null : line(brand.contact.phone, 40),
  email: line(brand.contact.email, 254),
});

const time = ({ local, zone, at }: ZonedTime): ZonedTime => ({ local, zone, at });

/** One plain line of at most `limit` characters: a name must not be able to make the rest of a page read otherwise. */
export function line(text: string, limit: number): string {
  const clean = plainLine(text);
  const characters = [...clean];
  return characters.length <= limit
    ? clean
    : `${characters
        .slice(0, limit - 1)
        .join('')
        .trimEnd()}…`;
}

function frozen<T>(value: T): T {
  if (value !== null && typeof value === 'object' && !Object.isFrozen(value)) {
    for (const inner of Object.values(value)) frozen(inner);
    Object.freeze(value);
  }
  return value;
}
