// Workflows that together use everything the protocol has. Run on AWS's local runner and on our engine, and compared.
import { StepSemantics } from '@aws/durable-execution-sdk-js';
import type { JsonObject, Run, Workflow, WorkflowName } from './durable.ts';

/** A scenario; `answers` are given, in order, to the operations of that name once they wait. */
export type Scenario = {
  readonly title: string;
  readonly input?: JsonObject;
  readonly workflow: Workflow<never>;
  /** Workflows it invokes. */
  readonly others?: Readonly<Record<WorkflowName, Workflow<never>>>;
  readonly answers?: readonly {
    readonly to: string;
    /** Made by `createCallback`, so nobody submits it. */
    readonly bare?: true;
    readonly result?: string;
    readonly failure?: string;
  }[];
};

const retried = (times: number) => ({
  retryStrategy: (_error: Error, attempt: number) =>
    attempt < times
      ? { shouldRetry: true as const, delay: { seconds: attempt * 30 } }
      : { shouldRetry: false as const },
});
const never = { retryStrategy: () => ({ shouldRetry: false as const }) };

/** Fails until the given attempt. */
const failsUntil = (last: number, say: string) => async (context: { attempt: number }) => {
  if (context.attempt < last) throw new TypeError(`${say} ${context.attempt}`);
  return `${say} done`;
};

const caught = async (work: Promise<unknown>) => {
  try {
    return await work;
  } catch (error) {
    const { name, message } = error as Error;
    return { name, message };
  }
};

type Input = { readonly n: number };

