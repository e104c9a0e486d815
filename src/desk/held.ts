import type { BookingId } from '#booking/booking.ts';
import type { Delivery } from '#intake/inbox.ts';
import type { DeskDeps } from './deps.ts';

/** Whether a delivery still waits for a person. */
export const isHeld = ({ state }: Delivery): boolean =>
  state === 'quarantined' || state === 'poisoned' || state === 'conflict';

export const bookingsOf = (deliveries: readonly Delivery[]): BookingId[] =>
  deliveries.flatMap(({ outcome }) => outcome?.booking ?? []);

/** What was not understood or not allowed, oldest first. What broke or conflicts stands among the failures. */
export async function quarantined({ inbox }: Pick<DeskDeps, 'inbox'>): Promise<readonly Delivery[]> {
  return (await inbox.held(heldShown)).filter(({ state }) => state === 'quarantined');
}

export const heldShown = 100;
