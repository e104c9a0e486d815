import type { Booking } from '#booking/booking.ts';
import type { Belief, Made, Statement, Surface } from '#booking/surface.ts';
import { type Clock, isoInstant } from '#lib/clock.ts';
import { Refusal, Unavailable } from '#lib/refusal.ts';
import { type Beliefs, beliefKey, type LetterOutcome } from './beliefs.ts';

export type Board = {
  beliefs: Beliefs;
  /** How the post stands with a letter, for one that went out before its belief was written. */
  letterOutcome: (letter: string) => Promise<LetterOutcome | null>;
  clock: Clock;
};

/**
 * Makes one surface say what it should about a booking, to everybody it should say it to and to nobody else.
 * Idempotent: where the believed digest is already the desired one, nothing is done but the revision noted.
 * Recipients are told side by side and fail one by one; the first error is thrown after all were tried.
 */
export async function converge(
  surface: Surface,
  booking: Booking,
  board: Board,
  /** The booking that this one turned out to be, if it did. */
  into: Booking | null = null,
): Promise<void> {
  const held = await board.beliefs.of(booking.id, surface.name);
  const before = new Map(held.map(belief => [beliefKey(belief.surface, belief.recipient), belief]));
  const wanted = booking.status === 'cancelled' ? [] : await surface.desired(booking);
  const errors: unknown[] = [];

  /** Was left in silence while it was on; see `dropsInSilence`. */
  const isOwedTheEnd = (belief: Belief) =>
    surface.dropsInSilence === true &&
    booking.status === 'cancelled' &&
    belief.desiredRevision < booking.revision;

  /** Was told that it is off before it turned out to be another booking. */
  const isToBeLedOn = (belief: Belief) =>
    into !== null && surface.leadsOn === true && belief.desiredRevision < booking.revision;
  const isAskedAgain = (belief: Belief) => isOwedTheEnd(belief) || isToBeLedOn(belief);

  const attempt = async (
    recipient: string,
    digest: string | null,
    make: () => Promise<Made>,
    isAnew = false,
  ) => {
    try {
      await makeTrue({ surface, booking, board, recipient, digest, before, make, isAnew });
    } catch (error) {
      errors.push(error);
    }
  };

  const addressed = new Set(wanted.map(statement => statement.recipient));
  await Promise.all([
    ...wanted.map(statement =>
      attempt(statement.recipient, statement.digest, () =>
        surface.state(booking, statement, previous(before, surface, statement)),
      ),
    ),
    ...held
      .filter(belief => !addressed.has(belief.recipient) && (hasSpoken(belief) || isAskedAgain(belief)))
      .map(belief =>
        attempt(belief.recipient, null, () => takeBack(surface, booking, belief, into), isAskedAgain(belief)),
      ),
  ]);
  if (errors.length > 0) throw errors[0];
}

async function takeBack(
  surface: Surface,
  booking: Booking,
  before: Belief,
  into: Booking | null,
): Promise<Made> {
  if (!into) return surface.withdraw(booking, before);
  if (surface.absorbed) return surface.absorbed(booking, into, before);
  return surface.name.endsWith('letter') ? { state: 'stated' } : surface.withdraw(booking, before);
}

/**
 * Whether the recipient was, or may have been, told anything that has to be taken back. Also where taking back had begun:
 * a crash may have come before it was done.
 */
const hasSpoken = (belief: Belief) => belief.state !== 'withdrawn';

const previous = (before: ReadonlyMap<string, Belief>, surface: Surface, statement: Statement) =>
  before.get(beliefKey(surface.name, statement.recipient)) ?? null;

async function makeTrue(it: {
  surface: Surface;
  booking: Booking;
  board: Board;
  recipient: string;
  digest: string | null;
  before: ReadonlyMap<string, Belief>;
  make: () => Promise<Made>;
  /** Whatever is believed, it is asked again. */
  isAnew: boolean;
}): Promise<void> {
  const { board, booking, digest } = it;
  const last = it.before.get(beliefKey(it.surface.name, it.recipient));
  const now = () => isoInstant(board.clock.now());
  const row: Belief = {
    booking: booking.id,
    surface: it.surface.name,
    recipient: it.recipient,
    desiredRevision: booking.revision,
    desiredDigest: digest,
    statedRevision: last?.statedRevision ?? null,
    statedDigest: last?.statedDigest ?? null,
    state: 'pending',
    at: now(),
    attempts: last?.desiredDigest === digest ? last.attempts : 0,
    error: null,
    url: last?.url ?? null,
    awaiting: null,
  };

  const noted = async (make: () => Promise<Made>, pending: Belief) => {
    const isStated = pending.desiredDigest !== null;
    await Promise.all([isStated && it.surface.prepare?.(booking), board.beliefs.putDurably(pending)]);
    return make();
  };
  /** The pending row shows progress on the desk; it shares the commit of whatever the surface writes first. */
  const sharing = async (make: () => Promise<Made>, pending: Belief) =>
    (await Promise.all([make(), board.beliefs.put(pending)]))[0];

  if (last?.desiredDigest === digest && !it.isAnew) {
    const alreadySo = last.state === 'stated' || last.state === 'withdrawn';
    const underWay = last.state === 'pending' && last.awaiting !== null;
    if (alreadySo || underWay) {
      if (last.desiredRevision !== booking.revision) {
        const statedRevision = alreadySo ? booking.revision : last.statedRevision;
        await board.beliefs.put({ ...last, desiredRevision: booking.revision, statedRevision });
      }
      // The letter may have gone out since `last` was read, or before a crash that kept this from being noted.
      if (underWay && last.awaiting !== null) await settleIfOut(board, last.awaiting);
      return;
    }
  }

  try {
    const made = it.surface.reachesOutside ? await noted(it.make, row) : await sharing(it.make, row);
    await board.beliefs.put(after(row, made, now()));
    if (made.state === 'posted') await settleIfOut(board, made.letter);
  } catch (error) {
    await board.beliefs.put({
      ...row,
      state: 'failing',
      attempts: row.attempts + 1,
      error: describe(error),
      at: now(),
    });
    throw error;
  }
}

async function settleIfOut(board: Board, letter: string): Promise<void> {
  const outcome = await board.letterOutcome(letter);
  if (outcome) await board.beliefs.letterSettled(letter, outcome);
}

function after(row: Belief, made: Made, at: string): Belief {
  if (made.state === 'posted') return { ...row, awaiting: made.letter, at };
  return {
    ...row,
    state: row.desiredDigest === null ? 'withdrawn' : 'stated',
    statedRevision: row.desiredRevision,
    statedDigest: row.desiredDigest,
    url: row.desiredDigest === null ? null : (made.url ?? row.url),
    at,
  };
}

/** Only refusals and adapter failures speak in words meant for people; anything else is a defect and is named as one. */
export function describe(error: unknown): { code: string; message: string } {
  if (error instanceof Refusal) return { code: error.code, message: `${error.message} ${error.cure}` };
  if (error instanceof Unavailable) return { code: error.code, message: error.message };
  return { code: 'defect', message: 'Something in Gangway itself went wrong; the log has the details.' };
}
