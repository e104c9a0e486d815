import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { Refusal, Unavailable } from '#lib/refusal.ts';
import { problemOf, problemResponse } from './problem.ts';
import { statusOf } from './statuses.ts';

const answerTo = (error: unknown) => new Hono().get('/', c => problemResponse(c, error)).request('/');

describe('a problem', () => {
  it('carries code, sentence, cure and data, and points at where the code is explained', async () => {
    const refusal = new Refusal('field-wrong', 'limit is no number.', 'Send a number.', { field: 'limit' });
    const response = await answerTo(refusal);
    expect(response.status).toBe(422);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.json()).toEqual({
      field: 'limit',
      type: '/docs/errors#field-wrong',
      title: 'field wrong',
      status: 422,
      code: 'field-wrong',
      detail: 'limit is no number.',
      cure: 'Send a number.',
    });
  });

  it('cannot be renamed by its own data', () => {
    const refusal = new Refusal('owner-only', 'No.', 'Ask.', { status: 200, code: 'fine' });
    expect(problemOf(refusal)).toMatchObject({ status: 403, code: 'owner-only' });
  });

  it('says how long to wait when there were too many attempts', async () => {
    const refusal = (data: Record<string, unknown>) =>
      new Refusal('too-many-attempts', 'Too many.', 'Wait.', data);
    expect((await answerTo(refusal({ retryAfterMs: 4_200 }))).headers.get('retry-after')).toBe('5');
    expect((await answerTo(refusal({ retryAfterMs: 1 }))).headers.get('retry-after')).toBe('1');
    expect((await answerTo(refusal({}))).headers.get('retry-after')).toBe('60');
  });

  it('asks to come back after an outage, unless coming back cannot help', async () => {
    const full = await answerTo(new Unavailable('disk-full', 'The disk is full.'));
    expect([full.status, full.headers.get('retry-after')]).toEqual([507, '60']);
    const slow = await answerTo(new Unavailable('page-host-failed', 'No.', { retryAfterMs: 90_500 }));
    expect([slow.status, slow.headers.get('retry-after')]).toEqual([503, '91']);
    const broken = await answerTo(new Unavailable('disk-failed', 'The disk failed.', { retryable: false }));
    expect([broken.status, broken.headers.get('retry-after')]).toEqual([503, null]);
  });

  it('says nothing about what a defect was', async () => {
    const response = await answerTo(new Error('guest Maya Lindqvist has no berth'));
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('Maya');
  });

  it('of an unknown code counts as content that cannot be used, whatever objects are born with', () => {
    expect(statusOf('never-heard-of')).toBe(422);
    expect(statusOf('constructor')).toBe(422);
    expect(statusOf('never-heard-of', 503)).toBe(503);
  });
});
