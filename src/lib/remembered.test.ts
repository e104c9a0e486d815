import { expect, it } from 'vitest';
import { remembered } from './remembered.ts';

it('makes each value once, and anew only after thousands of others', () => {
  let made = 0;
  const doubled = remembered(
    (n: number) => String(n),
    n => {
      made++;
      return n * 2;
    },
  );
  expect([doubled(1), doubled(1), doubled(2), doubled(1), doubled(2)]).toEqual([2, 2, 4, 2, 4]);
  expect(made).toBe(2);
  for (let n = 3; n <= 2_001; n++) doubled(n);
  expect(doubled(1)).toBe(2);
  expect(made).toBe(2_002);
});

it('does not remember what went wrong', () => {
  let tries = 0;
  const shy = remembered(
    () => 'always',
    () => {
      if (tries++ === 0) throw new RangeError('not yet');
      return 'now';
    },
  );
  expect(shy).toThrow('not yet');
  expect(shy()).toBe('now');
});
