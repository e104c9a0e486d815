import { Temporal } from 'temporal-polyfill';

// Times of a zone by adding alone, where nothing is out of the ordinary: a booking asks some forty times, and Temporal takes
// three times as long. Each answers null where Temporal is to be asked.

const minuteMs = 60_000;
const dayMs = 1_440 * minuteMs;
/** From then on ISO 8601 needs more than four digits for a year. */
const endMs = Date.UTC(9999, 11, 1);
const mostDays = 5_000;

type Time = { local: string; zone: string; at: string };
/** How far clocks are ahead of UTC, and the zone as its name is written. */
type Steady = { aheadMs: number; zone: string };
type Zone = { name: string; aheadMs: Map<number, number> };

const zones = new Map<string, Zone>();

const inTemporal = (epochMs: number, zone: string) =>
  Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(zone);

function zoneCalled(zone: string): Zone {
  const known = zones.get(zone);
  if (known) return known;
  const made = { name: inTemporal(0, zone).timeZoneId, aheadMs: new Map<number, number>() };
  zones.set(zone, made);
  return made;
}

/** As a UTC day begins, by the number of the day. */
function aheadOn(day: number, { name, aheadMs }: Zone): number {
  const known = aheadMs.get(day);
  if (known !== undefined) return known;
  const made = inTemporal(day * dayMs, name).offsetNanoseconds / 1e6;
  if (aheadMs.size >= mostDays) aheadMs.clear();
  aheadMs.set(day, made);
  return made;
}

/**
 * What holds where clocks are changed neither on the UTC day of this instant nor within two days of it: a wall time there
 * means one instant. Throws RangeError where there is no such zone.
 */
function steady(epochMs: number | null, zone: string): Steady | null {
  if (epochMs === null || !Number.isInteger(epochMs) || epochMs < 3 * dayMs || epochMs >= endMs) return null;
  const it = zoneCalled(zone);
  const day = Math.floor(epochMs / dayMs);
  const aheadMs = aheadOn(day, it);
  if (aheadMs % minuteMs !== 0) return null;
  for (let near = day - 2; near <= day + 3; near++) if (aheadOn(near, it) !== aheadMs) return null;
  return { aheadMs, zone: it.name };
}

const iso = (ms: number) => new Date(ms).toISOString();

const timeAt = (epochMs: number, { aheadMs, zone }: Steady): Time => ({
  local: iso(epochMs + aheadMs).slice(0, 16),
  zone,
  at: `${iso(epochMs).slice(0, 19)}Z`,
});

/** `Date.parse` takes 30 February for 2 March. */
function read(text: string, form: RegExp, suffix: string): number | null {
  if (!form.test(text)) return null;
  const ms = Date.parse(text + suffix);
  return !Number.isNaN(ms) && iso(ms).slice(0, 16) === text.slice(0, 16) ? ms : null;
}
const readInstant = (at: string) => read(at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:[0-5]\d(?:\.\d{3})?Z$/, '');

/** The one instant that a wall time means. */
export function steadyWall(local: string, zone: string): Time | null {
  const wallMs = read(local, /^\d{4}-\d\d-\d\dT\d\d:\d\d$/, ':00Z');
  const clocks = steady(wallMs, zone);
  return wallMs === null || clocks === null ? null : timeAt(wallMs - clocks.aheadMs, clocks);
}

/** What clocks show at an instant. */
export function steadyTime(instant: number | string, zone: string): Time | null {
  const epochMs = typeof instant === 'number' ? instant : readInstant(instant);
  const clocks = steady(epochMs, zone);
  return epochMs === null || clocks === null ? null : timeAt(epochMs, clocks);
}

/** A time some whole days later by the clock, or minutes by the watch. */
export function steadyShift(from: Time, by: { days: number } | { minutes: number }): Time | null {
  const epochMs = readInstant(from.at);
  if (epochMs === null) return null;
  if ('minutes' in by) return steadyTime(epochMs + by.minutes * minuteMs, from.zone);
  const [before, after] = [steady(epochMs, from.zone), steady(epochMs + by.days * dayMs, from.zone)];
  if (before === null || after === null) return null;
  return timeAt(epochMs + before.aheadMs + by.days * dayMs - after.aheadMs, after);
}

/** Midnight before. */
export function steadyMidnight(time: Time): Time | null {
  const epochMs = readInstant(time.at);
  const clocks = steady(epochMs, time.zone);
  if (epochMs === null || clocks === null) return null;
  const wallMs = epochMs + clocks.aheadMs;
  return timeAt(wallMs - (wallMs % dayMs) - clocks.aheadMs, clocks);
}

/** With offset: `2027-05-30T15:30:00-07:00`. */
export function steadyOffsetText(time: Time): string | null {
  const epochMs = readInstant(time.at);
  const clocks = steady(epochMs, time.zone);
  if (epochMs === null || clocks === null) return null;
  const offset = iso(Math.abs(clocks.aheadMs)).slice(11, 16);
  return `${iso(epochMs + clocks.aheadMs).slice(0, 19)}${clocks.aheadMs < 0 ? '-' : '+'}${offset}`;
}
