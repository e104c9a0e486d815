import { sqliteDeviceStore } from '#access/device-store.sqlite.ts';
import { sqliteLinks } from '#access/links.sqlite.ts';
import { sqliteServiceKeyStore } from '#access/service-key-store.sqlite.ts';
import { sqliteSessionStore } from '#access/session-store.sqlite.ts';
import { sqliteAnnouncementStore } from '#announcements/announcement-store.sqlite.ts';
import { sqliteBookingStore } from '#booking/booking-store.sqlite.ts';
import { sqliteClaims } from '#booking/claims.sqlite.ts';
import { sqliteSettlements } from '#booking/settlements.sqlite.ts';
import { sqliteCalendarStore } from '#calendar/calendar-store.sqlite.ts';
import { sqliteFeedStore } from '#calendar/feed-store.sqlite.ts';
import { sqliteCrewStore } from '#crew/crew-store.sqlite.ts';
import { sqliteAgenda } from '#durable/agenda.sqlite.ts';
import { sqliteMoneyCanaries } from '#finances/canaries.sqlite.ts';
import { sqliteFinanceStore } from '#finances/finance-store.sqlite.ts';
import { settleBeliefs, sqliteBeliefs } from '#fulfilment/beliefs.sqlite.ts';
import { sqliteDrives } from '#fulfilment/drives.sqlite.ts';
import { sqliteGuestWishes } from '#guest-page/guest-wishes.sqlite.ts';
import type { PageHost } from '#guest-page/page-host.ts';
import { sqlitePageStore } from '#guest-page/page-store.sqlite.ts';
import { sqliteFeedInStore } from '#intake/feeds-in/feed-in-store.sqlite.ts';
import { sqliteInbox } from '#intake/inbox.sqlite.ts';
import { type Clock, isoInstant } from '#lib/clock.ts';
import { sha256 } from '#lib/digest.ts';
import type { Random } from '#lib/random.ts';
import { sqliteHeldLetters } from '#mail/held-letters.sqlite.ts';
import type { Mailer } from '#mail/mailer.ts';
import { sqlitePost } from '#mail/post.sqlite.ts';
import { sqliteSuppressed } from '#mail/suppressed.sqlite.ts';
import { withholdingMailer } from '#mail/withholding-mailer.ts';
import { sqlitePhotoRecords } from '#photos/photo-records.sqlite.ts';
import { diskPhotoStore } from '#photos/photo-store.disk.ts';
import type { Log } from '#platform/log.ts';
import type { Sqlite } from '#platform/sqlite.ts';
import type { SideStores, Stores } from '../rooms/stores.ts';
import type { Files } from './files.ts';

/** Everything kept in the open files of one installation. `linkKey` makes personal links and, derived, leave to send photos. */
export function embeddedStores(it: {
  files: Files;
  mailer: Mailer;
  linkKey: string;
  clock: Clock;
  random: Random;
  log: Log;
  host: PageHost;
}): Stores {
  const { files, linkKey: key, clock, random, log } = it;
  const house = { clock, random };
  // What fulfilment writes about a booking is told again until the booking counts as fulfilled, which is a durable write.
  const retold = files.open.relaxed();

  const suppressed = sqliteSuppressed(files.open);
  const mailer = withholdingMailer(it.mailer, suppressed, clock);

  const side = (db: Sqlite): SideStores => ({
    beliefs: sqliteBeliefs(db),
    drives: sqliteDrives(db, clock),
    post: ({ onSettled, ...parts }) =>
      sqlitePost({
        ...parts,
        db,
        mailer,
        clock,
        log,
        noteSent(tx, letter) {
          const bookings = settleBeliefs(tx, letter, { kind: 'sent', at: isoInstant(clock.now()) });
          return () => onSettled('sent', bookings);
        },
      }),
    held: post => sqliteHeldLetters({ db, post, clock }),
  });

  return {
    open: {
      ...side(files.open),
      bookings: sqliteBookingStore(files.open, house),
      claims: sqliteClaims(files.open, clock),
      settlements: sqliteSettlements(files.open),
      crew: sqliteCrewStore(files.open),
      calendar: sqliteCalendarStore(files.open, house),
      feeds: sqliteFeedStore(retold),
      feedsIn: sqliteFeedInStore(files.open),
      // A slug readers may know is never forgotten: a page of it would hang for ever.
      pages: { ...sqlitePageStore(retold), chooseSlug: sqlitePageStore(files.open).chooseSlug },
      wishes: sqliteGuestWishes(files.open),
      suppressed,
      agenda: sqliteAgenda(retold, clock),
      photos: sqlitePhotoRecords(files.open),
      photoStore: diskPhotoStore({
        root: files.photos,
        // Leave to send is signed with a key of its own, made from the one of the links.
        signer: { accessKeyId: 'gangway', secret: sha256(`photo grants ${key}`), region: 'embedded' },
      }),
      host: it.host,
      links: sqliteLinks({ db: files.open, clock, key }),
      sessions: sqliteSessionStore(files.open),
      devices: sqliteDeviceStore(files.open),
      serviceKeys: sqliteServiceKeyStore(files.open),
      announcements: sqliteAnnouncementStore(files.money, house),
      told: {
        bookings: sqliteBookingStore(retold, house),
        claims: sqliteClaims(retold, clock),
        crew: sqliteCrewStore(retold),
        calendar: sqliteCalendarStore(retold, house),
        links: sqliteLinks({ db: retold, clock, key }),
      },
    },
    money: {
      ...side(files.money),
      inbox: sqliteInbox(files.money, house),
      finances: sqliteFinanceStore(files.money),
      canaries: publicWords =>
        sqliteMoneyCanaries(files.money, id => eventBooking(files.open, id), publicWords),
    },
    async scrub() {
      await files.open.scrub();
      await files.money.scrub();
    },
  };
}

/** The booking a crew event belongs to; read directly because the egress asks while a letter is on its way out. */
const eventBooking = (db: Sqlite, id: string): string | null =>
  db.get<{ booking: string | null }>('SELECT booking FROM crew_events WHERE id = ?', id)?.booking ?? null;
