import type { BookingId } from '#booking/booking.ts';
import { forgetOnServers } from '#calendar/server-calendar-surface.ts';
import { forgetGuest } from '#crew/forget-guest.ts';
import type { Places } from '#fulfilment/fulfilment-parts.ts';
import { purgePage } from '#guest-page/purge-page.ts';
import { purgePhotos } from '#photos/purge-photos.ts';
import type { RoomOptions } from './parts.ts';
import type { Rooms } from './rooms.ts';

/**
 * Every place that knows a guest, beside the booking and the board. A room that learns of guests adds itself here; the story
 * of an erased guest (`test/stories`) searches the whole data folder and finds the one that forgot to.
 */
export function erasure(of: Rooms, { config, clock }: Pick<RoomOptions, 'config' | 'clock'>): Places {
  const { fleet } = config;
  return {
    places: [
      booking => purgePage({ fleet, pages: of.pages, host: of.host }, booking),
      booking => of.pageParts.wishes.forget(booking),
      booking => purgePhotos({ records: of.photos, store: of.photoStore }, booking),
      booking => forgetGuest({ store: of.crew, clock }, booking),
      booking => of.calendar.forget(booking),
      booking => of.feeds.forget(booking),
      booking => forgetOnServers(of.calendarServers, booking),
      booking => forgetSuppressed(of, booking),
      booking => of.open.post.forget(booking),
      booking => of.owner.post.forget(booking),
      booking => of.inbox.erase(booking),
      booking => of.finances.forget(booking),
      booking => of.announcements.store.forget(booking),
    ],
    unclaimed: before => of.inbox.eraseUnclaimed(before),
    scrub: of.scrub,
  };
}

/** The addresses that this guest was written to, which only the post still knows. */
async function forgetSuppressed({ open, suppressed }: Rooms, booking: BookingId): Promise<void> {
  const letters = await open.post.list({ about: booking, limit: 1000 });
  const toGuest = letters.filter(({ id }) => id.startsWith(`${booking}/guest `)).map(({ to }) => to);
  for (const address of new Set(toGuest)) await suppressed.forget(address);
}
