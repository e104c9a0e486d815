import { Hono } from 'hono';
import { formToken } from '#access/forms.ts';
import type { Booking } from '#booking/booking.ts';
import { disagreements } from '#booking/disagreements.ts';
import { whyNotForget } from '#booking/forget-booking.ts';
import { desk } from '#booking/message.ts';
import { partsSeen } from '#booking/split-booking.ts';
import { statementId } from '#intake/statement-id.ts';
import { epochOf } from '#lib/zoned.ts';
import { paths } from '#ui/paths.ts';
import { BookingNotice } from './booking-notice.tsx';
import { BookingPage } from './booking-page.tsx';
import type { DeskDeps } from './deps.ts';
import { answer } from './desk-frame.tsx';
import { readPosted, seeOther } from './form.ts';
import { boardOf, bookingAt, sayerOf } from './look-up.ts';
import { asOwner } from './owner.ts';
import { retryBooking } from './retry.ts';
import { timelineOf } from './timeline.ts';
import { twinsOf } from './voices-routes.tsx';

/** One booking with everything that is known about it, and the button that tries its surfaces again. */
export function bookingRoutes(deps: DeskDeps): Hono {
  const app = new Hono();
  const { fleet } = deps;

  app.get(paths.deskBooking(':id'), async c => {
    const session = await deps.requireStaff(c.req.raw);
    const booking = await bookingAt(deps, c.req.param('id'));
    const owner = asOwner(deps, session);
    const [board, revisions, messages, open, owned, crew, agenda, deliveries, money] = await Promise.all([
      boardOf(deps, session, booking),
      revisionsOf(deps, booking),
      deps.bookings.messages(booking.id),
      deps.post.list({ about: booking.id }),
      owner?.post.list({ about: booking.id }) ?? [],
      deps.crew.ofBooking(booking.id),
      deps.agenda.of(booking.id),
      deps.inbox.list({ booking: booking.id }),
      owner?.moneyPanel(booking.id) ?? null,
    ]);
    const twins = await twinsOf(deps, booking);
    const letters = [...open, ...owned].sort((a, b) => (a.postedAt < b.postedAt ? 1 : -1));
    const sayer = sayerOf(deps, messages);
    const audit = crew ? await deps.crew.audit(crew.id) : [];
    const was = Number(c.req.query('was'));
    return answer(c, deps, session, {
      section: 'bookings',
      title: booking.guest.name,
      about: [booking.id, ...twins.map(({ id }) => id)],
      audience: board.audience,
      content: (
        <BookingPage
          fleet={fleet}
          formToken={formToken(session)}
          booking={booking}
          beliefs={board.beliefs}
          isSettled={board.isSettled}
          mayRestore={
            booking.status === 'cancelled' &&
            booking.origins.status?.source === desk &&
            epochOf(booking.start) > deps.clock.now()
          }
          mayForget={whyNotForget(booking, deps.clock.now()) === null}
          crew={crew}
          letters={letters}
          wishes={await deps.wishes.of(booking.id)}
          agenda={agenda}
          timeline={timelineOf({ fleet, revisions, messages, letters, crew: audit, sayer })}
          sayer={sayer}
          deliveryUrl={({ source, message }) => {
            const found = deliveries.find(one => one.source === source && statementId(one) === message);
            return found ? paths.deskDelivery(found.id) : null;
          }}
          letterUrl={owner ? deps.letterUrl : () => null}
          money={money}
          open={disagreements(messages.map(({ message }) => message))}
          twins={twins}
          parts={await partsSeen(deps, booking.id)}
          notice={
            <BookingNotice
              fleet={fleet}
              code={c.req.query('notice') ?? ''}
              booking={booking}
              formToken={formToken(session)}
              other={c.req.query('other') ?? null}
              before={
                revisions.find(({ revision }) => revision === was && was === booking.revision - 1) ?? null
              }
            />
          }
        />
      ),
    });
  });

  app.post(paths.deskRetry(':id'), async c => {
    const { session, field } = await readPosted(c, deps);
    const booking = await bookingAt(deps, c.req.param('id'));
    if (field('do') === 'write over') await deps.verbs.writeOver(booking.id, session.person);
    else await retryBooking(deps, session, booking.id);
    return seeOther(c, paths.deskBooking(booking.id), { notice: 'retried' });
  });

  return app;
}

async function revisionsOf(deps: DeskDeps, booking: Booking): Promise<readonly Booking[]> {
  const numbers = Array.from({ length: booking.revision }, (_, index) => index + 1);
  const found = await Promise.all(numbers.map(revision => deps.bookings.at(booking.id, revision)));
  return found.filter(revision => revision !== null);
}
