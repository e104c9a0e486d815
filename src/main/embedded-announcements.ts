import { announceTo } from '#announcements/announce.ts';
import type { Endpoint } from '#announcements/announcement.ts';
import { sqliteAnnouncementStore } from '#announcements/announcement-store.sqlite.ts';
import { delivery } from '#announcements/deliver.ts';
import { moneySaid } from '#announcements/money-said.ts';
import type { BookingId } from '#booking/booking.ts';
import type { BookingStore } from '#booking/booking-store.ts';
import type { FinanceStore } from '#finances/finance-store.ts';
import type { Clock } from '#lib/clock.ts';
import type { Random } from '#lib/random.ts';
import type { Egress } from '#platform/egress.ts';
import type { Log } from '#platform/log.ts';
import type { Metrics } from '#platform/metrics.ts';
import type { Outside } from '#platform/outside.ts';
import type { Config } from './config.ts';
import type { Files } from './embedded-files.ts';

type Means = {
  config: Config;
  files: Pick<Files, 'money'>;
  clock: Clock;
  random: Random;
  log: Log;
  outside: Outside;
};

/** What the operator's own programs are told, and the way there. */
export function announcementRoom(
  { config, files, clock, random, log, outside }: Means,
  of: { bookings: BookingStore; finances: FinanceStore; out: Egress; numbers: Metrics },
) {
  const endpoints = config.shape.webhooks.map(declared => endpointOf(config, declared));
  const store = sqliteAnnouncementStore(files.money, { clock, random });
  const sending = delivery({
    store,
    endpoints,
    outside,
    egress: of.out,
    bookingAt: async (id, revision) =>
      revision === null
        ? of.bookings.find(id as BookingId)
        : ((await of.bookings.at(id as BookingId, revision)) ?? null),
    moneyOf: moneySaid(of.finances, config.shape.money.currency),
    clock,
    log,
    count: of.numbers.count,
  });
  const announce = announceTo({ store, endpoints, clock, nudge: sending.nudge });
  return { store, endpoints, sending, announce };
}

function endpointOf(config: Config, declared: Config['shape']['webhooks'][number]): Endpoint {
  const { id, url, events, audience, isNearby } = declared;
  const secrets = [config.secret(`${id} endpoint secret`), config.secret(`${id} next endpoint secret`)];
  return { id, url, events, audience, isNearby, secrets: secrets.filter(secret => secret !== null) };
}
