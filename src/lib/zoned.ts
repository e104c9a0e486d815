import { Temporal } from 'temporal-polyfill';
import { isoInstant } from './clock.ts';
import { remembered } from './remembered.ts';
import { type Steady, steadyAt } from './zone-rules.ts';

/**
 * A moment in a place: what the clock on the dock says, which zone that dock is in, and the instant it resolves to.
 * All three are stored, because zone rules change and people agreed on the wall time.
 */
export type ZonedTime = {
  /** Wall time without offset, to the minute: `2027-05-30T15:30`. */
  readonly local: string;
  /** IANA zone: `America/Los_Angeles`. */
  readonly zone: string;
  /** The instant in UTC: `2027-05-30T22:30:00Z`. */
  readonly at: string;
};

/** What a wall time means in a zone. Clocks skip an hour (`gap`) and repeat one (`ambiguous`): a person decides, never we. */
export type Resolved =
  | { kind: 'exact'; time: ZonedTime }
  | { kind: 'gap'; local: string; zone: string }
  | { kind: 'ambiguous'; earlier: ZonedTime; later: ZonedTime };

export function isZone(zone: string): boolean {
  try {
    Temporal.Now.instant().toZonedDateTimeISO(zone);
    return zone.includes('/') || zone === 'UTC';
  } catch {
    return false;
  }
}

/** Resolves a wall time (`YYYY-MM-DDTHH:MM`, seconds ignored). Throws RangeError when it is no date at all. */
export const resolveWall = remembered((local: string, zone: string) => `${local} ${zone}`, resolved);

function resolved(local: string, zone: string): Resolved {
  const wallMs = Date.parse(`${local}:00Z`);
  // A day that is not in the calendar comes back as another one.
  const isPlain = !Number.isNaN(wallMs) && isoInstant(wallMs) === `${local}:00.000Z`;
  const plainly = isPlain ? farFromChange(wallMs, zone) : null;
  if (plainly) return { kind: 'exact', time: plainly };
  const plain = Temporal.PlainDateTime.from(local, { overflow: 'reject' }).round({
    smallestUnit: 'minute',
    roundingMode: 'trunc',
  });
  const earlier = plain.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const later = plain.toZonedDateTime(zone, { disambiguation: 'later' });
  if (earlier.epochMilliseconds === later.epochMilliseconds) return { kind: 'exact', time: stored(earlier) };
  if (!earlier.toPlainDateTime().equals(plain)) return { kind: 'gap', local: wall(plain), zone };
  return { kind: 'ambiguous', earlier: stored(earlier), later: stored(later) };
}

/** An instant (epoch ms, or ISO 8601 with offset) as the clock in `zone` shows it. */
export const inZone = remembered(
  (instant: number | string, zone: string) => `${instant} ${zone}`,
  (instant, zone) => {
    const ms = typeof instant === 'number' ? instant : Temporal.Instant.from(instant).epochMilliseconds;
    return shown(ms, steadyAt(ms, zone));
  },
);

export type Span = { days: number } | { hours: number } | { minutes: number };

/** Adds a span (negative allowed). Days keep the wall time across DST; hours and minutes are exact. */
export const shift = remembered(
  (time: ZonedTime, span: Span) => `${keyOf(time)} ${JSON.stringify(span)}`,
  (time, span) => {
    if (!('days' in span)) {
      const minutes = 'hours' in span ? span.hours * 60 : span.minutes;
      return inZone(epochOf(time) + minutes * minuteMs, time.zone);
    }
    return farFromChange(wallMsOf(time) + span.days * dayMs, time.zone) ?? stored(zonedOf(time).add(span));
  },
);

/** The first moment of its local day: midnight, or the end of the gap where clocks skip midnight. */
export const startOfDay = remembered(
  keyOf,
  time =>
    farFromChange(Math.floor(wallMsOf(time) / dayMs) * dayMs, time.zone) ??
    stored(zonedOf(time).startOfDay()),
);

export const epochOf = (time: ZonedTime): number => Date.parse(time.at);

/** `2027-05-30`, the local day. */
export const dayOf = (time: ZonedTime): string => time.local.slice(0, 10);

