import type { OpenFulfilment } from '#fulfilment/open-fulfilment.ts';
import { type OpenRooms, openRooms } from '../rooms/open-rooms.ts';
import { type RoomOptions, wayOut } from '../rooms/parts.ts';
import { type Afterwards, afterwards } from './afterwards.ts';
import { callsFrom } from './calls-from.ts';
import { late } from './late.ts';
import { type Means, roomOptions } from './means.ts';
import { type Beside, openStores } from './open-stores.ts';

/** This side of the money fence, in a function whose role is denied the other. */
export type OpenSide = Pick<Means, 'origin'> & {
  of: OpenRooms;
  options: RoomOptions;
  /** Loaded when it is first asked to do something. */
  fulfil: Omit<OpenFulfilment, 'workflows'>;
  telling: () => Promise<OpenFulfilment>;
  after: Afterwards;
};

export function openSide(means: Means, beside: Beside): OpenSide {
  const after = afterwards(means);
  const options = roomOptions(means);
  const calls = callsFrom(means);
  // Announcements are sent from the other side, within a minute.
  const way = { ...wayOut(options, outgoing => calls.leaks(outgoing)), onAnnounced: () => {} };
  const of: OpenRooms = openRooms(openStores(means, beside, after), options, way);

  const telling = async () => {
    const { openTelling } = await import('./open-telling.ts');
    return openTelling(of, options, calls);
  };
  return { origin: means.origin, of, options, fulfil: late(telling), telling, after };
}
