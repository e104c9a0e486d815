import { describe, expect, it } from 'vitest';
import { type Clock, settableClock } from '#lib/clock.ts';
import type { Agenda, Due } from './agenda.ts';

const on = (kind: string, dueAt: string, subject = 'bkg_a'): Due => ({
  subject,
  kind,
  dueAt: `2027-05-${dueAt}T12:00:00.000Z`,
});

/** What every agenda must do. `make` gives a fresh, empty one on the given clock. */
export function agendaContract(make: (clock: Clock) => Agenda) {
  const fresh = () => {
    const clock = settableClock('2027-05-01T00:00:00Z');
    return { clock, agenda: make(clock) };
  };

  describe('the agenda', () => {
    it('has nothing due before its time, and then the oldest first', async () => {
      const { agenda, clock } = fresh();
      await agenda.replace('bkg_a', [on('thanks', '31'), on('remind', '23')]);
      await agenda.replace('bkg_b', [on('remind', '24', 'bkg_b')]);
      expect(await agenda.due(10)).toEqual([]);
      clock.set('2027-05-23T12:00:00Z');
      expect(await agenda.due(10)).toEqual([on('remind', '23')]);
      clock.set('2027-06-01T00:00:00Z');
      expect(await agenda.due(10)).toEqual([
        on('remind', '23'),
        on('remind', '24', 'bkg_b'),
        on('thanks', '31'),
      ]);
      expect(await agenda.due(1)).toEqual([on('remind', '23')]);
    });

    it('does a thing once, also when the trip is told again', async () => {
      const { agenda, clock } = fresh();
      await agenda.replace('bkg_a', [on('remind', '23')]);
      clock.set('2027-05-24T00:00:00Z');
      await agenda.done(on('remind', '23'));
      await agenda.done(on('remind', '23'));
      await agenda.replace('bkg_a', [on('remind', '22')]);
      expect(await agenda.due(10)).toEqual([]);
      expect(await agenda.of('bkg_a')).toEqual([
        { ...on('remind', '22'), doneAt: '2027-05-24T00:00:00.000Z' },
      ]);
    });

    it('does it again when its time moved into the future', async () => {
      const { agenda, clock } = fresh();
      await agenda.replace('bkg_a', [on('remind', '03')]);
      clock.set('2027-05-04T00:00:00Z');
      await agenda.done(on('remind', '03'));
      await agenda.replace('bkg_a', [on('remind', '20')]);
      clock.set('2027-05-21T00:00:00Z');
      expect(await agenda.due(10)).toEqual([on('remind', '20')]);
      await agenda.done(on('remind', '19'));
      expect(await agenda.due(10)).toHaveLength(1);
    });

    it('forgets what is no longer to come, and remembers what was done', async () => {
      const { agenda, clock } = fresh();
      await agenda.replace('bkg_a', [on('remind', '03'), on('thanks', '31')]);
      clock.set('2027-05-04T00:00:00Z');
      await agenda.done(on('remind', '03'));
      await agenda.replace('bkg_a', []);
      clock.set('2027-06-04T00:00:00Z');
      expect(await agenda.due(10)).toEqual([]);
      expect((await agenda.of('bkg_a')).map(({ kind }) => kind)).toEqual(['remind']);
    });
  });
}
