import { describe, expect, it } from 'vitest';
import type { SettableClock } from '#lib/clock.ts';
import { type Claim, type Claims, conflictsAmong } from './claims.ts';

const claim = (holder: string, from: string, until: string, rest: Partial<Claim> = {}): Claim => ({
  what: 'vessel heron',
  holder,
  from: `2027-05-30T${from}:00.000Z`,
  until: `2027-05-30T${until}:00.000Z`,
  expiresAt: null,
  why: 'a trip',
  ...rest,
});

const hours = [
  ['first', '09:00', '10:00'],
  ['second', '11:00', '12:00'],
  ['third', '13:00', '14:00'],
] as const;

/** What every store of claims promises. `fresh` opens an empty one, with time as it stands on the clock. */
export function claimsContract(fresh: () => { claims: Claims; clock: SettableClock }, { many = 1_000 } = {}) {
  describe('a store of claims', () => {
    it('gives a vessel to one trip at a time, back to back included', async () => {
      const { claims } = fresh();
      expect(await claims.take(claim('a', '10:00', '12:00'), 'if free')).toEqual({
        kind: 'taken',
        against: [],
      });
      const busy = await claims.take(claim('b', '11:59', '13:00'), 'if free');
      expect(busy).toEqual({ kind: 'busy', against: [claim('a', '10:00', '12:00')] });
      expect((await claims.take(claim('c', '12:00', '14:00'), 'if free')).kind).toBe('taken');
      expect((await claims.take(claim('d', '08:00', '10:00'), 'if free')).kind).toBe('taken');
      expect(await claims.of('b')).toEqual([]);
    });

    it(`gives one thing to one of ${many} who want it in the same moment`, async () => {
      const { claims } = fresh();
      const wanted = Array.from({ length: many }, (_, n) => claim(`bkg_${n}`, '10:00', '12:00'));
      const taken = (await Promise.all(wanted.map(one => claims.take(one, 'if free')))).filter(
        ({ kind }) => kind === 'taken',
      );
      expect(taken).toHaveLength(1);
      expect(await claims.ahead('vessel heron', '2027-01-01T00:00:00Z')).toHaveLength(1);
    });

    it('keeps vessels and people apart', async () => {
      const { claims } = fresh();
      await claims.take(claim('a', '10:00', '12:00'), 'if free');
      for (const what of ['vessel tern', 'person heron'] as const) {
        expect((await claims.take(claim('b', '10:00', '12:00', { what }), 'if free')).kind).toBe('taken');
      }
    });

    it('moves a claim with its trip: its own old hours are not in the way', async () => {
      const { claims } = fresh();
      await claims.take(claim('a', '10:00', '12:00'), 'if free');
      expect((await claims.take(claim('a', '11:00', '13:00'), 'if free')).kind).toBe('taken');
      expect(await claims.of('a')).toEqual([claim('a', '11:00', '13:00')]);
      expect((await claims.take(claim('b', '09:00', '11:00'), 'if free')).kind).toBe('taken');
    });

    it('lets a hold stand in for a trip of its own', async () => {
      const { claims } = fresh();
      await claims.take(claim('a', '10:00', '12:00'), 'if free');
      const hold = claim('a/moving', '11:00', '13:00');
      expect((await claims.take(hold, 'if free')).kind).toBe('busy');
      expect((await claims.take(hold, 'if free', 'a')).kind).toBe('taken');
    });

    it('keeps both where something was sold twice, and says so', async () => {
      const { claims } = fresh();
      await claims.take(claim('a', '10:00', '12:00'), 'if free');
      const taken = await claims.take(claim('b', '11:00', '13:00'), 'anyway');
      expect(taken).toEqual({ kind: 'taken', against: [claim('a', '10:00', '12:00')] });
      const ahead = await claims.ahead('vessel heron', '2027-05-01T00:00:00Z');
      expect(conflictsAmong(ahead)).toEqual([[claim('a', '10:00', '12:00'), claim('b', '11:00', '13:00')]]);
      await claims.release('vessel heron', 'a');
      await claims.release('vessel heron', 'a');
      expect(conflictsAmong(await claims.ahead('vessel heron', '2027-05-01T00:00:00Z'))).toEqual([]);
    });

    it('finds what lies within an hour, the longest that began long before included', async () => {
      const { claims } = fresh();
      const year = { from: '2026-06-01T00:00:00.000Z', until: '2027-06-01T00:00:00.000Z' };
      for (const [holder, from, until] of hours) await claims.take(claim(holder, from, until), 'anyway');
      await claims.take(claim('refit', '00:00', '00:00', year), 'anyway');
      const during = async (from: string, until: string) =>
        (await claims.during('vessel heron', `2027-05-30T${from}:00Z`, `2027-05-30T${until}:00Z`)).map(
          ({ holder }) => holder,
        );
      expect(await during('09:00', '10:00')).toEqual(['refit', 'first']);
      expect(await during('10:00', '10:30')).toEqual(['refit']);
      expect(await during('11:30', '23:00')).toEqual(['refit', 'second', 'third']);
    });

    it('knows what overlaps whichever was taken, moved or let go of first', async () => {
      const { claims, clock } = fresh();
      const contested = async (from = '2027-05-01T00:00:00Z') =>
        (await claims.contested('vessel heron', from)).map(({ holder }) => holder);
      for (const [holder, from, until] of hours) await claims.take(claim(holder, from, until), 'anyway');
      expect(await contested()).toEqual([]);
      const expiresAt = '2027-05-02T00:00:00.000Z';
      await claims.take(claim('hold_1', '08:30', '11:30', { expiresAt }), 'anyway');
      expect(await contested()).toEqual(['hold_1', 'first', 'second']);
      expect(await contested('2027-05-30T10:00:00Z')).toEqual(['hold_1', 'second']);
      await claims.take(claim('second', '13:30', '15:00'), 'anyway');
      expect(await contested()).toEqual(['hold_1', 'first', 'third', 'second']);
      await claims.release('vessel heron', 'third');
      clock.set('2027-05-02T00:00:00Z');
      expect(conflictsAmong(await claims.contested('vessel heron', '2027-05-01T00:00:00Z'))).toEqual([]);
    });

    it('forgets a hold that has run out, and not a moment before', async () => {
      const { claims, clock } = fresh();
      const hold = claim('hold_1', '10:00', '12:00', { expiresAt: '2027-05-02T00:00:00.000Z' });
      await claims.take(hold, 'if free');
      clock.set('2027-05-01T23:59:59.999Z');
      expect((await claims.take(claim('b', '10:00', '12:00'), 'if free')).kind).toBe('busy');
      clock.set('2027-05-02T00:00:00Z');
      expect(await claims.of('hold_1')).toEqual([]);
      expect((await claims.take(claim('b', '10:00', '12:00'), 'if free')).kind).toBe('taken');
    });

    it('lists what is ahead, the first to begin first', async () => {
      const { claims } = fresh();
      await claims.take(claim('late', '15:00', '16:00'), 'if free');
      await claims.take(claim('early', '08:00', '09:00'), 'if free');
      const ahead = async (from: string) =>
        (await claims.ahead('vessel heron', from)).map(({ holder }) => holder);
      expect(await ahead('2027-05-30T00:00:00Z')).toEqual(['early', 'late']);
      expect(await ahead('2027-05-30T09:00:00Z')).toEqual(['late']);
    });
  });
}
