import { chmodSync, closeSync, openSync } from 'node:fs';
import type { SQLInputValue, StatementSync } from 'node:sqlite';
import { Unavailable } from '#lib/refusal.ts';
import { logFlush } from './log-flush.ts';
import { connected, diskFailed, rewrite, translate } from './sqlite-file.ts';

type Value = SQLInputValue;

/** What may be asked of a database: now, on the committed state. */
export interface Reader {
  all<Row>(sql: string, ...values: Value[]): Row[];
  get<Row>(sql: string, ...values: Value[]): Row | undefined;
}

/** What a write may do, inside its own savepoint. */
export interface Transaction extends Reader {
  /** Runs one statement; returns how many rows it changed. */
  run(sql: string, ...values: Value[]): number;
}

/**
 * One SQLite file in WAL mode. Reads are immediate; writes queue up and are committed together once per turn of the event
 * loop (group commit). The disk is waited for by writers only, never by the event loop, and those who wait share a flush.
 */
export interface Sqlite extends Reader {
  /**
   * Runs `work` in a savepoint of the next commit and resolves when that commit is on disk: what resolved survives power loss.
   * Readers see it when it is committed, a moment before. `work` is synchronous and sees every earlier write. If it throws,
   * only its own changes are undone and the promise rejects.
   * Throws Unavailable `disk-full` (nothing was written) or `disk-failed` (state unknown: the process must restart).
   */
  write<T>(work: (tx: Transaction) => T): Promise<T>;
  /**
   * Like `write`, but resolves once a crash of this process cannot undo it. A power failure still can, until a later
   * `write` to the same file resolves: commits keep their order. For progress, and for what running again makes good.
   */
  writeSoon<T>(work: (tx: Transaction) => T): Promise<T>;
  /** The same file for a writer whose every write running again makes good: its `write` is `writeSoon`. */
  relaxed(): Sqlite;
  /** Brings a room's tables up to date: `steps` are DDL texts, run once each in order, never edited after release. */
  migrate(room: string, steps: readonly string[]): void;
  /**
   * Writes the whole file anew and empties the log beside it, so that nothing that was deleted or overwritten is left
   * between its rows: SQLite itself leaves such bytes behind, with `secure_delete` fewer, but some (where it splits pages).
   * Everything waits meanwhile, about a second for 100 MB. Durable when it resolves. Throws Unavailable `disk-full`, or
   * `database-busy` while a backup reads the file; then some may be left.
   */
  scrub(): Promise<void>;
  readonly file: string;
  /** Commits what is queued and closes. */
  close(): void;
}

type Job = {
  work: (tx: Transaction) => unknown;
  isDurable: boolean;
  resolve: (value: never) => void;
  reject: (error: unknown) => void;
};

/** A job that was run: `settle` says how it went. */
type Done = Job & { settle: () => void };

/** A bare `LIMIT ?` is looked at while planning: SQLite would plan the statement anew at every call. */
export const plannedOnce = (sql: string): string => sql.replaceAll('LIMIT ?', 'LIMIT +?');

