import {
  type DurableExecutionClient,
  type DurableLambdaHandler,
  withDurableExecution,
} from '@aws/durable-execution-sdk-js';
import type { Clock } from '#lib/clock.ts';
import { canonicalJson } from '#lib/digest.ts';
import type { Random } from '#lib/random.ts';
import { Refusal } from '#lib/refusal.ts';
import type { Log } from '#platform/log.ts';
import type { Sqlite } from '#platform/sqlite.ts';
import { createCallbacks } from './callbacks.ts';
import { createChanges, createTransact } from './changes.ts';
import { createCheckpoints } from './checkpoint.ts';
import { createClient } from './client.ts';
import type { Durable, Workflow, WorkflowName } from './durable.ts';
import { createExecutions } from './executions.ts';
import type { Invocation, Live } from './invocation.ts';
import { createInvoker } from './invoke.ts';
import { invocationLogger } from './logger.ts';
import { checkStart } from './start.ts';
import { stateOf } from './state.ts';
import { sqliteExecutionStore } from './store.sqlite.ts';
import { executionOf, operationOf } from './views.ts';
import { watched } from './watch.ts';
import { createWorker } from './worker.ts';

export type EngineOptions = {
  readonly db: Sqlite;
  /** Every version that an unfinished execution may name. */
  readonly workflows: Readonly<Record<WorkflowName, Workflow>>;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Most executions that run at a time; default 64. Each costs about 0.4 MB while it runs, nothing while it waits. */
  readonly live?: number;
  /** After so long an invocation that has neither ended nor suspended is fenced off and run again; default 15 min, as on Lambda. */
  readonly invocationDeadlineMs?: number;
  /**
   * `every step`: a finished step stays finished whatever happens. `start and end`: a kill cannot undo it either, but after a
   * power failure the last steps may run again, as at-least-once allows. That a step has begun is then not
   * journalled at all, so that one cut off by a crash runs again whatever semantics it asks for. Saves most of the fsyncs and a third of
   * the commits. `nothing`: nothing waits for the disk, not even a start, so that an execution may be unknown after a
   * power failure or run again from any step; only for those who keep elsewhere what is under way, and run it anew then.
   * A kill undoes nothing of that either. Default `every step`.
   */
  readonly powerFailureKeeps?: 'every step' | 'start and end' | 'nothing';
  /** Who runs the workflows, over this transport, where it is not this process: for a stand-in of Lambda. */
  readonly runElsewhere?: (transport: DurableExecutionClient) => (workflow: string) => DurableLambdaHandler;
  /** How long ended executions and their names are remembered; default 30 days. */
  readonly retentionDays?: number;
};

const dayMs = 24 * 60 * 60 * 1000;

/**
 * Opens the engine on a database and carries on what the last process left: AWS's durable execution SDK on SQLite. One engine
 * per file. Refuses `workflow-unknown` if an unfinished execution names a workflow that is not among `workflows`.
 *
 * The SDK reads three variables of the environment, which `main` must clear before importing this: DURABLE_EXECUTION_PLUGINS
 * (loads the modules it names), DURABLE_VERBOSE_MODE (writes to stdout) and AWS_LAMBDA_LOG_LEVEL. It never loads the AWS SDK.
 */
