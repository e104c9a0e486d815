import { setImmediate as breathe } from 'node:timers/promises';
import type { Booking, BookingId } from '#booking/booking.ts';
import type { BookingStore } from '#booking/booking-store.ts';
import { type Belief, nobody, type Surface, type SurfaceName } from '#booking/surface.ts';
import { type Clock, isoInstant } from '#lib/clock.ts';
import type { Log } from '#platform/log.ts';
import { describe } from './converge.ts';
import type { Side } from './side.ts';

/**
 * How a surface differs from what it should say. `missing`: nothing is there. `altered`: it says what nobody told it to.
 * `stale`: it says what was right before the configuration changed. `standing`: it says something though it should be
 * silent. `unknown`: it says the right thing and the board does not know. `unread`: it could not be compared.
 */
export type DriftKind = 'missing' | 'altered' | 'stale' | 'standing' | 'unknown' | 'unread';

/** One place where the world is not as the board believes. Holds no digest: some are of amounts. */
export type Drift = {
  readonly booking: BookingId;
  readonly surface: SurfaceName;
  readonly recipient: string;
  readonly kind: DriftKind;
  /** For a person. */
  readonly detail: string;
};

/** What reading back came to. */
export type Reconciliation = {
  /** How many bookings were read back. */
  readonly bookings: number;
  /** How many were left out because they are being worked on right now. */
  readonly underWay: number;
  readonly drift: readonly Drift[];
};

export type ReconcileParts = {
  bookings: BookingStore;
  surfaces: readonly Surface[];
  open: Side;
  owner: Side;
  clock: Clock;
  /** Work on one surface of one booking, apart from any other work on it. */
  inTurn: <T>(key: string, work: () => Promise<T>) => Promise<T>;
  again: (booking: BookingId) => Promise<void>;
  /** What the drive of a side should aim at now. */
  tagOf: (fence: Surface['fence'], booking: Booking) => Promise<string>;
  log: Log;
};

const page = 200;

/**
 * Reads back every surface of every booking and compares it with what it should say and is believed to say. Changes
 * nothing. Letters about trips that are over are left out: nobody is written to about those.
 */
export async function reconcile(parts: ReconcileParts): Promise<Reconciliation> {
  const drift: Drift[] = [];
  let read = 0;
  let underWay = 0;
  let after: BookingId | undefined;
  for (;;) {
    const batch = await parts.bookings.list({ limit: page, ...(after ? { after } : {}) });
    for (const { id, forgottenAt } of batch) {
      // It says nothing on purpose, though it is not cancelled.
      if (forgottenAt) continue;
      const found = await readBack(parts, id);
      if (found === 'under way') underWay++;
      else {
        read++;
        drift.push(...found);
      }
      // All of the above may have run without a pause; a server has others to serve.
      await breathe();
    }
    after = batch.at(-1)?.id;
    if (batch.length < page || !after) return { bookings: read, underWay, drift };
  }
}

/**
 * Marks what has drifted as not said, and has the bookings concerned told again: each surface is set right, and letters
 * that people have are not written again. Durable when it resolves; the mending itself goes on like any fulfilment.
 */
export async function mend(parts: ReconcileParts, drift: readonly Drift[]): Promise<void> {
  for (const { booking, surface, recipient, kind, detail } of drift) {
    const of = parts.surfaces.find(({ name }) => name === surface);
    if (!of || kind === 'unread') continue;
    const { beliefs } = parts[of.fence].board;
    await parts.inTurn(`${booking} ${surface}`, async () => {
      const held = (await beliefs.of(booking, surface)).find(belief => belief.recipient === recipient);
      if (held) await beliefs.put(disowned(held, kind, detail, isoInstant(parts.clock.now())));
    });
  }
  for (const booking of new Set(drift.map(each => each.booking))) await parts.again(booking);
}

