import type { SurfaceName } from '#booking/surface.ts';
import type { Run, Workflow } from '#durable/durable.ts';
import { attempt, type Fared } from './steps.ts';

/** Ids only: no amount enters the history of a run. `tag` names the state of booking and amounts that is aimed at. */
export type BooksInput = { bookingId: string; tag: string; run: number };

export type Books = {
  say(surface: SurfaceName, input: BooksInput): Promise<Fared>;
  report(input: BooksInput, outcome: 'complete' | 'incomplete'): Promise<void>;
};

/**
 * The owner's side of a booking: the ledger, the summary with the breakdown, each captain's own pay. A workflow of its
 * own, so that finances failing or slow can neither stop nor delay what crew and guests see. Safe to run again.
 */
export const keepBooks =
  (to: Books): Workflow<BooksInput> =>
  async (input, run: Run) => {
    const say = (step: string, surface: SurfaceName) => attempt(run, step, () => to.say(surface, input));

    const ledger = await say('enter in ledger', 'ledger');
    if (ledger === 'superseded') return 'superseded';
    const letters = await Promise.all([
      say('write to owner', 'owner letter'),
      say('write to captain', 'captain letter'),
    ]);

    const all = [ledger, ...letters];
    if (all.includes('superseded')) return 'superseded';
    const outcome = all.includes('failing') ? 'incomplete' : 'complete';
    await run.step('report', () => to.report(input, outcome));
    return outcome;
  };
