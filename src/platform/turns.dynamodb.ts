import type { Clock } from '#lib/clock.ts';
import { type InTurn, oneAtATime } from '#lib/one-at-a-time.ts';
import { newSecret, type Random } from '#lib/random.ts';
import { Unavailable } from '#lib/refusal.ts';
import type { Place, Table } from './table.ts';

type Turn = { readonly holder: string; readonly until: number };

/** Longer than any function that takes a turn may run: who holds one longer has died over it. */
const longestTurnMs = 150_000;
/**
 * Turns among many short-lived processes: one item per key, held while the work runs, void after its time. In one process
 * they come in the order asked for, among several in any. Throws Unavailable `turn-not-given` after `patienceMs`, less
 * than a step may take; the work has not begun then, and whoever drives it tries again.
 */
export function dynamoTurns(it: { table: Table; clock: Clock; random: Random; patienceMs?: number }): InTurn {
  const { table, clock, random, patienceMs = 20_000 } = it;
  const here = oneAtATime();
  const pause = (ms: number) => new Promise<void>(resolve => void clock.after(ms, resolve));

  const take = (at: Place, holder: string) =>
    table.unit(async unit => {
      const held = await unit.get<Turn>(at);
      const now = clock.now();
      if (held && held.until > now) return false;
      const until = now + longestTurnMs;
      unit.put(at, { holder, until } satisfies Turn, { endsAt: until });
      return true;
    });

  const giveBack = (at: Place, holder: string) =>
    table.unit(async unit => {
      if ((await unit.get<Turn>(at))?.holder === holder) unit.remove(at);
    });

  return (key, work) =>
    here(key, async () => {
      const at = { pk: `TURN#${key}`, sk: '-' };
      const holder = newSecret(random, 'turn');
      const from = clock.now();
      for (let waitMs = 25; !(await take(at, holder)); waitMs = Math.min(waitMs * 2, 800)) {
        if (clock.now() - from > patienceMs)
          throw new Unavailable('turn-not-given', 'Somebody else is still at work on the same.');
        await pause(waitMs);
      }
      try {
        return await work();
      } finally {
        await giveBack(at, holder);
      }
    });
}
