import { Hono } from 'hono';
import { formToken } from '#access/forms.ts';
import { withoutTimes } from '#booking/draft.ts';
import { newId } from '#lib/random.ts';
import { dayOf, inZone, offsetText } from '#lib/zoned.ts';
import { paths } from '#ui/paths.ts';
import { BookingsPage, whenOf } from './bookings-page.tsx';
import type { DeskDeps } from './deps.ts';
import { answer } from './desk-frame.tsx';
import { problemsOf, readPosted, seeOther } from './form.ts';
import { type ListFilter, pageOf } from './look-up.ts';
import { type NewBookingFields, NewBookingPage, newBookingFields } from './new-booking-page.tsx';
import { readTimes } from './trip-times.ts';

const perPage = 25;

/** The list of bookings, and the form that adds one. */
export function bookingsRoutes(deps: DeskDeps): Hono {
  const app = new Hono();
  const { fleet } = deps;

  app.get(paths.deskBookings, async c => {
    const session = await deps.requireStaff(c.req.raw);
    const filter: ListFilter = {
      when: whenOf(c.req.query('when')),
      vessel: fleet.vessel(c.req.query('vessel') ?? '')?.id ?? '',
      text: (c.req.query('q') ?? '').trim().slice(0, 200),
    };
    const after = c.req.query('after');
    const { rows, next } = await pageOf(deps, filter, after, perPage);
    const standings = await deps.beliefs.summary(rows.map(({ id }) => id));
    return answer(c, deps, session, {
      section: 'bookings',
      title: 'Bookings',
      about: rows.map(({ id }) => id),
      content: (
        <BookingsPage
          fleet={fleet}
          filter={filter}
          rows={rows}
          standings={standings}
          next={next}
          isFirstPage={after === undefined}
          isEmpty={rows.length === 0 && (await deps.bookings.count()) === 0}
        />
      ),
    });
  });

  const zoneOf = (vessel: string) => fleet.vessel(vessel)?.zone ?? fleet.vessels[0]?.zone ?? fleet.house.zone;
  const today = (zone: string) => dayOf(inZone(deps.clock.now(), zone));
  const newOnce = () => newId(deps.random, 'frm');

  app.get(paths.deskNewBooking, async c => {
    const session = await deps.requireStaff(c.req.raw);
    const zone = zoneOf('');
    return answer(c, deps, session, {
      section: 'bookings',
      title: 'Add a booking',
      about: [],
      content: (
        <NewBookingPage
          fleet={fleet}
          formToken={formToken(session)}
          once={newOnce()}
          fields={newBookingFields}
          problems={[]}
          ambiguity={null}
          zone={zone}
          today={today(zone)}
        />
      ),
    });
  });

  app.post(paths.deskNewBooking, async c => {
    const { session, field } = await readPosted(c, deps);
    const fields = Object.fromEntries(
      Object.keys(newBookingFields).map(name => [name, field(name)]),
    ) as NewBookingFields;
    const zone = zoneOf(fields.vessel);
    const once = field('once') || newOnce();
    const times = readTimes(fields, zone);
    const { vessel, guestName } = fields;
    const guestEmail = fields.guestEmail || null;
    const guestPhone = fields.guestPhone || null;
    const partySize = Number(fields.partySize);
    const problems =
      times.kind === 'times'
        ? await deps.verbs
            .add(
              {
                ...{ vessel, guestName, guestEmail, guestPhone, partySize },
                start: offsetText(times.start),
                end: offsetText(times.end),
              },
              { by: session.person, once },
            )
            .catch(problemsOf)
        : [
            ...times.problems,
            ...withoutTimes(
              { guest: { name: guestName, email: guestEmail, phone: guestPhone }, partySize },
              fleet.vessel(vessel),
            ),
          ];
    if ('kind' in problems) {
      const path = problems.booking ? paths.deskBooking(problems.booking.id) : paths.deskBookings;
      return seeOther(c, path, { notice: 'added' });
    }
    return answer(c, deps, session, {
      section: 'bookings',
      title: 'Add a booking',
      about: [],
      status: 422,
      content: (
        <NewBookingPage
          fleet={fleet}
          formToken={formToken(session)}
          once={once}
          fields={fields}
          problems={problems}
          ambiguity={times.kind === 'ambiguous' ? times : null}
          zone={zone}
          today={today(zone)}
        />
      ),
    });
  });

  return app;
}
