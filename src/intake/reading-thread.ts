import { parentPort, Worker } from 'node:worker_threads';
import { type Clock, systemClock } from '#lib/clock.ts';
import { oneAtATime } from '#lib/one-at-a-time.ts';

/** What came of a question to a thread; `too slow` and `broke` have ended it, and the next question gets a new one. */
export type Heard<Answer> =
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'too slow'; readonly ms: number }
  | { readonly kind: 'broke'; readonly why: string };

export type ReadingThread<Asked, Answer> = {
  ask(asked: Asked): Promise<Heard<Answer>>;
  /** Ends the thread; what is being read is given up. */
  close(): Promise<void>;
};

/**
 * A thread that reads what strangers wrote, one thing after the other: what takes longer than `ms` or more than `megabytes`
 * takes nothing with it, and the main loop never waits. It begins with the first question and ends by itself when nobody
 * asks. `ms` is processor time of the thread, so that nothing honest is given up because the machine is busy with other
 * work; by the clock it may take twenty times as long.
 */
export function readingThread<Asked, Answer>(
  entry: () => URL,
  limits: { ms: number; startMs?: number; idleMs?: number; megabytes?: number; clock?: Clock },
): ReadingThread<Asked, Answer> {
  const { ms, startMs = 20_000, idleMs = 30_000, megabytes = 64, clock = systemClock } = limits;
  const inTurn = oneAtATime();
  let standing: Worker | null = null;
  let callOffIdle = () => {};

  /** What the thread says next. `usedMs` is held against the time whenever it is over; by the clock unless given. */
  const hear = (
    worker: Worker,
    withinMs: number,
    usedMs: () => Promise<number> = async () => withinMs,
  ): Promise<Heard<Answer>> =>
    new Promise(resolve => {
      let isOver = false;
      const done = (heard: Heard<Answer>) => {
        isOver = true;
        callOff();
        worker.off('message', said).off('error', failed).off('exit', ended);
        resolve(heard);
      };
      const said = (answer: Answer) => done({ kind: 'answer', answer });
      const failed = (error: Error) => done({ kind: 'broke', why: error.message.slice(0, 120) });
      const ended = () => done(gone);
      const waitOn = (times: number) => clock.after(withinMs, () => void look(times));
      const look = async (times: number) => {
        const used = await usedMs().catch(() => withinMs);
        if (isOver) return;
        if (used >= withinMs || times >= patience) done({ kind: 'too slow', ms: withinMs });
        else callOff = waitOn(times + 1);
      };
      let callOff = waitOn(1);
      worker.on('message', said).on('error', failed).on('exit', ended);
    });
  const answerOf = async (worker: Worker, asked: Asked): Promise<Heard<Answer>> => {
    const before = await worker.cpuUsage().catch(() => null);
    if (!before) return gone;
    const heard = hear(worker, ms, async () => {
      const { user, system } = await worker.cpuUsage(before);
      return (user + system) / 1000;
    });
    worker.postMessage(asked);
    return heard;
  };
  const end = async () => {
    const ending = standing;
    standing = null;
    callOffIdle();
    await ending?.terminate();
  };
  const started = async (): Promise<Heard<Answer> | Worker> => {
    const worker = new Worker(entry(), {
      // Nothing of ours is in its environment: secrets come by it.
      env: {},
      execArgv: ['--disable-warning=ExperimentalWarning'],
      resourceLimits: { maxOldGenerationSizeMb: megabytes, maxYoungGenerationSizeMb: 16, stackSizeMb: 2 },
    });
    // Between two questions nobody else listens, and an error without a listener would end the program.
    worker.on('error', () => {});
    worker.on('exit', () => {
      if (standing === worker) standing = null;
    });
    standing = worker;
    // Importing a parser takes longer than parsing: it says when it is ready, and its clock starts then.
    const ready = await hear(worker, startMs);
    return ready.kind === 'answer' ? worker : ready;
  };

  return {
    ask: asked =>
      inTurn('', async () => {
        callOffIdle();
        const worker = standing ?? (await started());
        if ('kind' in worker) {
          await end();
          return worker;
        }
        worker.ref();
        const told = await answerOf(worker, asked);
        if (told.kind !== 'answer') await end();
        else {
          worker.unref();
          callOffIdle = clock.after(idleMs, () => void end());
        }
        return told;
      }),
    close: end,
  };
}

const gone = { kind: 'broke', why: 'the thread ended' } as const;

/** How many times its processor time a question may take by the clock. */
const patience = 20;

/** The other side: answers each question as it comes. */
export function answerInThread<Asked, Answer>(work: (asked: Asked) => Answer | Promise<Answer>): void {
  parentPort?.on('message', async (asked: Asked) => parentPort?.postMessage(await work(asked)));
  parentPort?.postMessage('ready');
}

/** Where a thread begins: beside its caller in a checkout, under its own name, of the same kind of file, beside the bundle. */
export const threadEntry = (caller: string, source: string, bundled: string): URL =>
  new URL(caller.endsWith('.ts') ? source : `${bundled}${caller.slice(caller.lastIndexOf('.'))}`, caller);
