import type { Booking } from '#booking/booking.ts';
import { offsetText } from '#lib/zoned.ts';
import type { Announcement } from './announcement.ts';

/** What is said about a booking's money, as decimals: for the owner's endpoints alone. */
export type MoneySaid = {
  readonly state: string;
  readonly currency: string;
  readonly gross: string | null;
  readonly net: string | null;
};

/**
 * The body of a message, from listed keys: nothing gets into it by being in a booking. Without `money` it is a function of
 * what an operator sees.
 */
export function payloadOf(
  { kind, at, detail }: Announcement,
  booking: Booking | null,
  money?: MoneySaid | null,
): string {
  return JSON.stringify({
    type: kind,
    timestamp: at,
    data: {
      ...(booking ? { booking: bookingSaid(booking) } : {}),
      ...(kind.startsWith('booking.') ? {} : { detail }),
      ...(money === undefined ? {} : { money }),
    },
  });
}

const bookingSaid = ({
  id,
  revision,
  status,
  brand,
  vessel,
  start,
  end,
  partySize,
  guest,
  names,
}: Booking) => ({
  id,
  revision,
  status,
  brand,
  vessel,
  start: offsetText(start),
  end: offsetText(end),
  zone: start.zone,
  party_size: partySize,
  guest: { name: guest.name, email: guest.email, phone: guest.phone },
  names: names.map(({ source, externalId }) => ({ source, id: externalId })),
});
