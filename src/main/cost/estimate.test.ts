import { describe, expect, it } from 'vitest';
import { functions } from '../lambda/functions.ts';
import { costText } from './cost-text.ts';
import { estimate } from './estimate.ts';
import { type Price, prices, services } from './prices.ts';
import { usage } from './usage.ts';

const table: readonly Price[] = Object.values(prices);

describe('the price table', () => {
  it.each(table)(
    'says of $service, $per where it is from, and when it was read if it was',
    ({ usd, source, read }) => {
      expect(usd).toBeGreaterThan(0);
      expect(source).toMatch(/^https:\/\/(docs\.)?aws\.amazon\.com\//);
      if (read !== null) expect(read).toMatch(/^2026-\d{2}-\d{2}$/);
    },
  );

  it('is used whole, with a reason for each quantity', () => {
    expect(new Set(usage.map(({ of }) => of))).toEqual(new Set(Object.keys(prices)));
    for (const { because, perBooking = 0, perMonth = 0 } of usage) {
      expect(because).not.toBe('');
      expect(perBooking + perMonth).toBeGreaterThan(0);
    }
  });
});

describe('the estimate', () => {
  it('is at most 5 cents a booking at 1,000 a month before photos are kept, free of charge or not', () => {
    expect(estimate(1000).centsWithoutPhotosKept).toBeLessThanOrEqual(5);
    expect(estimate(1000, { freeTier: false }).centsWithoutPhotosKept).toBeLessThanOrEqual(5);
  });

  it('adds up: lines to services, services to the whole, shares to one', () => {
    for (const bookings of [1, 100, 100_000]) {
      const { lines, services: parts, total, withoutPhotosKept } = estimate(bookings);
      const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);
      expect(sum(lines.map(({ usd }) => usd))).toBeCloseTo(total, 9);
      expect(sum(parts.map(({ usd }) => usd))).toBeCloseTo(total, 9);
      expect(sum(parts.map(({ share }) => share))).toBeCloseTo(1, 9);
      expect(parts.map(({ service }) => service)).toEqual(services);
      expect(withoutPhotosKept).toBeLessThan(total);
    }
  });

  it('charges nothing below what is free, and only what is above it', () => {
    const invocations = (bookings: number) =>
      estimate(bookings).lines.find(({ per }) => per === 'invocation') ?? { quantity: 0, usd: -1 };
    expect(invocations(100).usd).toBe(0);
    const { quantity, usd } = invocations(100_000);
    expect(usd).toBeCloseTo(((quantity - 1_000_000) * 0.2) / 1_000_000, 6);
    expect(estimate(100, { freeTier: false }).total).toBeGreaterThan(estimate(100).total);
  });

  it('counts each tick of the list of functions', () => {
    const ticks = functions.filter(({ triggers }) => triggers.some(({ on }) => on === 'minute')).length;
    expect(ticks).toBeGreaterThan(0);
    expect(usage.find(({ of, perMonth }) => of === 'invocation' && perMonth)?.perMonth).toBe(43_200 * ticks);
  });

  it('invalidates for what is withdrawn, never for what is published', () => {
    const { perBooking = 0 } = usage.find(({ of }) => of === 'invalidation') ?? {};
    expect(perBooking).toBeLessThan(1);
  });

  it('says in words what it is', () => {
    const text = costText(estimate(1000));
    expect(text).toContain('1,000 bookings a month');
    expect(text).toContain('not deployed');
    for (const service of services) expect(text).toContain(service);
  });
});