export function openEngine(options: EngineOptions): Durable {
  const { workflows, clock, random, log, powerFailureKeeps } = options;
  const { live: cap = 64, invocationDeadlineMs: deadlineMs = 15 * 60 * 1000, retentionDays = 30 } = options;
  const isKnown = (workflow: string) => Object.hasOwn(workflows, workflow);

  const db = powerFailureKeeps === 'nothing' ? options.db.relaxed() : options.db;
  const store = sqliteExecutionStore(db);
  refuseUnknown(store.liveWorkflows(), isKnown);

  const lives = new Map<number, Live>();
  const stepsMayRerun = powerFailureKeeps === 'start and end' || powerFailureKeeps === 'nothing';
  const transact = createTransact(db, clock, id => worker.enqueue(id));
  const changes = createChanges(store, lives, { stepsMayRerun });
  const checkpoints = createCheckpoints({ store, changes, random, isKnown });
  const client = createClient({ lives, checkpoints, transact, clock, stepsMayRerun });
  const elsewhere = options.runElsewhere?.(client);
  const handlers = new Map(
    Object.entries(workflows).map(([name, workflow]) => [
      name,
      elsewhere?.(name) ?? handlerOf(workflow, client),
    ]),
  );
  const invoker = createInvoker({ handlers, clock, log, deadlineMs });
  const worker = createWorker({
    store,
    lives,
    changes,
    checkpoints,
    transact,
    invoker,
    clock,
    log,
    cap,
  });
  const executions = createExecutions(store, changes);
  const callbacks = createCallbacks(store, changes);
  // Not within this call: whoever opens the engine may still be wiring up what its workflows use.
  queueMicrotask(worker.start);

  const known = (workflow: string) => {
    if (isKnown(workflow)) return;
    throw new Refusal(
      'workflow-unknown',
      `No workflow is called ${workflow}.`,
      `Known are: ${Object.keys(workflows).join(', ')}.`,
    );
  };

  return {
    async start(workflow, name, input) {
      known(workflow);
      const text = canonicalJson(input);
      checkStart(workflow, name, text);
      return transact(change => executions.start(change, workflow, name, text));
    },
    async describe(workflow, name) {
      const row = store.find(workflow, name);
      return row ? executionOf(row) : null;
    },
    list: async filter => store.list(filter).map(executionOf),
    async history(workflow, name) {
      const row = store.find(workflow, name);
      if (!row) return [];
      const state = lives.get(row.id)?.state ?? stateOf(store.journal(row.id).entries);
      return [...state.entries.values()].map(operationOf);
    },
    completeCallback: (id, result) =>
      transact(change => callbacks.answer(change, id, { status: 'SUCCEEDED', result })),
    failCallback: (id, { type, message, data }) =>
      transact(change =>
        callbacks.answer(change, id, {
          status: 'FAILED',
          error: { ErrorType: type, ErrorMessage: message, ...(data !== undefined && { ErrorData: data }) },
        }),
      ),
    heartbeatCallback: id => transact(change => callbacks.heartbeat(change, id)),
    async retry(workflow, name) {
      known(workflow);
      await transact(change => executions.retry(change, workflow, name));
    },
    stop: (workflow, name) => transact(change => executions.stop(change, workflow, name)),
    async sweep(now) {
      const before = now - retentionDays * dayMs;
      let swept = 0;
      let batch: number;
      do {
        // In small commits, so that nobody waits long behind one.
        batch = await db.write(tx => {
          const ids = store.endedBefore(before, 100, tx);
          for (const id of ids) store.remove(tx, id);
          return ids.length;
        });
        swept += batch;
      } while (batch > 0);
      return swept;
    },
    stats: () => ({
      ...worker.stats(),
      ...store.counts(),
      invocations: invoker.count(),
      checkpoints: client.calls(),
    }),
    idle: () => worker.idle(),
    close: (ms = 10_000) => worker.close(ms),
  };
}

function refuseUnknown(live: { workflow: string; count: number }[], isKnown: (workflow: string) => boolean) {
  const unknown = live.filter(({ workflow }) => !isKnown(workflow));
  if (unknown.length === 0) return;
  const named = unknown.map(({ workflow, count }) => `${workflow} (${count})`).join(', ');
  throw new Refusal(
    'workflow-unknown',
    `Unfinished executions are of workflows that this program does not have: ${named}.`,
    'Run the version that has them until they have ended, or register them again under that name and version.',
    { workflows: unknown.map(({ workflow }) => workflow) },
  );
}

function handlerOf(workflow: Workflow, client: ReturnType<typeof createClient>) {
  return withDurableExecution(
    async (input: unknown, run) => {
      const invocation = run.lambdaContext as unknown as Invocation;
      const { workflow: name, name: execution } = invocation.live.execution;
      run.configureLogger({
        customLogger: invocationLogger(invocation.log, { workflow: name, execution }),
      });
      return workflow(input as never, watched(run, invocation));
    },
    { durableExecutionClient: client },
  );
}
