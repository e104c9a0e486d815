import type { BookingId } from '#booking/booking.ts';
import { mayWriteOver } from '#calendar/server-calendar-surface.ts';
import type { Fulfilling } from '#fulfilment/fulfilment.ts';
import type { Rooms } from '../rooms/rooms.ts';

/** Lets what somebody changed in these calendars be written over, as a person decided, and goes over the booking again. */
export const writeOver =
  (of: Pick<Rooms, 'open' | 'calendarServers'>, fulfil: Pick<Fulfilling, 'again'>) =>
  async (booking: BookingId, by: string): Promise<void> => {
    await mayWriteOver(of.calendarServers, booking, await of.open.beliefs.of(booking), by);
    await fulfil.again(booking);
  };
