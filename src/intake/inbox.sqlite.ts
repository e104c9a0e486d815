import type { BookingId } from '#booking/booking.ts';
import type { Problem } from '#booking/problem.ts';
import { type Clock, isoInstant } from '#lib/clock.ts';
import { sha256 } from '#lib/digest.ts';
import { newId, type Random } from '#lib/random.ts';
import type { Reader, Sqlite, Transaction } from '#platform/sqlite.ts';
import {
  type Arrival,
  type Decision,
  type Delivery,
  type DeliveryFilter,
  type DeliveryId,
  type DeliveryState,
  type Inbox,
  type Outcome,
  waits,
} from './inbox.ts';
import {
  conflictProblem,
  conflictRefused,
  erasedAlready,
  recordedAlready,
  unknownDelivery,
} from './inbox-refusals.ts';

const ddl = [
  `CREATE TABLE deliveries (
     id TEXT PRIMARY KEY, source TEXT NOT NULL, messageId TEXT NOT NULL, digest TEXT NOT NULL, via TEXT NOT NULL,
     headers TEXT NOT NULL, receivedAt TEXT NOT NULL, state TEXT NOT NULL, dueAt TEXT, tries INTEGER NOT NULL,
     problems TEXT NOT NULL, outcome TEXT, booking TEXT, conflictsWith TEXT, decision TEXT, body BLOB NOT NULL,
     UNIQUE (source, messageId, digest)
   ) STRICT;
   CREATE UNIQUE INDEX deliveries_first ON deliveries (source, messageId) WHERE conflictsWith IS NULL;
   CREATE INDEX deliveries_due ON deliveries (dueAt) WHERE state = 'pending';
   CREATE INDEX deliveries_held ON deliveries (receivedAt) WHERE state IN ('quarantined', 'poisoned', 'conflict');
   CREATE INDEX deliveries_by_time ON deliveries (receivedAt);
   CREATE INDEX deliveries_by_state ON deliveries (state, receivedAt);
   CREATE INDEX deliveries_by_booking ON deliveries (booking, receivedAt) WHERE booking IS NOT NULL;`,
  `ALTER TABLE deliveries ADD COLUMN vouched TEXT;`,
  `ALTER TABLE deliveries ADD COLUMN erasedAt TEXT;
   CREATE INDEX deliveries_unclaimed ON deliveries (receivedAt) WHERE booking IS NULL AND erasedAt IS NULL;
   CREATE INDEX deliveries_conflicting ON deliveries (conflictsWith) WHERE conflictsWith IS NOT NULL;`,
  `ALTER TABLE deliveries ADD COLUMN correction TEXT;`,
];

/** A delivery as a row, without its body. */
export type DeliveryRow = Omit<
  Delivery,
  'headers' | 'problems' | 'outcome' | 'decision' | 'vouched' | 'correction'
> & {
  headers: string;
  problems: string;
  outcome: string | null;
  booking: BookingId | null;
  decision: string | null;
  vouched: string | null;
  correction: string | null;
};

/** The columns of such a row. */
export const deliveryColumns =
  'id, source, messageId, via, headers, receivedAt, state, problems, outcome, booking, tries, dueAt AS nextTryAt, conflictsWith, decision, vouched, correction, erasedAt';

