import type { Booking } from '#booking/booking.ts';
import { firstNameOf } from '#booking/booking.ts';
import type { Fleet, Vessel } from '#booking/fleet.ts';
import { nobody, type Surface } from '#booking/surface.ts';
import { type Clock, isoInstant } from '#lib/clock.ts';
import { canonicalJson, digestOf } from '#lib/digest.ts';
import { newId, type Random } from '#lib/random.ts';
import { Refusal } from '#lib/refusal.ts';
import { rangeText, shift } from '#lib/zoned.ts';
import { newChecklist } from './checklist.ts';
import { type Papers, papersFault } from './credentials.ts';
import { type Assignment, type CrewEvent, countOf, type Place, reopened, retimed, rostered } from './crew.ts';
import type { CrewStore } from './crew-store.ts';
import type { Crewing } from './crew-up.ts';

/** What a booking makes its crew event say. Everything else in the event belongs to people and is left alone. */
export type Saying = Pick<
  CrewEvent,
  'title' | 'vessel' | 'charterMode' | 'start' | 'end' | 'callTime' | 'berth' | 'headCount' | 'guestFirstName'
>;

/** Whether an event says of a booking what it should. Letters wait for that, so that they never promise yesterday's times. */
export const saysSo = (event: CrewEvent, booking: Booking, fleet: Fleet): boolean =>
  event.status === 'on' &&
  digestOf(sayingOf(event)) === digestOf(sayingFor(booking, vesselOf(booking, fleet)));

/**
 * The crew event of a booking: exactly one, made at the first revision and brought up to date at each later one.
 * Answers, notes, ticks and a roster that somebody chose stay; answers are open again when the time changed.
 */
export function crewEventSurface(parts: {
  store: CrewStore;
  fleet: Fleet;
  clock: Clock;
  random: Random;
  crewing: Pick<Crewing, 'crewUp'>;
  papers: Papers;
}): Surface {
  const { store, fleet, clock, random } = parts;
  const act = () => ({ by: 'booking', at: isoInstant(clock.now()) });

  return {
    name: 'crew event',
    fence: 'open',

    async desired(booking) {
      return [{ recipient: nobody, digest: digestOf(sayingFor(booking, vesselOf(booking, fleet))) }];
    },

    async state(booking) {
      const vessel = vesselOf(booking, fleet);
      const saying = sayingFor(booking, vessel);
      const usual = usualCrew(vessel, booking);
      const barred = await barredFrom(parts.papers, booking, usual);
      const { by, at } = act();
      let event = await store.ofBooking(booking.id);
      if (!event) {
        const leftOut = [...barred].map(person => ({
          ...{ by, at },
          what: `${person} was left out: a credential runs out before the trip is over.`,
        }));
        const made: CrewEvent = {
          id: newId(random, 'evt'),
          booking: booking.id,
          revision: 1,
          ...saying,
          notes: '',
          status: 'on',
          origin: 'booking',
          roster: rostered([], without(usual, barred)),
          needs: countOf(usual),
          passed: [],
          excused: [],
          renterChose: null,
          rosterIs: 'usual',
          checklist: newChecklist(),
          createdAt: at,
          changedAt: at,
        };
        const added = await store.add({
          event: made,
          entries: [{ by, at, what: 'The event was made.' }, ...leftOut],
        });
        if (added.kind === 'added') {
          await parts.crewing.crewUp(made.id);
          return { state: 'stated' };
        }
        if (added.kind === 'key-reused') throw new Error('a booking is added without a key');
        event = added.event;
      }
      await store.change(event.id, before => {
        const after = broughtUpToDate(before, saying, { usual, barred }, vessel);
        const what = differences(before, after);
        if (what.length === 0) return null;
        return {
          event: { ...after, revision: before.revision + 1, changedAt: at },
          entries: what.map(line => ({ by, at, what: line })),
        };
      });
      await parts.crewing.crewUp(event.id);
      return { state: 'stated' };
    },

    async withdraw(booking) {
      const event = await store.ofBooking(booking.id);
      if (!event) return { state: 'stated' };
      const { by, at } = act();
      await store.change(event.id, before =>
        before.status === 'cancelled'
          ? null
          : {
              event: { ...before, status: 'cancelled', revision: before.revision + 1, changedAt: at },
              entries: [{ by, at, what: 'The trip was cancelled.' }],
            },
      );
      await parts.crewing.crewUp(event.id);
      return { state: 'stated' };
    },

    async readBack(booking) {
      const event = await store.ofBooking(booking.id);
      return event?.status === 'on' ? digestOf(sayingOf(event)) : null;
    },
  };
}

