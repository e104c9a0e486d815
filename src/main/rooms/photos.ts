import type { Hono } from 'hono';
import type { Booking } from '#booking/booking.ts';
import type { Brand } from '#booking/fleet.ts';
import type { CrewEventId } from '#crew/crew.ts';
import { placeOf } from '#crew/crew.ts';
import { looksLikeMoney } from '#crew/money-words.ts';
import type { OpenFulfilment } from '#fulfilment/open-fulfilment.ts';
import { languageOf } from '#guest-page/languages.ts';
import { uploadWords } from '#guest-page/page-languages.ts';
import { uploadWindow } from '#guest-page/phase.ts';
import { notHere, sentPhotos, tookDown } from '#guest-page/routes.ts';
import { crewPhotoRoutes } from '#photos/crew-routes.ts';
import type { Darkroom } from '#photos/darkroom.ts';
import { photoDecisions } from '#photos/decide-photos.ts';
import { photoDevelopment } from '#photos/develop-photos.ts';
import { guestPhotoRoutes } from '#photos/guest-routes.ts';
import { photoUploads } from '#photos/uploads.ts';
import { paths } from '#ui/paths.ts';
import type { OpenRooms } from './open-rooms.ts';
import type { RoomOptions } from './parts.ts';
import { removalLetters } from './removal-letter.ts';

/** Everything about photos, wired: sending, developing, deciding, and the routes of guests and crew. */
export function photoRoom(
  of: OpenRooms,
  options: RoomOptions,
  fulfil: Pick<OpenFulfilment, 'again'>,
  darkroom: Darkroom,
) {
  const { clock, random, log, config } = options;
  const { photos: records, photoStore: store } = of;
  const bookingOf = of.bookings.find;

  const development = photoDevelopment({
    records,
    store,
    darkroom,
    bookingOf,
    clock,
    log,
  });
  const uploads = photoUploads({
    records,
    store,
    limits: of.photoLimits,
    canDevelop: of.canDevelop,
    windowOf: booking => uploadWindow(booking, config.shape.retention),
    clock,
    random,
    onReceived: () => void development.run(),
  });
  const decisions = photoDecisions({
    records,
    store,
    clock,
    onGalleryChanged: fulfil.again,
    async onRemovalAsked(photo) {
      const booking = await bookingOf(photo.booking);
      const asked = await records.find(photo.id);
      if (!booking || !asked) return;
      const href = options.at.of(paths.deskPhotos(booking.id));
      for (const letter of removalLetters(config.fleet, booking, asked, href))
        await of.open.post.post(letter);
    },
    looksLikeMoney,
  });

  /** As the page speaks to this guest. */
  const languageFor = async (brand: Brand, { id }: Booking) =>
    (await of.pageParts.wishes.of(id)).language ?? languageOf(brand.locale);

  const guest = guestPhotoRoutes({
    clock: options.clock,
    uploads,
    decisions,
    store,
    bookingAt: of.bookingAt,
    notHere,
    tookDown: async (brand, booking, back) => tookDown(brand, await languageFor(brand, booking), back),
    sentPage: async (brand, booking, back) => sentPhotos(brand, await languageFor(brand, booking), back),
    wordsFor: async (brand, booking) => uploadWords(await languageFor(brand, booking), brand.locale),
  });
  const crew: Hono = crewPhotoRoutes({
    uploads,
    async visit(request, event) {
      const session = await of.crewDoors.session(of.cookies.crew.read(request), event);
      if (!session) return null;
      const trip = await of.crew.find(session.event as CrewEventId);
      if (!trip?.booking || !placeOf(trip, session.person)) return null;
      const booking = await bookingOf(trip.booking);
      return booking && { person: session.person, booking };
    },
  });
  return { uploads, decisions, development, guest, crew };
}

export type PhotoRoom = ReturnType<typeof photoRoom>;
