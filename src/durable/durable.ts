import type { DurableContext } from '@aws/durable-execution-sdk-js';

/** What survives being written down and read back. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export type JsonObject = { readonly [key: string]: Json };

/**
 * What a workflow's prose is written against: `step`, `parallel`, `map`, `wait`, `waitForCallback`, `invoke` and so on.
 * A workflow awaits nothing else: between two of these it must do the same every time it is told, because it is told again
 * from the start after every wait, retry and crash. Time, randomness and I/O belong inside a step.
 */
export type Run = DurableContext;

/**
 * A piece of work that survives the process, e.g. `fulfil-booking@1`. The same function runs on AWS Lambda. A step is run at
 * least once: after a crash the step that was under way runs again, so it converges or carries an idempotency key.
 */
export type Workflow<Input = never> = (input: Input, run: Run) => Promise<unknown>;

/** Name and version. Reordering, renaming or adding steps makes a new version; the old one stays until its executions have ended. */
export type WorkflowName = `${string}@${number}`;

/** ACTIVE runs or is about to; WAITING sleeps until a time, a callback or another execution; the rest have ended. */
export type ExecutionStatus = 'ACTIVE' | 'WAITING' | 'SUCCEEDED' | 'FAILED' | 'STOPPED';

/** An error as it survives a step: its name and message, never its class. */
export type Failure = { readonly type: string; readonly message: string; readonly data?: string };

/** One run of a workflow under its name. Instants are ISO 8601, UTC. */
export type Execution = {
  readonly workflow: string;
  readonly name: string;
  readonly status: ExecutionStatus;
  readonly input: Json;
  /** What the workflow returned; null as well when it returned nothing. */
  readonly result: Json;
  readonly error: Failure | null;
  readonly startedAt: string;
  readonly endedAt: string | null;
  /** When a WAITING execution looks again by itself; null if only somebody else can wake it. */
  readonly wakesAt: string | null;
};

export type OperationStatus =
  | 'STARTED'
  | 'PENDING'
  | 'READY'
  | 'SUCCEEDED'
  | 'FAILED'
  | 'TIMED_OUT'
  | 'CANCELLED'
  | 'STOPPED';

/** One step, wait, callback, branch or invoked execution in the history of an execution. Instants are ISO 8601, UTC. */
export type Operation = {
  readonly id: string;
  /** The branch it belongs to, or null at the top. */
  readonly parent: string | null;
  readonly name: string | null;
  readonly type: 'STEP' | 'WAIT' | 'CALLBACK' | 'CONTEXT' | 'CHAINED_INVOKE';
  readonly subType: string | null;
  readonly status: OperationStatus;
  /** Finished attempts of a step; 0 for everything else. */
  readonly attempts: number;
  /** The recorded result, as text: JSON for all but callbacks, whose result is whatever was handed in. */
  readonly result: string | null;
  readonly error: Failure | null;
  readonly startedAt: string;
  readonly endedAt: string | null;
  /** When a wait ends, a retry begins or a callback is given up. */
  readonly dueAt: string | null;
};

/** Figures for the metrics page. The last three count since the engine was opened. */
export type DurableStats = {
  readonly running: number;
  readonly queued: number;
  readonly waiting: number;
  readonly failed: number;
  readonly invocations: number;
  readonly failedInvocations: number;
  readonly checkpoints: number;
};

/** As much of either edition's workflows as fulfilment needs: starting one, and whether it still runs. */
export interface Starting {
  /** See `Durable.start`. Where it is not told apart, a repeat is `started` as well. */
  start(workflow: string, name: string, input: JsonObject): Promise<'started' | 'already-started'>;
  describe(workflow: string, name: string): Promise<Pick<Execution, 'status'> | null>;
}

/** Work that survives a crash: started by name, carried on after a restart, seen and steered by a person. */
export interface Durable extends Starting {
  /**
   * Starts `workflow` (e.g. `fulfil-booking@1`) under `name` (1-64 letters, digits, `-`, `_`). On disk when it resolves.
   * Idempotent by workflow and name. Refuses `workflow-unknown`, `execution-name-invalid`, `execution-name-taken`
   * (the name exists with another input) and `execution-input-too-large` (6 MB).
   */
  start(workflow: string, name: string, input: JsonObject): Promise<'started' | 'already-started'>;
  describe(workflow: string, name: string): Promise<Execution | null>;
  /** Newest first; `limit` defaults to 100. */
  list(filter: {
    readonly status?: ExecutionStatus;
    readonly workflow?: string;
    readonly limit?: number;
  }): Promise<Execution[]>;
  /** Every operation in the order it began; empty for an unknown execution. */
  history(workflow: string, name: string): Promise<Operation[]>;
  /** Answers a callback with a text of at most 256 KB. The id is a bearer secret. Refuses `callback-unknown`, `callback-closed`, `callback-result-too-large`. */
  completeCallback(id: string, result: string): Promise<void>;
  /** Answers a callback with an error. Refuses as `completeCallback` does. */
  failCallback(id: string, error: Failure): Promise<void>;
  /** Puts off a callback's heartbeat deadline, never its overall one. Refuses `callback-unknown`, `callback-closed`. */
  heartbeatCallback(id: string): Promise<void>;
  /**
   * Runs a FAILED or STOPPED execution again from the start, under the same name and input; its history is dropped and every
   * step runs again. Nothing is kept, because a failed run may have gone down a branch that the new one must not take.
   * Refuses `execution-unknown`, `execution-not-failed`, `execution-has-parent`, `workflow-unknown`.
   */
  retry(workflow: string, name: string): Promise<void>;
  /** Ends a live execution as STOPPED, and those it invoked; a step under way finishes but is not recorded. Idempotent. Refuses `execution-unknown`, `execution-ended`. */
  stop(workflow: string, name: string): Promise<void>;
  /** Forgets executions that ended more than the retention before `now` (epoch ms), with their names. Returns how many. */
  sweep(now: number): Promise<number>;
  stats(): DurableStats;
  /**
   * Resolves when nothing runs and nothing is queued or due; what sleeps until a later time or for somebody else does not count.
   * For the demo, tests and commands.
   */
  idle(): Promise<void>;
  /**
   * Stops gracefully: nothing new is run, what runs may finish for `deadlineMs` (default 10 s) and is then parked, to be
   * carried on by the next process. Starts and callbacks are still taken down meanwhile.
   */
  close(deadlineMs?: number): Promise<void>;
}
