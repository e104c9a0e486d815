import type { Problem } from '#booking/problem.ts';

/** The source is not in the configuration any more. */
export const sourceGone = (id: string): Problem => ({
  field: 'source',
  code: 'source-unknown',
  reason: `The configuration knows no source “${id}” any more.`,
  cure: 'Add the source to the configuration, then run this again.',
});

/** It speaks of a booking of which nothing has come in. */
export const bookingUnheard = (name: string): Problem => ({
  field: 'booking',
  code: 'booking-unheard',
  reason: `The message is about the booking ${name}, of which nothing has come in.`,
  cure: 'Enter the booking or wait for its message; then run this again.',
});

/** Nobody vouches for it, and its source is set to wait for a person then. */
export const unsigned: Problem = {
  field: 'message',
  code: 'unsigned-held',
  reason: 'The message came without a signature, and this source is set to wait for a person then.',
  cure: 'Compare it with the marketplace; run it if it is true, discard it if not.',
};
