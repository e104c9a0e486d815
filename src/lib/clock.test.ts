import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { exact, isoInstant, settableClock, systemClock } from './clock.ts';

const noon = Date.parse('2027-05-30T12:00:00Z');

describe('a clock that is set', () => {
  it('stands still until it is told to move', () => {
    const clock = settableClock('2027-05-30T12:00:00Z');
    expect([clock.now(), settableClock(noon).now()]).toEqual([noon, noon]);
    clock.advance(1500);
    expect(clock.now()).toBe(noon + 1500);
    clock.set('2027-05-30T11:00:00Z');
    expect(clock.now()).toBe(noon - 3_600_000);
    expect(() => clock.set('soon')).toThrow('not an instant: soon');
  });

  it('rings what falls due on the way, in order of time and then of asking, each at its own moment', () => {
    const clock = settableClock(noon);
    const rung: string[] = [];
    const ring = (name: string) => () => rung.push(`${name} ${clock.now() - noon}`);
    clock.after(300, ring('c'));
    clock.after(100, ring('a'));
    clock.after(100, ring('b'));
    clock.after(301, ring('not yet'));
    clock.advance(300);
    expect(rung).toEqual(['a 100', 'b 100', 'c 300']);
    expect(clock.now()).toBe(noon + 300);
    clock.advance(1);
    expect(rung.at(-1)).toBe('not yet 301');
    clock.advance(1000);
    expect(rung).toHaveLength(4);
  });

  it('rings what is set while it rings, if that is due as well', () => {
    const clock = settableClock(noon);
    const rung: number[] = [];
    clock.after(10, () => {
      rung.push(clock.now() - noon);
      clock.after(5, () => rung.push(clock.now() - noon));
      clock.after(50, () => rung.push(clock.now() - noon));
    });
    clock.advance(20);
    expect(rung).toEqual([10, 15]);
    expect(clock.nextDue()).toBe(noon + 60);
  });

  it('never rings early when it jumps, nor goes back when something is overdue', () => {
    const clock = settableClock(noon);
    const rung: number[] = [];
    clock.after(100, () => rung.push(clock.now() - noon));
    clock.set(noon + 99);
    expect(rung).toEqual([]);
    clock.set(noon + 5000);
    expect(rung).toEqual([5000]);
    clock.after(-5, () => rung.push(clock.now() - noon));
    expect(clock.nextDue()).toBe(noon + 5000);
    clock.advance(0);
    expect(rung).toEqual([5000, 5000]);
  });

  it('does not ring what was called off', () => {
    const clock = settableClock(noon);
    const rung: string[] = [];
    const callOff = clock.after(10, () => rung.push('called off'));
    clock.after(20, () => rung.push('kept'));
    callOff();
    callOff();
    expect(clock.nextDue()).toBe(noon + 20);
    clock.advance(100);
    expect(rung).toEqual(['kept']);
    expect(clock.nextDue()).toBeNull();
  });
});

describe("the machine's clock", () => {
  beforeEach(() => void vi.useFakeTimers({ now: noon }));
  afterEach(() => void vi.useRealTimers());

  it('tells the time, rings once and can be called off', () => {
    const rung: string[] = [];
    expect(systemClock.now()).toBe(noon);
    systemClock.after(1000, () => rung.push('a'));
    systemClock.after(1000, () => rung.push('called off'))();
    systemClock.after(-1, () => rung.push('at once'));
    vi.advanceTimersByTime(0);
    expect(rung).toEqual(['at once']);
    vi.advanceTimersByTime(999);
    expect(rung).toEqual(['at once']);
    vi.advanceTimersByTime(5000);
    expect(rung).toEqual(['at once', 'a']);
  });

  it('takes a wait longer than a timer can be as the longest there is, never as none', () => {
    const rung: string[] = [];
    systemClock.after(400 * 24 * 3_600_000, () => rung.push('early, to look again'));
    vi.advanceTimersByTime(20 * 24 * 3_600_000);
    expect(rung).toEqual([]);
    vi.advanceTimersByTime(5 * 24 * 3_600_000);
    expect(rung).toEqual(['early, to look again']);
  });
});

it('keeps no process alive for what is still to ring', () => {
  const unref = vi.spyOn(globalThis, 'setTimeout');
  systemClock.after(60_000, () => {});
  const timer = unref.mock.results[0]?.value as NodeJS.Timeout;
  expect(timer.hasRef()).toBe(false);
  clearTimeout(timer);
  unref.mockRestore();
});

it('writes instants in one way, so that text compares as time does', () => {
  expect(isoInstant(noon)).toBe('2027-05-30T12:00:00.000Z');
  expect(exact('2027-05-30T14:00+02:00')).toBe('2027-05-30T12:00:00.000Z');
  expect(exact('2027-05-30T12:00:00.5Z')).toBe('2027-05-30T12:00:00.500Z');
});
