import type { Reader, Sqlite, Transaction } from '#platform/sqlite.ts';
import type { ExecutionStatus } from './durable.ts';
import type { Entry } from './machine.ts';

/** A stored execution. Times in epoch ms; input, result and error as JSON text. */
export type Row = {
  readonly id: number;
  readonly workflow: string;
  readonly name: string;
  readonly status: ExecutionStatus;
  readonly input: string;
  readonly result: string | null;
  readonly error: string | null;
  /** The execution that invoked this one, and the operation in it that waits for the outcome. */
  readonly parent: number | null;
  readonly parentOperation: string | null;
  readonly wakeAt: number | null;
  readonly startedAt: number;
  readonly endedAt: number | null;
};

export type ExecutionStore = ReturnType<typeof sqliteExecutionStore>;

// AUTOINCREMENT: an id is never given again, so a late write for a forgotten execution cannot hit another one.
const schema = [
  `CREATE TABLE executions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    workflow TEXT NOT NULL,
    name TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('ACTIVE', 'WAITING', 'SUCCEEDED', 'FAILED', 'STOPPED')),
    input TEXT NOT NULL,
    result TEXT,
    error TEXT,
    parent INTEGER,
    parentOperation TEXT,
    wakeAt INTEGER,
    startedAt INTEGER NOT NULL,
    endedAt INTEGER,
    UNIQUE (workflow, name)
  ) STRICT;
  CREATE INDEX executions_live ON executions (status, workflow) WHERE endedAt IS NULL;
  CREATE INDEX executions_wake ON executions (wakeAt) WHERE wakeAt IS NOT NULL;
  CREATE INDEX executions_ended ON executions (endedAt) WHERE endedAt IS NOT NULL;
  CREATE INDEX executions_failed ON executions (id) WHERE status = 'FAILED';
  CREATE INDEX executions_parent ON executions (parent) WHERE parent IS NOT NULL;
  CREATE TABLE journal (
    id INTEGER PRIMARY KEY,
    execution INTEGER NOT NULL,
    outside INTEGER NOT NULL,
    entries TEXT NOT NULL
  ) STRICT;
  CREATE INDEX journal_execution ON journal (execution);`,
];

/**
 * Where executions and their journals are kept. The journal only grows: each row holds the operations that one checkpoint
 * (or, `outside`, a timer, callback or invoked execution) changed, so a checkpoint is one insert.
 */
