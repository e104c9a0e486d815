import { expect, it } from 'vitest';
import { oneAtATime } from './one-at-a-time.ts';

const gate = () => Promise.withResolvers<void>();

it('runs work for one key in the order asked for, and other keys meanwhile', async () => {
  const inTurn = oneAtATime();
  const seen: string[] = [];
  const [first, second] = [gate(), gate()];
  const a = inTurn('a', async () => {
    seen.push('a1 begins');
    await first.promise;
    seen.push('a1 ends');
    return 1;
  });
  const b = inTurn('a', async () => {
    seen.push('a2 begins');
    await second.promise;
    return 2;
  });
  await inTurn('b', async () => void seen.push('b'));
  expect(seen).toEqual(['a1 begins', 'b']);
  first.resolve();
  expect(await a).toBe(1);
  second.resolve();
  expect(await b).toBe(2);
  expect(seen).toEqual(['a1 begins', 'b', 'a1 ends', 'a2 begins']);
});

it('goes on after work that fails, and tells only whoever asked for it', async () => {
  const inTurn = oneAtATime();
  const failed = inTurn('a', () => Promise.reject(new Error('no')));
  const next = inTurn('a', async () => 'done');
  await expect(failed).rejects.toThrow('no');
  expect(await next).toBe('done');
});

it('keeps the order for what comes while the last of it is still running', async () => {
  const inTurn = oneAtATime();
  const seen: number[] = [];
  const gates = [gate(), gate(), gate()];
  const works = gates.map(({ promise }, n) =>
    inTurn('a', async () => {
      await promise;
      seen.push(n);
    }),
  );
  gates[0]?.resolve();
  await works[0];
  works.push(inTurn('a', async () => void seen.push(3)));
  gates[2]?.resolve();
  gates[1]?.resolve();
  await Promise.all(works);
  expect(seen).toEqual([0, 1, 2, 3]);
});
