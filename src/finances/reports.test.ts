import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openSqlite } from '#platform/sqlite.ts';
import { allThree, testBooking, testNote, testRules, wall } from './books.fixture.ts';
import { csv } from './csv.ts';
import { drawLedger } from './draw-ledger.ts';
import { sqliteFinanceStore } from './finance-store.sqlite.ts';
import { decimalText, money } from './money.ts';
import { ledgerView, moneyShown, monthCsv, monthStatement, payout } from './reports.ts';

const at = '2027-05-01T12:00:00.000Z';
const drawn = (changes = {}, gross: string | null = '840.75', rules = testRules) => ({
  ...drawLedger(testBooking(changes), [testNote({ gross })], allThree, rules),
  at,
});
const second = {
  id: 'bkg_0000000000000002',
  start: wall('2027-05-02T10:00'),
  end: wall('2027-05-02T13:00'),
} as const;
const third = { ...second, id: 'bkg_0000000000000003' } as const;

describe('the statement of a month', () => {
  it('adds up what counts and lists what does not', async () => {
    const store = sqliteFinanceStore(openSqlite(':memory:'));
    await store.keep(drawn());
    await store.keep(drawn(second, '1000.00'));
    await store.keep({ ...drawn(third, '777.77'), state: 'reversed' });
    await store.keep(drawn({ ...second, id: 'bkg_0000000000000004' }, null));
    const statement = await monthStatement(store, '2027-05', 'USD');
    expect(statement.rows.map(row => row.entry.state)).toEqual(['settled', 'reversed', 'open', 'settled']);
    expect(statement.open).toBe(1);
    const totals = Object.entries(statement.totals).map(([name, amount]) => [name, decimalText(amount)]);
    expect(Object.fromEntries(totals)).toEqual({
      gross: '1840.75',
      fees: '331.34',
      captain: '300.00',
      crew: '500.00',
      net: '709.41',
    });
    expect(monthCsv(statement).split('\r\n')).toEqual([
      'date,booking,vessel,source,state,currency,gross,fees,captain,crew,net',
      '2027-05-02,bkg_0000000000000002,jada,boatsetter,settled,USD,1000.00,180.00,150.00,250.00,420.00',
      '2027-05-02,bkg_0000000000000003,jada,boatsetter,reversed,USD,777.77,140.00,150.00,250.00,237.77',
      '2027-05-02,bkg_0000000000000004,jada,boatsetter,open,USD,,0.00,150.00,250.00,',
      '2027-05-30,bkg_0000000000000001,jada,boatsetter,settled,USD,840.75,151.34,150.00,250.00,289.41',
      'total 2027-05,,,,,USD,1840.75,331.34,300.00,500.00,709.41',
      '',
    ]);
  });

  it('has an empty cell where nobody knows who sold the trip', async () => {
    const store = sqliteFinanceStore(openSqlite(':memory:'));
    await store.keep({ ...drawn(), source: null });
    expect(monthCsv(await monthStatement(store, '2027-05', 'USD'))).toContain('0001,jada,,settled,USD');
  });

  it('is all zeros for a month without trips', async () => {
    const statement = await monthStatement(sqliteFinanceStore(openSqlite(':memory:')), '2031-01', 'JPY');
    expect(decimalText(statement.totals.net)).toBe('0');
  });
});

describe('the ledger as the owner reads it', () => {
  it('gives every figure as a decimal', () => {
    expect(ledgerView(drawn(), 'USD')).toMatchObject({
      gross: '840.75',
      net: '289.41',
      payout: '840.75',
      lines: [{ label: 'Port and dock fee', amount: '151.34' }, { person: 'ana', amount: '150.00' }, {}, {}],
    });
  });

  it('says what the marketplace pays out when it keeps its fee', () => {
    const keeps = {
      ...testRules,
      fees: testRules.fees.map(fee => ({ ...fee, paidBy: 'marketplace' as const })),
    };
    expect(decimalText(payout(drawn({}, '840.75', keeps)) ?? money('0', 'USD'))).toBe('689.41');
    expect(payout(drawn({}, null))).toBeNull();
  });

  it('comes with its history and the words of the sources', async () => {
    const store = sqliteFinanceStore(openSqlite(':memory:'));
    const { id } = testBooking();
    await store.note(id, testNote());
    await store.keep(drawn());
    await store.keep(drawn({}, '900.00'));
    const shown = await moneyShown(store, id, 'USD');
    expect(shown.ledger?.gross).toBe('900.00');
    expect(shown.history.map(each => each.net)).toEqual(['289.41', '338.00']);
    expect(shown.said.map(each => each.note)).toEqual(['Paid in full, payout in 3 days.']);
  });
});

describe('a table for spreadsheets', () => {
  it('holds no formula, whatever somebody typed', () => {
    for (const typed of [
      '=1+1',
      '+1',
      '-1',
      '@SUM(A1)',
      '\t=1',
      '  =1',
      '\r=1',
      '\0=1',
      '\u00a0=1',
      '\ufeff=1',
      '＝1',
    ]) {
      expect(csv([[typed]]).replace(/^"/, '')[0], JSON.stringify(typed)).toBe("'");
    }
    expect(csv([['Port fee', { figure: '-12.50' }]])).toBe('Port fee,-12.50\r\n');
  });

  it('reads back as what was written', () => {
    const text = fc.string({ unit: fc.constantFrom(...'ab,"\n\r;\'1 '), maxLength: 12 });
    fc.assert(
      fc.property(fc.array(fc.array(text, { minLength: 1, maxLength: 4 }), { maxLength: 4 }), rows => {
        expect(parsed(csv(rows)).map(row => row.map(cell => cell.replace(/^'(?=\s*[\r\n\t])/, '')))).toEqual(
          rows.map(row => row.map(cell => cell.replace(/^'(?=\s*[\r\n\t])/, ''))),
        );
      }),
    );
  });
});

/** A reader by RFC 4180, independent of the writer. */
function parsed(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    let cell = '';
    if (text[at] === '"') {
      for (at++; text[at] !== '"' || text[at + 1] === '"'; at++) {
        if (text[at] === '"') at++;
        cell += text[at];
      }
      at++;
    } else {
      while (text[at] !== ',' && text.slice(at, at + 2) !== '\r\n') cell += text[at++];
    }
    row.push(cell);
    if (text[at] === ',') at++;
    else {
      rows.push(row);
      row = [];
      at += 2;
    }
  }
  return rows;
}
