import { formToken } from '#access/forms.ts';
import { sqliteLinks } from '#access/links.sqlite.ts';
import { sqliteAnnouncementStore } from '#announcements/announcement-store.sqlite.ts';
import { addBooking } from '#booking/add-booking.ts';
import type { Booking } from '#booking/booking.ts';
import { sqliteBookingStore } from '#booking/booking-store.sqlite.ts';
import { cancelBooking } from '#booking/cancel-booking.ts';
import { sqliteClaims } from '#booking/claims.sqlite.ts';
import { conflictsOf } from '#booking/conflicts.ts';
import { correctBooking } from '#booking/correct-booking.ts';
import { decideField } from '#booking/decide-field.ts';
import { bookingToForget } from '#booking/forget-booking.ts';
import { holdsByHand } from '#booking/holds.ts';
import { mergeBookings } from '#booking/merge-bookings.ts';
import type { Message } from '#booking/message.ts';
import { moveBooking } from '#booking/move-booking.ts';
import { type BookingDesk, recordBooking } from '#booking/record-booking.ts';
import { restoreBooking } from '#booking/restore-booking.ts';
import { sqliteSettlements } from '#booking/settlements.sqlite.ts';
import { splitBooking } from '#booking/split-booking.ts';
import { sqliteCalendarStore } from '#calendar/calendar-store.sqlite.ts';
import { calendarSurface } from '#calendar/calendar-surface.ts';
import { crewByHand } from '#crew/assign.ts';
import { papersOf } from '#crew/credentials.ts';
import type { CrewEventId } from '#crew/crew.ts';
import { sqliteCrewStore } from '#crew/crew-store.sqlite.ts';
import { crewing } from '#crew/crew-up.ts';
import { crewEventSurface } from '#crew/ensure-event.ts';
import { sqliteAgenda } from '#durable/agenda.sqlite.ts';
import { sqliteBeliefs } from '#fulfilment/beliefs.sqlite.ts';
import { sqliteDrives } from '#fulfilment/drives.sqlite.ts';
import { sqliteGuestWishes } from '#guest-page/guest-wishes.sqlite.ts';
import type { FeedIn } from '#intake/feeds-in/feed-in.ts';
import { sqliteFeedInStore } from '#intake/feeds-in/feed-in-store.sqlite.ts';
import { followFeeds } from '#intake/feeds-in/follow-feeds.ts';
import { readFeed } from '#intake/feeds-in/read-feed.ical.ts';
import { sqliteInbox } from '#intake/inbox.sqlite.ts';
import { isoInstant, type SettableClock, settableClock } from '#lib/clock.ts';
import { seededRandom } from '#lib/random.ts';
import { Refusal } from '#lib/refusal.ts';
import type { Posted } from '#mail/post.ts';
import { sqliteSuppressed } from '#mail/suppressed.sqlite.ts';
import { sqlitePhotoRecords } from '#photos/photo-records.sqlite.ts';
import { egress, lookingFor, type Outgoing } from '#platform/egress.ts';
import { silentLog } from '#platform/log.ts';
import { openSqlite } from '#platform/sqlite.ts';
import type { DeskDeps } from './deps.ts';
import { photosWithout, postBox } from './desk-boxes.fixture.ts';
import { canary, sessionOf, staffedFleet, tooMany } from './desk-people.fixture.ts';
import { deskRoutes } from './desk-routes.tsx';

