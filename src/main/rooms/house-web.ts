import { Hono } from 'hono';
import { addBooking } from '#booking/add-booking.ts';
import type { BookingId } from '#booking/booking.ts';
import { cancelBooking } from '#booking/cancel-booking.ts';
import { correctBooking } from '#booking/correct-booking.ts';
import { decideField } from '#booking/decide-field.ts';
import { moveBooking } from '#booking/move-booking.ts';
import { restoreBooking } from '#booking/restore-booking.ts';
import type { Done } from '#booking/speak-for-desk.ts';
import { deskRoutes } from '#desk/desk-routes.tsx';
import { moneyPanel, monthPanel } from '#finances/money-panel.tsx';
import { monthCsv, monthStatement } from '#finances/reports.ts';
import type { Fulfilling } from '#fulfilment/fulfilment.ts';
import type { FeedsIn } from '#intake/feeds-in/follow-feeds.ts';
import type { Mailbox } from '#mail/mailbox-port.ts';
import { paths } from '#ui/paths.ts';
import { apiRoutes } from '#web/api-routes.tsx';
import { assetRoutes } from '#web/assets.ts';
import { healthRoutes } from '#web/health.ts';
import { rosterHands } from '../operations/crew.ts';
import { forgetByHand } from '../operations/forget-by-hand.ts';
import { mergeByHand } from '../operations/merge-by-hand.ts';
import { splitByHand } from '../operations/split-by-hand.ts';
import { writeOver } from '../operations/write-over.ts';
import { doors } from './doors.ts';
import type { IntakeRoom } from './intake.ts';
import { mailTroubles } from './mail-troubles.ts';
import type { RoomOptions } from './parts.ts';
import type { PhotoRoom } from './photos.ts';
import type { ProgressBus } from './progress.ts';
import type { Rooms } from './rooms.ts';
import { rosterChanged } from './roster-changed.ts';

export type HouseWiring = {
  of: Rooms;
  options: RoomOptions;
  fulfil: Fulfilling;
  intake: Pick<IntakeRoom, 'account' | 'meant' | 'rerun' | 'correct' | 'handOver'>;
  feeds: Omit<FeedsIn, 'follow'>;
  photos: Pick<PhotoRoom, 'decisions'>;
  progress: ProgressBus;
  /** The folder of letters, where there is one to read. */
  mailbox: Mailbox | null;
};

/** What the house answers to whoever comes, people and machines: the way to the desk, assets, health, documents. */
export const frontWeb = (of: Rooms): readonly Hono[] => [
  new Hono().get('/', c => c.redirect(paths.desk, 303)),
  assetRoutes(),
  healthRoutes({ metrics: of.numbers, ready: readyChecks(of) }),
  apiRoutes(),
];

/** What owner and operator see, and everybody's own pay: the ways in and what is behind them. */
export const deskWeb = (wiring: HouseWiring): readonly Hono[] => [
  ...doors(wiring.of, wiring.options),
  desk(wiring),
];

function desk({ of, options, fulfil, intake, feeds, photos, progress, mailbox }: HouseWiring): Hono {
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
    wishes: of.pageParts.wishes,
    mailTroubles: mailTroubles(of, options, fulfil),
    inbox: of.inbox,
    account: intake.account,
    meant: intake.meant,
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
      split: (id, name, how) => splitByHand(of, intake, fulfil, id, name, how),
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

const readyChecks = (of: Rooms) => [
  { name: 'bookings', check: async () => void (await of.bookings.count()) },
  { name: 'books', check: async () => void (await of.inbox.pending(1)) },
];
