import * as z from 'zod';
import type { Fleet } from '#booking/fleet.ts';
import { plainLine } from '#booking/plain-line.ts';
import { isNotEmpty, type Problem, refusalOf } from '#booking/problem.ts';
import { readTime, timeProblem } from '#booking/times.ts';
import { clockOf, dayOf, epochOf, type ZonedTime } from '#lib/zoned.ts';
import { addDays, daysBetween, type EntryFacts, longestDays } from './calendar-entry.ts';

const clock = z
  .string()
  .regex(/^(\d{4}-\d{2}-\d{2}[T ])?\d{2}:\d{2}/, 'a time such as 15:30, or 2027-05-31T01:00 on another day');
const line = (most: number) => z.string().max(most);

/** What a script may say about an entry. Only the date is a must, and only for a new one. */
export const calendarBody = z.strictObject({
  date: z.iso.date('a date such as 2027-05-30'),
  charter_id: line(100)
    .min(1)
    .nullish()
    .describe('Name of the charter outside. That of a known booking leads to its entry.'),
  start: clock.nullish().describe('Local time of the vessel.'),
  end: clock.nullish().describe('Local time; with its date when that is another day.'),
  vessel: line(60).nullish().describe('Id or name.'),
  captain: line(80).nullish().describe('Id of a person, or a name.'),
  title: line(120).min(1).optional(),
  status: z.enum(['tentative', 'confirmed', 'cancelled']).optional(),
  note: line(2000).nullish().describe('For those who run the boats. No amounts.'),
});

/** The same for a change: everything is optional. */
export const calendarPatch = calendarBody.partial();

export type CalendarInput = z.output<typeof calendarPatch>;

/** Reads a body by one of the shapes. Refuses with every problem at once: `field-unknown`, `field-wrong`, `field-missing`. */
export function readInput(shape: typeof calendarBody | typeof calendarPatch, body: unknown): CalendarInput {
  const read = shape.safeParse(body);
  if (read.success) return read.data;
  const problems = read.error.issues.flatMap((issue): Problem[] => {
    if (issue.code === 'unrecognized_keys') return issue.keys.map(unknownField);
    const field = issue.path.map(String).join('.') || 'the body';
    const isMissing =
      issue.path.length > 0 &&
      issue.code === 'invalid_type' &&
      (body as Record<string, unknown> | null)?.[field] === undefined;
    return [
      {
        field,
        code: isMissing ? 'field-missing' : 'field-wrong',
        reason: isMissing ? `${field} is missing.` : `${field} cannot be read: ${issue.message}.`,
        cure: field === 'date' ? 'Write the date like 2027-05-30.' : `Correct ${field} and send it again.`,
      },
    ];
  });
  throw isNotEmpty(problems) ? refusalOf(problems) : read.error;
}

const unknownField = (field: string): Problem => ({
  field: field.slice(0, 60),
  code: 'field-unknown',
  reason: `${field.slice(0, 60)} is not a field of a calendar entry.`,
  cure: `Leave it out. The fields are ${Object.keys(calendarBody.shape).join(', ')}.`,
});

/**
 * What an entry says after an input: the input where it speaks, the entry as it was where it is silent. Moving the date
 * moves the times with it. Throws all problems as one refusal, each with its field and cure.
 */
