import { type Context, Hono } from 'hono';
import { formToken } from '#access/forms.ts';
import type { StaffSession } from '#access/staff.ts';
import type { Booking } from '#booking/booking.ts';
import type { Problem } from '#booking/problem.ts';
import { dayOf, inZone } from '#lib/zoned.ts';
import { paths } from '#ui/paths.ts';
import type { DeskDeps } from './deps.ts';
import { answer } from './desk-frame.tsx';
import { problemsOf, readPosted, seeOther } from './form.ts';
import { bookingAt, toldOf } from './look-up.ts';
import { MovePage, MoveReview } from './move-page.tsx';
import {
  type MoveFieldValues,
  moveFieldsOf,
  moveOf,
  notOfTheBrand,
  sameTrip,
  vesselsFor,
  zoneAt,
} from './move-to.ts';
import { type ReadTimes, readTimes } from './trip-times.ts';

/** Moving a booking to other times or another vessel: typed, shown beside the old ones, then done. Undone by posting the old ones back. */
export function moveRoutes(deps: DeskDeps): Hono {
  const app = new Hono();
  const { fleet } = deps;

  const movePage = (
    c: Context,
    session: StaffSession,
    it: { booking: Booking; fields: MoveFieldValues; problems: readonly Problem[]; times?: ReadTimes },
  ) =>
    answer(c, deps, session, {
      section: 'bookings',
      title: 'Move',
      about: [it.booking.id],
      status: it.problems.length > 0 ? 422 : 200,
      content: (
        <MovePage
          fleet={fleet}
          booking={it.booking}
          formToken={formToken(session)}
          fields={it.fields}
          problems={it.problems}
          ambiguity={it.times?.kind === 'ambiguous' ? it.times : null}
          zone={zoneAt(fleet, it.fields.vessel, it.booking)}
          today={dayOf(inZone(deps.clock.now(), it.booking.start.zone))}
        />
      ),
    });

  app.get(paths.deskMove(':id'), async c => {
    const session = await deps.requireStaff(c.req.raw);
    const booking = await bookingAt(deps, c.req.param('id'));
    return movePage(c, session, { booking, fields: moveFieldsOf(booking), problems: [] });
  });

  app.post(paths.deskMove(':id'), async c => {
    const { session, field } = await readPosted(c, deps);
    const booking = await bookingAt(deps, c.req.param('id'));
    const fields = {
      date: field('date'),
      start: field('start'),
      length: field('length'),
      which: field('which'),
      vessel: field('vessel') || booking.vessel,
    };
    if (!vesselsFor(fleet, booking).some(({ value }) => value === fields.vessel)) {
      return movePage(c, session, { booking, fields, problems: [notOfTheBrand] });
    }
    const times = readTimes(fields, zoneAt(fleet, fields.vessel, booking));
    if (times.kind !== 'times') {
      return movePage(c, session, { booking, fields, problems: times.problems, times });
    }
    const isConfirmed = field('confirmed') === 'yes';
    const to = { vessel: fields.vessel, start: times.start, end: times.end };
    const move = moveOf(booking, to);
    // A double click on the button has moved it already: that is what was wanted.
    if (!move) {
      return isConfirmed
        ? seeOther(c, paths.deskBooking(booking.id), { notice: 'moved' })
        : movePage(c, session, { booking, fields, problems: [sameTrip] });
    }
    if (field('revision') !== String(booking.revision)) {
      return seeOther(c, paths.deskBooking(booking.id), { notice: 'changed-meanwhile' });
    }
    if (!isConfirmed) {
      return answer(c, deps, session, {
        section: 'bookings',
        title: 'Move',
        about: [booking.id],
        content: (
          <MoveReview
            fleet={fleet}
            booking={booking}
            formToken={formToken(session)}
            fields={fields}
            to={to}
            told={toldOf(deps, booking, await deps.beliefs.of(booking.id))}
          />
        ),
      });
    }
    try {
      await deps.verbs.move(booking.id, move, { by: session.person });
    } catch (error) {
      return movePage(c, session, { booking, fields, problems: problemsOf(error) });
    }
    return seeOther(c, paths.deskBooking(booking.id), { notice: 'moved', was: String(booking.revision) });
  });

  return app;
}
