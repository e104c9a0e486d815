import type { BookingId } from '#booking/booking.ts';
import { isoInstant } from '#lib/clock.ts';
import { Unavailable } from '#lib/refusal.ts';
import type { FulfilmentParts } from './fulfilment-parts.ts';

const batch = 500;
const dayMs = 86_400_000;
/** The agenda comes first; this long after its time, whatever it did not know of follows. */
const graceDays = 3;
/** What waits for a person is kept at least this long, however short guests are. */
const unclaimedAtLeastDays = 90;

/**
 * Erases guests place by place, and only then counts them as erased: what a crash or a full disk cuts short is done
 * again. `inTurn` is the turn in which surfaces speak.
 */
export function eraser(
  parts: FulfilmentParts,
  inTurn: <T>(key: string, work: () => Promise<T>) => Promise<T>,
): {
  /** All that are forgotten, or over for longer than the retention; returns those that are erased now. */
  sweep: () => Promise<readonly BookingId[]>;
  /** One of them at once. Throws Unavailable `erasure-unfinished`. */
  forget: (booking: BookingId) => Promise<void>;
} {
  const { bookings, surfaces, open, owner, agenda, erasure, clock, log } = parts;
  const { purgeAfterDays } = parts.retention;
  const daysAgo = (days: number) => isoInstant(clock.now() - days * dayMs);

  const eraseFrom = async (id: BookingId) => {
    // Once it is forgotten no surface begins to speak; what one is saying right now must not come after us.
    await Promise.all(surfaces.map(({ name }) => inTurn(`${id} ${name}`, async () => {})));
    for (const erase of erasure.places) await erase(id);
    await Promise.all([open.board.beliefs.forget(id), owner.board.beliefs.forget(id, 'ledger')]);
    await open.drives.forget(id);
    await agenda.replace(id, []);
  };

  const sweep = async () => {
    const erased: BookingId[] = [];
    for (const id of await bookings.toErase(daysAgo(purgeAfterDays + graceDays), batch)) {
      try {
        await bookings.forget(id);
        await eraseFrom(id);
        erased.push(id);
      } catch (error) {
        log.warn('a guest could not be erased everywhere', { booking: id, error });
      }
    }
    const unclaimed = await erasure.unclaimed(daysAgo(Math.max(purgeAfterDays, unclaimedAtLeastDays)));
    if (erased.length + unclaimed === 0) return [];
    try {
      await erasure.scrub();
    } catch (error) {
      log.warn('traces of erased guests may be left in the databases', { count: erased.length, error });
      return [];
    }
    for (const id of erased) await bookings.markErased(id);
    log.info('guests erased', { count: erased.length });
    return erased;
  };

  return {
    sweep,
    async forget(id) {
      await bookings.forget(id);
      if ((await sweep()).includes(id)) return;
      throw new Unavailable(
        'erasure-unfinished',
        'The guest is forgotten, but could not be erased everywhere yet; it is tried again every minute.',
      );
    },
  };
}
