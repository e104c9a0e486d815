import type { Booking } from '#booking/booking.ts';
import type { Belief } from '#booking/surface.ts';
import type { Drive } from '#fulfilment/drives.ts';

/**
 * Whether nothing about a booking will change on the board by itself any more: its run at the present revision is over
 * and no letter is still on its way. What waits for a person counts as settled, and so does a booking whose guest was erased.
 */
export function isSettled(
  booking: Pick<Booking, 'revision' | 'forgottenAt'>,
  beliefs: readonly Belief[],
  drives: readonly (Drive | null)[],
): boolean {
  if (booking.forgottenAt !== undefined) return true;
  const over = drives.every(
    drive =>
      drive !== null &&
      (drive.state === 'done' || drive.state === 'stuck') &&
      // The books' tag goes on with the state of the amounts: `3.k2`.
      drive.tag.split('.')[0] === String(booking.revision),
  );
  return over && beliefs.every(belief => belief.state !== 'pending' && belief.state !== 'failing');
}

/** One sentence on how the surfaces stand, for the eye and for screen readers: `9 of 11 surfaces say revision 3; 2 pending.` */
export function standingText(booking: Pick<Booking, 'revision'>, beliefs: readonly Belief[]): string {
  const count = (...states: Belief['state'][]) =>
    beliefs.filter(({ state }) => states.includes(state)).length;
  const living = beliefs.length - count('withdrawn');
  if (beliefs.length === 0) return 'Nothing has been said yet.';
  if (living === 0) return 'Everything was withdrawn.';
  const rest = [
    [count('pending'), 'pending'],
    [count('failing'), 'failing'],
    [count('stuck'), 'stuck'],
  ] as const;
  const stated = count('stated');
  const open = rest.filter(([n]) => n > 0).map(([n, word]) => `${n} ${word}`);
  return open.length === 0
    ? `${living === 1 ? 'The one surface says' : `All ${living} surfaces say`} revision ${booking.revision}.`
    : `${stated} of ${living} surfaces say what they should; ${open.join(', ')}.`;
}