/** The inbox on the money database: messages are as they came in, amounts and free text included. */
export function sqliteInbox(db: Sqlite, house: { clock: Clock; random: Random }): Inbox {
  db.migrate('intake', ddl);
  const now = () => isoInstant(house.clock.now());
  const select = (where: string, ...values: (string | number)[]) =>
    db
      .all<DeliveryRow>(`SELECT ${deliveryColumns} FROM deliveries WHERE ${where}`, ...values)
      .map(deliveryOf);
  const held = `state IN ('quarantined', 'poisoned', 'conflict')`;

  return {
    async receive(arrival) {
      const { kind, delivery } = await db.write(tx => receiveIn(tx, arrival, house.random, now()));
      if (kind === 'conflict') throw conflictRefused(delivery);
      return { kind, delivery };
    },
    find: async id => read(db, id),
    async body(id) {
      return db.get<{ body: Uint8Array }>('SELECT body FROM deliveries WHERE id = ?', id)?.body ?? null;
    },
    pending: async limit => select(`state = 'pending' AND dueAt <= ? ORDER BY dueAt LIMIT ?`, now(), limit),
    held: async limit => select(`${held} ORDER BY receivedAt LIMIT ?`, limit),
    async list(filter) {
      const { where, values } = conditions(filter);
      return select(`${where} ORDER BY receivedAt DESC, id LIMIT ?`, ...values, filter.limit ?? 100);
    },
    async markDone(id, outcome, how) {
      // Lost in a power failure, it is read once more, to no effect.
      await db.writeSoon(tx => {
        settle(tx, id, 'recorded', [], outcome);
        if (how?.erase) eraseIn(tx, 'id = ?', id, now());
      });
    },
    async erase(booking) {
      await db.write(tx => {
        tx.run(
          `UPDATE deliveries SET state = 'discarded' WHERE state = 'conflict' AND conflictsWith IN (SELECT id FROM deliveries WHERE booking = ?)`,
          booking,
        );
        eraseIn(tx, 'conflictsWith IN (SELECT id FROM deliveries WHERE booking = ?)', booking, now());
        eraseIn(tx, 'booking = ?', booking, now());
      });
    },
    eraseUnclaimed(before) {
      return db.write(tx => {
        tx.run(
          `UPDATE deliveries SET state = 'discarded', dueAt = NULL
           WHERE booking IS NULL AND erasedAt IS NULL AND receivedAt < ? AND state IN ('pending', 'quarantined', 'poisoned', 'conflict')`,
          before,
        );
        return eraseIn(tx, 'booking IS NULL AND receivedAt < ?', before, now());
      });
    },
    async quarantine(id, problems) {
      await db.write(tx => settle(tx, id, 'quarantined', problems, null));
    },
    failed(id, problem, patience) {
      return db.write(tx => {
        const tries = (read(tx, id)?.tries ?? 0) + 1;
        const pauses = patience ?? waits;
        if (tries > pauses.length) settle(tx, id, 'poisoned', [problem], null);
        const wait = (pauses[tries - 1] ?? 0) * 1000;
        const shown = patience ? [problem] : [];
        tx.run('UPDATE deliveries SET tries = ? WHERE id = ?', tries, id);
        tx.run(
          `UPDATE deliveries SET problems = ? WHERE id = ? AND state = 'pending'`,
          JSON.stringify(shown),
          id,
        );
        tx.run(
          `UPDATE deliveries SET dueAt = ? WHERE id = ? AND state = 'pending'`,
          isoInstant(house.clock.now() + wait),
          id,
        );
        return read(tx, id);
      });
    },
    async vouch(id, by) {
      // Lost in a power failure, it is looked at once more.
      await db.writeSoon(tx =>
        tx.run('UPDATE deliveries SET vouched = ? WHERE id = ?', JSON.stringify(by), id),
      );
    },
    async rebook(from, to) {
      await db.write(tx => tx.run('UPDATE deliveries SET booking = ? WHERE booking = ?', to, from));
    },
    rerun: (id, by) => db.write(tx => again(tx, id, { by, what: 'rerun', reason: null, at: now() })),
    correct: (id, correction, by) =>
      db.write(tx => {
        again(tx, id, { by, what: 'correct', reason: null, at: now() });
        tx.run('UPDATE deliveries SET correction = ? WHERE id = ?', JSON.stringify(correction), id);
        return known(tx, id);
      }),
    async discard(id, by, reason) {
      await db.write(tx => {
        if (known(tx, id).state === 'recorded') throw recordedAlready();
        tx.run(
          `UPDATE deliveries SET state = 'discarded', dueAt = NULL, decision = ? WHERE id = ?`,
          decided({ by, what: 'discard', reason, at: now() }),
          id,
        );
      });
    },
  };
}

type Received = { kind: 'received' | 'duplicate' | 'conflict'; delivery: Delivery };