export function appliedTo(
  before: EntryFacts | null,
  input: CalendarInput,
  house: { fleet: Fleet; looksLikeMoney: (text: string) => boolean },
): EntryFacts {
  const { fleet } = house;
  const problems: Problem[] = [];
  const said = <T>(value: T | undefined, was: T): T => (value === undefined ? was : value);

  const vessel = input.vessel
    ? vesselId(input.vessel, fleet, problems)
    : said(input.vessel, before?.vessel ?? null);
  const zone = (vessel && fleet.vessel(vessel)?.zone) || fleet.house.zone;
  const date = input.date ?? before?.date ?? '';
  // What stays is not read again: a time in a repeated hour was settled when it was first said.
  const stays = before?.date === date && (before.start?.zone ?? zone) === zone;
  const moved = before ? daysBetween(before.date, date) : 0;
  const timeFor = (field: 'start' | 'end', was: string | null) => {
    if (stays && input[field] === undefined) return before[field];
    const text = said(input[field], was);
    return text ? timeOf(field, text, date, zone, problems) : null;
  };
  const start = timeFor('start', before?.start ? clockOf(before.start) : null);
  const end = timeFor(
    'end',
    before?.end ? `${addDays(dayOf(before.end), moved)}T${clockOf(before.end)}` : null,
  );
  if (start && dayOf(start) !== date) problems.push(otherDay(dayOf(start)));
  if (end && !start && problems.length === 0) problems.push(endAlone);
  if (start && end && epochOf(end) <= epochOf(start)) problems.push(endFirst(date));
  if (end && daysBetween(date, dayOf(end)) >= longestDays) problems.push(tooLong);

  const title = plainLine(input.title ?? before?.title ?? '');
  const captain = said(input.captain, before?.captain ?? null);
  const note = said(input.note, before?.note ?? null);
  for (const [field, text] of Object.entries({
    title: input.title,
    captain: input.captain,
    note: input.note,
  })) {
    if (text && house.looksLikeMoney(text)) problems.push(moneyIn(field));
  }

  if (isNotEmpty(problems)) throw refusalOf(problems);
  return {
    booking: before?.booking ?? null,
    charterId: said(input.charter_id && plainLine(input.charter_id), before?.charterId ?? null) || null,
    date,
    start,
    end,
    vessel,
    captain: captain ? plainLine(fleet.person(captain)?.name ?? captain) || null : null,
    title: title || (vessel && fleet.vessel(vessel)?.name) || 'Charter',
    status: input.status ?? before?.status ?? 'confirmed',
    note: note ? plainText(note) || null : null,
  };
}

function timeOf(
  field: string,
  text: string,
  date: string,
  zone: string,
  problems: Problem[],
): ZonedTime | null {
  const whole = /^\d{2}:\d{2}/.test(text) ? `${date}T${text}` : text;
  const reading = readTime(whole, 'as-written', zone);
  if (reading.kind === 'exact') return reading.time;
  problems.push(timeProblem(field, text, reading, zone));
  return null;
}

function vesselId(said: string, fleet: Fleet, problems: Problem[]): string | null {
  const wanted = plainLine(said).toLowerCase();
  const vessel = fleet.vessels.find(({ id, name }) => id === wanted || name.toLowerCase() === wanted);
  if (vessel) return vessel.id;
  problems.push({
    field: 'vessel',
    code: 'vessel-unknown',
    reason: `There is no vessel ${plainLine(said)}.`,
    cure: `The vessels are ${fleet.vessels.map(({ id }) => id).join(', ')}.`,
  });
  return null;
}

/** Line breaks stay, anything else that is no text goes. */
const plainText = (text: string) =>
  text
    .split(/\r\n|[\r\n]/)
    .map(plainLine)
    .join('\n')
    .trim();

const otherDay = (day: string): Problem => ({
  field: 'start',
  code: 'start-on-another-day',
  reason: `The start is on ${day}, which is not the date.`,
  cure: 'Give the start as a time alone, or correct the date.',
});

const endAlone: Problem = {
  field: 'end',
  code: 'end-without-start',
  reason: 'There is an end but no start.',
  cure: 'Give the start too, or leave both out when only the day is known.',
};

const endFirst = (date: string): Problem => ({
  field: 'end',
  code: 'end-before-start',
  reason: 'The end is not after the start.',
  cure: `Correct the times. A trip past midnight ends on the next day: ${addDays(date, 1)}T01:00.`,
});

const tooLong: Problem = {
  field: 'end',
  code: 'entry-too-long',
  reason: `An entry lasts less than ${longestDays} days.`,
  cure: 'Correct the end, or make several entries.',
};

const moneyIn = (field: string): Problem => ({
  field,
  code: 'notes-look-like-money',
  reason: `The ${field} looks as if it named an amount, and everybody who runs the boats reads the calendar.`,
  cure: 'Leave the amount out; amounts belong to the books. Write times with a colon, like 15:30.',
});
