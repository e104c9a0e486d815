import { expect, it } from 'vitest';
import { openSqlite } from '#platform/sqlite.ts';
import { sqliteMailboxMemory } from './mailbox-memory.sqlite.ts';

it('how far each mailbox was read is known to whoever opens the memory next', async () => {
  const db = openSqlite(':memory:');
  const memory = sqliteMailboxMemory(db);
  expect(await memory.find('bookings')).toBeNull();
  await memory.put('bookings', { validity: '7', lastUid: 40 });
  await memory.put('payouts', { validity: '9', lastUid: 1 });
  await memory.put('bookings', { validity: '8', lastUid: 2 });
  const again = sqliteMailboxMemory(db);
  expect(await again.find('bookings')).toEqual({ validity: '8', lastUid: 2 });
  expect(await again.find('payouts')).toEqual({ validity: '9', lastUid: 1 });
});
