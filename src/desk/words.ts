import type { Booking, BookingField } from '#booking/booking.ts';
import type { Fleet } from '#booking/fleet.ts';
import { nobody } from '#booking/surface.ts';
import { dateText, rangeText, timeText } from '#lib/zoned.ts';

/** Minutes as people say them: `3 h`, `45 min`, `2 h 30 min`. */
export function lengthText(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  return [hours > 0 ? `${hours} h` : '', rest > 0 || hours === 0 ? `${rest} min` : '']
    .filter(Boolean)
    .join(' ');
}

export const partyText = (size: number): string => (size === 1 ? '1 guest' : `${size} guests`);

export const vesselName = (fleet: Fleet, id: string): string => fleet.vessel(id)?.name ?? id;

export const personName = (fleet: Fleet, id: string): string => fleet.person(id)?.name ?? id;

/** Whom a belief or letter is directed to, by name where we know one; null where the surface speaks to nobody in particular. */
export function recipientText(fleet: Fleet, booking: Booking | null, recipient: string): string | null {
  if (recipient === nobody) return null;
  const person =
    fleet.person(recipient) ??
    fleet.people.find(({ email }) => email.toLowerCase() === recipient.toLowerCase());
  if (person) return person.name;
  if (booking && recipient.toLowerCase() === booking.guest.email?.toLowerCase()) return booking.guest.name;
  return fleet.vessel(recipient)?.name ?? fleet.brand(recipient)?.name ?? recipient;
}

/** In the order in which a person wants to read them. */
export const fieldLabels: Readonly<Record<BookingField, string>> = {
  status: 'Status',
  vessel: 'Vessel',
  start: 'Start',
  end: 'End',
  guestName: 'Guest',
  partySize: 'Party',
  guestEmail: 'E-mail',
  guestPhone: 'Phone',
};

export const bookingFields = Object.keys(fieldLabels) as BookingField[];

/** A field of a booking in words; an em dash where nothing was said. */
export function fieldText(fleet: Fleet, booking: Booking, field: BookingField): string {
  const texts: Record<BookingField, () => string | null> = {
    status: () => booking.status,
    vessel: () => vesselName(fleet, booking.vessel),
    start: () => `${dateText(booking.start)}, ${timeText(booking.start)}`,
    end: () => `${dateText(booking.end)}, ${timeText(booking.end)}`,
    guestName: () => booking.guest.name,
    partySize: () => partyText(booking.partySize),
    guestEmail: () => booking.guest.email,
    guestPhone: () => booking.guest.phone,
  };
  return texts[field]() || '—';
}

export const tripText = (booking: Pick<Booking, 'start' | 'end'>): string =>
  rangeText(booking.start, booking.end);
