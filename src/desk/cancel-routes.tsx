import { type Context, Hono } from 'hono';
import { formToken } from '#access/forms.ts';
import type { StaffSession } from '#access/staff.ts';
import type { Booking } from '#booking/booking.ts';
import type { Problem } from '#booking/problem.ts';
import { paths } from '#ui/paths.ts';
import { CancelPage } from './cancel-page.tsx';
import type { DeskDeps } from './deps.ts';
import { answer } from './desk-frame.tsx';
import { problemsOf, readPosted, seeOther } from './form.ts';
import { bookingAt, toldOf } from './look-up.ts';

/** Calling a booking off, and taking that back. */
export function cancelRoutes(deps: DeskDeps): Hono {
  const app = new Hono();
  const { fleet } = deps;

  const cancelPage = async (
    c: Context,
    session: StaffSession,
    booking: Booking,
    problems: readonly Problem[],
  ) => {
    const beliefs = await deps.beliefs.of(booking.id);
    const speaking = beliefs.filter(
      ({ statedRevision, state }) => statedRevision !== null && state !== 'withdrawn',
    );
    return answer(c, deps, session, {
      section: 'bookings',
      title: 'Cancel this booking?',
      about: [booking.id],
      status: problems.length > 0 ? 422 : 200,
      content: (
        <CancelPage
          fleet={fleet}
          booking={booking}
          formToken={formToken(session)}
          problems={problems}
          withdrawn={[...new Set(speaking.map(({ surface }) => surface))].filter(
            name => !name.endsWith('letter'),
          )}
          told={toldOf(deps, booking, beliefs)}
        />
      ),
    });
  };

  app.get(paths.deskCancel(':id'), async c => {
    const session = await deps.requireStaff(c.req.raw);
    return cancelPage(c, session, await bookingAt(deps, c.req.param('id')), []);
  });

  app.post(paths.deskCancel(':id'), async c => {
    const { session, field } = await readPosted(c, deps);
    const booking = await bookingAt(deps, c.req.param('id'));
    const path = paths.deskBooking(booking.id);
    if (booking.status === 'cancelled') return seeOther(c, path, { notice: 'cancelled' });
    if (field('revision') !== String(booking.revision))
      return seeOther(c, path, { notice: 'changed-meanwhile' });
    try {
      await deps.verbs.cancel(booking.id, { by: session.person });
    } catch (error) {
      return cancelPage(c, session, booking, problemsOf(error));
    }
    return seeOther(c, path, { notice: 'cancelled' });
  });

  app.post(paths.deskRestore(':id'), async c => {
    const { session } = await readPosted(c, deps);
    const booking = await bookingAt(deps, c.req.param('id'));
    await deps.verbs.restore(booking.id, { by: session.person });
    return seeOther(c, paths.deskBooking(booking.id), { notice: 'restored' });
  });

  return app;
}
