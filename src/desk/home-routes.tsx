import { Hono } from 'hono';
import { formToken } from '#access/forms.ts';
import type { Booking } from '#booking/booking.ts';
import { runningOut } from '#crew/credential-warnings.ts';
import { uncrewed } from '#crew/crew-up.ts';
import { driftOf } from '#intake/mail/drift.ts';
import { dateText, dayOf, epochOf, inZone, shift } from '#lib/zoned.ts';
import { paths } from '#ui/paths.ts';
import type { DeskDeps } from './deps.ts';
import { answer } from './desk-frame.tsx';
import { bookingsIn } from './failures-routes.tsx';
import { quarantined } from './held.ts';
import { HomePage } from './home-page.tsx';
import { conflictsWithGuests, pageOf } from './look-up.ts';
import { troublesFor } from './troubles.ts';

/** Enough to count a week's trips; a fleet with more in a week is told there are more. */
const counted = 50;

/** The first page: what needs a person, what sails next. */
export function homeRoutes(deps: DeskDeps): Hono {
  return new Hono().get(paths.desk, async c => {
    const session = await deps.requireStaff(c.req.raw);
    const now = inZone(deps.clock.now(), deps.fleet.house.zone);
    const [troubles, held, conflicts, upcoming, photos] = await Promise.all([
      troublesFor(deps, session),
      quarantined(deps),
      conflictsWithGuests(deps),
      pageOf(deps, { when: 'upcoming', vessel: '', text: '' }, undefined, counted),
      photosToSee(deps),
    ]);
    const next = upcoming.rows.slice(0, 5);
    const bookings = await bookingsIn(deps, troubles);
    const soon = upcoming.rows.filter(
      ({ start }) => epochOf(start) < epochOf(shift(now, { days: 7 })),
    ).length;
    return answer(c, deps, session, {
      section: 'today',
      title: 'Today',
      about: [
        ...bookings.keys(),
        ...next.map(({ id }) => id),
        ...photos.map(({ booking }) => booking.id),
        ...conflicts.flatMap(({ sides }) => sides.map(({ holder }) => holder)),
      ],
      audience: session.role,
      content: (
        <HomePage
          fleet={deps.fleet}
          formToken={formToken(session)}
          day={dateText(now)}
          troubles={troubles}
          held={held}
          conflicts={conflicts.filter(({ settled }) => settled === null)}
          addresses={(await deps.mailTroubles.list({ limit: counted })).filter(
            ({ state }) => state === 'open',
          )}
          drift={driftOf(held)}
          uncrewed={await uncrewedAmong(deps, upcoming.rows)}
          papers={await runningOut(deps.papers, deps.fleet, dayOf(now))}
          bookings={bookings}
          next={next}
          standings={await deps.beliefs.summary(next.map(({ id }) => id))}
          sailingThisWeek={soon === counted ? `${counted}+` : String(soon)}
          photos={photos}
          isEmpty={next.length === 0 && (await deps.bookings.count()) === 0}
        />
      ),
    });
  });
}

/** The trips with photos that wait for a person, longest first. */
async function photosToSee(deps: DeskDeps) {
  const waiting = await deps.photos.waiting(counted);
  const trips = await Promise.all(
    waiting.map(async ({ booking, photos }) => ({ booking: await deps.bookings.find(booking), photos })),
  );
  return trips.flatMap(({ booking, photos }) => (booking ? [{ booking, photos }] : []));
}

/** Trips for which somebody has to be found: a place is open, and nobody is left to be asked. */
async function uncrewedAmong(deps: DeskDeps, bookings: readonly Booking[]) {
  const found = await Promise.all(
    bookings.map(async booking => {
      const crew = await deps.crew.ofBooking(booking.id);
      return { booking, roles: crew ? uncrewed(crew) : [] };
    }),
  );
  return found.filter(({ roles }) => roles.length > 0);
}
