import { readFileSync } from 'node:fs';

const recorded = JSON.parse(readFileSync(new URL('changes.json', import.meta.url), 'utf8')) as {
  tzdata: string;
  zones: Record<string, [at: string, before: number, after: number][]>;
};

const minute = 60_000;
const day = 24 * 60 * minute;

/** A change of the clocks: an instant (epoch ms) and the offsets east of UTC on its two sides, in minutes. */
export type Change = { readonly at: number; readonly before: number; readonly after: number };

/**
 * A zone as tzdata has it, by plain arithmetic on recorded offsets: nothing of the program, of Temporal or of this
 * machine's own zones is in it.
 */
export type OracleZone = ReturnType<typeof oracleZone>;

function oracleZone(name: string, changes: readonly Change[]) {
  const offsetAt = (instant: number) =>
    changes.findLast(change => change.at <= instant)?.after ?? (changes[0] as Change).before;
  /** Every instant at which the clock shows this wall time (as if it were UTC): none in a gap, two where it repeats. */
  const instantsOf = (wall: number) => {
    const offsets = new Set([offsetAt(wall - day), offsetAt(wall), offsetAt(wall + day)]);
    return [...offsets]
      .map(offset => wall - offset * minute)
      .filter(instant => instant + offsetAt(instant) * minute === wall)
      .sort((a, b) => a - b);
  };
  return {
    name,
    changes,
    offsetAt,
    instantsOf,
    wallAt: (instant: number) => instant + offsetAt(instant) * minute,
    /** The instant of a wall time where days are counted: in a gap the clock has moved on by its length. */
    instantOf(wall: number) {
      const [first] = instantsOf(wall);
      if (first !== undefined) return first;
      return wall - offsetAt(wall - day) * minute;
    },
    /** The wall times, a quarter of an hour apart, of the days on which a change happens. */
    quartersAround({ at, before, after }: Change): number[] {
      const first = Math.floor((at + Math.min(before, after) * minute) / day) * day;
      const last = Math.floor((at + Math.max(before, after) * minute) / day) * day;
      const days = first === last ? [first] : [first, last];
      return days.flatMap(of => Array.from({ length: 96 }, (_, n) => of + n * 15 * minute));
    },
  };
}

export const oracle: readonly OracleZone[] = Object.entries(recorded.zones).map(([name, changes]) =>
  oracleZone(
    name,
    changes.map(([at, before, after]) => ({ at: Date.parse(at), before, after })),
  ),
);

/** `2027-03-14T02:30` */
export const textOf = (wall: number): string => new Date(wall).toISOString().slice(0, 16);
/** `2027-03-14T10:30:00Z` */
export const instantText = (instant: number): string => `${new Date(instant).toISOString().slice(0, 19)}Z`;
