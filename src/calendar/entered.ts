import { type Clock, isoInstant } from '#lib/clock.ts';
import { canonicalJson } from '#lib/digest.ts';
import { newId, type Random } from '#lib/random.ts';
import type { CalendarEntry, EntryFacts } from './calendar-entry.ts';
import type { Entered } from './calendar-store.ts';

/** What an entry becomes when it is to say this: a new revision only where it says something else. */
export function entered(
  before: CalendarEntry | null,
  wanted: EntryFacts,
  { clock, random }: { clock: Clock; random: Random },
): Entered {
  const facts = factsOnly(wanted);
  if (before && canonicalJson(factsOnly(before)) === canonicalJson(facts)) {
    return { entry: before, outcome: 'unchanged' };
  }
  const entry: CalendarEntry = {
    ...facts,
    id: before?.id ?? newId(random, 'cal'),
    revision: (before?.revision ?? 0) + 1,
    changedAt: isoInstant(clock.now()),
  };
  return { entry, outcome: before ? 'changed' : 'entered' };
}

/** Whether an entry may be found by this booking's keys: one that is another booking's is not theirs. */
export const isTheirs = (entry: CalendarEntry, booking: EntryFacts['booking']): boolean =>
  entry.booking === booking || entry.booking === null || booking === null;

const factsOnly = ({
  booking,
  charterId,
  date,
  start,
  end,
  vessel,
  captain,
  title,
  status,
  note,
}: EntryFacts): EntryFacts => ({
  booking,
  charterId,
  date,
  start,
  end,
  vessel,
  captain,
  title,
  status,
  note,
});
