import type { SurfaceName } from '#booking/surface.ts';
import type { Run, Workflow } from '#durable/durable.ts';
import { attempt, type Fared } from './steps.ts';

/** Ids only: the history of a run holds no people and no amounts. */
export type FulfilInput = { bookingId: string; revision: number; run: number };

/** What the story below is told with; each is safe to repeat. */
export type Fulfilment = {
  /** Makes one surface say what the booking is now; `superseded` when a later revision has come in. */
  say(surface: SurfaceName, input: FulfilInput): Promise<Fared>;
  /** Sets the reminders, the upload window, the thanks and the purge as the booking is now, and has the revision announced. */
  setAgenda(input: FulfilInput): Promise<Fared>;
  /** Hands over to the books, which run by themselves behind the money fence. */
  openBooks(input: FulfilInput): Promise<Fared>;
  /** Notes how the run ended; an incomplete one is driven again. */
  report(input: FulfilInput, outcome: 'complete' | 'incomplete'): Promise<void>;
};

/** What version 2 does beside. */
export const withCalendarServers = [['write to calendar servers', 'calendar server']] as const;

/**
 * Makes everything people see about a booking true as of one revision: a new booking, a moved one and a cancelled one
 * alike, since a cancelled booking is one about which each surface should say that it is off. Safe to run again.
 * Version 2 is told `also` of the operator's own calendar servers; where there is none, version 1 spares every booking a step.
 */
export const fulfilBooking =
  (to: Fulfilment, also: readonly (readonly [step: string, SurfaceName])[] = []): Workflow<FulfilInput> =>
  async (input, run: Run) => {
    const say = (step: string, surface: SurfaceName) => attempt(run, step, () => to.say(surface, input));

    const crewEvent = await say('ensure crew event', 'crew event');
    if (crewEvent === 'superseded') return 'superseded';

    const seen = await Promise.all([
      say('enter in calendar', 'calendar entry'),
      say('publish guest page', 'guest page'),
      say('fill person feeds', 'person feed'),
      say('fill vessel feed', 'vessel feed'),
    ]);
    const written = await Promise.all([
      say('write to crew', 'crew letter'),
      say('write to guest', 'guest letter'),
      attempt(run, 'set agenda', () => to.setAgenda(input)),
      attempt(run, 'open the books', () => to.openBooks(input)),
      // Here, so that a server that does not answer keeps no letter waiting.
      ...also.map(([step, surface]) => say(step, surface)),
    ]);

    const all = [crewEvent, ...seen, ...written];
    if (all.includes('superseded')) return 'superseded';
    const outcome = all.includes('failing') ? 'incomplete' : 'complete';
    await run.step('report', () => to.report(input, outcome));
    return outcome;
  };
