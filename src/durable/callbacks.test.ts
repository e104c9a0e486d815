import { describe, expect, it } from 'vitest';
import type { Run } from './durable.ts';
import { engineWorld, gate } from './engine-world.ts';

type Input = { readonly n: number };

describe('callbacks', () => {
  const asking = (options: object = {}) => {
    const asked = gate<string>();
    const world = engineWorld({
      'ask@1': async (_: Input, run: Run) =>
        run.waitForCallback('approval', async id => asked.resolve(id), options),
    });
    return { ...world, asked: asked.promise };
  };

  it('carry the answer as it was given, once', async () => {
    const { engine, asked } = asking();
    await engine.start('ask@1', 'a', {});
    await engine.idle();
    const id = await asked;
    await engine.completeCallback(id, '{"not":"parsed"}');
    await engine.idle();
    expect(await engine.describe('ask@1', 'a')).toMatchObject({ result: '{"not":"parsed"}' });
    await expect(engine.completeCallback(id, 'again')).rejects.toMatchObject({ code: 'callback-closed' });
  });

  it('carry a refusal as an error', async () => {
    const { engine, asked } = asking();
    await engine.start('ask@1', 'a', {});
    const refusal = { type: 'Declined', message: 'not today' };
    await engine.failCallback(await asked, refusal);
    await engine.idle();
    const errors = (await engine.history('ask@1', 'a')).map(({ error }) => error);
    expect(errors).toContainEqual(refusal);
    expect(await engine.describe('ask@1', 'a')).toMatchObject({
      status: 'FAILED',
      error: { type: 'CallbackExternalError', message: 'not today' },
    });
  });

  it('carry what else was said with a refusal', async () => {
    const { engine, asked } = asking();
    await engine.start('ask@1', 'a', {});
    const refusal = { type: 'Declined', message: 'not today', data: '{"until":"June"}' };
    await engine.failCallback(await asked, refusal);
    await engine.idle();
    const errors = (await engine.history('ask@1', 'a')).map(({ error }) => error);
    expect(errors).toContainEqual(refusal);
  });

  it('end at their deadline, also for an answer that comes before anybody looked', async () => {
    const { engine, asked, clock } = asking({ timeout: { minutes: 10 } });
    await engine.start('ask@1', 'a', {});
    await engine.idle();
    const id = await asked;
    const late = new Promise<void>(resolve => {
      clock.after(599_999, () => void engine.heartbeatCallback(id).then(resolve));
    });
    clock.advance(599_999);
    await late;
    clock.advance(1);
    await expect(engine.completeCallback(id, 'late')).rejects.toMatchObject({ code: 'callback-closed' });
    await engine.idle();
    expect(await engine.describe('ask@1', 'a')).toMatchObject({
      status: 'FAILED',
      error: { type: 'CallbackTimeoutError', message: 'Callback timed out' },
    });
  });

  it('stay open as long as there are signs of life, but not beyond the overall deadline', async () => {
    const { engine, asked, pass } = asking({ timeout: { seconds: 100 }, heartbeatTimeout: { seconds: 30 } });
    await engine.start('ask@1', 'a', {});
    await engine.idle();
    const id = await asked;
    for (let beat = 0; beat < 4; beat++) {
      await pass(20);
      await engine.heartbeatCallback(id);
    }
    expect(await engine.describe('ask@1', 'a')).toMatchObject({
      status: 'WAITING',
      wakesAt: '2026-05-30T15:31:40.000Z',
    });
    await pass(20);
    expect(await engine.describe('ask@1', 'a')).toMatchObject({ error: { message: 'Callback timed out' } });
    await expect(engine.heartbeatCallback(id)).rejects.toMatchObject({ code: 'callback-closed' });
  });

  it('end when the signs of life stop', async () => {
    const { engine, asked, pass } = asking({ heartbeatTimeout: { seconds: 30 } });
    await engine.start('ask@1', 'a', {});
    await engine.idle();
    await pass(20);
    await engine.heartbeatCallback(await asked);
    await pass(29);
    expect(await engine.describe('ask@1', 'a')).toMatchObject({ status: 'WAITING' });
    await pass(1);
    expect(await engine.describe('ask@1', 'a')).toMatchObject({
      error: { message: 'Callback timed out on heartbeat' },
    });
  });

  it('are known only by their secret', async () => {
    const { engine, asked } = asking();
    await engine.start('ask@1', 'a', {});
    await engine.idle();
    const id = await asked;
    for (const guess of [
      '',
      'x',
      '1',
      id.slice(0, -1),
      `${id}x`,
      id.replace(/^\d+/, '7'),
      id.split('.')[0] ?? '',
    ]) {
      await expect(engine.completeCallback(guess, 'yes')).rejects.toMatchObject({ code: 'callback-unknown' });
    }
    expect(JSON.stringify(await engine.history('ask@1', 'a'))).not.toContain(id.split('.')[2]);
  });

  it('are found among many executions, each by its own id', async () => {
    const ids = new Map<number, string>();
    const { engine } = engineWorld({
      'ask@1': async ({ n }: Input, run: Run) =>
        run.waitForCallback('approval', async id => void ids.set(n, id)),
    });
    for (let n = 1; n <= 12; n++) await engine.start('ask@1', `a${n}`, { n });
    await engine.idle();
    await engine.completeCallback(ids.get(12) ?? '', 'twelve');
    await engine.completeCallback(ids.get(1) ?? '', 'one');
    await engine.idle();
    expect(await engine.describe('ask@1', 'a12')).toMatchObject({ result: 'twelve' });
    expect(await engine.describe('ask@1', 'a1')).toMatchObject({ result: 'one' });
    expect(await engine.describe('ask@1', 'a2')).toMatchObject({ status: 'WAITING' });
    const [execution = '', ...rest] = (ids.get(2) ?? '').split('.');
    for (const guess of [`x${execution}`, `${execution}x`, `0x${execution}`])
      await expect(engine.completeCallback([guess, ...rest].join('.'), 'yes')).rejects.toMatchObject({
        code: 'callback-unknown',
      });
  });

  it('are closed once their execution is stopped', async () => {
    const { engine, asked } = asking();
    await engine.start('ask@1', 'a', {});
    await engine.idle();
    await engine.stop('ask@1', 'a');
    for (const late of [engine.completeCallback(await asked, 'yes'), engine.heartbeatCallback(await asked)])
      await expect(late).rejects.toMatchObject({ code: 'callback-closed' });
  });

  it('take 256 KB and no more', async () => {
    const { engine, asked } = asking();
    await engine.start('ask@1', 'a', {});
    const id = await asked;
    const big = 'x'.repeat(262_145);
    await expect(engine.completeCallback(id, big)).rejects.toMatchObject({
      code: 'callback-result-too-large',
    });
    await expect(engine.failCallback(id, { type: 'x', message: big })).rejects.toMatchObject({
      code: 'callback-result-too-large',
    });
    await engine.completeCallback(id, big.slice(1));
  });

  it('answered while the workflow is busy elsewhere are not lost', async () => {
    const asked = gate<string>();
    const busy = gate();
    const { engine } = engineWorld({
      'ask@1': async (_: Input, run: Run) => {
        const [answer, id] = await run.createCallback('approval');
        asked.resolve(id);
        await run.step('busy', () => busy.promise);
        return answer;
      },
    });
    await engine.start('ask@1', 'a', {});
    await engine.completeCallback(await asked.promise, 'meanwhile');
    busy.resolve();
    await engine.idle();
    expect(await engine.describe('ask@1', 'a')).toMatchObject({ status: 'SUCCEEDED', result: 'meanwhile' });
  });
});
