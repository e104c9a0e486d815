import { type Context, Hono } from 'hono';
import { addBooking } from '#booking/add-booking.ts';
import type { BookingId } from '#booking/booking.ts';
import { cancelBooking } from '#booking/cancel-booking.ts';
import { correctBooking } from '#booking/correct-booking.ts';
import { decideField } from '#booking/decide-field.ts';
import { moveBooking } from '#booking/move-booking.ts';
import { restoreBooking } from '#booking/restore-booking.ts';
import type { Done } from '#booking/speak-for-desk.ts';
import { feedRoutes } from '#calendar/feed-routes.ts';
import { feedFor, feedLink } from '#calendar/feeds.ts';
import { calendarRoutes } from '#calendar/routes.ts';
import { looksLikeMoney } from '#crew/money-words.ts';
import { crewPageRoutes } from '#crew/page-routes.tsx';
import { eventRoutes } from '#crew/routes.ts';
import { deskRoutes } from '#desk/desk-routes.tsx';
import { moneyPanel, monthPanel } from '#finances/money-panel.tsx';
import { monthCsv, monthStatement } from '#finances/reports.ts';
import type { FulfilmentRoom } from '#fulfilment/fulfilment.ts';
import { guestPageRoutes } from '#guest-page/routes.ts';
import { wishesRoutes } from '#guest-page/wishes-routes.ts';
import type { FeedsIn } from '#intake/feeds-in/follow-feeds.ts';
import { mailboxRoutes } from '#mail/mailbox.tsx';
import type { Mailbox } from '#mail/mailbox-port.ts';
import { paths } from '#ui/paths.ts';
import { apiRoutes } from '#web/api-routes.tsx';
import { type WebApp, webApp } from '#web/app.tsx';
import { assetRoutes } from '#web/assets.ts';
import { healthRoutes } from '#web/health.ts';
import { rosterHands } from './crew-operations.ts';
import { doors } from './embedded-doors.ts';
import type { IntakeRoom } from './embedded-intake.ts';
import type { PhotoRoom } from './embedded-photos.ts';
import { forgetByHand } from './forget-by-hand.ts';
import { mergeByHand } from './merge-by-hand.ts';
import { operationRoutes } from './operation-routes.ts';
import type { Operations } from './operations.ts';
import type { ProgressBus } from './progress.ts';
import type { RoomOptions } from './room-parts.ts';
import type { Rooms } from './rooms.ts';
import { rosterChanged } from './roster-changed.ts';
import { writeOver } from './write-over.ts';

export type WebWiring = {
  of: Rooms;
  options: RoomOptions;
  fulfil: FulfilmentRoom;
  intake: IntakeRoom;
  feeds: FeedsIn;
  photos: PhotoRoom;
  operations: Operations;
  operatorToken: string | undefined;
  progress: ProgressBus;
  /** The folder of letters, where there is one to read. */
  mailbox: Mailbox | null;
  /** The demo's letters go to invented people: anybody at this machine may read them without signing in. */
  openMailbox: boolean;
};

/** Hands every room's routes what they need and puts them on the house and the brands. */
export function web(wiring: WebWiring): WebApp {
  const { of, options, fulfil } = wiring;
  const { config, clock, random, log, at } = options;
  const { fleet, shape } = config;
  const { who } = of;

  const onRosterChanged = rosterChanged(of, fulfil);
  const personFeed = async (person: string) =>
    at.of(paths.feed(await of.links.issue(feedLink({ kind: 'person', subject: person }))));

  const mailbox = wiring.mailbox
    ? [
        ownersMailbox(
          wiring,
          mailboxRoutes({
            mailbox: wiring.mailbox,
            zone: fleet.house.zone,
            frame: () => ({ home: paths.desk }),
          }),
        ),
      ]
    : [];

  const pages = guestPageRoutes({ host: of.host });
  const letters = wishesRoutes({ wishes: of.pageParts.wishes, bookingAt: of.bookingAt });
  return webApp({
    fleet,
    clock,
    log,
    metrics: of.numbers,
    trustedProxies: shape.server.trustedProxies,
    guest: brand =>
      new Hono().route('/', wiring.photos.guest(brand)).route('/', letters(brand)).route('/', pages(brand)),
    house: [
      new Hono().get('/', c => c.redirect(paths.desk, 303)),
      assetRoutes(),
      healthRoutes({ metrics: of.numbers, ready: readyChecks(of) }),
      apiRoutes(),
      wiring.intake.routes,
      eventRoutes({
        store: of.crew,
        links: of.links,
        fleet,
        egress: of.out,
        clock,
        random,
        log,
        origin: at.house,
        authorize: c => who.requireServiceKey(c, 'events'),
        bookingExists: async id => (await of.bookings.find(id)) !== null,
        onEventChanged: onRosterChanged,
      }),
      calendarRoutes({
        store: of.calendar,
        fleet,
        egress: of.out,
        clock,
        roster: of.rostered,
        findBooking: name => bookingNamed(of, config.shape.sources, name),
        looksLikeMoney,
        requireDashboardToken: c => who.requireDashboardToken(c),
      }),
      feedRoutes({
        open: token => of.links.open(token),
        feedFor: feedFor({ store: of.feeds, fleet, egress: of.out, clock, claims: of.claims }),
      }),
      // Before the pages of the crew: those let in forms only, a photo is larger.
      wiring.photos.crew,
      crewPageRoutes({
        store: of.crew,
        sessions: of.crewDoors,
        cookie: of.cookies.crew,
        fleet,
        egress: of.out,
        clock,
        crewing: of.crewing,
        feedUrl: personFeed,
        greetDevice: of.greet('crew'),
        onAnswered: onRosterChanged,
      }),
      ...doors(of, options),
      desk(wiring),
      ...mailbox,
      operationRoutes(wiring.operations, wiring.operatorToken),
    ],
  });
}