/** The belief of a surface that was found not to say it. */
function disowned(belief: Belief, kind: DriftKind, detail: string, at: string): Belief {
  const saysNothing = kind === 'missing' && belief.desiredDigest !== null;
  return {
    ...belief,
    state: 'failing',
    // A notice that the trip is off, too, is taken back only from those who were told something.
    statedDigest: saysNothing ? null : (belief.statedDigest ?? kind),
    statedRevision: saysNothing ? null : belief.statedRevision,
    error: { code: 'drifted', message: detail },
    awaiting: null,
    at,
  };
}

async function readBack(parts: ReconcileParts, id: BookingId): Promise<'under way' | readonly Drift[]> {
  const first = await lookAt(parts, id);
  if (first === 'under way' || first.length === 0) return first;
  // Something may have come in between two looks at two places.
  return lookAt(parts, id);
}

async function lookAt(parts: ReconcileParts, id: BookingId): Promise<'under way' | readonly Drift[]> {
  const drift: Drift[] = [];
  for (const surface of parts.surfaces) {
    const found = await parts.inTurn(`${id} ${surface.name}`, () => lookAtSurface(parts, surface, id));
    if (found === 'under way') return 'under way';
    drift.push(...found);
  }
  return drift;
}

async function lookAtSurface(
  parts: ReconcileParts,
  surface: Surface,
  id: BookingId,
): Promise<'under way' | readonly Drift[]> {
  const booking = await parts.bookings.find(id);
  if (!booking) return [];
  const { board, drives } = parts[surface.fence];
  const drive = await drives.find(id);
  if (drive?.state === 'driving' || drive?.state === 'waiting') return 'under way';
  if (drive?.tag !== (await parts.tagOf(surface.fence, booking))) return 'under way';

  const isLetter = surface.name.endsWith('letter');
  if (isLetter && Date.parse(booking.end.at) <= parts.clock.now()) return [];

  const held = await board.beliefs.of(id, surface.name);
  const drift = (recipient: string, kind: DriftKind, detail: string): Drift => ({
    booking: id,
    surface: surface.name,
    recipient,
    kind,
    detail,
  });
  const compare = async (recipient: string, digest: string | null): Promise<Drift | null> => {
    const belief = held.find(each => each.recipient === recipient) ?? null;
    // What was written cannot be unwritten; what is on its way out, or came back, is shown by the board.
    if (isLetter && (digest === null || (belief && belief.state !== 'stated'))) return null;
    const found = await surface.readBack(booking, recipient);
    const kind = await judge(surface, booking, recipient, digest, found, belief);
    return kind && drift(recipient, kind, words[kind]);
  };

  try {
    const wanted = booking.status === 'cancelled' ? [] : await surface.desired(booking);
    const told = new Map<string, string | null>(held.map(({ recipient }) => [recipient, null]));
    for (const { recipient, digest } of wanted) told.set(recipient, digest);
    const found = await Promise.all([...told].map(([recipient, digest]) => compare(recipient, digest)));
    return found.filter(each => each !== null);
  } catch (error) {
    parts.log.warn('a surface could not be read back', { booking: id, surface: surface.name, error });
    return [drift(nobody, 'unread', describe(error).message)];
  }
}

async function judge(
  surface: Surface,
  booking: Booking,
  recipient: string,
  digest: string | null,
  found: string | null,
  belief: Belief | null,
): Promise<DriftKind | null> {
  if (found !== digest) {
    if (found === null) return 'missing';
    if (digest === null) return 'standing';
    return found === belief?.statedDigest ? 'stale' : 'altered';
  }
  if (surface.inPlace && !(await surface.inPlace(booking, recipient))) return 'missing';
  const isBelieved = digest === null || (belief?.state === 'stated' && belief.desiredDigest === digest);
  return isBelieved ? null : 'unknown';
}

const words: Readonly<Record<DriftKind, string>> = {
  missing: 'What should stand there is missing, or is not as it was put there.',
  altered: 'It says something that nobody told it to say.',
  stale: 'It says what was right before the configuration changed.',
  standing: 'It still says something, though it should have stopped.',
  unknown: 'It says the right thing, but is not believed to.',
  unread: 'It could not be compared.',
};
