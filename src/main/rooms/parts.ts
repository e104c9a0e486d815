import type { Fleet } from '#booking/fleet.ts';
import type { Surface } from '#booking/surface.ts';
import { letterOutcome } from '#fulfilment/letter-outcome.ts';
import { type Clock, isoInstant } from '#lib/clock.ts';
import type { InTurn } from '#lib/one-at-a-time.ts';
import type { Random } from '#lib/random.ts';
import type { LetterState, Post } from '#mail/post.ts';
import { type Egress, egress, type Leaks, type Outgoing } from '#platform/egress.ts';
import type { Log } from '#platform/log.ts';
import type { Metrics } from '#platform/metrics.ts';
import type { Outside } from '#platform/outside.ts';
import type { Config } from '../config/config.ts';
import type { Addresses } from './addresses.ts';
import type { SideStores } from './stores.ts';

export type RoomOptions = {
  config: Config;
  clock: Clock;
  random: Random;
  log: Log;
  numbers: Metrics;
  at: Addresses;
  onProgress: (booking: string) => void;
  /** The turns in which surfaces speak, wherever else they do. */
  inTurn: InTurn;
  outside: Outside;
  /** Whether there is something here, or where photos go, that opens pictures. */
  canDevelop: boolean;
  /** Where browsers post photos to if not to this program, `https://…`: pages have to allow it. */
  photosTo?: string;
  tap: ((outgoing: Outgoing) => void) | undefined;
};

/** The one way out, and the counters. */
export type WayOut = { numbers: Metrics; out: Egress };

/** Opens the way out; `leaks` is asked on the other side of the fence. */
export function wayOut(
  { log, numbers, tap }: Pick<RoomOptions, 'log' | 'numbers' | 'tap'>,
  leaks: Leaks,
): WayOut {
  const out = egress({
    leaks,
    onRefused: ({ audience, channel, about }) => {
      numbers.count('money_refused', { audience, channel });
      log.error('an amount was held back at the egress', {
        code: `${audience} ${channel}`,
        booking: about[0] ?? '',
      });
    },
    ...(tap ? { tap } : {}),
  });
  return { numbers, out };
}

/** One side of the fence: its board, its post, its drives. The letters' outcomes come back to the board. */
export function sideOf(
  stores: SideStores,
  fence: Surface['fence'],
  { clock, onProgress }: Pick<RoomOptions, 'clock' | 'onProgress'>,
  { numbers, out }: WayOut,
  nameInLog?: (id: string) => string,
) {
  const { beliefs, drives } = stores;
  const onSettled = (state: LetterState, bookings: readonly string[]) => {
    numbers.count('letters', { fence, state });
    for (const booking of bookings) onProgress(booking);
  };
  const post = stores.post({
    egress: out,
    ...(nameInLog ? { nameInLog } : {}),
    onSettled,
    onChange: async (letter, state, error) => {
      const outcome = letterOutcome(state, error, isoInstant(clock.now()));
      onSettled(state, outcome ? await beliefs.letterSettled(letter, outcome) : []);
    },
  });
  const board = { beliefs, clock, letterOutcome: (letter: string) => outcomeIn(post, letter, clock) };
  return { beliefs, post, held: stores.held(post), board, drives };
}

async function outcomeIn(post: Post, letter: string, clock: Clock) {
  const posted = await post.find(letter);
  return (
    posted && letterOutcome(posted.state, posted.error ?? undefined, posted.sentAt ?? isoInstant(clock.now()))
  );
}

/** Everything of the configuration that pages and letters print, as one text. */
export const publicWords = ({ house, brands, vessels, people }: Fleet): string =>
  JSON.stringify([house, brands, vessels, people]);