function desk({ of, options, fulfil, intake, feeds, photos, progress, mailbox }: WebWiring): Hono {
  const { fleet, shape } = options.config;
  const { bookingDesk } = of;
  const follow = async (result: Promise<Done>) => {
    const done = await result;
    if (done.booking) await fulfil.fulfil(done.booking);
    for (const id of done.absorbed) {
      const other = await of.bookings.find(id);
      if (other) await fulfil.fulfil(other);
    }
    return done;
  };
  return deskRoutes({
    fleet,
    clock: options.clock,
    random: options.random,
    egress: of.out,
    requireStaff: request => of.who.requireStaff({ req: { raw: request } }),
    bookings: of.bookings,
    beliefs: of.open.beliefs,
    drives: of.open.drives,
    agenda: of.agenda,
    crew: of.crew,
    crewHands: {
      ...rosterHands(of, options, rosterChanged(of, fulfil)),
      faultOf: of.crewing.faultOf,
    },
    papers: of.papers,
    holds: of.holds,
    conflicts: of.conflicts,
    calendar: of.calendar,
    post: of.open.post,
    inbox: of.inbox,
    account: intake.account,
    feeds,
    announcements: {
      endpoints: of.announcements.endpoints,
      store: of.announcements.store,
      nudge: of.announcements.sending.nudge,
    },
    photos: {
      decisions: photos.decisions,
      find: of.photos.find,
      waiting: of.photos.waiting,
      rendition: of.photoStore.rendition,
    },
    verbs: {
      add: (entered, how) => follow(addBooking(bookingDesk, entered, how)),
      move: (id, to, how) => follow(moveBooking(bookingDesk, id, to, how)),
      correct: (id, correction, how) => follow(correctBooking(bookingDesk, id, correction, how)),
      decide: (id, chosen, how) => follow(decideField(bookingDesk, id, chosen, how)),
      merge: (id, other, how) => follow(mergeByHand(of, intake, id, other, how)),
      cancel: (id, how) => follow(cancelBooking(bookingDesk, id, how)),
      restore: (id, how) => follow(restoreBooking(bookingDesk, id, how)),
      forget: id => forgetByHand(of, fulfil, id),
      retry: id => fulfil.again(id),
      writeOver: writeOver(of, fulfil),
      rerun: intake.rerun,
      correctDelivery: intake.correct,
    },
    progress: progress.watch,
    letterUrl: () => (mailbox ? paths.mailbox : null),
    owner: {
      beliefs: of.owner.beliefs,
      drives: of.owner.drives,
      post: of.owner.post,
      moneyPanel: booking => moneyPanel(of.finances, fleet, booking as BookingId),
      monthStatement: month => monthPanel(of.finances, fleet, month, shape.money.currency),
      monthCsv: async month => monthCsv(await monthStatement(of.finances, month, shape.money.currency)),
      inbox: of.inbox,
    },
  });
}

/** The mailbox shows everybody's letters, the owner's and every secret link included: for owners only. */
function ownersMailbox({ of, openMailbox }: WebWiring, routes: Hono): Hono {
  if (openMailbox) return routes;
  const app = new Hono();
  const guard = async (c: Context, next: () => Promise<void>) => {
    await of.who.requireStaff(c, 'owner');
    await next();
  };
  app.use(paths.mailbox, guard);
  app.use(`${paths.mailbox}/*`, guard);
  return app.route('/', routes);
}

const readyChecks = (of: Rooms) => [
  { name: 'bookings', check: async () => void (await of.bookings.count()) },
  { name: 'books', check: async () => void (await of.inbox.pending(1)) },
];

/** A booking by its id or by any name a source gave it. */
async function bookingNamed(of: Rooms, sources: readonly { id: string }[], name: string) {
  for (const source of ['desk', ...sources.map(({ id }) => id)]) {
    const found = await of.bookings.byName(source, name);
    if (found) return found;
  }
  return null;
}
