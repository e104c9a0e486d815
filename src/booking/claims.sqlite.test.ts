import { settableClock } from '#lib/clock.ts';
import { openSqlite } from '#platform/sqlite.ts';
import { claimsContract } from './claims.contract.ts';
import { sqliteClaims } from './claims.sqlite.ts';

claimsContract(() => {
  const clock = settableClock('2027-05-01T10:00:00Z');
  return { claims: sqliteClaims(openSqlite(':memory:'), clock), clock };
});
