import type { Booking, BookingId } from '#booking/booking.ts';
import type { BookingStore } from '#booking/booking-store.ts';
import { desk } from '#booking/message.ts';
import type { Surface, SurfaceName } from '#booking/surface.ts';
import type { InTurn } from '#lib/one-at-a-time.ts';
import { Refusal } from '#lib/refusal.ts';
import type { Log } from '#platform/log.ts';
import { converge, describe } from './converge.ts';
import type { Side } from './side.ts';

export type SpeakingParts = {
  bookings: BookingStore;
  /** Those of the sides that are here. */
  surfaces: readonly Surface[];
  inTurn: InTurn;
  log: Log;
  onProgress: (booking: string) => void;
};

export type Speaking = ReturnType<typeof speaking>;

/** Has one surface say what a booking is now. */
export function speaking(parts: SpeakingParts) {
  const { bookings, inTurn, log } = parts;
  const surfaces = new Map(parts.surfaces.map(surface => [surface.name, surface]));

  const current = async (id: string): Promise<Booking> => {
    const booking = await bookings.find(id as BookingId);
    if (!booking)
      throw new Refusal(
        'booking-unknown',
        `There is no booking ${id}.`,
        'Check the id with `gangway booking list`.',
      );
    return booking;
  };

  const absorbedInto = async (booking: Booking): Promise<Booking | null> => {
    if (booking.status !== 'cancelled') return null;
    const meant = await bookings.byName(desk, booking.id);
    return meant && meant.id !== booking.id ? meant : null;
  };

  /** In turn per booking and surface: an older run must not speak after a newer one. */
  const say = (name: SurfaceName, side: Side, booking: string, isLate: (now: Booking) => boolean) =>
    inTurn(`${booking} ${name}`, async () => {
      const now = await current(booking);
      if (isLate(now)) return 'superseded' as const;
      const surface = surfaces.get(name);
      // The books go on without a guest: a refund may come late.
      if (!surface || (now.forgottenAt && name !== 'ledger')) return 'stated' as const;
      try {
        await converge(surface, now, side.board, await absorbedInto(now));
      } catch (error) {
        log.warn('surface is failing', { booking, surface: name, error });
        // The journal of the engine keeps what is thrown here: a code, never words that may quote a person.
        throw new Error(describe(error).code);
      } finally {
        parts.onProgress(booking);
      }
      return 'stated' as const;
    });

  return { current, say };
}
