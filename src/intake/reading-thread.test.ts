import { describe, expect, it } from 'vitest';
import { settableClock } from '#lib/clock.ts';
import { readingThread, threadEntry } from './reading-thread.ts';

const threadOf = (code: string) =>
  new URL(
    `data:text/javascript,${encodeURIComponent(`import { parentPort } from 'node:worker_threads';\n${code}`)}`,
  );

/** Counts its questions, and does what it is told to. */
const counting = threadOf(`
  let asked = 0;
  parentPort.on('message', order => {
    asked++;
    if (order === 'throw') throw new Error('x'.repeat(200));
    if (order === 'exit') process.exit();
    if (order === 'environment') parentPort.postMessage(Object.keys(process.env));
    if (order === 'count') parentPort.postMessage(asked);
  });
  parentPort.postMessage('ready');`);

const neverReady = threadOf('setInterval(() => {}, 1000);');

/** A thread on a clock that stands still: a second of work, an hour to begin, a minute of leisure. */
function reading(entry = () => counting) {
  const clock = settableClock('2027-04-12T18:00:00Z');
  const thread = readingThread<string, unknown>(entry, {
    ms: 1000,
    startMs: 3_600_000,
    idleMs: 60_000,
    clock,
  });
  return { clock, thread };
}

const answer = (value: unknown) => ({ kind: 'answer', answer: value });

describe('a thread', () => {
  it('answers one question after the other, and ends when nobody has asked for a while', async () => {
    const { thread, clock } = reading();
    expect(await Promise.all([thread.ask('count'), thread.ask('count')])).toEqual([answer(1), answer(2)]);
    expect(clock.nextDue()).toBe(clock.now() + 60_000);
    clock.advance(59_999);
    expect(await thread.ask('count')).toEqual(answer(3));
    clock.advance(60_000);
    expect(clock.nextDue()).toBeNull();
    expect(await thread.ask('count')).toEqual(answer(1));
    await thread.close();
    expect(clock.nextDue()).toBeNull();
  });

  it('sees nothing of our environment', async () => {
    const { thread } = reading();
    expect(await thread.ask('environment')).toEqual(answer([]));
    await thread.close();
  });

  it.each([
    ['breaks says with what, at no length', 'throw', 'x'.repeat(120)],
    ['ends says so', 'exit', 'the thread ended'],
  ])('that %s, and the next question gets a new one', async (_, order, why) => {
    const { thread } = reading();
    expect(await thread.ask('count')).toEqual(answer(1));
    expect(await thread.ask(order)).toEqual({ kind: 'broke', why });
    expect(await thread.ask('count')).toEqual(answer(1));
    await thread.close();
  });

  it('that does not begin in its time is given up, and the next question gets a new one', async () => {
    const entries = [neverReady, counting];
    const { thread, clock } = reading(() => entries.shift() ?? counting);
    const told = thread.ask('count');
    await expect.poll(() => clock.nextDue(), { interval: 1 }).not.toBeNull();
    clock.advance(3_600_000);
    expect(await told).toEqual({ kind: 'too slow', ms: 3_600_000 });
    expect(await thread.ask('count')).toEqual(answer(1));
    await thread.close();
  });

  it('that does nothing may take twenty times its time by the clock, and no longer', async () => {
    const { thread, clock } = reading();
    await thread.ask('count');
    clock.advance(59_500);
    let told: unknown = null;
    const heard = thread.ask('do not answer').then(given => {
      told = given;
    });
    for (let times = 1; times <= 20; times++) {
      expect(told).toBeNull();
      // Not the end of its leisure, half a second from now: somebody is asking.
      await expect.poll(() => clock.nextDue(), { interval: 1 }).toBe(clock.now() + 1000);
      clock.advance(1000);
    }
    await heard;
    expect(told).toEqual({ kind: 'too slow', ms: 1000 });
    expect(await thread.ask('count')).toEqual(answer(1));
    await thread.close();
  });

  it('ends as soon as it is closed, whatever it is asked', async () => {
    const { thread, clock } = reading();
    await thread.ask('count');
    const heard = thread.ask('do not answer');
    await expect.poll(() => clock.nextDue(), { interval: 1 }).toBe(clock.now() + 1000);
    await thread.close();
    expect(await heard).toEqual({ kind: 'broke', why: 'the thread ended' });
  });
});

it.each([
  ['file:///a/feeds/reader.thread.ts', 'file:///a/feeds/worker.thread.ts'],
  ['file:///a/dist/gangway.js', 'file:///a/dist/feed-worker.js'],
  ['file:///a/dist/gangway.min.cjs', 'file:///a/dist/feed-worker.cjs'],
])('the thread of %s begins in %s', (caller, begins) => {
  expect(threadEntry(caller, './worker.thread.ts', './feed-worker').href).toBe(begins);
});
