import { describe, expect, it } from 'vitest';
import type { Belief } from '#booking/surface.ts';
import type { Beliefs } from './beliefs.ts';

const at = '2027-05-30T10:00:00.000Z';
const belief = (changes: Partial<Belief> = {}): Belief => ({
  booking: 'bkg_a',
  surface: 'guest letter',
  recipient: 'carole@example.org',
  desiredRevision: 2,
  desiredDigest: 'd2',
  statedRevision: 1,
  statedDigest: 'd1',
  state: 'pending',
  at,
  attempts: 0,
  error: null,
  url: null,
  awaiting: 'letter-1',
  ...changes,
});

/** What every board must do. `make` gives a fresh, empty one. */
export function beliefsContract(make: () => Beliefs) {
  describe('the board', () => {
    it('shows each surface once, by surface and recipient', async () => {
      const beliefs = make();
      await beliefs.put(belief({ recipient: 'b' }));
      await beliefs.putDurably(belief({ surface: 'crew event', recipient: '-' }));
      await beliefs.put(belief({ recipient: 'a', url: 'https://sailjada.com' }));
      await beliefs.put(belief({ recipient: 'a', attempts: 1 }));
      await beliefs.put(belief({ booking: 'bkg_b' }));
      const rows = await beliefs.of('bkg_a');
      expect(
        rows.map(({ surface, recipient, attempts, url }) => [surface, recipient, attempts, url]),
      ).toEqual([
        ['crew event', '-', 0, null],
        ['guest letter', 'a', 1, null],
        ['guest letter', 'b', 0, null],
      ]);
      expect((await beliefs.of('bkg_a', 'crew event')).map(({ surface }) => surface)).toEqual(['crew event']);
      expect(await beliefs.of('bkg_b', 'crew event')).toEqual([]);
    });

    it('hears of the letter it waits for, and of no other', async () => {
      const beliefs = make();
      await beliefs.put(belief());
      await beliefs.put(belief({ booking: 'bkg_b', awaiting: 'letter-2' }));
      expect(await beliefs.letterSettled('letter-1', { kind: 'waiting', reason: 'no line', at })).toEqual([
        'bkg_a',
      ]);
      expect(await beliefs.of('bkg_a')).toMatchObject([
        { state: 'pending', error: { code: 'letter-waiting' } },
      ]);
      expect(await beliefs.letterSettled('letter-1', { kind: 'sent', at })).toEqual(['bkg_a']);
      expect(await beliefs.letterSettled('letter-1', { kind: 'sent', at })).toEqual([]);
      expect(await beliefs.of('bkg_a')).toMatchObject([
        { state: 'stated', statedRevision: 2, statedDigest: 'd2', awaiting: null, error: null },
      ]);
      expect(await beliefs.of('bkg_b')).toMatchObject([{ state: 'pending', awaiting: 'letter-2' }]);
    });

    it('is withdrawn when the letter took something back', async () => {
      const beliefs = make();
      await beliefs.put(belief({ desiredDigest: null }));
      await beliefs.letterSettled('letter-1', { kind: 'sent', at });
      expect(await beliefs.of('bkg_a')).toMatchObject([{ state: 'withdrawn', statedDigest: null }]);
    });

    it('names what is in trouble, the oldest first, until it is not', async () => {
      const beliefs = make();
      await beliefs.put(
        belief({ booking: 'bkg_b', awaiting: null, state: 'failing', at: '2027-05-30T11:00:00.000Z' }),
      );
      await beliefs.put(belief());
      await beliefs.letterSettled('letter-1', { kind: 'returned', reason: 'no such reader', at });
      expect((await beliefs.troubled(10)).map(({ booking, state }) => [booking, state])).toEqual([
        ['bkg_a', 'stuck'],
        ['bkg_b', 'failing'],
      ]);
      expect(await beliefs.troubled(1)).toHaveLength(1);
      await beliefs.put(belief({ booking: 'bkg_b', state: 'stated' }));
      expect((await beliefs.troubled(10)).map(({ booking }) => booking)).toEqual(['bkg_a']);
    });

    it('drops what is believed about a booking, but for one surface', async () => {
      const beliefs = make();
      await beliefs.put(belief({ state: 'stuck' }));
      await beliefs.put(belief({ surface: 'guest page', recipient: '-', awaiting: null }));
      await beliefs.put(belief({ booking: 'bkg_b' }));
      await beliefs.forget('bkg_a', 'guest page');
      expect((await beliefs.of('bkg_a')).map(({ surface }) => surface)).toEqual(['guest page']);
      await beliefs.forget('bkg_a');
      expect([await beliefs.of('bkg_a'), await beliefs.troubled(10)]).toEqual([[], []]);
      expect(await beliefs.letterSettled('letter-1', { kind: 'sent', at })).toEqual(['bkg_b']);
    });

    it('counts how the surfaces of each booking stand', async () => {
      const beliefs = make();
      await beliefs.put(belief({ state: 'stated', awaiting: null }));
      await beliefs.put(belief({ recipient: 'b', state: 'stuck', awaiting: null }));
      await beliefs.put(belief({ recipient: 'c', state: 'failing', awaiting: null }));
      expect([...(await beliefs.summary(['bkg_a', 'bkg_b']))]).toEqual([
        ['bkg_a', { stated: 1, pending: 0, troubled: 2, withdrawn: 0 }],
        ['bkg_b', { stated: 0, pending: 0, troubled: 0, withdrawn: 0 }],
      ]);
    });
  });
}