/** Opens or creates the file, readable by its owner only. `attach` is refused on every connection: no file reaches another. */
export function openSqlite(file: string, options: { onFatal?: (error: Unavailable) => void } = {}): Sqlite {
  if (file !== ':memory:') {
    closeSync(openSync(file, 'a', 0o600));
    chmodSync(file, 0o600);
  }
  const database = connected(file);

  const prepared = new Map<string, StatementSync>();
  const statement = (sql: string): StatementSync => {
    const known = prepared.get(sql);
    if (known) return known;
    const made = database.prepare(plannedOnce(sql));
    prepared.set(sql, made);
    return made;
  };

  let isReading = false;
  let isWriting = false;

  const endReading = () => {
    if (!isReading) return;
    isReading = false;
    statement('COMMIT').run();
  };
  /** The reads of one turn of the event loop share a look at the file: to take and give up the locks for each costs more than most reads. */
  const beginReading = () => {
    if (isReading || isWriting) return;
    statement('BEGIN').run();
    isReading = true;
    setImmediate(endReading);
  };

  const own: Reader = {
    all: <Row>(sql: string, ...values: Value[]) => statement(sql).all(...values) as Row[],
    get: <Row>(sql: string, ...values: Value[]) => statement(sql).get(...values) as Row | undefined,
  };
  const reader: Reader = {
    all(sql, ...values) {
      beginReading();
      return own.all(sql, ...values);
    },
    get(sql, ...values) {
      beginReading();
      return own.get(sql, ...values);
    },
  };
  const transaction: Transaction = {
    ...own,
    run: (sql, ...values) => Number(statement(sql).run(...values).changes),
  };

  let queue: Job[] = [];
  let scheduled = false;
  let isClosed = false;
  const log = file === ':memory:' ? null : logFlush(`${file}-wal`);

  const enqueue = <T>(work: (tx: Transaction) => T, isDurable: boolean) =>
    new Promise<T>((resolve, reject) => {
      if (isClosed) return reject(new Error(`${file} is closed`));
      queue.push({ work, isDurable, resolve: resolve as Job['resolve'], reject });
      if (!scheduled) {
        scheduled = true;
        setImmediate(commit);
      }
    });

  const inSavepoint = (job: Job, done: Done[]) => {
    statement('SAVEPOINT job').run();
    try {
      const value = job.work(transaction);
      statement('RELEASE job').run();
      done.push({ ...job, settle: () => job.resolve(value as never) });
    } catch (error) {
      // A full disk rolls the whole transaction back by itself; then there is no savepoint left to return to.
      if (!database.isTransaction) throw error;
      statement('ROLLBACK TO job').run();
      statement('RELEASE job').run();
      done.push({ ...job, isDurable: false, settle: () => job.reject(translate(error)) });
    }
  };

  const commit = () => {
    scheduled = false;
    // What was queued when the file was closed has been committed by then.
    if (isClosed && queue.length === 0) return;
    const jobs = queue;
    queue = [];
    const done: Done[] = [];
    try {
      endReading();
      isWriting = true;
      statement('BEGIN IMMEDIATE').run();
      // Alone in its commit, a job needs no savepoint: what undoes it undoes all.
      const [only] = jobs.length === 1 ? jobs : [];
      if (only) {
        const value = only.work(transaction);
        done.push({ ...only, settle: () => only.resolve(value as never) });
      } else {
        for (const job of jobs) inSavepoint(job, done);
      }
      statement('COMMIT').run();
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      const failure = translate(error);
      for (const job of jobs) job.reject(failure);
      if (failure instanceof Unavailable && failure.code === 'disk-failed') options.onFatal?.(failure);
      return;
    } finally {
      isWriting = false;
    }
    for (const { isDurable, settle } of done) if (!isDurable) settle();
    const lasting = done.filter(job => job.isDurable);
    if (lasting.length > 0) void whenOnDisk(lasting);
  };

  /** One flush for the whole commit where any of its writers needs it, none where nobody does. */
  const whenOnDisk = async (lasting: readonly Done[]) => {
    try {
      await log?.flushed();
    } catch (cause) {
      const failure = diskFailed(cause);
      for (const job of lasting) job.reject(failure);
      options.onFatal?.(failure);
      return;
    }
    for (const { settle } of lasting) settle();
  };

  const opened: Sqlite = {
    ...reader,
    file,
    write: work => enqueue(work, true),
    writeSoon: work => enqueue(work, false),
    relaxed: () => ({ ...opened, write: opened.writeSoon }),
    migrate(room, steps) {
      endReading();
      database.exec(
        'CREATE TABLE IF NOT EXISTS schema_steps (room TEXT NOT NULL, step INTEGER NOT NULL, PRIMARY KEY (room, step)) STRICT',
      );
      const applied = Number(
        own.get<{ n: number }>('SELECT count(*) AS n FROM schema_steps WHERE room = ?', room)?.n,
      );
      if (applied > steps.length) {
        throw new Unavailable(
          'data-newer-than-program',
          `${file} was written by a newer Gangway (${room} is at step ${applied}, this program knows ${steps.length}): run that version, or restore a backup.`,
          { retryable: false },
        );
      }
      for (const [index, step] of steps.entries()) {
        if (index < applied) continue;
        database.exec('BEGIN IMMEDIATE');
        try {
          database.exec(step);
          statement('INSERT INTO schema_steps (room, step) VALUES (?, ?)').run(room, index);
          database.exec('COMMIT');
        } catch (error) {
          if (database.isTransaction) database.exec('ROLLBACK');
          throw error;
        }
      }
    },
    async scrub() {
      if (queue.length > 0) commit();
      if (isClosed) throw new Error(`${file} is closed`);
      if (file === ':memory:') return;
      endReading();
      try {
        rewrite(file);
      } catch (error) {
        if (error instanceof Unavailable && error.code === 'disk-failed') options.onFatal?.(error);
        throw error;
      }
    },
    close() {
      if (queue.length > 0) commit();
      endReading();
      isClosed = true;
      log?.close();
      prepared.clear();
      database.close();
    },
  };
  return opened;
}
