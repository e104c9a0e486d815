import { sessionCookie } from '#access/cookies.ts';
import { crewSessions } from '#access/crew-sessions.ts';
import { deviceSeconds, devices } from '#access/devices.ts';
import { keyHashes } from '#access/key-hash.ts';
import { payMs } from '#access/payees.ts';
import { principals } from '#access/principals.ts';
import { compareBcrypt } from '#access/service-keys.bcrypt.ts';
import { serviceKeys } from '#access/service-keys.ts';
import { staff } from '#access/staff.ts';
import { announceTo } from '#announcements/announce.ts';
import type { Booking } from '#booking/booking.ts';
import { conflictsOf } from '#booking/conflicts.ts';
import type { Brand } from '#booking/fleet.ts';
import { holdsByHand } from '#booking/holds.ts';
import { desk } from '#booking/message.ts';
import { papersOf } from '#crew/credentials.ts';
import { crewing } from '#crew/crew-up.ts';
import { crewTelling } from '#crew/tell-crew.ts';
import { whoSails } from '#crew/who-sails.ts';
import { galleryOf } from '#photos/gallery.ts';
import type { Config } from '../config/config.ts';
import { endpointsOf } from './announcement-endpoints.ts';
import { calendarServers } from './calendar-servers.ts';
import { newDeviceLetter } from './new-device-letter.ts';
import { type RoomOptions, sideOf, type WayOut } from './parts.ts';
import type { OpenStores } from './stores.ts';

export type OpenRooms = ReturnType<typeof openRooms>;

/**
 * The rooms of everybody who must not know an amount, over their own stores. In the AWS edition this is all that the
 * functions of crew and guests are made of. `onAnnounced`: something was noted for the operator's own programs.
 */
export function openRooms(
  stores: OpenStores,
  options: RoomOptions,
  { numbers, out, onAnnounced }: WayOut & { onAnnounced: () => void },
) {
  const { config, clock, random, at } = options;
  const { shape, fleet } = config;
  const secret = (slot: Parameters<Config['secret']>[0]) => config.secret(slot) ?? '';
  const { bookings, crew, claims, calendar, feeds, pages, agenda, links, sessions, told } = stores;
  const open = sideOf(stores, 'open', options, { numbers, out });

  const roleOf = (person: string) => {
    const roles = fleet.person(person)?.roles ?? [];
    return roles.includes('owner') ? 'owner' : roles.includes('operator') ? 'operator' : null;
  };
  const people = staff({ store: sessions, links, clock, random, roleOf });
  const crewDoors = crewSessions({ store: sessions, links, clock, random });
  const scheme = () => (at.house.startsWith('https:') ? 'https' : 'http') as 'http' | 'https';
  const greet = devices({
    store: stores.devices,
    clock,
    random,
    cookie: sessionCookie('gangway_device', scheme, deviceSeconds),
    async tell(device) {
      const letter = newDeviceLetter(fleet, device);
      if (letter) await open.post.post(letter);
    },
  });
  const cookies = {
    desk: sessionCookie('gangway', scheme),
    crew: sessionCookie('gangway_crew', scheme),
    pay: sessionCookie('gangway_pay', scheme, payMs / 1000),
  };
  const keys = serviceKeys({
    store: stores.serviceKeys,
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
  const sailing = async (booking: Booking) =>
    (await sails.assignmentsOf(booking.id))
      ?.filter(({ answer }) => answer !== 'declined')
      .map(({ person, role, callTime }) => ({ person, role, callTime })) ?? null;

  const endpoints = endpointsOf(config);
  const announcements = {
    store: stores.announcements,
    endpoints,
    announce: announceTo({ store: stores.announcements, endpoints, clock, nudge: onAnnounced }),
  };
  const crewUps = { fleet, clock, agenda, papers };

  return {
    numbers,
    announcements,
    bookings,
    claims,
    conflicts: conflictsOf({ claims, settlements: stores.settlements, fleet, clock }),
    /** The operator's own calendars, and what somebody said may be written over there. */
    calendarServers: {
      ...calendarServers(config, options.outside, random),
      settlements: stores.settlements,
      clock,
    },
    holds: holdsByHand({ claims, fleet, clock, random }),
    papers,
    crewing: crewing({ ...crewUps, store: crew, claims }),
    /** The same for what fulfilment says again until it is done. */
    crewingTold: crewing({ ...crewUps, store: told.crew, claims: told.claims }),
    crew,
    calendar,
    feeds,
    feedsIn: stores.feedsIn,
    pages,
    agenda,
    photos: stores.photos,
    photoStore: stores.photoStore,
    canDevelop: options.canDevelop,
    photoLimits: {
      perPage: shape.photos.perPage,
      bytesPerPhoto: shape.photos.megabytesPerPhoto * 1e6,
      bytesPerPage: shape.photos.megabytesPerPage * 1e6,
    },
    told,
    host: stores.host,
    suppressed: stores.suppressed,
    out,
    open,
    links,
    people,
    crewDoors,
    greet,
    cookies,
    keys,
    who: principals({ serviceKeys: keys, staff: people, crew: crewDoors, cookies }),
    sails,
    telling,
    /** Who is on the roster and has not declined; null while there is no crew event. */
    sailing,
    /** Who is to sail, for the calendar; nobody while that is not known. */
    rostered: async (booking: Booking) => (await sailing(booking)) ?? [],
    /** What every part of the guest's page and letters is made from. */
    pageParts: {
      fleet,
      pages,
      random,
      uploads: shape.retention,
      takesPhotos: options.canDevelop,
      ...(options.photosTo ? { photosTo: options.photosTo } : {}),
      pageUrl: at.guestPage,
      roster: (booking: Booking) => sails.roster(booking.id),
      wishes: stores.wishes,
      gallery: async (booking: Booking) =>
        (await galleryOf(stores.photos, booking.id)).map(({ id, width, height, caption }) => ({
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
