import { sessionCookie } from '#access/cookies.ts';
import { crewSessions } from '#access/crew-sessions.ts';
import { sqliteDeviceStore } from '#access/device-store.sqlite.ts';
import { deviceSeconds, devices } from '#access/devices.ts';
import { keyHashes } from '#access/key-hash.ts';
import { sqliteLinks } from '#access/links.sqlite.ts';
import { principals } from '#access/principals.ts';
import { sqliteServiceKeyStore } from '#access/service-key-store.sqlite.ts';
import { compareBcrypt } from '#access/service-keys.bcrypt.ts';
import { serviceKeys } from '#access/service-keys.ts';
import { sqliteSessionStore } from '#access/session-store.sqlite.ts';
import { staff } from '#access/staff.ts';
import type { Booking } from '#booking/booking.ts';
import { sqliteBookingStore } from '#booking/booking-store.sqlite.ts';
import { sqliteClaims } from '#booking/claims.sqlite.ts';
import { conflictsOf } from '#booking/conflicts.ts';
import type { Brand, Fleet } from '#booking/fleet.ts';
import { holdsByHand } from '#booking/holds.ts';
import { desk } from '#booking/message.ts';
import { sqliteSettlements } from '#booking/settlements.sqlite.ts';
import type { Surface } from '#booking/surface.ts';
import { sqliteCalendarStore } from '#calendar/calendar-store.sqlite.ts';
import { sqliteFeedStore } from '#calendar/feed-store.sqlite.ts';
import { papersOf } from '#crew/credentials.ts';
import { sqliteCrewStore } from '#crew/crew-store.sqlite.ts';
import { crewing } from '#crew/crew-up.ts';
import { crewTelling } from '#crew/tell-crew.ts';
import { whoSails } from '#crew/who-sails.ts';
import { sqliteAgenda } from '#durable/agenda.sqlite.ts';
import { sqliteMoneyCanaries } from '#finances/canaries.sqlite.ts';
import { rulesFrom } from '#finances/fee-rules.ts';
import { sqliteFinanceStore } from '#finances/finance-store.sqlite.ts';
import { nameInLog } from '#finances/tell.ts';
import { sqliteBeliefs } from '#fulfilment/beliefs.sqlite.ts';
import { sqliteDrives } from '#fulfilment/drives.sqlite.ts';
import { letterOutcome } from '#fulfilment/letter-outcome.ts';
import { sqliteGuestWishes } from '#guest-page/guest-wishes.sqlite.ts';
import { diskPageHost } from '#guest-page/page-host.disk.ts';
import type { PageHost } from '#guest-page/page-host.ts';
import { sqlitePageStore } from '#guest-page/page-store.sqlite.ts';
import { sqliteInbox } from '#intake/inbox.sqlite.ts';
import { type Clock, isoInstant } from '#lib/clock.ts';
import { sha256 } from '#lib/digest.ts';
import type { Random } from '#lib/random.ts';
import { sqliteHeldLetters } from '#mail/held-letters.sqlite.ts';
import type { Mailer } from '#mail/mailer.ts';
import { sqlitePost } from '#mail/post.sqlite.ts';
import type { Post } from '#mail/post.ts';
import { canDevelop } from '#photos/darkroom.process.ts';
import { galleryOf } from '#photos/gallery.ts';
import { sqlitePhotoRecords } from '#photos/photo-records.sqlite.ts';
import { diskPhotoStore } from '#photos/photo-store.disk.ts';
import { egress, lookingFor, type Outgoing } from '#platform/egress.ts';
import type { Log } from '#platform/log.ts';
import { metrics } from '#platform/metrics.ts';
import type { Outside } from '#platform/outside.ts';
import type { Sqlite } from '#platform/sqlite.ts';
import type { Addresses } from './addresses.ts';
import type { Config } from './config.ts';
import { announcementRoom } from './embedded-announcements.ts';
import type { Files } from './embedded-files.ts';
import { newDeviceLetter } from './new-device-letter.ts';

export type RoomOptions = {
  config: Config;
  files: Files;
  mailer: Mailer;
  /** Where guest pages live; the folder of pages unless given. */
  host: PageHost | undefined;
  clock: Clock;
  random: Random;
  log: Log;
  at: Addresses;
  onProgress: (booking: string) => void;
  outside: Outside;
  tap: ((outgoing: Outgoing) => void) | undefined;
};

