import { describe, expect, it } from 'vitest';
import { egress, lookingFor } from './egress.ts';

const isHeldBack = async (body: string, amounts: readonly string[]) => {
  let held = false;
  const out = egress({
    leaks: lookingFor(() => amounts),
    onRefused: () => {
      held = true;
    },
  });
  try {
    await out.emit({ audience: 'guest', channel: 'page', about: ['bkg_a'], body });
  } catch {
    expect(held).toBe(true);
  }
  return held;
};

describe('the last gate before money gets out', () => {
  it.each([
    'You pay 394.54 today',
    'total: 39454',
    'USD39454',
    '39454USD',
    '<i data-x="a39454b">',
    '#39454',
    'x'.repeat(40).concat('39454'),
  ])('holds back %s', async body => {
    expect(await isHeldBack(body, ['394.54', '39454'])).toBe(true);
  });

  it.each([
    'nothing about money',
    '1394.54 is another amount, and so is 394.545',
    ':root{--line:#39454d;--soft:#139454}',
    'id="00fdd878ad5df0e43eaf1152a39454d8"',
  ])('lets through %s', async body => {
    expect(await isHeldBack(body, ['394.54', '39454'])).toBe(false);
  });
});
