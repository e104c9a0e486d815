import { describe, expect, it } from 'vitest';
import { settableClock } from '#lib/clock.ts';
import { network, rateLimit } from './rate-limit.ts';

const fresh = (capacity?: number) => {
  const clock = settableClock('2027-05-30T10:00:00Z');
  const rates = { page: { burst: 3, perMinute: 6 }, form: { burst: 1, perMinute: 1 } };
  return { clock, limit: rateLimit({ clock, rates, ...(capacity ? { capacity } : {}) }) };
};

it('lets a burst through, then as many as its rate allows, and says when to come back', () => {
  const { clock, limit } = fresh();
  for (let i = 0; i < 3; i++) expect(limit('192.0.2.1', 'page')).toEqual({ ok: true });
  expect(limit('192.0.2.1', 'page')).toEqual({ ok: false, retryAfterMs: 10_000 });
  clock.advance(9_999);
  expect(limit('192.0.2.1', 'page')).toEqual({ ok: false, retryAfterMs: 1 });
  clock.advance(1);
  expect(limit('192.0.2.1', 'page')).toEqual({ ok: true });
  expect(limit('192.0.2.1', 'page').ok).toBe(false);
  clock.advance(60_000);
  for (let i = 0; i < 3; i++) expect(limit('192.0.2.1', 'page')).toEqual({ ok: true });
});

it('counts each caller and each class of route on its own', () => {
  const { limit } = fresh();
  expect(limit('192.0.2.1', 'form').ok).toBe(true);
  expect(limit('192.0.2.1', 'form').ok).toBe(false);
  expect(limit('192.0.2.2', 'form').ok).toBe(true);
  expect(limit('192.0.2.1', 'page').ok).toBe(true);
});

it('locks nobody out for long when the clock is set back', () => {
  const { clock, limit } = fresh();
  for (let i = 0; i < 3; i++) limit('192.0.2.1', 'page');
  clock.set('2026-05-30T10:00:00Z');
  expect(limit('192.0.2.1', 'page')).toEqual({ ok: false, retryAfterMs: 10_000 });
});

it('remembers only so many callers, and keeps the busy ones', () => {
  const { limit } = fresh(100);
  limit('192.0.2.1', 'form');
  for (let i = 0; i < 99; i++) limit(`198.51.100.${i}`, 'form');
  expect(limit('192.0.2.1', 'form').ok).toBe(false);
  for (let i = 0; i < 100; i++) limit(`203.0.113.${i}`, 'form');
  expect(limit('192.0.2.1', 'form').ok).toBe(true);
});

it('forgets whoever was quiet longest, not whoever came first', () => {
  const { limit } = fresh(2);
  for (const caller of ['192.0.2.1', '192.0.2.2', '192.0.2.1', '192.0.2.3', '192.0.2.1'])
    expect(limit(caller, 'page').ok).toBe(true);
  expect(limit('192.0.2.1', 'page').ok).toBe(false);
});

describe('the network of a caller', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:0DB8:0001:0002::9', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['::1', '0:0:0:0'],
    ['::', '0:0:0:0'],
    ['::ffff:10.120.230.140', '10.120.230.140'],
    ['::FFFF:10.0.0.1', '10.0.0.1'],
    ['2001:db8::ffff:10.0.0.1', '2001:db8:0:0'],
    ['::ffff:10.0.0.1%eth0', '0:0:0:0'],
    ['2001:db8:1:2::', '2001:db8:1:2'],
    ['2001:db8:1::', '2001:db8:1:0'],
    ['2001:db8::3:4:5:6:7', '2001:db8:0:3'],
    ['2001:db8::2:3:4:5:6:7', '2001:db8:2:3'],
    ['1:0:0:0:0:0:0:1', '1:0:0:0'],
  ])('of %s is %s', (address, expected) => {
    expect(network(address)).toBe(expected);
  });
});
