import {
  clockOf,
  inZone,
  offsetText,
  type Resolved,
  resolveWall,
  type ZonedTime,
  zoneName,
} from '#lib/zoned.ts';
import type { Problem } from './problem.ts';

/**
 * What a source's times mean, as its configuration declares. `local`: the clock on the dock, whatever offset is
 * attached (many write `Z` behind a local time). `instant`: a point in time, so an offset or an epoch is needed.
 * `as-written`: a person's: the dock's clock, or an instant where an offset is typed.
 */
export type TimesMean = 'local' | 'instant' | 'as-written';

export type Reading = Resolved | { kind: 'unreadable'; reason: string };

const written =
  /^(?<date>\d{4}-\d{2}-\d{2})[T ](?<clock>\d{2}:\d{2})(?::\d{2}(?:\.\d{1,9})?)?(?<offset>Z|z|[+-]\d{2}(?::?\d{2})?)?$/;
const digits = /^\d{9,14}$/;

/** From here on a count since 1970 is in milliseconds: as seconds it would lie beyond the year 5000. */
const firstMilliseconds = 1e11;

/**
 * Reads a time of a trip in the vessel's zone, to the minute: ISO 8601 without offset, with `Z`, `+02:00`, `+0200` or
 * `+02`, or an epoch in seconds or milliseconds as a number or a text. Never guesses: gaps, repeated hours and texts
 * that can be taken in two ways come back as such.
 */
export function readTime(value: unknown, mean: TimesMean, zone: string): Reading {
  const text = typeof value === 'string' ? value.trim() : value;
  if (typeof text === 'number' || (typeof text === 'string' && digits.test(text))) {
    const epoch = Number(text);
    if (!Number.isFinite(epoch) || epoch < 0 || epoch >= 1e14) return unreadable('it is no plausible epoch');
    return readEpoch(epoch < firstMilliseconds ? epoch * 1000 : epoch, mean, zone);
  }
  const parts = typeof text === 'string' ? written.exec(text)?.groups : undefined;
  if (!parts?.date || !parts.clock)
    return unreadable('it is not written as a date and a time, like 2027-05-30T15:30');
  const wall = `${parts.date}T${parts.clock}`;
  if (mean === 'local' || (mean === 'as-written' && !parts.offset)) return readWall(wall, zone);
  if (!parts.offset) return unreadable('it has no offset, and this source declares its times as instants');
  try {
    return { kind: 'exact', time: inZone(`${wall}:00${isoOffset(parts.offset)}`, zone) };
  } catch {
    return unreadable('there is no such date or time');
  }
}

/** Reads when something happened, for ordering: an instant with offset, or an epoch. Epoch milliseconds, or null. */
export function readInstant(value: unknown): number | null {
  const text = typeof value === 'string' ? value.trim() : value;
  if (typeof text === 'number' || (typeof text === 'string' && digits.test(text))) {
    const epoch = Number(text);
    if (!Number.isFinite(epoch) || epoch < 0 || epoch >= 1e14) return null;
    return Math.trunc(epoch < firstMilliseconds ? epoch * 1000 : epoch);
  }
  const offset = typeof text === 'string' ? written.exec(text)?.groups?.offset : undefined;
  if (typeof text !== 'string' || !offset) return null;
  const ms = Date.parse(`${text.slice(0, -offset.length).replace(' ', 'T')}${isoOffset(offset)}`);
  return Number.isNaN(ms) || ms < 0 ? null : ms;
}

/** What keeps a reading from being a time, for the field it was read for. */
export function timeProblem(
  field: string,
  value: unknown,
  reading: Exclude<Reading, { kind: 'exact' }>,
  zone: string,
): Problem {
  const said = typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, 60) : 'That';
  switch (reading.kind) {
    case 'gap':
      return {
        field,
        code: 'time-does-not-exist',
        reason: `${said} does not exist in ${zone}: the clocks skip that hour.`,
        cure: 'Ask which time is meant and say it again.',
      };
    case 'ambiguous': {
      const choices = [reading.earlier, reading.later];
      return {
        field,
        code: 'time-ambiguous',
        reason: `${said} happens twice in ${zone}: the clocks repeat that hour.`,
        cure: `Ask which one is meant and say it with its offset: ${choices.map(choice).join(' or ')}.`,
        choices: choices.map(offsetText),
      };
    }
    case 'unreadable':
      return {
        field,
        code: 'time-unreadable',
        reason: `${said} cannot be read as a time: ${reading.reason}.`,
        cure: 'Write it like 2027-05-30T15:30, or with an offset like 2027-05-30T15:30-07:00.',
      };
  }
}

const choice = (time: ZonedTime) => `${offsetText(time)} (${clockOf(time)} ${zoneName(time)})`;

function readEpoch(ms: number, mean: TimesMean, zone: string): Reading {
  const minute = Math.floor(ms / 60_000) * 60_000;
  // A source that means the dock's clock and sends an epoch has written that clock as if it were UTC.
  if (mean === 'local') return readWall(inZone(minute, 'UTC').local, zone);
  return { kind: 'exact', time: inZone(minute, zone) };
}

function readWall(wall: string, zone: string): Reading {
  try {
    return resolveWall(wall, zone);
  } catch {
    return unreadable('there is no such date or time');
  }
}

function isoOffset(offset: string): string {
  if (offset === 'Z' || offset === 'z') return 'Z';
  const [hours, minutes] = [offset.slice(0, 3), offset.slice(3).replace(':', '') || '00'];
  return `${hours}:${minutes}`;
}

const unreadable = (reason: string): Reading => ({ kind: 'unreadable', reason });