function receiveIn(tx: Transaction, arrival: Arrival, random: Random, now: string): Received {
  const digest = sha256(arrival.body);
  const first = tx.get<{ id: DeliveryId; digest: string }>(
    'SELECT id, digest FROM deliveries WHERE source = ? AND messageId = ? AND conflictsWith IS NULL',
    arrival.source,
    arrival.messageId,
  );
  if (first?.digest === digest) return { kind: 'duplicate', delivery: known(tx, first.id) };
  const again = tx.get<{ id: DeliveryId }>(
    'SELECT id FROM deliveries WHERE source = ? AND messageId = ? AND digest = ?',
    arrival.source,
    arrival.messageId,
    digest,
  );
  if (again) return { kind: 'conflict', delivery: known(tx, again.id) };

  const id = newId(random, 'dlv');
  tx.run(
    `INSERT INTO deliveries (id, source, messageId, digest, via, headers, receivedAt, state, dueAt, tries, problems, conflictsWith, vouched, body)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?)`,
    id,
    arrival.source,
    arrival.messageId,
    digest,
    arrival.via,
    JSON.stringify(arrival.headers),
    now,
    first ? 'conflict' : 'pending',
    first ? null : now,
    JSON.stringify(first ? [conflictProblem] : []),
    first?.id ?? null,
    arrival.vouched ? JSON.stringify(arrival.vouched) : null,
    arrival.body,
  );
  return { kind: first ? 'conflict' : 'received', delivery: known(tx, id) };
}

function settle(
  tx: Transaction,
  id: DeliveryId,
  state: DeliveryState,
  problems: readonly Problem[],
  outcome: Outcome | null,
): void {
  tx.run(
    `UPDATE deliveries SET state = ?, dueAt = NULL, problems = ?, outcome = ?, booking = ? WHERE id = ?`,
    state,
    JSON.stringify(problems),
    outcome && JSON.stringify(outcome),
    outcome?.booking ?? null,
    id,
  );
}

/** Makes a delivery pending again, as a person decided. */
function again(tx: Transaction, id: DeliveryId, decision: Decision): Delivery {
  if (known(tx, id).erasedAt !== null) throw erasedAlready();
  tx.run(
    `UPDATE deliveries SET state = 'pending', dueAt = ?, tries = 0, decision = ? WHERE id = ?`,
    decision.at,
    decided(decision),
    id,
  );
  return known(tx, id);
}

/** The body, and whatever else may hold words: problems quote, people explain. */
const eraseIn = (tx: Transaction, where: string, value: string, now: string): number =>
  tx.run(
    `UPDATE deliveries SET body = x'', headers = '{}', problems = '[]', decision = NULL, correction = NULL, erasedAt = ?
     WHERE erasedAt IS NULL AND ${where}`,
    now,
    value,
  );

const read = (from: Reader, id: DeliveryId): Delivery | null => {
  const row = from.get<DeliveryRow>(`SELECT ${deliveryColumns} FROM deliveries WHERE id = ?`, id);
  return row ? deliveryOf(row) : null;
};

function known(from: Reader, id: DeliveryId): Delivery {
  const delivery = read(from, id);
  if (delivery) return delivery;
  throw unknownDelivery(id);
}

export const deliveryOf = ({ booking, ...row }: DeliveryRow): Delivery => ({
  ...row,
  headers: JSON.parse(row.headers),
  problems: JSON.parse(row.problems),
  outcome: row.outcome === null ? null : { ...(JSON.parse(row.outcome) as Outcome), booking },
  decision: row.decision === null ? null : JSON.parse(row.decision),
  vouched: row.vouched === null ? null : JSON.parse(row.vouched),
  correction: row.correction === null ? null : JSON.parse(row.correction),
});

const decided = (decision: Decision) => JSON.stringify(decision);

function conditions({ source, state, booking }: DeliveryFilter): { where: string; values: string[] } {
  const parts = Object.entries({ source, state, booking }).flatMap(([column, value]) =>
    value === undefined ? [] : [[`${column} = ?`, value] as const],
  );
  return {
    where: ['1', ...parts.map(([sql]) => sql)].join(' AND '),
    values: parts.map(([, value]) => value),
  };
}
