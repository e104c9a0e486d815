import { type SettableClock, settableClock } from '#lib/clock.ts';
import { seededRandom } from '#lib/random.ts';
import type { Log, LogFields } from '#platform/log.ts';
import { openSqlite, type Sqlite } from '#platform/sqlite.ts';
import type { Durable, Workflow, WorkflowName } from './durable.ts';
import { type EngineOptions, openEngine } from './engine.ts';

/** Hands a promise and its outcome to two sides: a test that decides, a workflow that waits for it. */
export const gate = <T = void>() => Promise.withResolvers<T>();

export type Line = { readonly level: keyof Log; readonly what: string; readonly fields: LogFields };

export type EngineWorld = {
  readonly clock: SettableClock;
  readonly db: Sqlite;
  readonly lines: Line[];
  readonly engine: Durable;
  /** Lets time pass and waits until nothing is left to do. */
  pass(seconds: number): Promise<void>;
  /** The next process on the same data. The one before must have been closed. */
  reopen(workflows: Readonly<Record<WorkflowName, Workflow>>): Durable;
};

/** An engine for tests: a store in memory (or `file`), a clock that stands still, a log that is kept. */
export function engineWorld(
  workflows: Readonly<Record<WorkflowName, Workflow>>,
  options: Partial<Omit<EngineOptions, 'workflows'>> & { readonly file?: string } = {},
): EngineWorld {
  const clock = settableClock('2026-05-30T15:30:00Z');
  const db = options.db ?? openSqlite(options.file ?? ':memory:');
  const lines: Line[] = [];
  const say =
    (level: keyof Log) =>
    (what: string, fields: LogFields = {}) =>
      void lines.push({ level, what, fields });
  const log: Log = { info: say('info'), warn: say('warn'), error: say('error') };
  const random = seededRandom('engine');
  const reopen = (known: Readonly<Record<WorkflowName, Workflow>>) =>
    openEngine({ clock, random, log, ...options, db, workflows: known });

  const engine = reopen(workflows);
  return {
    clock,
    db,
    lines,
    engine,
    async pass(seconds) {
      clock.advance(seconds * 1000);
      await engine.idle();
    },
    reopen,
  };
}
