import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { Unavailable } from '#lib/refusal.ts';
import { plannedOnce, type Reader, type Sqlite, type Transaction } from '#platform/sqlite.ts';
import type { Life } from './life.ts';

type Value = SQLInputValue;

/** A SQLite file of the simulation: in memory, real SQL, and able to lose what a crash or a power failure would lose. */
export type Disk = {
  readonly name: string;
  /** The file as a process holds it. What a dead process still had queued never happens. */
  heldBy(life: Life): Sqlite;
  /** The power fails: commits since the last synced one are lost, the newest first, as many as `share` (0 to 1) says. */
  losePower(share: number): void;
  /** Remembers what is on it now; what happens from here on can be taken back. */
  mark(): void;
  /** As it was at the last mark, which is gone then. */
  back(): void;
  /** As it was when nothing had been written yet. */
  wipe(): void;
  readonly reader: Reader;
};

type Job = {
  work: (tx: Transaction) => unknown;
  isDurable: boolean;
  resolve: (value: never) => void;
  reject: (error: unknown) => void;
};

/**
 * Everything happens inside one transaction that is never committed: each commit of the program is a savepoint, a synced
 * one lets go of those before it, and wiping is a rollback. So a thousand stories need one file and no deleting.
 */
export function disk(name: string): Disk {
  const database = new DatabaseSync(':memory:', { enableForeignKeyConstraints: true, limits: { attach: 0 } });
  // Each savepoint keeps the pages that change after it: small pages, less to keep.
  database.exec('PRAGMA page_size = 1024');
  const migrated = new Map<string, number>();
  const statements = new Map<string, StatementSync>();
  let unsynced = 0;
  let inStory = false;
  const marks: number[] = [];

  const statement = (sql: string): StatementSync => {
    const known = statements.get(sql);
    if (known) return known;
    const made = database.prepare(plannedOnce(sql));
    statements.set(sql, made);
    return made;
  };
  const reader: Reader = {
    all: <Row>(sql: string, ...values: Value[]) => statement(sql).all(...values) as Row[],
    get: <Row>(sql: string, ...values: Value[]) => statement(sql).get(...values) as Row | undefined,
  };
  const begin = () => {
    if (inStory) return;
    inStory = true;
    unsynced = 0;
    database.exec('BEGIN; SAVEPOINT synced');
  };

  const commit = (jobs: readonly Job[], transaction: Transaction): (() => void)[] => {
    begin();
    const isDurable = jobs.some(job => job.isDurable);
    const before = isDurable ? 'synced' : `soon${unsynced++}`;
    if (isDurable) {
      unsynced = 0;
      statement('RELEASE synced').run();
    }
    statement(`SAVEPOINT ${before}`).run();
    const [only] = jobs;
    // Alone in its commit, a job that throws takes the commit back; each savepoint more keeps the pages once more.
    if (only && jobs.length === 1) return [attempt(only, transaction, before)];
    return jobs.map(job => {
      statement('SAVEPOINT job').run();
      const done = attempt(job, transaction, 'job');
      statement('RELEASE job').run();
      return done;
    });
  };

  const attempt = (job: Job, transaction: Transaction, before: string): (() => void) => {
    try {
      const value = job.work(transaction);
      return () => job.resolve(value as never);
    } catch (error) {
      statement(`ROLLBACK TO ${before}`).run();
      return () => job.reject(error);
    }
  };

  const heldBy = (life: Life): Sqlite => {
    let queue: Job[] = [];
    const reading: Reader = {
      all(sql, ...values) {
        life.stirs();
        return reader.all(sql, ...values);
      },
      get(sql, ...values) {
        life.stirs();
        return reader.get(sql, ...values);
      },
    };
    const transaction: Transaction = {
      ...reading,
      run(sql, ...values) {
        life.writes(name, sql, values);
        return Number(statement(sql).run(...values).changes);
      },
    };
    const flush = () => {
      const jobs = queue;
      queue = [];
      if (life.isOver()) return;
      const fate = life.boundary('commit', name);
      if (fate === 'crash before') return life.end(fate);
      if (fate === 'full') {
        for (const job of jobs)
          job.reject(new Unavailable('disk-full', 'The disk is full: nothing was stored.'));
        return;
      }
      const done = commit(jobs, transaction);
      if (fate !== 'go') return life.end(fate);
      for (const settle of done) settle();
    };
    const enqueue = <T>(work: (tx: Transaction) => T, isDurable: boolean) =>
      new Promise<T>((resolve, reject) => {
        life.stirs();
        if (queue.length === 0) setImmediate(flush);
        queue.push({ work, isDurable, resolve: resolve as Job['resolve'], reject });
      });
    const held: Sqlite = {
      ...reading,
      file: name,
      write: work => enqueue(work, true),
      writeSoon: work => enqueue(work, false),
      relaxed: () => ({ ...held, write: held.writeSoon }),
      migrate(room, steps) {
        const applied = migrated.get(room) ?? 0;
        if (applied >= steps.length) return;
        if (inStory) throw new Error(`${room} changes its tables in the middle of a story`);
        for (const step of steps.slice(applied)) database.exec(step);
        migrated.set(room, steps.length);
      },
      // What lies between the rows of a disk is not simulated.
      scrub: async () => {},
      close() {},
    };
    return held;
  };

  return {
    name,
    heldBy,
    reader,
    losePower(share) {
      const lost = Math.ceil(unsynced * share);
      if (lost === 0) return;
      unsynced -= lost;
      database.exec(`ROLLBACK TO soon${unsynced}; RELEASE soon${unsynced}`);
    },
    mark() {
      begin();
      marks.push(unsynced);
      unsynced = 0;
      database.exec(`SAVEPOINT mark${marks.length}; SAVEPOINT synced`);
    },
    back() {
      database.exec(`ROLLBACK TO mark${marks.length}; RELEASE mark${marks.length}`);
      unsynced = marks.pop() ?? 0;
    },
    wipe() {
      marks.length = 0;
      if (inStory) database.exec('ROLLBACK');
      inStory = false;
      unsynced = 0;
    },
  };
}
