import type { Booking } from '#booking/booking.ts';
import type { Durable } from '#durable/durable.ts';
import { openEngine } from '#durable/engine.ts';
import { type DiskPageHost, diskPageHost } from '#guest-page/page-host.disk.ts';
import type { PageHost } from '#guest-page/page-host.ts';
import { feedReader } from '#intake/feeds-in/feed-reader.thread.ts';
import { mailReader } from '#intake/mail/mail-reader.thread.ts';
import type { Resolver } from '#intake/mail/verify-mail.mailauth.ts';
import { type Clock, systemClock } from '#lib/clock.ts';
import { oneAtATime } from '#lib/one-at-a-time.ts';
import { type Random, systemRandom } from '#lib/random.ts';
import { diskMailbox } from '#mail/mailbox.disk.ts';
import type { Mailer } from '#mail/mailer.ts';
import { canDevelop, processDarkroom } from '#photos/darkroom.process.ts';
import type { Outgoing } from '#platform/egress.ts';
import type { Log } from '#platform/log.ts';
import { metrics } from '#platform/metrics.ts';
import { type Outside, outside } from '#platform/outside.ts';
import { paths } from '#ui/paths.ts';
import type { Mounted } from '#web/app.tsx';
import type { Config } from '../config/config.ts';
import { operations } from '../operations/all.ts';
import { takeBackup } from '../operations/backup.ts';
import { type Report, reportOf } from '../operations/booking-report.ts';
import { type Operations, operate } from '../operations/operations.ts';
import { addresses } from '../rooms/addresses.ts';
import { feedsIn } from '../rooms/feeds-in.ts';
import { gauges } from '../rooms/gauges.ts';
import { intakeRoom } from '../rooms/intake.ts';
import { mailTroubles } from '../rooms/mail-troubles.ts';
import { photoRoom } from '../rooms/photos.ts';
import { progressBus } from '../rooms/progress.ts';
import { rooms } from '../rooms/rooms.ts';
import { announceFailing, followUntold } from '../rooms/roster-changed.ts';
import { story } from '../rooms/story.ts';
import { houseTeller } from '../rooms/tell-house.ts';
import { systemDns } from '../system-dns.ts';
import { everyMinute, type Files, openFiles } from './files.ts';
import { mailDoors } from './mail-doors.ts';
import { mailerOf } from './mailer.ts';
import { embeddedStores } from './stores.ts';
import { web } from './web.ts';

/** The embedded edition, wired: one process, SQLite, disk, outbox or SMTP. Production and tests share this wiring. */
export type App = {
  fetch: (request: Request, env?: unknown) => Response | Promise<Response>;
  /** Every route that `fetch` answers by. */
  mounted: readonly Mounted[];
  /** Everything the command line can have done here. */
  operations: Operations;
  operate: (name: string, input?: unknown) => Promise<unknown>;
  /** Goes over what a crash interrupted; once, before the first tick. */
  resume: () => Promise<void>;
  /** Does what is due. Safe at any moment. */
  tick: () => Promise<void>;
  /** Opens the ways in for mails besides HTTP. Refusals: `port-taken`, `port-forbidden`. */
  openMailDoors: () => Promise<{ smtpPort: number | null }>;
  /** Ticks every minute from now on. */
  keepTicking: () => void;
  /** Resolves when nothing more happens by itself before a later time. */
  settle: () => Promise<void>;
  /**
   * Does all that follows from what is known by now, however many ticks it takes, and gives up what still fails until a
   * person retries: afterwards nothing happens by itself that could have happened before. Returns how many bookings
   * were given up. For a restore.
   */
  catchUp: () => Promise<number>;
  /** Finishes or parks what runs, closes the files. */
  close: () => Promise<void>;
  houseUrl: string;
  clock: Clock;
  /** The first owner of the configuration, who is shown the way to the desk at start. */
  owner: { id: string; name: string } | null;
  /** A sign-in link for that owner. A secret: for a person's terminal, not for a log. */
  ownerSignIn: () => Promise<{ name: string; url: string } | null>;
  report: (booking: Booking) => Promise<Report>;
};

export type EmbeddedOptions = {
  config: Config;
  data: { file: (name: string) => string };
  log: Log;
  port?: number;
  clock?: Clock;
  random?: Random;
  mailer?: Mailer;
  /** Answers what is asked of DNS when a mail is checked, instead of this machine's own. */
  dns?: Resolver;
  /** Speaks to servers outside, instead of this machine's own network. */
  outside?: Outside;
  /** Files that are open already, instead of those of the data folder; whoever opened them knows when a disk fails. */
  files?: Files;
  /** Where guest pages live, instead of the folder of pages. */
  host?: PageHost;
  /** Lets the command line in, when a server runs. */
  operatorToken?: string;
  openMailbox?: boolean;
  /** Sees every byte that leaves for a person. Tests only. */
  tap?: (outgoing: Outgoing) => void;
};

