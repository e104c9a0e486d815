/** Held by `tsc`: the door to the guest page takes nothing that could hold an amount, and what comes out holds none. */
import type { Booking } from '#booking/booking.ts';
import type { HoldsMoney, MoneyFree } from '#lib/money-free.ts';
import { type GuestView, type GuestViewParts, parseGuestView } from './guest-view.ts';

declare function sendToGuest<T>(value: T & MoneyFree<T>): void;
declare const view: GuestView;
declare const parts: GuestViewParts;
declare const paid: Booking & { price: HoldsMoney };
declare const noted: Booking & { notes: unknown };

sendToGuest(view);
parseGuestView(parts);

// @ts-expect-error a booking that carries an amount
parseGuestView({ ...parts, booking: paid });
// @ts-expect-error a booking with something the compiler cannot see into
parseGuestView({ ...parts, booking: noted });
// @ts-expect-error an amount beside the booking
parseGuestView({ ...parts, payout: paid.price });
// @ts-expect-error a view with an amount added
sendToGuest({ ...view, price: paid.price });
// @ts-expect-error nobody writes into a view
view.partySize = 7;
