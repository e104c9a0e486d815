import { keep } from '#platform/indexed.ts';
import type { Table } from '#platform/table.ts';
import type { SessionRecord, SessionStore } from './session-store.ts';

/** Sessions in a table. One that is over is dropped by the table's time to live. */
export function dynamoSessionStore(table: Table): SessionStore {
  const at = (hash: string) => ({ pk: `SESSION#${hash}`, sk: '-' });
  const ofPerson = (kind: string, person: string) => `SESSIONS#${kind}#${person}`;
  const entries = ({ kind, person, hash }: SessionRecord) => [{ pk: ofPerson(kind, person), sk: hash }];

  return {
    add: record => table.unit(unit => keep(unit, at(record.hash), record, entries)),
    find: hash => table.get<SessionRecord>(at(hash)),
    touch: (hash, seenAt) =>
      table.unit(async unit => {
        const session = await unit.get<SessionRecord>(at(hash));
        if (session) await keep(unit, at(hash), { ...session, seenAt }, entries);
      }),
    remove: hash => table.unit(unit => keep(unit, at(hash), null, entries)),
    async removeAll(kind, person) {
      for (const { sk } of await table.list({ pk: ofPerson(kind, person) })) await this.remove(sk);
    },
  };
}
