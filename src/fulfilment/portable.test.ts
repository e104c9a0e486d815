import { describe, expect, it } from 'vitest';
import type { Run } from '#durable/durable.ts';
import { isOperationName } from '#durable/limits.ts';
import { fulfilBooking, withCalendarServers } from './fulfil-booking.ts';
import { keepBooks } from './keep-books.ts';

/** Tells a workflow to nobody, and notes what it asked of the engine. */
function told() {
  const steps: string[] = [];
  const others: string[] = [];
  const run = new Proxy({} as Run, {
    get: (_, key) => {
      if (key === 'step')
        return (name: string, work: () => Promise<unknown>) => {
          steps.push(name);
          return work();
        };
      return () => {
        others.push(String(key));
        return Promise.resolve();
      };
    },
  });
  return { run, steps, others };
}

const say = async () => 'stated' as const;
const fulfilment = { say, setAgenda: say, openBooks: say, report: async () => {} };

describe('what our workflows ask of an engine is what Lambda takes', () => {
  it.each([
    ['fulfil-booking@1', fulfilBooking(fulfilment)],
    ['fulfil-booking@2', fulfilBooking(fulfilment, withCalendarServers)],
    ['keep-books@1', keepBooks({ say, report: async () => {} })],
  ])(
    '%s: steps under names of printable ASCII, each its own, and no callback inside a map',
    async (_, workflow) => {
      const { run, steps, others } = told();
      await workflow({ bookingId: 'bkg_0000000000000001', revision: 1, tag: '1.0', run: 1 } as never, run);
      expect(steps.length).toBeGreaterThan(3);
      expect(steps.filter(name => !isOperationName(name))).toEqual([]);
      expect(new Set(steps).size).toBe(steps.length);
      // A callback inside a map is not resumed by the service for minutes (aws-durable-execution-sdk-js#510).
      expect(
        others.filter(name => ['map', 'parallel', 'waitForCallback', 'createCallback'].includes(name)),
      ).toEqual([]);
    },
  );
});
