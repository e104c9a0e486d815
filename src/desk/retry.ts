import type { StaffSession } from '#access/staff.ts';
import type { BookingId } from '#booking/booking.ts';
import type { DeskDeps } from './deps.ts';
import { asOwner } from './owner.ts';

/**
 * Tries everything about a booking again: the letters that came back, which surfaces merely wait for, then the surfaces.
 * Safe to repeat.
 */
export async function retryBooking(deps: DeskDeps, session: StaffSession, id: BookingId): Promise<void> {
  for (const post of [deps.post, asOwner(deps, session)?.post]) {
    const returned = (await post?.list({ about: id, state: 'returned' })) ?? [];
    for (const letter of returned) await post?.retry(letter.id);
  }
  await deps.verbs.retry(id);
}
