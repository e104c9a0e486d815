import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import type { Booking } from '#booking/booking.ts';
import { readTime, timeProblem } from '#booking/times.ts';
import { timeline } from '#fulfilment/timeline.ts';
import { phaseTimetable } from '#guest-page/phase.ts';
import { inZone, resolveWall, shift } from '#lib/zoned.ts';
import { writeCalendar } from '#platform/ical.ts';
import { type Change, instantText, type OracleZone, oracle, textOf } from './oracle.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const zones = oracle.length;
const changes = oracle.reduce((sum, zone) => sum + zone.changes.length, 0);
const retention = { uploadDaysBefore: 7, uploadDaysAfter: 30, purgeAfterDays: 400 };

/** What differs, as lines; the same for every test here, because one line of a thousand tells more than the first. */
const everyChange = (wrong: (zone: OracleZone, change: Change) => readonly string[]): string[] =>
  oracle.flatMap(zone => zone.changes.flatMap(change => wrong(zone, change)));

describe(`the ${changes} changes of the clocks in ${zones} zones from 2020 to 2040`, () => {
  it('are at least those of twenty zones', () => {
    expect(zones).toBeGreaterThanOrEqual(20);
    expect(changes).toBeGreaterThan(900);
  });

  it('give each quarter of an hour around them its instant, none, or two', () => {
    let read = 0;
    const wrong = everyChange((zone, change) =>
      zone.quartersAround(change).flatMap(wall => {
        read++;
        const found = resolveWall(textOf(wall), zone.name);
        const instants =
          found.kind === 'exact'
            ? [found.time.at]
            : found.kind === 'gap'
              ? []
              : [found.earlier.at, found.later.at];
        const expected = zone.instantsOf(wall).map(instantText);
        return instants.join() === expected.join()
          ? []
          : [`${zone.name} ${textOf(wall)}: ${instants} instead of ${expected}`];
      }),
    );
    expect(wrong).toEqual([]);
    expect(read).toBeGreaterThan(90_000);
  });

  it('show each instant around them as the clock there shows it', () => {
    const wrong = everyChange((zone, { at }) =>
      Array.from({ length: 32 }, (_, n) => at - 4 * hour + n * 15 * minute).flatMap(instant => {
        const { local } = inZone(instant, zone.name);
        const expected = textOf(zone.wallAt(instant));
        return local === expected ? [] : [`${zone.name} ${instantText(instant)}: ${local}, not ${expected}`];
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('put each skipped and each repeated time before a person, with choices that mean the two instants', () => {
    const asked = { skipped: 0, repeated: 0 };
    const wrong = everyChange((zone, change) =>
      zone.quartersAround(change).flatMap(wall => {
        const said = textOf(wall);
        const expected = zone.instantsOf(wall);
        if (expected.length === 1) return [];
        const reading = readTime(said, 'local', zone.name);
        if (reading.kind === 'exact') return [`${zone.name} ${said} was taken as ${reading.time.at}`];
        const problem = timeProblem('start', said, reading, zone.name);
        if (expected.length === 0) {
          asked.skipped++;
          return problem.code === 'time-does-not-exist' ? [] : [`${zone.name} ${said}: ${problem.code}`];
        }
        asked.repeated++;
        const meant = (problem.choices ?? []).map(choice => {
          const chosen = readTime(choice, 'as-written', zone.name);
          return chosen.kind === 'exact' ? chosen.time.at : chosen.kind;
        });
        return meant.join() === expected.map(instantText).join()
          ? []
          : [`${zone.name} ${said}: choices ${meant}`];
      }),
    );
    expect(wrong).toEqual([]);
    expect(asked.skipped).toBeGreaterThan(1_800);
    expect(asked.repeated).toBeGreaterThan(1_800);
  });

  it('leave the phases of a page, the reminders and the upload window at the same time of day', () => {
    let checked = 0;
    const wrong = everyChange((zone, change) =>
      tripsAround(zone, change).flatMap(trip => {
        checked++;
        const at = (from: number, days: number) => instantText(zone.instantOf(from + days * day));
        const [begins, ends] = [zone.wallAt(trip.from), zone.wallAt(trip.until)];
        const phases = new Map(
          phaseTimetable(trip.booking, retention).map(({ phase, from }) => [phase, from?.at]),
        );
        const due = new Map(
          timeline(trip.booking, retention, trip.from - 40 * day).map(({ kind, dueAt }) => [kind, dueAt]),
        );
        const expected: [string, string | undefined, string][] = [
          ['prepare', phases.get('prepare'), at(begins, -7)],
          ['day-of', phases.get('day-of'), instantText(zone.instantOf(Math.floor(begins / day) * day))],
          ['aboard', phases.get('aboard'), instantText(trip.from)],
          ['after', phases.get('after'), instantText(trip.until)],
          ['archived', phases.get('archived'), at(ends, 30)],
          ['a week before', due.get('remind guest a week before'), at(begins, -7)],
          ['the day before', due.get('remind guest the day before'), at(begins, -1)],
          ['crew the day before', due.get('remind crew the day before'), at(begins, -1)],
          [
            'the way',
            due.get('guide guest on the day'),
            instantText(
              Math.min(zone.instantOf(Math.floor(begins / day) * day + 7 * hour), trip.from - 2 * hour),
            ),
          ],
          ['uploads open', due.get('open uploads'), at(begins, -7)],
          ['uploads close', due.get('close uploads'), at(ends, 30)],
          ['thanks', due.get('thank guest'), instantText(trip.until + 18 * hour)],
        ];
        const inOrder = [...phases.values()].filter(each => each !== undefined);
        return [
          ...expected.flatMap(([what, is, should]) =>
            is === should ? [] : [`${zone.name} ${textOf(begins)}, ${what}: ${is}, not ${should}`],
          ),
          ...(inOrder.every((each, n) => n === 0 || (inOrder[n - 1] ?? '') <= each)
            ? []
            : [`${zone.name} ${textOf(begins)}: phases out of order`]),
        ];
      }),
    );
    expect(wrong).toEqual([]);
    expect(checked).toBeGreaterThan(4_500);
  });

  it('are right in the calendar files, and an hour before stays an hour before', () => {
    const wrong = everyChange((zone, change) =>
      tripsAround(zone, change).flatMap(trip => {
        const ics = writeCalendar({
          name: 'feed',
          events: [
            {
              uid: 'x@y',
              sequence: 1,
              stamp: '2020-01-01T00:00:00Z',
              status: 'CONFIRMED',
              summary: 'Sail',
              start: trip.booking.start,
              end: trip.booking.end,
            },
          ],
        });
        const entry = new ICAL.Event(
          new ICAL.Component(ICAL.parse(ics)).getFirstSubcomponent('vevent') ?? undefined,
        );
        const [from, until] = [entry.startDate, entry.endDate].map(time => time.toUnixTime() * 1000);
        const call = shift(trip.booking.start, { minutes: -60 });
        return from === trip.from && until === trip.until && Date.parse(call.at) === trip.from - hour
          ? []
          : [`${zone.name} ${textOf(zone.wallAt(trip.from))}: ${from}–${until}, call ${call.at}`];
      }),
    );
    expect(wrong).toEqual([]);
  });
});

/** Trips that begin or end within the hour of a change, the evening before, the day after and a week on. */
function tripsAround(zone: OracleZone, { at }: Change) {
  return [-30 * minute, 15 * minute, -6 * hour, 20 * hour, 7 * day].map(offset => {
    const [from, until] = [at + offset, at + offset + 3 * hour];
    const booking = {
      id: 'bkg_test',
      status: 'confirmed',
      start: inZone(from, zone.name),
      end: inZone(until, zone.name),
    } as unknown as Booking;
    return { from, until, booking };
  });
}
