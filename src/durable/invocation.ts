import type { WireOperation } from '@aws/durable-execution-sdk-js';
import type { Log } from '#platform/log.ts';
import type { State } from './state.ts';
import type { Row } from './store.sqlite.ts';

/** An execution that holds a slot: its state in memory is the truth while it does, and follows every commit. */
export type Live = {
  readonly execution: Row;
  readonly state: State;
  /** What the outside changed and the running invocation has not been told yet. */
  readonly news: Set<string>;
  /** The latest invocation, the only one that may write; null before the first. */
  invocation: Invocation | null;
  /** Ended by a checkpoint, a person or its parent: whatever the invocation still answers is ignored. */
  ended: boolean;
};

/**
 * One call of the workflow function. Also the `lambdaContext` that the SDK hands to the workflow, so that what runs can be
 * traced back to its invocation.
 */
export type Invocation = {
  readonly awsRequestId: string;
  readonly getRemainingTimeInMillis: () => number;
  readonly live: Live;
  /** The state it was started with, for paging. */
  readonly shown: readonly WireOperation[];
  /** The fence: only who presents the newest one may write. Null once the invocation is over. */
  token: string | null;
  readonly log: Log;
  /** Rejects when the invocation was given up from outside. */
  readonly givenUp: Promise<never>;
  giveUp(reason: unknown): void;
  /** Runs a step's body, unless the invocation is over: then it never settles, as if the process had been frozen. */
  body<T>(work: () => Promise<T> | T): Promise<T>;
  /** Resolves when no body is under way. */
  bodiesEnded(): Promise<void>;
  /** The next token. Called inside a commit, so that a token is never worth more than what is stored. */
  rotate(): string;
  /** Takes the right to write away and lets no further body begin. */
  end(): void;
};

/** Begins an invocation of `live` and makes it the one that may write; any earlier one is fenced off. */
export function beginInvocation(
  live: Live,
  options: {
    readonly awsRequestId: string;
    readonly remainingMs: () => number;
    readonly shown: readonly WireOperation[];
    readonly log: Log;
  },
): Invocation {
  const { promise: givenUp, reject: giveUp } = Promise.withResolvers<never>();
  givenUp.catch(() => {});
  let serial = 0;
  let bodies = 0;
  let quiet = Promise.withResolvers<void>();

  const invocation: Invocation = {
    awsRequestId: options.awsRequestId,
    getRemainingTimeInMillis: options.remainingMs,
    live,
    shown: options.shown,
    token: `${options.awsRequestId}.0`,
    log: options.log,
    givenUp,
    giveUp(reason) {
      invocation.end();
      giveUp(reason);
    },
    async body(work) {
      if (invocation.token === null) return new Promise<never>(() => {});
      if (bodies++ === 0) quiet = Promise.withResolvers<void>();
      try {
        return await work();
      } finally {
        if (--bodies === 0) quiet.resolve();
      }
    },
    bodiesEnded: () => (bodies === 0 ? Promise.resolve() : quiet.promise),
    rotate() {
      invocation.token = `${options.awsRequestId}.${++serial}`;
      return invocation.token;
    },
    end() {
      invocation.token = null;
    },
  };
  live.invocation = invocation;
  return invocation;
}
