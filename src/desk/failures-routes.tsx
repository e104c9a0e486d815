import { Hono } from 'hono';
import { formToken } from '#access/forms.ts';
import type { Booking, BookingId } from '#booking/booking.ts';
import { paths } from '#ui/paths.ts';
import type { DeskDeps } from './deps.ts';
import { answer } from './desk-frame.tsx';
import { FailuresPage } from './failures-page.tsx';
import { readPosted, seeOther } from './form.ts';
import { bookingAt } from './look-up.ts';
import { ownerOnly } from './owner.ts';
import { retryBooking } from './retry.ts';
import { type Trouble, troublesFor, troublesShown } from './troubles.ts';

/** What is stuck or failing, and the button that tries it again. */
export function failuresRoutes(deps: DeskDeps): Hono {
  const app = new Hono();

  app.get(paths.deskFailures, async c => {
    const session = await deps.requireStaff(c.req.raw);
    const troubles = await troublesFor(deps, session);
    const bookings = await bookingsIn(deps, troubles);
    return answer(c, deps, session, {
      section: 'failures',
      title: 'Failures',
      about: [...bookings.keys()],
      audience: session.role,
      content: (
        <FailuresPage
          fleet={deps.fleet}
          formToken={formToken(session)}
          troubles={troubles}
          bookings={bookings}
          notice={c.req.query('notice') ?? ''}
          addresses={await deps.mailTroubles.list({ limit: troublesShown })}
          decided={await deps.mailTroubles.find(c.req.query('address') ?? '')}
        />
      ),
    });
  });

  app.post(paths.deskFailures, async c => {
    const { session, field } = await readPosted(c, deps);
    const id = field('id');
    if (field('kind') === 'letter') await deps.post.retry(id);
    else if (field('kind') === 'owner letter') await ownerOnly(deps, session).post.retry(id);
    else await retryBooking(deps, session, (await bookingAt(deps, id)).id);
    return seeOther(c, paths.deskFailures, { notice: 'retried' });
  });

  app.get(paths.deskAddresses, c => c.redirect(`${paths.deskFailures}#addresses`, 303));
  app.post(paths.deskAddresses, async c => {
    const { session, field } = await readPosted(c, deps);
    const [address, as] = [field('address'), field('as')];
    if (as === 'allowed') await deps.mailTroubles.allow(address, session.person);
    else await deps.mailTroubles.keep(address, session.person, as === 'open' ? 'open' : 'kept');
    return seeOther(c, paths.deskFailures, { address });
  });

  return app;
}

/** The bookings that troubles are about, each looked up once. */
export async function bookingsIn(
  deps: DeskDeps,
  troubles: readonly Trouble[],
): Promise<ReadonlyMap<string, Booking>> {
  const ids = [...new Set(troubles.flatMap(({ booking }) => booking ?? []))];
  const found = await Promise.all(ids.map(id => deps.bookings.find(id as BookingId)));
  return new Map(found.flatMap(booking => (booking ? [[booking.id, booking] as const] : [])));
}
