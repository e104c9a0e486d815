import type { AnnouncementStore } from '#announcements/announcement-store.ts';
import { delivery } from '#announcements/deliver.ts';
import { moneySaid } from '#announcements/money-said.ts';
import type { BookingId } from '#booking/booking.ts';
import type { BookingStore } from '#booking/booking-store.ts';
import type { FinanceStore } from '#finances/finance-store.ts';
import { endpointsOf } from './announcement-endpoints.ts';
import type { RoomOptions, WayOut } from './parts.ts';

/** The way to the operator's own programs. What an endpoint of the owner is told has amounts in it. */
export function announcementSending(
  { config, clock, log, outside }: Pick<RoomOptions, 'config' | 'clock' | 'log' | 'outside'>,
  of: WayOut & { store: AnnouncementStore; bookings: BookingStore; finances: FinanceStore },
) {
  return delivery({
    store: of.store,
    endpoints: endpointsOf(config),
    outside,
    egress: of.out,
    bookingAt: async (id, revision) =>
      revision === null
        ? of.bookings.find(id as BookingId)
        : ((await of.bookings.at(id as BookingId, revision)) ?? null),
    moneyOf: moneySaid(of.finances, config.shape.money.currency),
    clock,
    log,
    count: of.numbers.count,
  });
}
