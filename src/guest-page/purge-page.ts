import type { BookingId } from '#booking/booking.ts';
import type { Fleet } from '#booking/fleet.ts';
import type { PageHost } from './page-host.ts';
import type { PageStore } from './page-store.ts';

/** Takes a booking's page away on every brand and forgets its slug: from then on the link is answered like any unknown one. Idempotent. */
export async function purgePage(
  { fleet, pages, host }: { fleet: Fleet; pages: PageStore; host: PageHost },
  booking: BookingId,
): Promise<void> {
  const slug = await pages.slugOf(booking);
  if (slug !== null) for (const brand of fleet.brands) await host.remove(brand, slug);
  await pages.forget(booking);
}
