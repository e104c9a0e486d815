import { sqliteBookingStore } from '#booking/booking-store.sqlite.ts';
import type { BookingStore } from '#booking/booking-store.ts';
import { sqliteClaims } from '#booking/claims.sqlite.ts';
import { sqliteFinanceStore } from '#finances/finance-store.sqlite.ts';
import { sqliteInbox } from '#intake/inbox.sqlite.ts';
import type { DeliveryId, Inbox } from '#intake/inbox.ts';
import { createIntake } from '#intake/process-delivery.ts';
import { receiveWebhook } from '#intake/receive-webhook.ts';
import type { Books } from '#intake/source.ts';
import { source, sources } from '#intake/sources.ts';
import type { SettableClock } from '#lib/clock.ts';
import type { Random } from '#lib/random.ts';
import type { Log } from '#platform/log.ts';
import type { Sqlite } from '#platform/sqlite.ts';
import { secrets, simulated } from './fleet.ts';
import type { Statement } from './history.ts';
import { signed } from './marketplace.ts';

/**
 * One process of the part of the program that takes orders: the door, the inbox, the bookings and the notes in the books,
 * put together as in production. Nothing follows from a booking here, so a story costs a thirtieth of the whole program's.
 */
export type Counter = {
  /** Brings a statement to the door; throws what the door refuses it with. It is read alongside. */
  knock(statement: Statement): Promise<void>;
  /** Reads all that is due, as a start and every tick do. */
  readDue(): Promise<void>;
  /** Resolves when nothing is being read. */
  still(): Promise<void>;
};

/** The ports between the parts, where a proof of the proof plants faults. */
export type CounterPorts = { inbox: Inbox; bookings: BookingStore; books: Books };

const secretOf: Readonly<Record<string, string>> = {
  boatsetter: secrets.BOATSETTER_WEBHOOK_SECRET,
  manual: secrets.MANUAL_WEBHOOK_SECRET,
};
const known = sources(
  simulated.shape.sources.map(({ id, kind, times, listings }) =>
    source({ id, kind, times, listings, secrets: [secretOf[id] ?? ''] }),
  ),
);

export function counter(it: {
  open: Sqlite;
  money: Sqlite;
  clock: SettableClock;
  random: Random;
  log: Log;
  planted?: (ports: CounterPorts) => CounterPorts;
}): Counter {
  const { open, money, clock, random, log, planted = ports => ports } = it;
  const { inbox, bookings, books } = planted({
    inbox: sqliteInbox(money, { clock, random }),
    bookings: sqliteBookingStore(open, { clock, random }),
    books: sqliteFinanceStore(money),
  });
  const intake = createIntake({
    inbox,
    sources: known,
    desk: { bookings, fleet: simulated.fleet, clock, random, claims: sqliteClaims(open, clock) },
    books,
    mail: () => Promise.reject(new Error('nobody sends mail in these stories')),
    lookUp: () => Promise.reject(new Error('nobody is asked in these stories')),
    log,
  });
  const reading = new Set<Promise<unknown>>();
  const read = (id: DeliveryId) => {
    const mine: Promise<unknown> = intake.process(id).finally(() => reading.delete(mine));
    reading.add(mine);
  };

  return {
    async knock(statement) {
      const { text, headers } = signed(statement, clock.now());
      const { delivery } = await receiveWebhook(
        { sources: known, inbox, clock },
        {
          source: statement.source,
          secret: null,
          header: name => headers[name] ?? null,
          headers: () => headers,
          body: Buffer.from(text),
        },
      );
      read(delivery.id);
    },
    readDue: () => intake.processPending(),
    async still() {
      while (reading.size > 0) await Promise.all(reading);
    },
  };
}
