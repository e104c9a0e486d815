import type { Booking } from '#booking/booking.ts';
import { digestOf } from '#lib/digest.ts';
import type { Letter } from '#mail/letter.ts';
import type { Suppressed } from '#mail/suppressed.ts';
import { type PageParts, pageComposer } from './compose-page.ts';
import type { GuestReminderKind } from './letter-words.ts';
import { guestReminderLetter } from './letters.ts';

/**
 * Writes the letters that fall due by the calendar: a week and a day before, and thanks. Null where there is nobody to
 * write to, the guest wants no such letters or complained about one, or the charter is not on. The same booking gives the same letter id, so posting it twice sends one; after a
 * move the reminders of the new time are others.
 */
export function guestReminders(
  parts: PageParts & { suppressed: Pick<Suppressed, 'find'> },
): (booking: Booking, kind: GuestReminderKind) => Promise<Letter | null> {
  const compose = pageComposer(parts);
  return async (booking, kind) => {
    const address = booking.guest.email?.trim();
    if (!address || booking.status !== 'confirmed') return null;
    const wishes = await parts.wishes.of(booking.id);
    if (wishes.onlyNecessary) return null;
    // Whoever complained has said it their own way: nobody needs these letters.
    const trouble = await parts.suppressed.find(address);
    if (trouble?.why === 'complaint' && trouble.state !== 'allowed') return null;
    const view = await compose.view(booking, await compose.slugFor(booking));
    const said = digestOf({ start: booking.start, end: booking.end, vessel: booking.vessel });
    const id = `${booking.id}/guest reminder/${address.toLowerCase()}/${kind}/${said}`;
    return guestReminderLetter({ booking, brand: compose.brandOf(booking), view, address }, kind, id);
  };
}
