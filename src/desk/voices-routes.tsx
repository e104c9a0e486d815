import { Hono } from 'hono';
import type { Booking, BookingId } from '#booking/booking.ts';
import { overlap } from '#booking/claims.ts';
import { type DisputedField, disputedFields } from '#booking/disagreements.ts';
import { Refusal } from '#lib/refusal.ts';
import { paths } from '#ui/paths.ts';
import type { DeskDeps } from './deps.ts';
import { readPosted, seeOther } from './form.ts';
import { bookingAt } from './look-up.ts';

/** A person's word on what sources say differently, and on two bookings that are one trip. */
export function voicesRoutes(deps: DeskDeps): Hono {
  const app = new Hono();

  app.post(paths.deskDecide(':id'), async c => {
    const { session, field } = await readPosted(c, deps);
    const booking = await bookingAt(deps, c.req.param('id'));
    const disputed = field('field');
    if (!isDisputed(disputed))
      throw new Refusal('statement-unknown', 'There is no such field.', 'Reload the page and choose again.');
    const origin = { source: field('source'), message: field('message') };
    await deps.verbs.decide(booking.id, { field: disputed, origin }, { by: session.person });
    return seeOther(c, paths.deskBooking(booking.id), { notice: 'decided' });
  });

  app.post(paths.deskMerge(':id'), async c => {
    const { session, field } = await readPosted(c, deps);
    const booking = await bookingAt(deps, c.req.param('id'));
    const done = await deps.verbs.merge(booking.id, field('other') as BookingId, { by: session.person });
    return seeOther(c, paths.deskBooking(done.booking?.id ?? booking.id), { notice: 'merged' });
  });

  return app;
}

const isDisputed = (field: string): field is DisputedField =>
  (disputedFields as readonly string[]).includes(field);

/** Other bookings of the vessel in the time of this one. */
export async function twinsOf(
  deps: Pick<DeskDeps, 'bookings'>,
  booking: Booking,
): Promise<readonly Booking[]> {
  if (booking.status === 'cancelled' || booking.forgottenAt) return [];
  const day = (offset: number) => new Date(Date.parse(booking.start.at) + offset * 86_400_000).toISOString();
  const near = await deps.bookings.list({ vessel: booking.vessel, from: day(-3), to: day(3), limit: 50 });
  const time = { from: booking.start.at, until: booking.end.at };
  return near.filter(
    ({ id, status, start, end, forgottenAt }) =>
      id !== booking.id &&
      status !== 'cancelled' &&
      forgottenAt === undefined &&
      overlap(time, { from: start.at, until: end.at }),
  );
}
