import type { Vessel } from '#booking/fleet.ts';
import type { ReadingRoom } from './source.ts';

/** The vessel a source means by a word: its own name for her as configured, or her id. */
export function vesselOf(word: string, { settings, fleet }: ReadingRoom): Vessel | null {
  const known = Object.hasOwn(settings.listings, word) ? settings.listings[word] : undefined;
  return fleet.vessel(known ?? word);
}
