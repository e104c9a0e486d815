import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Handed } from './mailer.ts';
import { giveUpAfterMs, holdUnclearMs, settleAttempt } from './settle-attempt.ts';

const minute = 60_000;
const later: Handed = { kind: 'later', reason: 'Nothing answers.', blocks: 'all' };
const unclear: Handed = { kind: 'unclear', reason: 'It broke.' };

/** Plays attempts in a row, each at the time the last one asked for; returns the waits in minutes and how it ended. */
function play(outcomes: (attempt: number) => Handed) {
  let now = 0;
  let tries = { made: 0, from: 0, unclear: 0 };
  const waits: number[] = [];
  for (let attempt = 0; ; attempt++) {
    const end = settleAttempt(outcomes(attempt), tries, now);
    if (end.state !== 'waiting') return { waits, end, attempts: attempt + 1, days: now / (24 * 60 * minute) };
    waits.push((end.nextAt - now) / minute);
    now = end.nextAt;
    tries = { ...tries, made: tries.made + 1, unclear: end.unclear };
  }
}

it('tries again after 1, 5, 15 and 60 minutes, then hourly, and gives up after five days', () => {
  const { waits, end, days } = play(() => later);
  expect(waits.slice(0, 6)).toEqual([1, 5, 15, 60, 60, 60]);
  expect(new Set(waits.slice(4))).toEqual(new Set([60]));
  expect(days).toBeGreaterThanOrEqual(5);
  expect(days).toBeLessThan(5.05);
  expect(end).toMatchObject({ state: 'returned', error: 'Given up after five days. Nothing answers.' });
});

it('waits as long as the other side asks for', () => {
  expect(
    settleAttempt({ ...later, retryAfterMs: 300_000 }, { made: 0, from: 0, unclear: 0 }, 0),
  ).toMatchObject({
    state: 'waiting',
    nextAt: 300_000,
  });
});

it('sends a letter that may have arrived exactly once more, after a quarter of an hour', () => {
  const { waits, end, attempts } = play(() => unclear);
  expect(waits).toEqual([holdUnclearMs / minute]);
  expect(attempts).toBe(2);
  expect(end).toMatchObject({ state: 'returned', error: expect.stringContaining('Ask the recipient') });
});

it('whatever happens, ends within six days, and never risks a third copy', () => {
  const handed = fc.constantFrom<Handed>(later, unclear, {
    ...later,
    blocks: 'letter',
    retryAfterMs: 5 * minute,
  });
  fc.assert(
    fc.property(fc.infiniteStream(handed), stream => {
      let risked = 0;
      const { end, days } = play(() => {
        const next = stream.next().value;
        if (next === unclear) risked++;
        return next;
      });
      expect(end.state).toBe('returned');
      expect(risked).toBeLessThanOrEqual(2);
      expect(days * 24 * 60 * minute).toBeLessThan(giveUpAfterMs + 24 * 60 * minute);
    }),
  );
});
