import { openSqlite } from '#platform/sqlite.ts';
import { testBooking } from './books.fixture.ts';
import { canariesContract } from './canaries.contract.ts';
import { sqliteMoneyCanaries } from './canaries.sqlite.ts';
import { sqliteFinanceStore } from './finance-store.sqlite.ts';

const booking = testBooking();

canariesContract(publicWords => {
  const db = openSqlite(':memory:');
  const store = sqliteFinanceStore(db);
  const canaries = sqliteMoneyCanaries(db, id => (id === 'evt_1' ? booking.id : null), publicWords);
  return { store, canaries };
});
