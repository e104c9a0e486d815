import { Hono } from 'hono';
import type { Booking } from '#booking/booking.ts';
import type { DeliveryState } from '#intake/inbox.ts';
import { driftOf } from '#intake/mail/drift.ts';
import { paths } from '#ui/paths.ts';
import type { DeskDeps } from './deps.ts';
import { answer } from './desk-frame.tsx';
import { bookingsOf, quarantined } from './held.ts';
import { InboxPage } from './inbox-page.tsx';

const shown = 50;
const states: readonly string[] = [
  'pending',
  'recorded',
  'quarantined',
  'poisoned',
  'conflict',
  'discarded',
] satisfies DeliveryState[];

/** What came in, with its verdict. */
export function inboxRoutes(deps: DeskDeps): Hono {
  return new Hono().get(paths.deskInbox(), async c => {
    const session = await deps.requireStaff(c.req.raw);
    const [source, asked] = [c.req.query('source') ?? '', c.req.query('state') ?? ''];
    const state = states.includes(asked) ? (asked as DeliveryState) : undefined;
    const [found, held, feeds] = await Promise.all([
      deps.inbox.list({
        ...(source ? { source } : {}),
        ...(state ? { state } : {}),
        limit: shown + 1,
      }),
      quarantined(deps),
      deps.feeds.shown(),
    ]);
    const deliveries = found.slice(0, shown);
    const bookings = new Map<string, Booking>();
    for (const id of new Set(bookingsOf(deliveries))) {
      const booking = await deps.bookings.find(id);
      if (booking) bookings.set(id, booking);
    }
    return answer(c, deps, session, {
      section: 'inbox',
      title: 'Inbox',
      about: [...bookings.keys()],
      content: (
        <InboxPage
          fleet={deps.fleet}
          deliveries={deliveries}
          bookings={bookings}
          drift={driftOf(held)}
          feeds={feeds}
          filter={{ source, state: state ?? '' }}
          isMore={found.length > shown}
        />
      ),
    });
  });
}
