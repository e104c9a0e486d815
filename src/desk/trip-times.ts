import type { Booking } from '#booking/booking.ts';
import type { Problem } from '#booking/problem.ts';
import { readTime, timeProblem } from '#booking/times.ts';
import { clockOf, dayOf, epochOf, resolveWall, shift, type ZonedTime } from '#lib/zoned.ts';

/** When a trip is, as a form holds it: a day, a clock, minutes, and which of two equal clock times where an hour comes twice. */
export type TimeFields = { date: string; start: string; length: string; which: string };

export type ReadTimes =
  | { kind: 'times'; start: ZonedTime; end: ZonedTime }
  | { kind: 'problems'; problems: readonly Problem[] }
  | { kind: 'ambiguous'; problems: readonly Problem[]; earlier: ZonedTime; later: ZonedTime };

/** Reads what was typed as a time at the berth. An hour that clocks skip or repeat is a person's to settle, never ours. */
export function readTimes(fields: TimeFields, zone: string): ReadTimes {
  const minutes = /^\d{1,5}$/.test(fields.length) ? Number(fields.length) : 0;
  const problems = [
    ...(/^\d{4}-\d{2}-\d{2}$/.test(fields.date) ? [] : [unreadable('date', 'The day', '2027-05-30')]),
    ...(/^\d{2}:\d{2}$/.test(fields.start) ? [] : [unreadable('start', 'The start', '15:30')]),
    ...(minutes >= 1 ? [] : [noLength]),
  ];
  if (problems.length > 0) return { kind: 'problems', problems };

  const written = `${fields.date}T${fields.start}`;
  const reading = readTime(written, 'local', zone);
  const until = (start: ZonedTime): ReadTimes => ({ kind: 'times', start, end: shift(start, { minutes }) });
  if (reading.kind === 'exact') return until(reading.time);
  if (reading.kind === 'ambiguous' && fields.which === 'earlier') return until(reading.earlier);
  if (reading.kind === 'ambiguous' && fields.which === 'later') return until(reading.later);

  const problem = timeProblem('start', written.replace('T', ' '), reading, zone);
  if (reading.kind === 'ambiguous') {
    const { earlier, later } = reading;
    const reason = problem?.reason ?? '';
    return { kind: 'ambiguous', earlier, later, problems: [{ ...noChoice, reason }] };
  }
  return { kind: 'problems', problems: problem ? [problem] : [] };
}

const unreadable = (field: string, what: string, example: string): Problem => ({
  field,
  code: 'time-unreadable',
  reason: `${what} is missing or cannot be read.`,
  cure: `Write it like ${example}.`,
});

const noLength: Problem = {
  field: 'length',
  code: 'length-missing',
  reason: 'The trip has no length.',
  cure: 'Choose how long it lasts.',
};

const noChoice: Problem = {
  field: 'which',
  code: 'time-ambiguous',
  reason: '',
  cure: 'Choose which of the two is meant.',
};

/** The times of a trip as the form would hold them, so that a move can be posted back exactly. */
export function timeFieldsOf({ start, end }: Pick<Booking, 'start' | 'end'>): TimeFields {
  const resolved = resolveWall(start.local, start.zone);
  const isEarlier = resolved.kind === 'ambiguous' && resolved.earlier.at === start.at;
  return {
    date: dayOf(start),
    start: clockOf(start),
    length: String(minutesOf(start, end)),
    which: resolved.kind !== 'ambiguous' ? '' : isEarlier ? 'earlier' : 'later',
  };
}

export const minutesOf = (start: ZonedTime, end: ZonedTime): number =>
  (epochOf(end) - epochOf(start)) / 60_000;
