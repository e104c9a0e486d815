import { describe, expect, it } from 'vitest';
import type { Run } from './durable.ts';
import { engineWorld } from './engine-world.ts';

type Input = { readonly n: number };

const never = { retryStrategy: () => ({ shouldRetry: false as const }) };

describe('the limits of AWS', () => {
  it('fail an execution whose step returns more than 256 KB', async () => {
    const { engine } = engineWorld({
      'large@1': (_: Input, run: Run) => run.step('large', async () => 'x'.repeat(262_144)),
    });
    await engine.start('large@1', 'a', {});
    await engine.idle();
    expect(await engine.describe('large@1', 'a')).toMatchObject({
      status: 'FAILED',
      error: { message: expect.stringContaining('STEP large holds 262146 bytes; the limit is 262144') },
    });
  });

  it('fail an execution whose step fails with more than 32 KB', async () => {
    const { engine } = engineWorld({
      'large@1': (_: Input, run: Run) =>
        run.step('large', async () => Promise.reject(new Error('x'.repeat(40_000))), never),
    });
    await engine.start('large@1', 'a', {});
    await engine.idle();
    expect(await engine.describe('large@1', 'a')).toMatchObject({
      status: 'FAILED',
      error: { message: expect.stringContaining('Error object size') },
    });
  });

  it('cut an error of the workflow itself down to what can be stored', async () => {
    const { engine } = engineWorld({
      'large@1': async () => Promise.reject(new TypeError('x'.repeat(40_000))),
    });
    await engine.start('large@1', 'a', {});
    await engine.idle();
    const { error } = (await engine.describe('large@1', 'a')) ?? {};
    expect(error?.type).toBe('TypeError');
    expect(error?.message.length).toBeLessThan(4100);
  });

  it('fail an execution that returns more than 6 MB, instead of letting it hang', async () => {
    const { engine } = engineWorld({ 'large@1': async () => 'x'.repeat(7_000_000) });
    await engine.start('large@1', 'a', {});
    await engine.idle();
    expect(await engine.describe('large@1', 'a')).toMatchObject({
      status: 'FAILED',
      error: {
        type: 'result-too-large',
        message: 'The result has 7000002 bytes; the limit is 6291456 bytes.',
      },
    });
  });

  it('take a result of exactly 6 MB', async () => {
    const { engine } = engineWorld({ 'large@1': async () => 'x'.repeat(6_291_454) });
    await engine.start('large@1', 'a', {});
    await engine.idle();
    expect(await engine.describe('large@1', 'a')).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('refuse a step whose name is not plain ASCII', async () => {
    const { engine } = engineWorld({
      'named@1': (_: Input, run: Run) => run.step('café', async () => 1),
    });
    await engine.start('named@1', 'a', {});
    await engine.idle();
    expect(await engine.describe('named@1', 'a')).toMatchObject({
      status: 'FAILED',
      error: { message: expect.stringContaining('printable ASCII') },
    });
  });

  it('fail a condition that would be looked at again at once', async () => {
    const { engine } = engineWorld({
      'poll@1': async (_: Input, run: Run) => {
        await run.waitForCondition('never', async (state: number) => state, {
          initialState: 0,
          waitStrategy: () => ({ shouldContinue: true, delay: { seconds: 0 } }),
        });
      },
    });
    await engine.start('poll@1', 'a', {});
    await engine.idle();
    expect(await engine.describe('poll@1', 'a')).toMatchObject({
      status: 'FAILED',
      error: { message: expect.stringContaining('A retry delay is whole seconds from 1') },
    });
  });
});
