import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { writesOfBooking } from '../../scripts/scale/heat.ts';
import { scaleTables, withTables } from '../../scripts/scale/scale.ts';

const page = readFileSync('docs/reference/scale.md', 'utf8');
const partitions = readFileSync('docs/reference/dynamodb.md', 'utf8');

describe('docs/reference/scale.md', () => {
  it('is what the simulations say, again and again', () => {
    expect(withTables(page)).toBe(page);
    for (const table of Object.values(scaleTables())) expect(page).toContain(table);
  }, 180_000);

  it('heats partitions that the table has, spread as the table’s page says', () => {
    for (const [name, spread] of writesOfBooking) {
      const row = partitions.split('\n').find(line => line.startsWith(`| \`${name}\` `));
      expect([name, row !== undefined]).toEqual([name, true]);
      if (spread === 'four') expect([name, row?.includes('shard`')]).toEqual([name, true]);
    }
  });

  it('says how many units a booking writes', () => {
    const writes = writesOfBooking.reduce((sum, [, , times]) => sum + times, 0);
    expect(page).toContain('215 or so writes');
    expect(Math.abs(writes - 215)).toBeLessThan(10);
    expect(page).toContain(`${Math.round((writes * 2) / 10) * 10} units a booking`);
    expect(page).toContain(`${Math.floor(4000 / (writes * 2))} bookings a second on the first day`);
  });
});
