import type { TimesMean } from '#booking/times.ts';
import type { Delivery } from './inbox.ts';
import type { Manner } from './manner.ts';
import type { Read, ReadingRoom } from './source.ts';
import type { LookedUp, VendorApi } from './vendor-api.ts';

/**
 * Everything there is to know about one kind of source: one value of this type is one marketplace. Its message is put into
 * our documented payload (`translated`), so that every source is held to the same rules and has its money split off in
 * the same place.
 */
export type Adapter = Manner & {
  /** What its times mean; null where that is for the operator to say. */
  readonly times: TimesMean | null;
  /** Pure. What was sent is opened already; of what says nothing about a booking, `nothing` is read. */
  readonly read: (sent: unknown, delivery: Delivery, room: ReadingRoom) => Read;
  /** How it is asked for what its webhooks leave out; null where they say all. */
  readonly api: (VendorApi & ReadAnswers) | null;
};

type ReadAnswers = {
  /** Pure, as the reader of webhooks is. */
  readonly read: (found: LookedUp, delivery: Delivery, room: ReadingRoom) => Read;
};
