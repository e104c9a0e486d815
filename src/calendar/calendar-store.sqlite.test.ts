import { settableClock } from '#lib/clock.ts';
import { seededRandom } from '#lib/random.ts';
import { openSqlite } from '#platform/sqlite.ts';
import { calendarStoreContract } from './calendar-store.contract.ts';
import { sqliteCalendarStore } from './calendar-store.sqlite.ts';

calendarStoreContract(() =>
  sqliteCalendarStore(openSqlite(':memory:'), {
    clock: settableClock('2027-05-01T12:00:00Z'),
    random: seededRandom('calendar'),
  }),
);