/** Who sails on her unless somebody decides otherwise. On a bareboat charter no captain: the renter chooses one. */
export const usualCrew = (vessel: Vessel, booking: Pick<Booking, 'charterMode'>): readonly Place[] =>
  vessel.crew
    .filter(({ role }) => booking.charterMode !== 'bareboat' || role !== 'captain')
    .map(({ person, role }) => ({ person, role }));

/** The usual crew, and those of it whose credentials run out before the trip is over: their places are open to others. */
type UsualCrew = { readonly usual: readonly Place[]; readonly barred: ReadonlySet<string> };

async function barredFrom(
  papers: Papers,
  { end }: Pick<Booking, 'end'>,
  usual: readonly Place[],
): Promise<ReadonlySet<string>> {
  const faults = await Promise.all(
    usual.map(({ person, role }) => papersFault(papers, { end }, person, role)),
  );
  return new Set(usual.filter((_, index) => faults[index]).map(({ person }) => person));
}

const without = (places: readonly Place[], barred: ReadonlySet<string>) =>
  places.filter(({ person }) => !barred.has(person));

function sayingFor(booking: Booking, vessel: Vessel): Saying {
  const first = firstNameOf(booking.guest);
  return {
    title: `Charter: ${first}, party of ${booking.partySize}`,
    vessel: vessel.id,
    charterMode: booking.charterMode,
    start: booking.start,
    end: booking.end,
    callTime: shift(booking.start, { minutes: -vessel.callMinutes }),
    berth: vessel.berth,
    headCount: booking.partySize,
    guestFirstName: first,
  };
}

const sayingOf = (event: CrewEvent): Saying => ({
  title: event.title,
  vessel: event.vessel,
  charterMode: event.charterMode,
  start: event.start,
  end: event.end,
  callTime: event.callTime,
  berth: event.berth,
  headCount: event.headCount,
  guestFirstName: event.guestFirstName,
});

function broughtUpToDate(before: CrewEvent, saying: Saying, crew: UsualCrew, vessel: Vessel): CrewEvent {
  // Who was told that it is off has to be asked anew.
  const timed = retimed(before.status === 'cancelled' ? reopened(before) : before, saying);
  return {
    ...timed,
    ...saying,
    status: 'on',
    ...(before.rosterIs === 'usual' ? usualRoster(timed, crew, vessel) : {}),
  };
}

/** The usual crew, and who was asked in their stead; on another vessel it begins anew. */
function usualRoster(
  event: CrewEvent,
  { usual, barred }: UsualCrew,
  vessel: Vessel,
): Pick<CrewEvent, 'roster' | 'needs' | 'passed'> {
  const needs = countOf(usual);
  // An acceptance got past the rule with a reason, and stays.
  const accepted = event.roster.filter(({ answer }) => answer === 'accepted').map(({ person }) => person);
  const may = without(usual, new Set([...barred].filter(person => !accepted.includes(person))));
  if (event.vessel !== vessel.id) return { roster: rostered(event.roster, may), needs, passed: [] };
  const isReserve = ({ person, role }: Place) =>
    vessel.reserve?.some(place => place.person === person && place.role === role) ?? false;
  const known = (place: Place) =>
    event.roster.find(other => other.person === place.person && other.role === place.role);
  const wanted = may.filter(({ person }) => !event.passed.some(passed => passed.person === person));
  return {
    needs,
    passed: event.passed,
    roster: [
      ...wanted.flatMap(place => known(place) ?? rostered([], [place])),
      ...event.roster.filter(
        place => isReserve(place) && !wanted.some(other => other.person === place.person),
      ),
    ],
  };
}

/** What changed, for the history: the facts by name, the times in full. Empty when nothing did. */
function differences(before: CrewEvent, after: CrewEvent): string[] {
  const lines: string[] = [];
  const when = (event: CrewEvent) => rangeText(event.start, event.end);
  if (before.status !== after.status) lines.push('The trip takes place after all.');
  if (when(before) !== when(after)) lines.push(`Moved from ${when(before)} to ${when(after)}.`);
  if (before.vessel !== after.vessel) lines.push('The vessel changed.');
  if (crewText(before.roster) !== crewText(after.roster)) lines.push('The usual crew changed.');
  if (lines.length === 0 && canonicalJson(sayingOf(before)) !== canonicalJson(sayingOf(after))) {
    lines.push('The details changed.');
  }
  return lines;
}

const crewText = (roster: readonly Assignment[]) =>
  roster
    .map(({ person, role }) => `${person} ${role}`)
    .sort()
    .join();

function vesselOf(booking: Booking, fleet: Fleet): Vessel {
  const vessel = fleet.vessel(booking.vessel);
  if (vessel) return vessel;
  throw new Refusal(
    'vessel-unknown',
    `There is no vessel ${booking.vessel}.`,
    'Add it to the configuration, or correct the booking.',
    { vessel: booking.vessel },
  );
}
