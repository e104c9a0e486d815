import { beforeEach, describe, expect, it } from 'vitest';
import { openSqlite } from '#platform/sqlite.ts';
import { allThree, testBooking, testFleet, testNote, testRules, wall } from './books.fixture.ts';
import { drawLedger } from './draw-ledger.ts';
import { sqliteFinanceStore } from './finance-store.sqlite.ts';
import type { FinanceStore } from './finance-store.ts';
import { moneyPanel, monthPanel } from './money-panel.tsx';
import { seen } from './seen.fixture.ts';

const at = '2027-05-01T12:00:00.000Z';
const booking = testBooking();
const second = testBooking({
  id: 'bkg_0000000000000002',
  vessel: 'sold',
  start: wall('2027-05-02T10:00'),
  end: wall('2027-05-02T13:00'),
});

let store: FinanceStore;
beforeEach(() => {
  store = sqliteFinanceStore(openSqlite(':memory:'));
});

const keep = (it: typeof booking, changes: Parameters<typeof testNote>[0] = {}, rules = testRules) =>
  store.keep({ ...drawLedger(it, [testNote(changes)], allThree, rules), at });

describe("the owner's view of a booking", () => {
  it('shows what comes in, goes out and is left, and what was written beside it', async () => {
    await store.note(booking.id, testNote());
    await store.note(booking.id, testNote({ message: 'b', note: null }));
    await keep(booking);
    expect(seen(await moneyPanel(store, testFleet, booking.id))).toMatchInlineSnapshot(`
      "Ledgersettled
      Gross (boatsetter) | $840.75
      Port and dock fee | −$151.34
      Captain Ana Reyes | −$150.00
      Crew Luis Ortega | −$125.00
      Crew Kim Tran | −$125.00
      Net | *$289.41
      Payout by the marketplace | $840.75
      What the guest or marketplace wrote
      Paid in full, payout in 3 days."
    `);
  });

  it('names who was paid by the marketplace, tips, and what a person has to look at', async () => {
    const tip = { kind: 'tip', label: 'Gratuity', amount: '60.00' } as const;
    const byMarketplace = {
      ...testRules,
      pay: testRules.pay.slice(1),
      fees: testRules.fees.map(fee => ({ ...fee, paidBy: 'marketplace' as const })),
    };
    await keep(booking, { lines: [tip] }, byMarketplace);
    expect(seen(await moneyPanel(store, testFleet, booking.id))).toMatchInlineSnapshot(`
      "Ledgeropen
      Gross (boatsetter) | $840.75
      Port and dock fee, paid by the marketplace | −$151.34
      Crew Luis Ortega | −$125.00
      Crew Kim Tran | −$125.00
      Net | *$439.41
      Payout by the marketplace | $689.41
      Tips, for the crew | $60.00
      *No rule says what ana earns by this trip: it is missing from the net.Add a pay rule for this person or role to the configuration."
    `);
  });

  it('leaves open what is not known', async () => {
    await store.keep({ ...drawLedger({ ...booking, names: [] }, [], allThree, testRules), at });
    expect(seen(await moneyPanel(store, testFleet, booking.id))).toMatchInlineSnapshot(`
      "Ledgeropen
      Gross | not known
      Captain Ana Reyes | −$150.00
      Crew Luis Ortega | −$125.00
      Crew Kim Tran | −$125.00
      Net | *not known
      Payout by the marketplace | not known
      *Nobody has said yet what the guest pays.Enter the amount, or ask the marketplace."
    `);
  });

  it('is empty while nothing is in the books', async () => {
    expect(await moneyPanel(store, testFleet, booking.id)).toBeNull();
  });
});

describe("the owner's view of a month", () => {
  it('has a row for each trip and the totals', async () => {
    await keep(booking);
    expect(seen(await monthPanel(store, testFleet, '2027-05', 'USD'))).toMatchInlineSnapshot(`
      "1 trip, net $289.41
      Day | Vessel | State | Gross | Fees | Captain | Crew | Net |
      [/desk/bookings/bkg_0000000000000001] Sun 30 May |
      JADA |
      settled |
      $840.75 |
      $151.34 |
      $150.00 |
      $250.00 |
      $289.41 |
      Totals, without reversed trips
      Gross | $840.75
      Fees | −$151.34
      Captain | −$150.00
      Crew | −$250.00
      Net | *$289.41"
    `);
  });

  it('says how many trips are not settled', async () => {
    await keep(booking);
    await keep(second, { gross: null });
    expect(seen(await monthPanel(store, testFleet, '2027-05', 'USD'))).toMatchInlineSnapshot(`
      "2 trips, net $289.41
      Day | Vessel | State | Gross | Fees | Captain | Crew | Net |
      [/desk/bookings/bkg_0000000000000002] Sun 2 May |
      sold |
      open |
      not known |
      $0.00 |
      $150.00 |
      $250.00 |
      not known |
      [/desk/bookings/bkg_0000000000000001] Sun 30 May |
      JADA |
      settled |
      $840.75 |
      $151.34 |
      $150.00 |
      $250.00 |
      $289.41 |
      Totals, without reversed trips
      Gross | $840.75
      Fees | −$151.34
      Captain | −$150.00
      Crew | −$250.00
      Net | *$289.41
      *1 trip is not settled.Open the trip to see what is unclear about its amounts."
    `);
    await keep({ ...booking, id: 'bkg_0000000000000003' }, { gross: null });
    expect(seen(await monthPanel(store, testFleet, '2027-05', 'USD'))).toContain('2 trips are not settled.');
  });

  it('is empty for a month without trips', async () => {
    expect(await monthPanel(store, testFleet, '2027-06', 'USD')).toBeNull();
  });
});