/** A desk over real stores, with everything beyond them in memory. Start of the day: 1 April 2027, noon UTC. */
export function deskWorld(
  options: { now?: string; feeds?: readonly FeedIn[]; calendar?: () => string } = {},
) {
  const clock: SettableClock = settableClock(options.now ?? '2027-04-01T12:00:00Z');
  const random = seededRandom('desk');
  const db = openSqlite(':memory:');
  const bookings = sqliteBookingStore(db, { clock, random });
  const crew = sqliteCrewStore(db);
  const room: BookingDesk = { bookings, fleet: staffedFleet, clock, random };
  const links = sqliteLinks({ db, clock, key: 'Zk3v0QpXy7RtBn5WcJ8mLd2GhS6fUa9e' });
  const agenda = sqliteAgenda(db, clock);
  const claims = sqliteClaims(db, clock);
  const crewUps = crewing({
    store: crew,
    claims,
    fleet: staffedFleet,
    clock,
    agenda,
    papers: papersOf(staffedFleet),
  });
  const crewChanged = async ({ id }: { id: CrewEventId }) => crewUps.crewUp(id);
  const beliefs = sqliteBeliefs(db);
  const drives = sqliteDrives(db, clock);
  const calendar = sqliteCalendarStore(db, { clock, random });
  const ownerDb = openSqlite(':memory:');
  const ownerBeliefs = sqliteBeliefs(ownerDb);
  const left: Outgoing[] = [];
  const feeds = followFeeds({
    feeds: options.feeds ?? [],
    store: sqliteFeedInStore(db),
    outside: async () => ({ status: 200, headers: {}, body: Buffer.from(options.calendar?.() ?? '') }),
    read: async (bytes, zone) => readFeed(bytes, zone),
    bookings,
    claims,
    fleet: staffedFleet,
    clock,
    random,
    log: silentLog,
    count: () => {},
  });
  const letters = new Map<string, Posted>();
  const ownerLetters = new Map<string, Posted>();
  const inbox = sqliteInbox(ownerDb, { clock, random });
  const retried: string[] = [];
  const watchers = new Set<() => void>();

  const records = sqlitePhotoRecords(db);
  const renditions = new Map<string, Buffer<ArrayBuffer>>();
  const photos = photosWithout({ records, renditions, clock, retried });

  const suppressed = sqliteSuppressed(db);
  const announcements = sqliteAnnouncementStore(ownerDb, { clock, random });

  const deps: DeskDeps = {
    fleet: staffedFleet,
    clock,
    random,
    egress: egress({
      leaks: lookingFor(() => [canary]),
      onRefused: () => {},
      tap: outgoing => void left.push(outgoing),
    }),
    async requireStaff(request) {
      const who = request.headers.get('x-person');
      if (who !== 'olive' && who !== 'perry') {
        throw new Refusal('sign-in-needed', 'You are not signed in.', 'Sign in first.');
      }
      return sessionOf(who);
    },
    bookings,
    beliefs,
    drives,
    agenda,
    crew,
    crewHands: {
      ...crewByHand({
        ...{ store: crew, links, fleet: staffedFleet, clock, crewing: crewUps },
        onEventChanged: crewChanged,
        onAnswered: crewChanged,
      }),
      faultOf: crewUps.faultOf,
    },
    papers: papersOf(staffedFleet),
    holds: holdsByHand({ claims, fleet: staffedFleet, clock, random }),
    conflicts: conflictsOf({ claims, settlements: sqliteSettlements(db), fleet: staffedFleet, clock }),
    calendar,
    post: postBox(letters, retried),
    wishes: sqliteGuestWishes(db),
    mailTroubles: {
      list: suppressed.list,
      find: suppressed.find,
      allow: (address, by) => suppressed.decide(address, 'allowed', { by, at: isoInstant(clock.now()) }),
      keep: (address, by, state = 'kept') =>
        suppressed.decide(address, state, { by, at: isoInstant(clock.now()) }),
    },
    inbox,
    account: async () => null,
    meant: async () => ({}),
    feeds,
    photos,
    announcements: { endpoints: [], store: announcements, nudge: () => {} },
    verbs: {
      add: (entered, how) => addBooking(room, entered, how),
      move: (id, to, how) => moveBooking(room, id, to, how),
      correct: (id, correction, how) => correctBooking(room, id, correction, how),
      decide: (id, chosen, how) => decideField(room, id, chosen, how),
      merge: (id, other, how) => mergeBookings(room, id, other, how),
      split: (id, name, how) => splitBooking(room, id, name, how),
      cancel: (id, how) => cancelBooking(room, id, how),
      restore: (id, how) => restoreBooking(room, id, how),
      async forget(id) {
        const booking = await bookingToForget(room, id);
        await bookings.forget(id);
        return (await bookings.find(id)) ?? booking;
      },
      retry: async id => void retried.push(id),
      writeOver: async id => void retried.push(`${id} written over`),
      async rerun(id, by) {
        await inbox.rerun(id, by);
        await inbox.quarantine(id, tooMany);
        return inbox.find(id);
      },
      async correctDelivery(id, meant, by) {
        await inbox.correct(id, meant, by);
        await inbox.quarantine(id, tooMany);
        return inbox.find(id);
      },
    },
    async *progress(_booking, signal) {
      while (!signal.aborted) {
        await new Promise<void>(resolve => {
          watchers.add(resolve);
          signal.addEventListener('abort', () => resolve());
        });
        yield;
      }
    },
    letterUrl: letter => `/mailbox/${encodeURIComponent(letter)}`,
    owner: {
      beliefs: ownerBeliefs,
      drives: sqliteDrives(ownerDb, clock),
      post: postBox(ownerLetters, retried),
      moneyPanel: async () => (
        <section class="card">
          <h2>Money</h2>
          <p>{canary} USD</p>
        </section>
      ),
      monthStatement: async month => (month === '2027-05' ? <p>{canary} USD in all</p> : null),
      monthCsv: async () => `trip,net\nbkg,${canary}\n`,
      inbox,
    },
  };

  const app = deskRoutes(deps);
  app.onError((error, c) =>
    error instanceof Refusal
      ? c.text(`${error.code}: ${error.message}`, error.code === 'sign-in-needed' ? 401 : 403)
      : c.text(`broken: ${error.stack}`, 500),
  );

  const surfaces = [
    crewEventSurface({
      store: crew,
      fleet: staffedFleet,
      clock,
      random,
      crewing: crewUps,
      papers: papersOf(staffedFleet),
    }),
    calendarSurface({
      store: calendar,
      fleet: staffedFleet,
      roster: async booking => (await crew.ofBooking(booking.id))?.roster ?? [],
    }),
  ];

  return {
    app,
    deps,
    clock,
    bookings,
    feeds,
    crew,
    links,
    claims,
    letters,
    ownerLetters,
    ownerBeliefs,
    beliefs,
    drives,
    inbox,
    photos: records,
    renditions,
    retried,
    left,
    /** Lets live progress look again. */
    tick() {
      for (const wake of watchers) wake();
      watchers.clear();
    },
    /** A message from the marketplace, recorded. */
    async hear(message: Message): Promise<Booking> {
      const recorded = await recordBooking(room, message);
      if (recorded.kind === 'refused' || !recorded.booking) throw new Error(JSON.stringify(recorded));
      return recorded.booking;
    },
    /** A message that was not understood, with an amount in its body. */
    async holdBack(messageId = 'msg_1', problems = tooMany) {
      const body = new TextEncoder().encode(JSON.stringify({ guest: 'Nell Harper', price: canary }));
      const arrival = { source: 'market', messageId, via: 'signed' as const, headers: {}, body };
      const { delivery } = await inbox.receive(arrival);
      await inbox.quarantine(delivery.id, problems);
      return delivery;
    },
    /** A booking typed at the desk. */
    async add(guestName: string, start: string, more: { vessel?: string; partySize?: number } = {}) {
      const done = await addBooking(
        room,
        { vessel: 'heron', partySize: 4, ...more, start, end: { hours: 3 }, guestName },
        { by: 'perry' },
      );
      if (!done.booking) throw new Error('not added');
      return done.booking;
    },
    /** Makes the crew event and the calendar entry of a booking say what it says. */
    async raise(booking: Booking) {
      for (const surface of surfaces) {
        for (const statement of await surface.desired(booking)) await surface.state(booking, statement, null);
      }
      return crew.ofBooking(booking.id);
    },
    get: (path: string, who: 'olive' | 'perry' = 'perry') =>
      app.request(`http://desk.example${path}`, { headers: { 'x-person': who } }),
    /** Sends a form as our own page would; `formToken` may be overridden. */
    post: (path: string, fields: Record<string, string>, who: 'olive' | 'perry' = 'perry') =>
      app.request(`http://desk.example${path}`, {
        method: 'POST',
        headers: {
          'x-person': who,
          origin: 'http://desk.example',
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: new URLSearchParams({ formToken: formToken(sessionOf(who)), ...fields }).toString(),
      }),
  };
}
