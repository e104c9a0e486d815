import * as z from 'zod';
import type { BookingId } from '#booking/booking.ts';
import { notHere } from '../not-here.ts';
import { booted } from './boot.ts';
import type { Means } from './means.ts';
import { wholeSide } from './whole-side.ts';

/** An id and what is wanted; anything else breaks. Whoever asks hears that it is done, and nothing besides. */
const asked = z.strictObject({
  ask: z.enum(['open', 'again']),
  booking: z.string().regex(/^bkg_[0-9a-z]{16}$/),
});

export const make = (means: Means) => {
  const { fulfil, after } = wholeSide(means, {
    mailer: notHere('mail'),
    host: notHere('pages'),
    photoStore: notHere('photos'),
  });
  return async (event: unknown): Promise<void> => {
    const { ask, booking } = asked.parse(event);
    await fulfil.books[ask](booking as BookingId);
    await after.done();
  };
};

export const handler = booted(make);
