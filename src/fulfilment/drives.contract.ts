import { describe, expect, it } from 'vitest';
import { type Clock, settableClock } from '#lib/clock.ts';
import type { Drives } from './drives.ts';

/** What every keeper of drives must do. `make` gives a fresh, empty one on the given clock. */
export function drivesContract(make: (clock: Clock) => Drives) {
  const fresh = () => {
    const clock = settableClock('2027-01-01T00:00:00Z');
    return { clock, drives: make(clock) };
  };

  describe('a drive', () => {
    it('starts a new run only when there is something new to aim at', async () => {
      const { drives } = fresh();
      expect(await drives.aim('bkg_a', '1')).toMatchObject({ run: 1, state: 'driving' });
      expect(await drives.aim('bkg_a', '1')).toMatchObject({ run: 1 });
      expect(await drives.aim('bkg_a', '2')).toMatchObject({ run: 2, tag: '2', tries: 0 });
    });

    it('drives again later and later, then asks a person', async () => {
      const { drives, clock } = fresh();
      let drive = await drives.aim('bkg_a', '1');
      for (const minutes of [1, 5, 15, 60]) {
        expect(await drives.report('bkg_a', '1', drive.run, 'incomplete')).toMatchObject({
          state: 'waiting',
        });
        clock.advance(minutes * 60_000 - 1);
        expect(await drives.takeDue(10)).toEqual([]);
        clock.advance(1);
        const [next] = await drives.takeDue(10);
        expect(next).toMatchObject({ run: drive.run + 1, state: 'driving' });
        drive = next ?? drive;
      }
      expect(await drives.report('bkg_a', '1', drive.run, 'incomplete')).toMatchObject({ state: 'stuck' });
      expect(await drives.stuck(10)).toHaveLength(1);
      expect(await drives.again('bkg_a')).toMatchObject({ state: 'driving', tries: 0 });
    });

    it('ignores the report of a run that was overtaken', async () => {
      const { drives } = fresh();
      const old = await drives.aim('bkg_a', '1');
      await drives.aim('bkg_a', '2');
      expect(await drives.report('bkg_a', '1', old.run, 'complete')).toMatchObject({
        tag: '2',
        state: 'driving',
      });
    });

    it('starts another run when asked to, also beside one that is under way', async () => {
      const { drives } = fresh();
      const first = await drives.aim('bkg_a', '1');
      expect(await drives.again('bkg_a')).toMatchObject({ run: 2, tag: '1', state: 'driving' });
      expect(await drives.report('bkg_a', '1', first.run, 'complete')).toMatchObject({
        run: 2,
        state: 'driving',
      });
      expect(await drives.again('bkg_unknown')).toBeNull();
    });

    it('is not taken twice when two sweeps meet', async () => {
      const { drives, clock } = fresh();
      const { run } = await drives.aim('bkg_a', '1');
      await drives.report('bkg_a', '1', run, 'incomplete');
      clock.advance(60_000);
      const taken = await Promise.all([drives.takeDue(10), drives.takeDue(10), drives.takeDue(10)]);
      expect(taken.flat()).toEqual([
        { booking: 'bkg_a', tag: '1', run: 2, tries: 1, state: 'driving', nextAt: null },
      ]);
      expect(await drives.underWay(10)).toEqual(taken.flat());
    });

    it('is dropped with its booking', async () => {
      const { drives } = fresh();
      await drives.aim('bkg_a', '1');
      await drives.forget('bkg_a');
      await drives.forget('bkg_a');
      expect([await drives.find('bkg_a'), await drives.underWay(10)]).toEqual([null, []]);
    });

    it('is due at once when hurried, and given up when shelved', async () => {
      const { drives } = fresh();
      for (const booking of ['bkg_a', 'bkg_b']) {
        const { run } = await drives.aim(booking, '1');
        await drives.report(booking, '1', run, 'incomplete');
      }
      await drives.hurry();
      expect(await drives.takeDue(1)).toHaveLength(1);
      const shelved = await drives.shelve();
      expect(shelved.map(({ state, nextAt }) => [state, nextAt])).toEqual([['stuck', null]]);
      expect(await drives.stuck(10)).toEqual(shelved);
      expect(await drives.find('bkg_unknown')).toBeNull();
    });
  });
}
