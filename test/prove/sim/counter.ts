import type { Booking } from '#booking/booking.ts';
import { sqliteBookingStore } from '#booking/booking-store.sqlite.ts';
import { sqliteClaims } from '#booking/claims.sqlite.ts';
import { sqliteFinanceStore } from '#finances/finance-store.sqlite.ts';
import { sqliteInbox } from '#intake/inbox.sqlite.ts';
import { createIntake } from '#intake/process-delivery.ts';
import { receiveWebhook } from '#intake/receive-webhook.ts';
import { source, sources } from '#intake/sources.ts';
import type { Clock } from '#lib/clock.ts';
import { oneAtATime } from '#lib/one-at-a-time.ts';
import type { Random } from '#lib/random.ts';
import type { Letter } from '#mail/letter.ts';
import type { Mailer } from '#mail/mailer.ts';
import { sqlitePost } from '#mail/post.sqlite.ts';
import type { Log } from '#platform/log.ts';
import type { Sqlite } from '#platform/sqlite.ts';
import { ownerAddress, secrets, simulated } from './fleet.ts';
import type { Statement } from './history.ts';
import { signed } from './marketplace.ts';

/**
 * One process of the part of the program that takes orders: the door, the inbox, the bookings, the notes in the books and
 * the post, put together as in production. All that follows from a booking here is one letter for each revision that people
 * see, so a story costs a small part of what it costs the whole program.
 */
export type Counter = {
  /** Brings a statement to the door; throws what the door refuses it with. It is read alongside. */
  knock(statement: Statement): Promise<void>;
  /** Reads and tells all that is due, as a start and every tick do. */
  doDue(): Promise<void>;
  /** Resolves when nothing is being read or told any more. */
  still(): Promise<void>;
};

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
  clock: Clock;
  random: Random;
  log: Log;
  /** Without one nobody is told anything. */
  mailer?: Mailer;
}): Counter {
  const { open, money, clock, random, log, mailer } = it;
  const inbox = sqliteInbox(money, { clock, random });
  const bookings = sqliteBookingStore(open, { clock, random });
  const books = sqliteFinanceStore(money);
  const post = mailer && sqlitePost({ db: open, mailer, egress: { emit: async () => {} }, clock, log });
  const underWay = new Set<Promise<unknown>>();
  const alongside = (work: Promise<unknown>) => {
    const mine = work
      .catch((error: unknown) => log.error('what was begun alongside broke', { error }))
      .finally(() => underWay.delete(mine));
    underWay.add(mine);
  };
  const inTurn = oneAtATime();
  /** As the booking is by now, as fulfilment does: whoever asks may have read it a while ago. */
  const tell = ({ id }: Booking) =>
    inTurn(id, async () => {
      const now = await bookings.find(id);
      if (!now) return;
      await post?.post(newsOf(now));
      await bookings.markFulfilled(id, now.revision);
    });
  const intake = createIntake({
    inbox,
    sources: known,
    desk: { bookings, fleet: simulated.fleet, clock, random, claims: sqliteClaims(open, clock) },
    books,
    mail: () => Promise.reject(new Error('nobody sends mail in these stories')),
    lookUp: () => Promise.reject(new Error('nobody is asked in these stories')),
    log,
    ...(post ? { onRecorded: (booking: Booking) => alongside(tell(booking)) } : {}),
  });

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
      alongside(intake.process(delivery.id));
    },
    async doDue() {
      await intake.processPending();
      if (!post) return;
      for (const booking of await bookings.unfulfilled(100)) await tell(booking);
      await post.deliverDue();
    },
    async still() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}

/** The prefix of all that is told about a booking at the counter. */
export const newsAbout = (booking: string) => `${booking}/news/${ownerAddress}/`;

/** What one revision of a booking says, to one person. */
function newsOf({ id, revision, status, start, partySize }: Booking): Letter {
  const text = `Revision ${revision}: ${status}, ${start.local}, party of ${partySize}`;
  return {
    id: `${newsAbout(id)}${revision}`,
    audience: 'operator',
    about: [id],
    kind: 'news',
    from: { name: '', address: 'counter@sailjada.example' },
    to: { name: '', address: ownerAddress },
    subject: `Revision ${revision}`,
    text,
    html: `<p>${text}</p>`,
  };
}