export type Rooms = ReturnType<typeof rooms>;

/** Every store and room of the embedded edition, adapters first. Plain calls in order; nothing runs yet. */
export function rooms(options: RoomOptions) {
  const { config, files, mailer, clock, random, log, at, onProgress } = options;
  const { shape, fleet } = config;
  const secret = (slot: Parameters<Config['secret']>[0]) => config.secret(slot) ?? '';

  // What fulfilment writes about a booking is told again until the booking counts as fulfilled, which is a durable write.
  const retold = files.open.relaxed();
  const numbers = metrics();
  const bookings = sqliteBookingStore(files.open, { clock, random });
  const crew = sqliteCrewStore(files.open);
  const claims = sqliteClaims(files.open, clock);
  const calendar = sqliteCalendarStore(files.open, { clock, random });
  const feeds = sqliteFeedStore(retold);
  // A slug readers may know is never forgotten: a page of it would hang for ever.
  const pages = { ...sqlitePageStore(retold), chooseSlug: sqlitePageStore(files.open).chooseSlug };
  const agenda = sqliteAgenda(retold, clock);
  const inbox = sqliteInbox(files.money, { clock, random });
  const finances = sqliteFinanceStore(files.money);
  const host: PageHost = options.host ?? diskPageHost({ root: files.pages });

  const takesPhotos = canDevelop();
  const photos = sqlitePhotoRecords(files.open);
  const photoStore = diskPhotoStore({
    root: files.photos,
    // Leave to send is signed with a key of its own, made from the one of the links.
    signer: {
      accessKeyId: 'gangway',
      secret: sha256(`photo grants ${secret('link key')}`),
      region: 'embedded',
    },
  });

  const out = egress({
    leaks: lookingFor(
      sqliteMoneyCanaries(files.money, id => eventBooking(files.open, id), publicWords(fleet)),
    ),
    onRefused: ({ audience, channel, about }) => {
      numbers.count('money_refused', { audience, channel });
      log.error('an amount was held back at the egress', {
        code: `${audience} ${channel}`,
        booking: about[0] ?? '',
      });
    },
    ...(options.tap ? { tap: options.tap } : {}),
  });

  const side = (db: Sqlite, fence: Surface['fence']) => {
    const beliefs = sqliteBeliefs(db);
    const post: Post = sqlitePost({
      db,
      mailer,
      egress: out,
      clock,
      log,
      ...(fence === 'owner' ? { nameInLog } : {}),
      onChange: async (letter, state, error) => {
        numbers.count('letters', { fence, state });
        const outcome = letterOutcome(state, error, isoInstant(clock.now()));
        if (!outcome) return;
        for (const booking of await beliefs.letterSettled(letter, outcome)) onProgress(booking);
      },
    });
    const board = { beliefs, clock, letterOutcome: (letter: string) => outcomeIn(post, letter, clock) };
    const held = sqliteHeldLetters({ db, post, clock });
    return { beliefs, post, held, board, drives: sqliteDrives(db, clock) };
  };
  const open = side(files.open, 'open');
  const owner = side(files.money, 'owner');

  const links = sqliteLinks({ db: files.open, clock, key: secret('link key') });
  const sessions = sqliteSessionStore(files.open);
  const roleOf = (person: string) => {
    const roles = fleet.person(person)?.roles ?? [];
    return roles.includes('owner') ? 'owner' : roles.includes('operator') ? 'operator' : null;
  };
  const people = staff({ store: sessions, links, clock, random, roleOf });
  const crewDoors = crewSessions({ store: sessions, links, clock, random });
  const scheme = () => (at.house.startsWith('https:') ? 'https' : 'http') as 'http' | 'https';
  const greet = devices({
    store: sqliteDeviceStore(files.open),
    clock,
    random,
    cookie: sessionCookie('gangway_device', scheme, deviceSeconds),
    async tell(device) {
      const letter = newDeviceLetter(fleet, device);
      if (letter) await open.post.post(letter);
    },
  });
  const cookies = { desk: sessionCookie('gangway', scheme), crew: sessionCookie('gangway_crew', scheme) };
  const keys = serviceKeys({
    store: sqliteServiceKeyStore(files.open),
    configured: [
      { label: 'service key', scopes: ['events'], hashes: keyHashes(secret('service key hash')) },
      { label: 'dashboard token', scopes: ['calendar'], hashes: keyHashes(secret('dashboard token hash')) },
    ],
    compareLegacy: compareBcrypt,
    clock,
    random,
  });

  const sails = whoSails({ store: crew, fleet });
  const papers = papersOf(fleet);
  const told = {
    bookings: sqliteBookingStore(retold, { clock, random }),
    claims: sqliteClaims(retold, clock),
    crew: sqliteCrewStore(retold),
    calendar: sqliteCalendarStore(retold, { clock, random }),
    links: sqliteLinks({ db: retold, clock, key: secret('link key') }),
  };
  const telling = crewTelling({
    store: told.crew,
    post: open.post,
    links: told.links,
    fleet,
    origin: at.house,
    async absorbedInto(booking) {
      const meant = await bookings.byName(desk, booking);
      return meant && meant.id !== booking ? crew.ofBooking(meant.id) : null;
    },
    clock,
  });
  const rules = rulesFrom(shape.money);
  const sailing = async (booking: Booking) =>
    (await sails.assignmentsOf(booking.id))
      ?.filter(({ answer }) => answer !== 'declined')
      .map(({ person, role, callTime }) => ({ person, role, callTime })) ?? null;

  const conflicts = conflictsOf({ claims, settlements: sqliteSettlements(files.open), fleet, clock });

  const crewUps = { fleet, clock, agenda, papers };

  return {
    numbers,
    announcements: announcementRoom(options, { bookings, finances, out, numbers }),
    bookings,
    claims,
    conflicts,
    holds: holdsByHand({ claims, fleet, clock, random }),
    papers,
    crewing: crewing({ ...crewUps, store: crew, claims }),
    /** The same for what fulfilment says again until it is done. */
    crewingTold: crewing({ ...crewUps, store: told.crew, claims: told.claims }),
    crew,
    calendar,
    feeds,
    pages,
    agenda,
    photos,
    photoStore,
    canDevelop: takesPhotos,
    photoLimits: {
      perPage: shape.photos.perPage,
      bytesPerPhoto: shape.photos.megabytesPerPhoto * 1e6,
      bytesPerPage: shape.photos.megabytesPerPage * 1e6,
    },
    told,
    inbox,
    finances,
    host,
    out,
    open,
    owner,
    links,
    people,
    crewDoors,
    greet,
    cookies,
    keys,
    who: principals({ serviceKeys: keys, staff: people, crew: crewDoors, cookies }),
    sails,
    telling,
    books: { store: finances, rules, sailing, clock },
    /** Who is to sail, for the calendar; nobody while that is not known. */
    rostered: async (booking: Booking) => (await sailing(booking)) ?? [],
    /** What every part of the guest's page and letters is made from. */
    pageParts: {
      fleet,
      pages,
      random,
      uploads: shape.retention,
      takesPhotos,
      pageUrl: at.guestPage,
      roster: (booking: Booking) => sails.roster(booking.id),
      wishes: sqliteGuestWishes(files.open),
      gallery: async (booking: Booking) =>
        (await galleryOf(photos, booking.id)).map(({ id, width, height, caption }) => ({
          id,
          width: width ?? 0,
          height: height ?? 0,
          caption,
        })),
    },
    /** The booking whose page hangs under this slug on this brand, or null. */
    async bookingAt(brand: Brand, slug: string) {
      const id = await pages.bookingAt(brand.id, slug);
      return id && bookings.find(id);
    },
    bookingDesk: { bookings, fleet, clock, random, claims },
  };
}

async function outcomeIn(post: Post, letter: string, clock: Clock) {
  const posted = await post.find(letter);
  return (
    posted && letterOutcome(posted.state, posted.error ?? undefined, posted.sentAt ?? isoInstant(clock.now()))
  );
}

/** Everything of the configuration that pages and letters print, as one text. */
const publicWords = ({ house, brands, vessels, people }: Fleet) =>
  JSON.stringify([house, brands, vessels, people]);

/** The booking a crew event belongs to; read directly because the egress asks while a letter is on its way out. */
const eventBooking = (db: Sqlite, id: string): string | null =>
  db.get<{ booking: string | null }>('SELECT booking FROM crew_events WHERE id = ?', id)?.booking ?? null;