export async function composeEmbedded(given: EmbeddedOptions): Promise<App> {
  const { config, log, clock = systemClock, random = systemRandom } = given;
  const at = addresses(config.shape, given.port ?? config.shape.server.port);
  const progress = progressBus();
  const files =
    given.files ??
    openFiles(given.data, error => {
      // What a failed fsync left on the disk is unknown: only a fresh start may read it again.
      log.error('the disk failed; ending, to start again from what is on it', { error });
      process.exitCode = 1;
      setImmediate(() => process.exit());
    });
  const mailer = given.mailer ?? (await mailerOf(config, files, clock));
  const options = {
    config,
    clock,
    random,
    log,
    numbers: metrics(),
    at,
    onProgress: progress.tell,
    inTurn: oneAtATime(),
    outside: given.outside ?? outside(),
    canDevelop: canDevelop(),
    tap: given.tap,
  };
  const linkKey = config.secret('link key') ?? '';
  const host: PageHost & Partial<DiskPageHost> = given.host ?? diskPageHost({ root: files.pages, clock });
  const of = rooms(embeddedStores({ files, mailer, linkKey, clock, random, log, host }), options);
  let engine: Durable | undefined;
  const durable = () => {
    if (!engine) throw new Error('the engine is asked for before it is open');
    return engine;
  };
  const fulfil = story(of, options, durable);
  engine = openEngine({
    db: files.engine,
    workflows: fulfil.workflows,
    clock,
    random,
    log,
    // What is under way stands beside the bookings and the books, durably, and is run anew at start. Every step converges.
    powerFailureKeeps: 'nothing',
    // More at a time would not be faster on one core, and would keep marketplaces waiting for their acknowledgement.
    live: 8,
  });
  const reader = mailReader();
  const intake = intakeRoom({
    of,
    options,
    fulfil,
    dns: given.dns ?? systemDns(),
    look: reader.look,
    reach: options.outside,
  });
  const doors = mailDoors(
    of,
    { ...options, files },
    {
      ...intake.door,
      onReport: mailTroubles(of, options, fulfil).report,
    },
  );
  const feeds = feedsIn(of, options, options.outside, feedReader());
  const photos = photoRoom(of, options, fulfil, processDarkroom());

  const settle = async () => {
    await feeds.followed();
    for (let rounds = 0; rounds < 100; rounds++) {
      await intake.processPending();
      await fulfil.catchUp();
      await photos.development.run();
      await durable().idle();
      await Promise.all([of.open.post.deliverDue(), of.owner.post.deliverDue()]);
      await of.announcements.sending.deliverDue();
      if (await isQuiet()) return;
    }
  };
  const isQuiet = async () => {
    const { running, queued } = durable().stats();
    return running + queued === 0 && (await of.inbox.pending(1)).length === 0;
  };
  const tellHouse = houseTeller(of, options);
  const tick = async () => {
    await doors.sweep();
    await intake.processPending();
    await fulfil.tick();
    await followUntold(of, fulfil);
    await photos.development.tidy();
    void photos.development.run();
    await tellHouse();
    await announceFailing(of);
    of.announcements.sending.nudge();
    void of.open.post.deliverDue();
    void of.owner.post.deliverDue();
    await durable().sweep(clock.now());
    // It waits for others, up to ten seconds.
    void feeds.follow();
  };
  const guardedTick = () => tick().catch(error => log.error('the sweep broke', { error }));
  let stopTicking = () => {};

  const backUp = (folder: string) => takeBackup({ files, folder, clock });
  const its = operations({ of, options, fulfil, photos, settle, intake, feeds, backUp });
  gauges(of, feeds, durable, clock);
  const app = web({
    of,
    options,
    fulfil,
    intake,
    feeds,
    photos,
    operations: its,
    operatorToken: given.operatorToken,
    progress,
    mailbox: config.shape.mail.kind === 'outbox' ? diskMailbox({ folder: files.outbox }) : null,
    openMailbox: given.openMailbox ?? false,
  });

  const owner = config.fleet.people.find(person => person.roles.includes('owner')) ?? null;
  const ownerSignIn = async () => {
    if (!owner) return null;
    const { token } = await of.people.signInLink(owner.id);
    return { name: owner.name, url: at.of(paths.deskSignIn(token)) };
  };

  return {
    fetch: (request, env) => app.fetch(request, env as object),
    mounted: app.mounted,
    operations: its,
    operate: (name, input = {}) => operate(its, name, input, 'command line'),
    resume: fulfil.resume,
    tick,
    openMailDoors: doors.open,
    keepTicking: () => {
      stopTicking = everyMinute(clock, guardedTick);
    },
    settle,
    async catchUp() {
      // What was announced before the backup is announced; the rest waits for a server that stays.
      await of.announcements.sending.close();
      await fulfil.hurry();
      await fulfil.resume();
      // Each tick takes a batch of what is due; what fails whenever it is tried must not keep us for ever.
      const most = 10 + (await of.bookings.count());
      for (let round = 0; round < most; round++) {
        await tick();
        await settle();
        const [due, untold] = await Promise.all([of.agenda.due(1), of.crew.untold(1)]);
        if (due.length + untold.length === 0) break;
      }
      return fulfil.shelve();
    },
    async close() {
      stopTicking();
      await feeds.followed();
      await doors.close();
      await intake.close();
      await reader.close();
      await photos.development.close();
      await durable().close();
      await of.announcements.sending.close();
      await Promise.all([of.open.post.close(), of.owner.post.close()]);
      await mailer.close();
      await host.close?.();
      files.close();
    },
    houseUrl: at.house,
    clock,
    owner,
    ownerSignIn,
    report: booking => reportOf({ of, its, at, ownerSignIn, config }, booking),
  };
}
