import type { Belief } from '#booking/surface.ts';
import { opened } from '#lib/sealed.ts';
import type { CarriedBySqlite } from '#platform/carried.ts';
import { putBelief } from './beliefs.sqlite.ts';
import { putDrive } from './drives.sqlite.ts';
import type { Drive } from './drives.ts';

/** What each surface is believed to say, so that nothing is told again. */
export const carriedBeliefs: CarriedBySqlite<Belief> = {
  all: from => from.all<{ body: string }>('SELECT body FROM beliefs').map(({ body }) => opened<Belief>(body)),
  put: putBelief,
};

/** Where the fulfilment of each booking stands: what is under way starts again where it arrives. */
export const carriedDrives: CarriedBySqlite<Drive> = {
  all: from => from.all<Drive>('SELECT booking, tag, run, tries, state, nextAt FROM drives'),
  put: putDrive,
};
