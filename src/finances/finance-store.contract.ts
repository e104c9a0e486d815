import { describe, expect, it } from 'vitest';
import { allThree, testBooking, testNote, testRules, wall } from './books.fixture.ts';
import { drawLedger } from './draw-ledger.ts';
import type { FinanceStore, SaidLetter } from './finance-store.ts';
import { ledgerDigest } from './ledger-surface.ts';
import { decimalText } from './money.ts';

const at = '2027-05-01T12:00:00.000Z';
const booking = testBooking();

const ledger = (changes: Parameters<typeof testBooking>[0] = {}, gross = '840.75') => ({
  ...drawLedger(testBooking(changes), [testNote({ gross })], allThree, testRules),
  at,
});

const said = (letter: string, changes: Partial<SaidLetter> = {}): SaidLetter => ({
  booking: booking.id,
  surface: 'owner letter',
  recipient: 'joan@crew.example',
  digest: 'd1',
  letter,
  facts: { net: '289.41' },
  ...changes,
});

/** What any store of the books promises. `open` gives a fresh one. */
export function financeStoreContract(open: () => FinanceStore): void {
  describe('what sources said', () => {
    it('is kept word for word, in the order in which it came', async () => {
      const store = open();
      const odd = testNote({ message: 'msg_2', gross: 'about 800', note: 'tip: "cash"\n100', lines: [] });
      expect(await store.note(booking.id, testNote())).toBe('kept');
      expect(await store.note(booking.id, odd)).toBe('kept');
      expect(await store.notes(booking.id)).toEqual([testNote(), odd]);
      expect(await store.notes('bkg_0000000000000002')).toEqual([]);
    });

    it('that was about another booking counts no longer, and what comes after it still comes after the rest', async () => {
      const store = open();
      const [one, two, three] = ['msg_1', 'msg_2', 'msg_3'].map(message => testNote({ message }));
      if (!one || !two || !three) throw new Error('three notes');
      await store.note(booking.id, one);
      await store.note(booking.id, two);
      await store.unsay(booking.id, one);
      await store.unsay(booking.id, one);
      await store.note(booking.id, three);
      expect(await store.notes(booking.id)).toEqual([two, three]);
    });

    it('is kept once, also when it is delivered many times at the same moment', async () => {
      const store = open();
      const outcomes = await Promise.all([1, 2, 3].map(() => store.note(booking.id, testNote())));
      expect(outcomes.toSorted()).toEqual(['already-kept', 'already-kept', 'kept']);
      expect(await store.note(booking.id, testNote({ source: 'e-mail' }))).toBe('kept');
      expect(await store.notes(booking.id)).toHaveLength(2);
    });
  });

  describe('ledgers', () => {
    it('come back with their amounts', async () => {
      const store = open();
      expect(await store.ledger(booking.id)).toBeNull();
      expect(await store.keep(ledger())).toBe('kept');
      const back = await store.ledger(booking.id);
      expect(back && ledgerDigest(back)).toBe(ledgerDigest(ledger()));
      expect(back?.net && decimalText(back.net)).toBe('289.41');
    });

    it('keep open what cannot be worked out', async () => {
      const store = open();
      await store.keep({ ...ledger({}, 'garbage') });
      expect(await store.ledger(booking.id)).toMatchObject({ state: 'open', gross: null, net: null });
    });

    it('remember each version that differs, not each time of keeping', async () => {
      const store = open();
      expect(await store.keep(ledger())).toBe('kept');
      expect(await store.keep({ ...ledger({ revision: 2 }), at: '2027-05-02T12:00:00.000Z' })).toBe(
        'unchanged',
      );
      expect((await store.ledger(booking.id))?.revision).toBe(2);
      expect(await store.keep(ledger({ revision: 3 }, '900.00'))).toBe('kept');
      const versions = await store.history(booking.id);
      expect(versions.map(entry => [entry.revision, entry.gross && decimalText(entry.gross)])).toEqual([
        [1, '840.75'],
        [3, '900.00'],
      ]);
    });

    it('are found by the month of the trip, and follow it into another', async () => {
      const store = open();
      const second = {
        id: 'bkg_0000000000000002',
        start: wall('2027-05-02T10:00'),
        end: wall('2027-05-02T13:00'),
      } as const;
      await store.keep(ledger());
      await store.keep(ledger(second));
      expect((await store.month('2027-05')).map(entry => entry.on)).toEqual(['2027-05-02', '2027-05-30']);
      await store.keep(ledger({ ...second, start: wall('2027-06-02T10:00'), end: wall('2027-06-02T13:00') }));
      expect((await store.month('2027-05')).map(entry => entry.on)).toEqual(['2027-05-30']);
      expect((await store.month('2027-06')).map(entry => entry.booking)).toEqual([second.id]);
    });
  });

  describe('a guest who is forgotten', () => {
    it('leaves every amount in the books, and no word that anybody typed', async () => {
      const store = open();
      const lines = [
        { kind: 'tip', label: 'From Carole with love', amount: '100.00' },
        { kind: 'charge', label: 'Cake for Carole', amount: '40.00' },
      ] as const;
      const other = 'bkg_0000000000000002';
      await store.note(booking.id, testNote({ note: 'Carole pays in cash', lines }));
      await store.note(other, testNote({ message: 'msg_2', note: 'Carole again' }));
      await store.keep(ledger());
      await store.remember(said('one', { facts: { Guest: 'Carole', net: '289.41' } }));
      await store.remember(said('two', { booking: other }));
      for (const _ of [1, 2]) await store.forget(booking.id);
      await store.forget('bkg_none');

      const [note, ...more] = await store.notes(booking.id);
      expect(more).toEqual([]);
      expect(note).toMatchObject({ gross: '840.75', note: null });
      expect(note?.lines?.map(({ kind, amount }) => [kind, amount])).toEqual([
        ['tip', '100.00'],
        ['charge', '40.00'],
      ]);
      const kept = await store.ledger(booking.id);
      expect(kept && ledgerDigest(kept)).toBe(ledgerDigest(ledger()));
      expect(await store.history(booking.id)).toHaveLength(1);
      expect(await store.said(booking.id, 'owner letter', 'joan@crew.example')).toEqual([]);
      expect(JSON.stringify(note)).not.toContain('Carole');
      expect((await store.notes(other))[0]?.note).toBe('Carole again');
      expect(await store.said(other, 'owner letter', 'joan@crew.example')).toHaveLength(1);
    });

    it('may still be said something about, as a late refund: it is kept like any other', async () => {
      const store = open();
      await store.note(booking.id, testNote());
      await store.forget(booking.id);
      expect(await store.note(booking.id, testNote())).toBe('already-kept');
      expect(await store.note(booking.id, testNote({ message: 'late', gross: '0' }))).toBe('kept');
    });
  });

  describe('letters about money', () => {
    it('are remembered once each, the newest first, told apart by recipient', async () => {
      const store = open();
      await store.remember(said('one'));
      await store.remember(said('two', { digest: null }));
      await store.remember(said('one'));
      await store.remember(said('three', { recipient: 'ana@crew.example', surface: 'captain letter' }));
      const letters = await store.said(booking.id, 'owner letter', 'joan@crew.example');
      expect(letters).toEqual([said('two', { digest: null }), said('one')]);
    });
  });
}
