import { describe, expect, it } from 'vitest';
import { openSqlite } from '#platform/sqlite.ts';
import { allThree, testBooking, testNote, testRules, wall } from './books.fixture.ts';
import { drawLedger } from './draw-ledger.ts';
import { sqliteFinanceStore } from './finance-store.sqlite.ts';
import { ledgerText, monthText } from './money-text.ts';
import { monthStatement } from './reports.ts';

const at = '2027-05-01T12:00:00.000Z';
const drawn = (changes = {}, gross: string | null = '840.75') => ({
  ...drawLedger(testBooking(changes), [testNote({ gross })], allThree, testRules),
  at,
});
const second = { start: wall('2027-05-02T10:00'), end: wall('2027-05-02T13:00') };

describe('a ledger on a terminal', () => {
  it('has a line for each amount, aligned at the cents', () => {
    expect(ledgerText(drawn())).toMatchInlineSnapshot(`
      "2027-05-30  jada  settled
        gross (boatsetter)   $840.75
        Port and dock fee   −$151.34
        Captain             −$150.00
        Crew                −$125.00
        Crew                −$125.00
        net                  $289.41"
    `);
  });

  it('says what is not known, and what to do about it', () => {
    expect(ledgerText({ ...drawn({}, null), source: null })).toMatchInlineSnapshot(`
      "2027-05-30  jada  open
        gross    not known
        Captain   −$150.00
        Crew      −$125.00
        Crew      −$125.00
        net      not known
      Nobody has said yet what the guest pays. Enter the amount, or ask the marketplace."
    `);
  });

  it('says that there is none', () => {
    expect(ledgerText(null)).toBe('Nothing is in the books about this booking yet.');
  });
});

describe('a month on a terminal', () => {
  it('lists the trips, then the sums, then how many a person has to look at', async () => {
    const store = sqliteFinanceStore(openSqlite(':memory:'));
    await store.keep(drawn());
    expect(monthText(await monthStatement(store, '2027-05', 'USD'))).toMatchInlineSnapshot(`
      "  2027-05-30  bkg_0000000000000001  jada  settled  $289.41
        total gross                                      $840.75
        total fees                                       $151.34
        total captain                                    $150.00
        total crew                                       $250.00
        total net                                        $289.41"
    `);
    await store.keep(drawn({ ...second, id: 'bkg_0000000000000002', vessel: 'pelican of the north' }, null));
    expect(monthText(await monthStatement(store, '2027-05', 'USD'))).toMatchInlineSnapshot(`
      "  2027-05-02  bkg_0000000000000002  pelican of the north  open  not known
        2027-05-30  bkg_0000000000000001  jada  settled                 $289.41
        total gross                                                     $840.75
        total fees                                                      $151.34
        total captain                                                   $150.00
        total crew                                                      $250.00
        total net                                                       $289.41
      1 not settled: see gangway money show BOOKING."
    `);
  });

  it('says that there were no trips', async () => {
    const store = sqliteFinanceStore(openSqlite(':memory:'));
    expect(monthText(await monthStatement(store, '2027-06', 'USD'))).toBe(
      'No trips with amounts in 2027-06.',
    );
  });
});
