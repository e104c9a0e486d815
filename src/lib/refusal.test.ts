import { expect, it } from 'vitest';
import { fenced } from './audience.ts';
import { Refusal, Unavailable } from './refusal.ts';

it('a refusal says what is wrong, what to do, and under which code', () => {
  const refusal = new Refusal('party-empty', 'Nobody sails.', 'Give a number.', { field: 'party' });
  expect(refusal).toMatchObject({
    name: 'Refusal',
    code: 'party-empty',
    message: 'Nobody sails.',
    cure: 'Give a number.',
    data: { field: 'party' },
  });
  expect(new Refusal('x', 'y', 'z').data).toEqual({});
});

it('what broke outside may be tried again, unless it says that this cannot help', () => {
  const cause = new Error('ENOSPC');
  expect(new Unavailable('disk-full', 'Full.')).toMatchObject({
    name: 'Unavailable',
    code: 'disk-full',
    retryable: true,
    retryAfterMs: null,
  });
  expect('cause' in new Unavailable('x', 'y')).toBe(false);
  expect(new Unavailable('x', 'y', { cause, retryable: false, retryAfterMs: 5 })).toMatchObject({
    cause,
    retryable: false,
    retryAfterMs: 5,
  });
});

it('the money fence keeps amounts from everybody but the owner and whoever is paid', () => {
  expect([...fenced].sort()).toEqual(['crew', 'guest', 'operator', 'public']);
});