export const scenarios: readonly Scenario[] = [
  {
    title: 'steps one after the other, results of every kind',
    input: { n: 3 },
    workflow: async ({ n }: Input, run: Run) => {
      const number = await run.step('number', async () => n * 2);
      await run.step('nothing', async () => undefined);
      const date = await run.step('date', async () => new Date(0));
      const without = await run.step(async () => ({ number, list: [1, null, 'three'] }));
      return { number, date, without };
    },
  },
  {
    title: 'a step that needs three attempts',
    workflow: (_: Input, run: Run) => run.step('stubborn', failsUntil(3, 'attempt'), retried(5)),
  },
  {
    title: 'a step that fails for good, and a workflow that goes on',
    workflow: async (_: Input, run: Run) => {
      const outcome = await caught(run.step('hopeless', failsUntil(9, 'attempt'), retried(2)));
      return run.step('after', async () => outcome);
    },
  },
  {
    title: 'a workflow that fails',
    workflow: async (_: Input, run: Run) => {
      await run.step('fine', async () => 1);
      throw new RangeError('out of bounds');
    },
  },
  {
    title: 'waits, beside each other and in a row',
    workflow: async (_: Input, run: Run) => {
      await run.wait('first', { hours: 1 });
      const step = run.step('beside', async () => 'worked');
      await Promise.all([run.wait('long', { days: 2 }), run.wait({ minutes: 3 })]);
      return step;
    },
  },
  {
    title: 'at most once',
    workflow: (_: Input, run: Run) =>
      run.step('careful', failsUntil(2, 'attempt'), {
        semantics: StepSemantics.AtMostOncePerRetry,
        ...retried(3),
      }),
  },
  {
    title: 'child contexts, one inside the other, one failing',
    workflow: async (_: Input, run: Run) => {
      const outer = await run.runInChildContext('outer', async child => {
        const inner = await child.runInChildContext('inner', async grandchild => {
          await grandchild.wait('rest', { seconds: 5 });
          return grandchild.step('deep', async () => 1);
        });
        return inner + (await child.step('shallow', async () => 2));
      });
      const failure = await caught(
        run.runInChildContext('failing', async child =>
          child.step('bad', async () => Promise.reject(new Error('bad')), never),
        ),
      );
      return { outer, failure };
    },
  },
  {
    title: 'parallel branches, named and not, one with a wait',
    workflow: async (_: Input, run: Run) => {
      const batch = await run.parallel('both', [
        { name: 'left', func: (child: Run) => child.step('l', async () => 'left') },
        async (child: Run) => {
          await child.wait({ seconds: 30 });
          return child.step('r', async () => 'right');
        },
      ]);
      return batch.getResults();
    },
  },
  {
    title: 'a map with few at a time and one failing item',
    workflow: async (_: Input, run: Run) => {
      const batch = await run.map(
        'each',
        [1, 2, 3, 4],
        (child, item) =>
          child.step(
            `item ${item}`,
            async () => {
              if (item === 3) throw new Error('three');
              return item * 10;
            },
            never,
          ),
        { maxConcurrency: 2, completionConfig: { toleratedFailureCount: 1 } },
      );
      return { succeeded: batch.getResults(), failed: batch.failureCount };
    },
  },
  {
    title: 'the first of three is enough',
    workflow: async (_: Input, run: Run) => {
      const batch = await run.parallel(
        'race',
        [
          async child => child.step('quick', async () => 'quick'),
          async child => {
            const [answer] = await child.createCallback('never answered');
            return answer;
          },
        ],
        { completionConfig: { minSuccessful: 1 } },
      );
      await run.wait('afterwards', { seconds: 10 });
      return batch.getResults();
    },
  },
  {
    title: 'a condition that comes true at the third look',
    workflow: (_: Input, run: Run) =>
      run.waitForCondition('harbour open', async (state: { looks: number }) => ({ looks: state.looks + 1 }), {
        initialState: { looks: 0 },
        waitStrategy: state =>
          state.looks < 3 ? { shouldContinue: true, delay: { minutes: 10 } } : { shouldContinue: false },
      }),
  },
  {
    title: 'a callback that is answered',
    workflow: async (_: Input, run: Run) => {
      const answer = await run.waitForCallback('approval', async () => {}, { timeout: { hours: 1 } });
      return run.step('note', async () => answer);
    },
    answers: [{ to: 'approval', result: 'yes' }],
  },
  {
    title: 'a callback that is refused',
    workflow: async (_: Input, run: Run) => {
      const [answer] = await run.createCallback('approval');
      return run.step('note', async () => 'asked').then(async () => caught(answer));
    },
    answers: [{ to: 'approval', bare: true, failure: 'not today' }],
  },
  {
    title: 'callbacks nobody answers: overall deadline and heartbeat',
    workflow: async (_: Input, run: Run) => {
      const overall = await caught(
        run.waitForCallback('overall', async () => {}, { timeout: { seconds: 1 } }),
      );
      const heartbeat = await caught(
        run.waitForCallback('heartbeat', async () => {}, {
          timeout: { hours: 5 },
          heartbeatTimeout: { seconds: 1 },
        }),
      );
      return { overall, heartbeat };
    },
  },
  {
    title: 'an invoked workflow that succeeds and one that fails',
    workflow: async (_: Input, run: Run) => {
      const doubled = await run.invoke<Input, number>('call', 'double@1', { n: 4 });
      const failed = await caught(run.invoke('call badly', 'fail@1', {}));
      return { doubled, failed };
    },
    others: {
      'double@1': async ({ n }: Input, run: Run) => {
        await run.wait({ seconds: 1 });
        return run.step('double', async () => n * 2);
      },
      'fail@1': async (_: Input, run: Run) =>
        run.step('fail', async () => Promise.reject(new Error('no luck')), never),
    },
  },
  {
    title: 'invoking from a map',
    workflow: async (_: Input, run: Run) => {
      const batch = await run.map('boats', [1, 2], (child, n) =>
        child.invoke<Input, number>('double@1', { n }),
      );
      return batch.getResults();
    },
    others: {
      'double@1': ({ n }: Input, run: Run) => run.step('double', async () => n * 2),
    },
  },
  {
    title: 'a branch whose result is too large to keep',
    workflow: async (_: Input, run: Run) => {
      const large = await run.runInChildContext('large', async child => {
        const half = await child.step('half', async () => 'x'.repeat(200_000));
        return half + (await child.step('other half', async () => 'y'.repeat(200_000)));
      });
      await run.wait({ seconds: 5 });
      return large.length;
    },
  },
  {
    title: 'promises combined, awaited late',
    workflow: async (_: Input, run: Run) => {
      const a = run.step('a', async () => 'a');
      const b = run.step('b', async () => Promise.reject(new Error('b')), never);
      const settled = await run.promise.allSettled('both', [a, b]);
      return settled.map(({ status }) => status);
    },
  },
];