/** `15:30`, the clock on the dock. */
export const clockOf = (time: ZonedTime): string => time.local.slice(11, 16);

/** `Sunday 30 May 2027` in the locale's order of words. */
export const dateText = remembered(
  (time: ZonedTime, locale = 'en-GB') => `${keyOf(time)} ${locale}`,
  (time: ZonedTime, locale: string = 'en-GB') => {
    const parts = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const;
    const text = formatter(locale, time.zone, parts).format(epochOf(time));
    return locale.startsWith('en') ? text.replace(',', '') : text;
  },
);

/** The zone as people there say it: `PDT`. Falls back to the offset where the locale has no name for it. */
export const zoneName = remembered(
  (time: ZonedTime, locale = 'en-US') => `${keyOf(time)} ${locale}`,
  (time: ZonedTime, locale: string = 'en-US') => {
    const parts = formatter(locale, time.zone, { hour: 'numeric', timeZoneName: 'short' }).formatToParts(
      epochOf(time),
    );
    return parts.find(part => part.type === 'timeZoneName')?.value ?? time.zone;
  },
);

/** `15:30 PDT`. */
export const timeText = (time: ZonedTime): string => `${clockOf(time)} ${zoneName(time)}`;

/** `15:30–18:30 PDT`, for two times of one day; `00:30 PST–04:30 PDT` where the clocks are changed in between. */
export const clocksText = (start: ZonedTime, end: ZonedTime): string =>
  `${zoneName(start) === zoneName(end) ? clockOf(start) : timeText(start)}–${timeText(end)}`;

/** `Sunday 30 May 2027, 15:30–18:30 PDT`, or with both dates when the trip ends on another day. */
export function rangeText(start: ZonedTime, end: ZonedTime, locale = 'en-GB'): string {
  return dayOf(start) === dayOf(end)
    ? `${dateText(start, locale)}, ${clocksText(start, end)}`
    : `${dateText(start, locale)}, ${timeText(start)} – ${dateText(end, locale)}, ${timeText(end)}`;
}

/** With offset, for `<time datetime>` and APIs: `2027-05-30T15:30:00-07:00`. */
export const offsetText = remembered(keyOf, time =>
  zonedOf(time).toString({ timeZoneName: 'never', smallestUnit: 'second' }),
);

function keyOf(time: ZonedTime): string {
  return `${time.at} ${time.zone}`;
}

const minuteMs = 60_000;
const dayMs = 86_400_000;

const shown = (ms: number, { zone, ahead }: Steady): ZonedTime => ({
  local: isoInstant(ms + ahead).slice(0, -':00.000Z'.length),
  zone,
  at: `${isoInstant(ms).slice(0, -'.000Z'.length)}Z`,
});

/** A wall time (in ms, as if it were UTC) that is more than a day from any change of the clocks, and so has one meaning; else null. */
function farFromChange(wallMs: number, zone: string): ZonedTime | null {
  const steady = steadyAt(wallMs, zone);
  const isFar = steady.from <= wallMs - dayMs && wallMs + dayMs < steady.until;
  return isFar ? shown(wallMs - steady.ahead, steady) : null;
}

const wallMsOf = (time: ZonedTime) => epochOf(time) + steadyAt(epochOf(time), time.zone).ahead;

const zonedOf = (time: ZonedTime) => Temporal.Instant.from(time.at).toZonedDateTimeISO(time.zone);

const wall = (plain: Temporal.PlainDateTime) => plain.toString({ smallestUnit: 'minute' });

const stored = (zoned: Temporal.ZonedDateTime): ZonedTime => ({
  local: wall(zoned.toPlainDateTime()),
  zone: zoned.timeZoneId,
  at: zoned.toInstant().toString({ smallestUnit: 'second' }),
});

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(locale: string, timeZone: string, options: Intl.DateTimeFormatOptions) {
  const key = `${locale}|${timeZone}|${Object.keys(options).join()}`;
  const known = formatters.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(locale, { timeZone, ...options });
  formatters.set(key, made);
  return made;
}
