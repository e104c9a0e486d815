import { payees } from '#access/payees.ts';
import { rulesFrom } from '#finances/fee-rules.ts';
import { nameInLog } from '#finances/tell.ts';
import { lookingFor } from '#platform/egress.ts';
import { announcementSending } from './announcement-sending.ts';
import { type OpenRooms, openRooms } from './open-rooms.ts';
import { publicWords, type RoomOptions, sideOf, wayOut } from './parts.ts';
import type { Stores } from './stores.ts';

export type Rooms = ReturnType<typeof rooms>;

/** Every room of either edition, over whatever its stores are. Plain calls in order; nothing runs yet. */
export function rooms(stores: Stores, options: RoomOptions) {
  const { config, clock, random } = options;
  const { inbox, finances, canaries } = stores.money;
  const way = wayOut(options, lookingFor(canaries(publicWords(config.fleet))));
  const sending = announcementSending(options, {
    store: stores.open.announcements,
    bookings: stores.open.bookings,
    finances,
    ...way,
  });
  const of: OpenRooms = openRooms(stores.open, options, { ...way, onAnnounced: sending.nudge });
  return {
    ...of,
    announcements: { ...of.announcements, sending },
    inbox,
    finances,
    owner: sideOf(stores.money, 'owner', options, way, nameInLog),
    payees: payees({
      store: stores.open.sessions,
      links: stores.open.links,
      clock,
      random,
      isKnown: person => config.fleet.person(person) !== null,
    }),
    books: { store: finances, rules: rulesFrom(config.shape.money), sailing: of.sailing, clock },
    scrub: stores.scrub,
  };
}
