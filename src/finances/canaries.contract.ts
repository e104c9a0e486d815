import { describe, expect, it } from 'vitest';
import type { Audience } from '#lib/audience.ts';
import { type Canaries, egress, lookingFor } from '#platform/egress.ts';
import { allThree, testBooking, testNote, testRules } from './books.fixture.ts';
import { drawLedger } from './draw-ledger.ts';
import { rulesFrom } from './fee-rules.ts';
import type { FinanceStore } from './finance-store.ts';

/** Books, and the canaries that know their amounts. The event `evt_1` is the booking's, no other is known. */
export type BooksWithCanaries = { store: FinanceStore; canaries: Canaries };

const booking = testBooking();

/** What canaries must know, wherever the books are. `open` gives empty ones. */
export function canariesContract(open: (publicWords?: string) => BooksWithCanaries): void {
  function gate(publicWords?: string) {
    const { store, canaries } = open(publicWords);
    const keep = (gross: string) =>
      store.keep({
        ...drawLedger(booking, [testNote({ gross })], allThree, testRules),
        at: booking.recordedAt,
      });
    const refused: string[] = [];
    const out = egress({
      leaks: lookingFor(canaries),
      onRefused: outgoing => refused.push(outgoing.channel),
    });
    const leaves = async (body: string, audience: Audience, about: readonly string[] = [booking.id]) => {
      try {
        await out.emit({ audience, channel: 'page', about, body });
        return true;
      } catch {
        return false;
      }
    };
    return { store, keep, leaves, refused };
  }

  describe('the last gate', () => {
    it('holds back every amount of a booking in every spelling, for whoever is not the owner', async () => {
      const { store, keep, leaves, refused } = gate();
      await store.note(booking.id, testNote());
      await keep('840.75');
      for (const leak of [
        '840.75',
        '840,75',
        '84075',
        '$840.75',
        '151.34',
        '15134',
        '289,41',
        '125.00',
        '150,00',
      ]) {
        expect(await leaves(`<p>… ${leak}</p>`, 'guest'), leak).toBe(false);
        expect(await leaves(`{"x":${leak}}`, 'crew'), leak).toBe(false);
        expect(await leaves(leak, 'operator', ['evt_1']), leak).toBe(false);
        expect(await leaves(leak, 'owner')).toBe(true);
      }
      expect(refused.length).toBeGreaterThan(0);
    });

    it('lets through what only looks alike, and what is about another booking', async () => {
      const { keep, leaves } = gate();
      await keep('840.75');
      for (const fine of ['1840.75', '840.751', '2027', '15:30', '150 m', '18 %', '3 × 125', 'slip 12']) {
        expect(await leaves(fine, 'guest'), fine).toBe(true);
      }
      expect(await leaves('840.75', 'guest', ['bkg_0000000000000009', 'evt_unknown'])).toBe(true);
    });

    it('knows the price from the first message on, and the old one after a change', async () => {
      const { store, keep, leaves } = gate();
      await store.note(booking.id, testNote({ gross: '1234.5' }));
      expect(await leaves('1,234.50', 'guest')).toBe(false);
      await keep('1234.50');
      await keep('900.00');
      expect(await leaves('1.234,50', 'guest')).toBe(false);
      expect(await leaves('900,00', 'guest')).toBe(false);
    });

    it('lets a captain read their own pay and nothing else', async () => {
      const { keep, leaves } = gate();
      await keep('840.75');
      expect(await leaves('You earn 150.00', 'payee', [booking.id, 'ana'])).toBe(true);
      for (const other of ['125.00', '840.75', '289.41', '151.34']) {
        expect(await leaves(`You earn 150.00 of ${other}`, 'payee', [booking.id, 'ana']), other).toBe(false);
      }
      expect(await leaves('You earn 150.00', 'payee')).toBe(false);
    });

    it('lets nobody but a payee read an amount because they are named', async () => {
      const { store, canaries } = open();
      await store.keep({
        ...drawLedger(booking, [testNote()], allThree, testRules),
        at: booking.recordedAt,
      });
      expect(await canaries([booking.id, 'ana'], 'guest')).toContain('150.00');
      expect(await canaries([booking.id, 'ana'], 'payee')).not.toContain('150.00');
      expect(await canaries(['evt_unknown'], 'guest')).toEqual([]);
    });

    it('lets somebody read what their trips come to, though it happens to be another’s figure', async () => {
      const { store, leaves } = gate();
      const keep = (id: string, gross: string) =>
        store.keep({
          ...drawLedger(
            { ...booking, id: id as typeof booking.id },
            [testNote({ gross })],
            allThree,
            testRules,
          ),
          at: booking.recordedAt,
        });
      const other = 'bkg_0000000000000002';
      await keep(booking.id, '300.00');
      await keep(other, '900.00');
      const both = [booking.id, other, 'ana'];
      expect(await leaves('Together 300.00', 'payee', both)).toBe(true);
      expect(await leaves('You earn 300.00', 'payee', [booking.id, 'ana'])).toBe(false);
      expect(await leaves('Together 900.00', 'payee', both)).toBe(false);
      expect(await leaves('Together 300.00', 'guest', both)).toBe(false);
    });

    it('lets somebody read what their own trips come to, alone and together, and not what is off', async () => {
      const { store, canaries } = open();
      const other = { ...booking, id: 'bkg_0000000000000002' } as const;
      const keep = (it: typeof booking, gross: string, sailing: typeof allThree = allThree) =>
        store.keep({ ...drawLedger(it, [testNote({ gross })], sailing, testRules), at: booking.recordedAt });
      const twice = [
        { person: 'kim', role: 'crew' },
        { person: 'kim', role: 'crew' },
      ] as const;
      const seen = async (who = 'ana') => canaries([booking.id, other.id, who], 'payee');
      await keep(booking, '300.00');
      await keep(other, '500.00');
      expect(await seen()).not.toContain('300.00');
      expect(await seen('kim')).toContain('300.00');
      expect(await canaries([booking.id, other.id, 'ana'], 'guest')).toContain('300.00');
      const entry = await store.ledger(other.id);
      if (entry) await store.keep({ ...entry, state: 'reversed' });
      expect(await seen()).toContain('300.00');
      await keep(booking, '250.00');
      expect(await seen('kim')).toContain('250.00');
      await keep(booking, '250.00', twice);
      expect(await seen('kim')).not.toContain('250.00');
      await keep(other, '500.00');
      expect(await seen('kim')).not.toContain('250.00');
    });

    it('lets somebody read what they were to earn before it was changed', async () => {
      const { store, canaries } = open();
      const keep = (perTrip: string) =>
        store.keep({
          ...drawLedger(booking, [testNote()], allThree, {
            ...testRules,
            pay: rulesFrom({
              currency: 'USD',
              fees: [],
              pay: [{ from: '2026-01-01', person: 'ana', perTrip, paidBy: 'owner' }],
            }).pay,
          }),
          at: booking.recordedAt,
        });
      await keep('150.00');
      await keep('160.00');
      const seen = await canaries([booking.id, 'ana'], 'payee');
      expect([seen.includes('150.00'), seen.includes('160.00')]).toEqual([false, false]);
      expect(await canaries([booking.id, 'kim'], 'payee')).toEqual(
        expect.arrayContaining(['150.00', '160.00']),
      );
    });

    it('is not set off by words that stand on pages whatever a booking costs', async () => {
      const { keep, leaves } = gate('San Diego, CA 92101');
      await keep('921.01');
      expect(await leaves('San Diego, CA 92101', 'guest')).toBe(true);
      expect(await leaves('921.01', 'guest')).toBe(false);
    });
  });
}
