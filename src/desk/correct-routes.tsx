import { type Context, Hono } from 'hono';
import { formToken } from '#access/forms.ts';
import type { StaffSession } from '#access/staff.ts';
import type { Booking } from '#booking/booking.ts';
import type { Problem } from '#booking/problem.ts';
import { paths } from '#ui/paths.ts';
import { CorrectPage } from './correct-page.tsx';
import type { DeskDeps } from './deps.ts';
import { answer } from './desk-frame.tsx';
import { problemsOf, readPosted, seeOther } from './form.ts';
import { correctionOf, type GuestFields, guestFieldsOf } from './guest-fields.tsx';
import { bookingAt, toldOf } from './look-up.ts';

/** Correcting who comes and how many. Undone by posting the old facts back. */
export function correctRoutes(deps: DeskDeps): Hono {
  const app = new Hono();
  const { fleet } = deps;

  const correctPage = async (
    c: Context,
    session: StaffSession,
    it: { booking: Booking; fields: GuestFields; problems: readonly Problem[] },
  ) =>
    answer(c, deps, session, {
      section: 'bookings',
      title: 'Correct guest and party',
      about: [it.booking.id],
      status: it.problems.length > 0 ? 422 : 200,
      content: (
        <CorrectPage
          fleet={fleet}
          booking={it.booking}
          formToken={formToken(session)}
          fields={it.fields}
          problems={it.problems}
          told={toldOf(deps, it.booking, await deps.beliefs.of(it.booking.id))}
        />
      ),
    });

  app.get(paths.deskCorrect(':id'), async c => {
    const session = await deps.requireStaff(c.req.raw);
    const booking = await bookingAt(deps, c.req.param('id'));
    return correctPage(c, session, { booking, fields: guestFieldsOf(booking), problems: [] });
  });

  app.post(paths.deskCorrect(':id'), async c => {
    const { session, field } = await readPosted(c, deps);
    const booking = await bookingAt(deps, c.req.param('id'));
    const path = paths.deskBooking(booking.id);
    const fields: GuestFields = {
      guestName: field('guestName'),
      partySize: field('partySize'),
      guestEmail: field('guestEmail'),
      guestPhone: field('guestPhone'),
    };
    const correction = correctionOf(fields, booking);
    const isCurrent = field('revision') === String(booking.revision);
    if (Object.keys(correction).length === 0) {
      // A double click on the button has corrected it already: that is what was wanted.
      return isCurrent
        ? correctPage(c, session, { booking, fields, problems: [sameFacts] })
        : seeOther(c, path, { notice: 'corrected' });
    }
    if (!isCurrent) return seeOther(c, path, { notice: 'changed-meanwhile' });
    try {
      await deps.verbs.correct(booking.id, correction, { by: session.person });
    } catch (error) {
      return correctPage(c, session, { booking, fields, problems: problemsOf(error) });
    }
    return seeOther(c, path, { notice: 'corrected', was: String(booking.revision) });
  });

  return app;
}

const sameFacts: Problem = {
  field: '',
  code: 'nothing-to-change',
  reason: 'This is what the booking says already.',
  cure: 'Change the name, the party or an address.',
};