export function sqliteExecutionStore(db: Sqlite) {
  db.migrate('durable', schema);
  const ids = (rows: { id: number }[]) => rows.map(row => row.id);

  return {
    find: (workflow: string, name: string, from: Reader = db) =>
      from.get<Row>('SELECT * FROM executions WHERE workflow = ? AND name = ?', workflow, name),

    get: (id: number, from: Reader = db) => from.get<Row>('SELECT * FROM executions WHERE id = ?', id),

    insert(
      tx: Transaction,
      row: Pick<Row, 'workflow' | 'name' | 'input' | 'parent' | 'parentOperation' | 'startedAt'>,
    ): number {
      const added = tx.get<{ id: number }>(
        `INSERT INTO executions (workflow, name, status, input, parent, parentOperation, startedAt)
         VALUES (?, ?, 'ACTIVE', ?, ?, ?, ?) RETURNING id`,
        row.workflow,
        row.name,
        row.input,
        row.parent,
        row.parentOperation,
        row.startedAt,
      );
      return Number(added?.id);
    },

    append: (tx: Transaction, id: number, entries: readonly Entry[], outside: boolean) =>
      tx.run(
        'INSERT INTO journal (execution, outside, entries) VALUES (?, ?, ?)',
        id,
        outside ? 1 : 0,
        JSON.stringify(entries),
      ),

    /** Every journalled change in order, and which operations the outside changed since the last checkpoint. */
    journal(id: number, from: Reader = db): { entries: Entry[]; news: string[] } {
      const entries: Entry[] = [];
      let news: string[] = [];
      const rows = from.all<{ outside: number; entries: string }>(
        'SELECT outside, entries FROM journal WHERE execution = ? ORDER BY id',
        id,
      );
      for (const row of rows) {
        const changed = JSON.parse(row.entries) as Entry[];
        entries.push(...changed);
        if (row.outside === 0) news = [];
        else news.push(...changed.map(entry => entry.operation.Id));
      }
      return { entries, news };
    },

    activate: (tx: Transaction, id: number) =>
      tx.run("UPDATE executions SET status = 'ACTIVE', wakeAt = NULL WHERE id = ?", id),

    suspend: (tx: Transaction, id: number, wakeAt: number | null) =>
      tx.run("UPDATE executions SET status = 'WAITING', wakeAt = ? WHERE id = ?", wakeAt, id),

    end: (
      tx: Transaction,
      id: number,
      to: Pick<Row, 'status' | 'result' | 'error'> & { readonly endedAt: number },
    ) =>
      tx.run(
        'UPDATE executions SET status = ?, result = ?, error = ?, wakeAt = NULL, endedAt = ? WHERE id = ?',
        to.status,
        to.result,
        to.error,
        to.endedAt,
        id,
      ),

    remove(tx: Transaction, id: number): void {
      tx.run('DELETE FROM journal WHERE execution = ?', id);
      tx.run('DELETE FROM executions WHERE id = ?', id);
    },

    liveChildren: (tx: Transaction, id: number) =>
      ids(tx.all('SELECT id FROM executions WHERE parent = ? AND endedAt IS NULL', id)),

    active: () =>
      ids(db.all("SELECT id FROM executions WHERE endedAt IS NULL AND status = 'ACTIVE' ORDER BY id")),

    dueBy: (now: number) =>
      ids(
        db.all('SELECT id FROM executions WHERE wakeAt IS NOT NULL AND wakeAt <= ? ORDER BY wakeAt, id', now),
      ),

    nextWakeAfter: (now: number) =>
      db.get<{ at: number | null }>(
        'SELECT min(wakeAt) AS at FROM executions WHERE wakeAt IS NOT NULL AND wakeAt > ?',
        now,
      )?.at ?? null,

    endedBefore: (at: number, most: number, tx: Transaction) =>
      ids(
        tx.all(
          'SELECT id FROM executions WHERE endedAt IS NOT NULL AND endedAt < ? ORDER BY endedAt LIMIT ?',
          at,
          most,
        ),
      ),

    /** The workflows that unfinished executions name, and how many each. */
    liveWorkflows: () =>
      db.all<{ workflow: string; count: number }>(
        // Not by the index of names, which knows the ended ones too.
        'SELECT workflow, count(*) AS count FROM executions WHERE endedAt IS NULL GROUP BY +workflow ORDER BY +workflow',
      ),

    list(filter: { status?: ExecutionStatus; workflow?: string; limit?: number }): Row[] {
      const conditions: string[] = [];
      const values: string[] = [];
      // The failed and the live ones have an index of their own, found by these very words.
      if (filter.status === 'FAILED') conditions.push("status = 'FAILED'");
      else if (filter.status) {
        conditions.push('status = ?');
        values.push(filter.status);
        if (filter.status === 'ACTIVE' || filter.status === 'WAITING') conditions.push('endedAt IS NULL');
      }
      if (filter.workflow) {
        conditions.push('workflow = ?');
        values.push(filter.workflow);
      }
      const where = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';
      return db.all<Row>(
        `SELECT * FROM executions ${where} ORDER BY id DESC LIMIT ?`,
        ...values,
        filter.limit ?? 100,
      );
    },

    counts: () => ({
      waiting: Number(
        db.get<{ n: number }>(
          "SELECT count(*) AS n FROM executions WHERE endedAt IS NULL AND status = 'WAITING'",
        )?.n,
      ),
      failed: Number(
        db.get<{ n: number }>("SELECT count(*) AS n FROM executions WHERE status = 'FAILED'")?.n,
      ),
    }),
  };
}
