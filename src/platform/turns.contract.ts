import { describe, expect, it } from 'vitest';
import { systemClock } from '#lib/clock.ts';
import type { InTurn } from '#lib/one-at-a-time.ts';

const soon = (ms = 5) => new Promise<void>(resolve => void systemClock.after(ms, resolve));

/** Turns among processes, where each `open` of one place is a process of its own. `die` opens one that dies in its turn. */
export function turnsContract(
  make: () => { open: () => InTurn; leaveBehind: (key: string) => Promise<void> },
) {
  describe('turns among processes', () => {
    it('are never taken by two at once, and each gets one', async () => {
      const { open } = make();
      let inside = 0;
      let most = 0;
      let done = 0;
      const work = async () => {
        most = Math.max(most, ++inside);
        await soon();
        inside--;
        done++;
      };
      await Promise.all(
        [open(), open(), open()].flatMap(turn => [turn('a page', work), turn('a page', work)]),
      );
      expect({ most, done, inside }).toEqual({ most: 1, done: 6, inside: 0 });
    });

    it('of one surface do not hold up another', async () => {
      const { open } = make();
      const both: string[] = [];
      const { promise, resolve: release } = Promise.withResolvers<void>();
      const held = open()('a page', () => promise);
      await open()('a letter', async () => void both.push('letter'));
      release();
      await held;
      expect(both).toEqual(['letter']);
    });

    it('pass on when the work breaks, and what broke it is thrown', async () => {
      const { open } = make();
      await expect(
        open()('a page', async () => {
          throw new Error('broken');
        }),
      ).rejects.toThrow('broken');
      expect(await open()('a page', async () => 'mine')).toBe('mine');
    });

    it('of one who died are void after their time', async () => {
      const { open, leaveBehind } = make();
      await leaveBehind('a page');
      expect(await open()('a page', async () => 'mine')).toBe('mine');
    });
  });
}
