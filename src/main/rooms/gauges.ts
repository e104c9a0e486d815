import type { Durable } from '#durable/durable.ts';
import type { FeedsIn } from '#intake/feeds-in/follow-feeds.ts';
import { driftOf } from '#intake/mail/drift.ts';
import type { Clock } from '#lib/clock.ts';
import { overdue } from './overdue.ts';
import type { Rooms } from './rooms.ts';

/** Numbers of the whole house, true wherever they are asked for: what waits, what is in trouble. */
export function houseGauges(of: Rooms, feeds: Pick<FeedsIn, 'shown'>, clock: Clock) {
  const { numbers } = of;
  numbers.gauge('bookings', 'Bookings in the store, cancelled ones included.', () => of.bookings.count());
  numbers.gauge('surfaces_troubled', 'Surfaces failing or stuck, both sides of the fence.', async () => {
    const [open, owner] = await Promise.all([
      of.open.beliefs.troubled(1000),
      of.owner.beliefs.troubled(1000),
    ]);
    return open.length + owner.length;
  });
  numbers.gauge(
    'surfaces_overdue',
    'Bookings being made true and letters waiting for more than a quarter of an hour.',
    overdue({ sides: [of.open, of.owner], clock }),
  );
  numbers.gauge(
    'deliveries_held',
    'Deliveries that wait for a person.',
    async () => (await of.inbox.held(1000)).length,
  );
  numbers.gauge(
    'mails_drifting',
    'Mails proven a marketplace’s that wait because they no longer read as its templates expect.',
    async () => driftOf(await of.inbox.held(1000)).reduce((sum, { mails }) => sum + mails, 0),
  );
  numbers.gauge('letters_held', 'Letters that wait for a person since a restore.', async () => {
    const [open, owner] = await Promise.all([of.open.held.count(), of.owner.held.count()]);
    return open + owner;
  });
  numbers.gauge('feeds_failing', 'Marketplaces’ calendars whose last good copy counts.', async () => {
    const shown = await feeds.shown();
    return shown.filter(({ state }) => state?.trouble || state?.alarm).length;
  });
}

/** Numbers that are asked for at each scrape: those of the house, and what runs in this process. */
export function gauges(of: Rooms, feeds: Pick<FeedsIn, 'shown'>, durable: () => Durable, clock: Clock) {
  const { numbers } = of;
  houseGauges(of, feeds, clock);
  numbers.gauge('executions_running', 'Workflow executions running now.', () => durable().stats().running);
  numbers.gauge(
    'executions_queued',
    'Workflow executions that wait for a place.',
    () => durable().stats().queued,
  );
  numbers.gauge(
    'executions_waiting',
    'Workflow executions that sleep until later.',
    () => durable().stats().waiting,
  );
}
