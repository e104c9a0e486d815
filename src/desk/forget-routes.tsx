import { type Context, Hono } from 'hono';
import { formToken } from '#access/forms.ts';
import type { StaffSession } from '#access/staff.ts';
import type { Booking } from '#booking/booking.ts';
import { whyNotForget } from '#booking/forget-booking.ts';
import type { Problem } from '#booking/problem.ts';
import { paths } from '#ui/paths.ts';
import type { DeskDeps } from './deps.ts';
import { answer } from './desk-frame.tsx';
import { ForgetPage } from './forget-page.tsx';
import { problemsOf, readPosted, seeOther } from './form.ts';
import { bookingAt } from './look-up.ts';

/** Erasing the guest of a trip that is over or off, after a page that asks. Cannot be undone. */
export function forgetRoutes(deps: DeskDeps): Hono {
  const app = new Hono();

  const forgetPage = (
    c: Context,
    session: StaffSession,
    booking: Booking,
    problems: readonly Problem[],
    status: 200 | 422,
  ) =>
    answer(c, deps, session, {
      section: 'bookings',
      title: 'Erase this guest?',
      about: [booking.id],
      status,
      content: (
        <ForgetPage
          fleet={deps.fleet}
          booking={booking}
          formToken={formToken(session)}
          problems={problems}
          isPossible={whyNotForget(booking, deps.clock.now()) === null}
        />
      ),
    });

  app.get(paths.deskForget(':id'), async c => {
    const session = await deps.requireStaff(c.req.raw);
    const booking = await bookingAt(deps, c.req.param('id'));
    if (booking.forgottenAt) return seeOther(c, paths.deskBooking(booking.id), { notice: 'forgotten' });
    const refusal = whyNotForget(booking, deps.clock.now());
    return forgetPage(c, session, booking, refusal ? problemsOf(refusal) : [], 200);
  });

  app.post(paths.deskForget(':id'), async c => {
    const { session, field } = await readPosted(c, deps);
    const booking = await bookingAt(deps, c.req.param('id'));
    const path = paths.deskBooking(booking.id);
    if (booking.forgottenAt) return seeOther(c, path, { notice: 'forgotten' });
    if (field('revision') !== String(booking.revision))
      return seeOther(c, path, { notice: 'changed-meanwhile' });
    try {
      await deps.verbs.forget(booking.id);
    } catch (error) {
      return forgetPage(c, session, booking, problemsOf(error), 422);
    }
    return seeOther(c, path, { notice: 'forgotten' });
  });

  return app;
}
