import { describe, expect, it } from 'vitest';
import type { Audience } from '#lib/audience.ts';
import { egress, lookingFor } from '#platform/egress.ts';
import { openSqlite } from '#platform/sqlite.ts';
import { allThree, testBooking, testNote, testRules } from './books.fixture.ts';
import { sqliteMoneyCanaries } from './canaries.sqlite.ts';
import { drawLedger } from './draw-ledger.ts';
import { sqliteFinanceStore } from './finance-store.sqlite.ts';
import { spellings } from './spellings.ts';

const booking = testBooking();

async function gate() {
  const db = openSqlite(':memory:');
  const store = sqliteFinanceStore(db);
  const keep = (gross: string) =>
    store.keep({
      ...drawLedger(booking, [testNote({ gross })], allThree, testRules),
      at: booking.recordedAt,
    });
  const refused: string[] = [];
  const out = egress({
    leaks: lookingFor(sqliteMoneyCanaries(db, id => (id === 'evt_1' ? booking.id : null))),
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
    const { store, keep, leaves, refused } = await gate();
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
    const { keep, leaves } = await gate();
    await keep('840.75');
    for (const fine of ['1840.75', '840.751', '2027', '15:30', '150 m', '18 %', '3 × 125', 'slip 12']) {
      expect(await leaves(fine, 'guest'), fine).toBe(true);
    }
    expect(await leaves('840.75', 'guest', ['bkg_0000000000000009', 'evt_unknown'])).toBe(true);
  });

  it('knows the price from the first message on, and the old one after a change', async () => {
    const { store, keep, leaves } = await gate();
    await store.note(booking.id, testNote({ gross: '1234.5' }));
    expect(await leaves('1,234.50', 'guest')).toBe(false);
    await keep('1234.50');
    await keep('900.00');
    expect(await leaves('1.234,50', 'guest')).toBe(false);
    expect(await leaves('900,00', 'guest')).toBe(false);
  });

  it('lets a captain read their own pay and nothing else', async () => {
    const { keep, leaves } = await gate();
    await keep('840.75');
    expect(await leaves('You earn 150.00', 'payee', [booking.id, 'ana'])).toBe(true);
    for (const other of ['125.00', '840.75', '289.41', '151.34']) {
      expect(await leaves(`You earn 150.00 of ${other}`, 'payee', [booking.id, 'ana']), other).toBe(false);
    }
    expect(await leaves('You earn 150.00', 'payee')).toBe(false);
  });
});

describe('spellings', () => {
  it('cover grouping, both points and smallest units', () => {
    const all = spellings('1234.56');
    for (const each of [
      '1234.56',
      '1234,56',
      '1,234.56',
      '1.234,56',
      '1 234,56',
      '1\u202f234,56',
      "1'234.56",
      '123456',
    ]) {
      expect(all).toContain(each);
    }
    expect(spellings('12345678.90')).toContain('12,345,678.90');
    expect(spellings('840.50')).toContain('840.5');
    expect(spellings('84000')).toEqual(expect.arrayContaining(['84,000', '84.000']));
  });

  it('leave alone what stands on every page by chance', () => {
    expect(spellings('0.00')).toEqual([]);
    expect(spellings('8.40')).toEqual([]);
    expect(spellings('1')).toEqual([]);
    expect(spellings('12')).toEqual(expect.not.arrayContaining(['12']));
    expect(spellings('2027.00')).not.toContain('2027');
    expect(spellings('150.00')).not.toContain('15000');
  });

  it('take an amount that nobody could read as it stands', () => {
    expect(spellings('USD 840.75')).toEqual(['USD 840.75']);
    expect(spellings('tbd')).toEqual([]);
  });
});

it('is not set off by words that stand on pages whatever a booking costs', async () => {
  const db = openSqlite(':memory:');
  const store = sqliteFinanceStore(db);
  await store.keep({
    ...drawLedger(booking, [testNote({ gross: '921.01' })], allThree, testRules),
    at: booking.recordedAt,
  });
  const canaries = sqliteMoneyCanaries(db, () => null, 'San Diego, CA 92101');
  expect(canaries([booking.id], 'guest')).not.toContain('92101');
  expect(canaries([booking.id], 'guest')).toContain('921.01');
});
