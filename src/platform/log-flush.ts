import { closeSync, fdatasync, fdatasyncSync, openSync } from 'node:fs';

/** Brings to the disk what was committed to a database's write-ahead log, without holding the event loop. */
export type LogFlush = {
  /**
   * Resolves when all that was committed before the call survives power loss; who asks while a flush is under way shares the
   * next. Rejects with what the disk said: what is on it is unknown then.
   */
  flushed(): Promise<void>;
  /** Flushes at once, so that everybody who waits has an answer, and lets go of the file. */
  close(): void;
};

type Waiting = { readonly resolve: () => void; readonly reject: (error: unknown) => void };

/** `log` is there when a commit is, and stays the same file until the database is closed: so one descriptor does for all. */
export function logFlush(log: string): LogFlush {
  let descriptor: number | null = null;
  let waiting: Waiting[] = [];
  let underWay: Waiting[] | null = null;
  let isClosed = false;

  const letGo = () => {
    if (descriptor !== null) closeSync(descriptor);
    descriptor = null;
  };
  const answer = (to: readonly Waiting[], error: unknown) => {
    for (const { resolve, reject } of to) {
      if (error) reject(error);
      else resolve();
    }
  };
  const opened = () => {
    descriptor ??= openSync(log, 'r+');
    return descriptor;
  };

  const next = () => {
    const mine = waiting;
    waiting = [];
    underWay = mine;
    const done = (error: unknown) => {
      underWay = null;
      answer(mine, error);
      if (isClosed) letGo();
      else if (waiting.length > 0) next();
    };
    try {
      fdatasync(opened(), done);
    } catch (error) {
      done(error);
    }
  };

  return {
    flushed: () =>
      new Promise((resolve, reject) => {
        waiting.push({ resolve, reject });
        if (underWay === null) next();
      }),
    close() {
      isClosed = true;
      const all = [...(underWay ?? []), ...waiting];
      waiting = [];
      if (all.length > 0) {
        let failure: unknown = null;
        try {
          fdatasyncSync(opened());
        } catch (error) {
          failure = error;
        }
        answer(all, failure);
      }
      // One that is under way still needs the descriptor.
      if (underWay === null) letGo();
    },
  };
}
