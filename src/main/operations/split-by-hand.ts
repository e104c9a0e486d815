import type { BookingId, ExternalName } from '#booking/booking.ts';
import type { Said } from '#booking/speak-for-desk.ts';
import { type SplitDone, splitBooking } from '#booking/split-booking.ts';
import type { FulfilmentRoom } from '#fulfilment/fulfilment.ts';
import { statementId } from '#intake/statement-id.ts';
import type { IntakeRoom } from '../rooms/intake.ts';
import type { Rooms } from '../rooms/rooms.ts';

/**
 * Makes two bookings of one, their books included: the messages of the one that leaves are read again, about itself. Safe to
 * repeat, which ends what a crash cut short. Same refusals as `splitBooking`.
 */
export async function splitByHand(
  of: Pick<Rooms, 'bookingDesk' | 'bookings' | 'inbox' | 'finances'>,
  intake: Pick<IntakeRoom, 'rerun'>,
  fulfil: Pick<FulfilmentRoom, 'fulfil' | 'rebook'>,
  id: BookingId,
  name: ExternalName,
  how: Said & { why: string; by: string },
): Promise<SplitDone> {
  const done = await splitBooking(of.bookingDesk, id, name, how);
  const { booking, other } = done;
  const heard = await of.bookings.messages(other.id);
  const theirs = new Set(heard.map(({ message }) => `${message.source} ${message.messageId}`));
  for (const delivery of await of.inbox.list({ booking: booking.id, limit: 1000 })) {
    const message = statementId(delivery);
    if (delivery.outcome?.kind === 'asked' || !theirs.has(`${delivery.source} ${message}`)) continue;
    await of.finances.unsay(booking.id, { source: delivery.source, message });
    if (delivery.erasedAt === null) await intake.rerun(delivery.id, how.by);
  }
  for (const one of [booking, other]) await fulfil.fulfil(one);
  await fulfil.rebook(booking.id);
  return done;
}
