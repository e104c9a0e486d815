import { Temporal } from 'temporal-polyfill';

/** A stretch of time, `from` to before `until` (epoch ms), in which the clocks of a zone are not changed. */
export type Steady = {
  readonly zone: string;
  readonly from: number;
  readonly until: number;
  /** What they are ahead of UTC by, in ms. */
  readonly ahead: number;
};

const steadies = new Map<string, Steady[]>();

/**
 * The stretch that an instant (epoch ms) lies in. Throws RangeError for what is no zone. Looked up once for each stretch,
 * because to ask the rules of a zone takes longer than whatever is reckoned with them.
 */
export function steadyAt(ms: number, zone: string): Steady {
  const known = steadies.get(zone) ?? [];
  const held = known.find(({ from, until }) => from <= ms && ms < until);
  if (held) return held;
  const zoned = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);
  // A change at this very instant begins the stretch.
  const before = zoned.add({ milliseconds: 1 }).getTimeZoneTransition('previous');
  const after = zoned.getTimeZoneTransition('next');
  const steady = {
    zone: zoned.timeZoneId,
    from: before?.epochMilliseconds ?? Number.NEGATIVE_INFINITY,
    until: after?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
    ahead: zoned.offsetNanoseconds / 1e6,
  };
  steadies.set(zone, [...known, steady]);
  return steady;
}
