import { type Context, Hono } from 'hono';
import { formToken } from '#access/forms.ts';
import type { StaffSession } from '#access/staff.ts';
import type { Booking, ExternalName } from '#booking/booking.ts';
import { isName } from '#booking/parts.ts';
import type { Problem } from '#booking/problem.ts';
import { partsSeen } from '#booking/split-booking.ts';
import { Refusal } from '#lib/refusal.ts';
import { paths } from '#ui/paths.ts';
import type { DeskDeps } from './deps.ts';
import { answer } from './desk-frame.tsx';
import { problemsOf, readPosted, seeOther } from './form.ts';
import { bookingAt, toldOf } from './look-up.ts';
import { SplitPage } from './split-page.tsx';

/** Two trips that were taken as one: a look at both halves first, then a reason, then the way back. */
export function splitRoutes(deps: DeskDeps): Hono {
  const app = new Hono();

  const page = async (
    c: Context,
    session: StaffSession,
    booking: Booking,
    name: ExternalName,
    typed: { problems: readonly Problem[]; why: string } = { problems: [], why: '' },
  ) => {
    const parts = await partsSeen(deps, booking.id);
    const seen = parts.find(({ part }) => part.names.some(each => isName(each, name)));
    if (!seen)
      throw new Refusal(
        'part-unknown',
        'This booking has no such part.',
        'Go back to the booking: somebody may have split it already.',
      );
    return answer(c, deps, session, {
      section: 'bookings',
      title: 'Two trips taken as one?',
      about: [booking.id],
      status: typed.problems.length > 0 ? 422 : 200,
      content: (
        <SplitPage
          fleet={deps.fleet}
          booking={booking}
          seen={seen}
          formToken={formToken(session)}
          told={toldOf(deps, booking, await deps.beliefs.of(booking.id))}
          {...typed}
        />
      ),
    });
  };

  app.get(paths.deskSplit(':id'), async c => {
    const session = await deps.requireStaff(c.req.raw);
    const booking = await bookingAt(deps, c.req.param('id'));
    return page(c, session, booking, {
      source: c.req.query('source') ?? '',
      externalId: c.req.query('name') ?? '',
    });
  });

  app.post(paths.deskSplit(':id'), async c => {
    const { session, field } = await readPosted(c, deps);
    const booking = await bookingAt(deps, c.req.param('id'));
    const path = paths.deskBooking(booking.id);
    if (field('revision') !== String(booking.revision))
      return seeOther(c, path, { notice: 'changed-meanwhile' });
    const name = { source: field('source'), externalId: field('name') };
    const why = field('why');
    try {
      const { other } = await deps.verbs.split(booking.id, name, { by: session.person, why });
      return seeOther(c, path, { notice: 'split', other: other.id });
    } catch (error) {
      const problems: readonly Problem[] =
        why === ''
          ? [{ field: 'why', code: 'reason-missing', reason: 'A reason is needed.', cure: 'Say why.' }]
          : problemsOf(error);
      return page(c, session, booking, name, { problems, why });
    }
  });

  return app;
}
