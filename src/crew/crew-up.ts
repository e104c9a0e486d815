import type { Claim, Claims } from '#booking/claims.ts';
import { turnaroundOf } from '#booking/claims.ts';
import type { CrewRole, Fleet } from '#booking/fleet.ts';
import { vesselClaim } from '#booking/vessel-claim.ts';
import type { Agenda } from '#durable/agenda.ts';
import { type Clock, isoInstant } from '#lib/clock.ts';
import { Refusal } from '#lib/refusal.ts';
import { inZone, rangeText, shift } from '#lib/zoned.ts';
import { type Papers, papersFault } from './credentials.ts';
import { type Act, type Answer, type CrewEvent, type CrewEventId, placeOf, roomIn } from './crew.ts';
import type { CrewStore, Edited } from './crew-store.ts';
import { answered, type Candidate, crewed, nextDeadline, passedOf } from './offers.ts';

/** The word of the agenda for a place that has to be answered by then. Its subject is the crew event. */
export const answersDue = 'open unanswered places';

export type CrewingParts = {
  store: CrewStore;
  claims: Claims;
  fleet: Fleet;
  clock: Clock;
  agenda: Pick<Agenda, 'replace'>;
  papers: Papers;
};

export type Crewing = ReturnType<typeof crewing>;

/** Minutes for which somebody who accepts is held while the acceptance is stored. */
const minutesHeld = 5;

/** Who could sail when, kept true beside the crew events: claims to vessel and people, and who is asked next for an open place. */
export function crewing(parts: CrewingParts) {
  const { store, claims, fleet, clock, agenda, papers } = parts;

  const personClaim = (event: CrewEvent, person: string): Claim => ({
    what: `person ${person}`,
    holder: holderOf(event),
    from: event.callTime.at,
    until: shift(event.end, { minutes: turnaroundOf(fleet.vessel(event.vessel ?? '')) }).at,
    expiresAt: null,
    why:
      event.vessel === null ? event.title : `Charter on ${fleet.vessel(event.vessel)?.name ?? event.vessel}`,
  });

  const claimsOf = (event: CrewEvent): readonly Claim[] => {
    if (event.status === 'cancelled') return [];
    const vessel = fleet.vessel(event.vessel ?? '');
    const sworn = event.roster.filter(({ holds, answer }) => holds && answer === 'accepted');
    return [
      ...(vessel ? [vesselClaim(vessel, { ...event, holder: holderOf(event) })] : []),
      ...sworn.map(({ person }) => personClaim(event, person)),
    ];
  };

  /** Claims what the event says by now, whatever else is claimed: it is so already, and a clash is for a person to decide. */
  const claim = async (event: CrewEvent) => {
    const wanted = claimsOf(event);
    const before = await claims.of(holderOf(event));
    for (const old of before) {
      if (!wanted.some(({ what }) => what === old.what)) await claims.release(old.what, old.holder);
    }
    for (const next of wanted) {
      const old = before.find(({ what }) => what === next.what);
      const isSame =
        old?.expiresAt === null &&
        Date.parse(old.from) === Date.parse(next.from) &&
        Date.parse(old.until) === Date.parse(next.until);
      if (!isSame) await claims.take({ ...next, why: old?.why ?? next.why }, 'anyway');
    }
  };

  const othersOf = async (event: CrewEvent, person: string): Promise<Claim | null> => {
    const mine = personClaim(event, person);
    const then = await claims.during(mine.what, mine.from, mine.until);
    return then.find(other => other.holder !== mine.holder) ?? null;
  };

  const nameOf = (person: string) => fleet.person(person)?.name ?? person;

  /** Why somebody cannot sail in a role, as a refusal to be thrown or shown; null when nothing is against it. */
  const faultOf = async (event: CrewEvent, person: string, role: CrewRole): Promise<Refusal | null> => {
    if (role === 'captain' && isRentersChoice(event)) return captainIsRentersChoice();
    const paper = await papersFault(papers, event, person, role, nameOf(person));
    if (paper) return paper;
    const other = await othersOf(event, person);
    return other ? personBusy(event, person, nameOf(person), other) : null;
  };

  const candidatesFor = async (event: CrewEvent, role: CrewRole): Promise<readonly Candidate[]> => {
    const vessel = fleet.vessel(event.vessel ?? '');
    if (!vessel || (role === 'captain' && isRentersChoice(event))) return [];
    const all = [
      ...vessel.crew.map(place => ({ ...place, rank: 0 })),
      ...(vessel.reserve ?? []).map(place => ({ ...place })),
    ].filter(
      place => place.role === role && !placeOf(event, place.person) && !event.excused.includes(place.person),
    );
    const free = await Promise.all(
      all.map(async ({ person, rank }) => ((await faultOf(event, person, role)) ? [] : [{ person, rank }])),
    );
    return free.flat();
  };

  return {
    faultOf,

    /**
     * Brings what surrounds an event up to date with it: the claims to vessel and people, who is asked for an open place,
     * and when the next answer is due. Safe to repeat; what it changes of the event is marked to be told.
     */
    async crewUp(id: CrewEventId): Promise<void> {
      const found = await store.find(id);
      if (!found) return;
      const vessel = fleet.vessel(found.vessel ?? '');
      // Nobody reads further where nobody could be asked: most fleets have no reserve, and every booking comes by here.
      const mayAsk = (vessel?.reserve ?? []).length > 0 && found.status === 'on';
      let event = found;
      if (mayAsk) {
        const free = {
          captain: await candidatesFor(found, 'captain'),
          crew: await candidatesFor(found, 'crew'),
        };
        const at = { now: clock.now(), answerHours: vessel?.answerHours ?? 48 };
        event =
          (await store.change(id, before => {
            const after = crewed(before, free, at);
            return (
              after && asEdited(before, after.event, after.what, { by: 'booking', at: isoInstant(at.now) })
            );
          })) ?? found;
      }
      await claim(event);
      if (!mayAsk) return;
      const dueAt = nextDeadline(event, clock.now());
      await agenda.replace(id, dueAt ? [{ kind: answersDue, subject: id, dueAt }] : []);
    },

    /**
     * Stores an answer, whoever gives it: at most one of all who race for a place gets it, and nobody gets two trips at
     * once. `isNew` is false when that is the answer already; null when there is no event. `despite` is the reason for letting somebody sail against
     * the rules; `once` the key of a press that may be sent again, as for the store.
     * Refusals beside those of `answered`: `person-busy`, `credential-expired`, `captain-is-renters-choice`.
     */
    async answer(
      id: CrewEventId,
      person: string,
      answer: Answer,
      act: Act,
      { despite, once }: { despite?: string | undefined; once?: string | undefined } = {},
    ): Promise<{ event: CrewEvent; isNew: boolean } | null> {
      const found = await store.find(id);
      if (!found) return null;
      const role = (placeOf(found, person) ?? passedOf(found, person))?.role;
      // What cannot be anyhow is refused for its own reason, before anything is held.
      if (once && (await store.heard(once))) return { event: found, isNew: false };
      if (answered(found, person, answer, act) === null || !role) {
        if (once) await store.change(id, () => null, once);
        return { event: found, isNew: false };
      }
      const why: string[] = [];
      if (answer === 'accepted') {
        const fault = await faultOf(found, person, role);
        if (fault && !despite) throw fault;
        if (fault) why.push(`Against the rule ${fault.code} (${fault.message}), because: ${despite}`);
        const mine = personClaim(found, person);
        const hold = { ...mine, expiresAt: isoInstant(clock.now() + minutesHeld * 60_000) };
        const taking = await claims.take(hold, despite ? 'anyway' : 'if free');
        const [other] = taking.against;
        if (taking.kind === 'busy' && other) throw personBusy(found, person, nameOf(person), other);
      }
      try {
        let isNew = false;
        const event = await store.change(
          id,
          before => {
            const after = answered(before, person, answer, act);
            isNew = after !== null;
            if (!after) return null;
            const entries = [answerText(person, answer), ...why].map(what => ({ ...act, what }));
            const somebodyLeft = after.passed.length > before.passed.length;
            const revision = somebodyLeft ? { revision: before.revision + 1, changedAt: act.at } : {};
            return { event: { ...after, ...revision }, entries, tell: true };
          },
          once,
        );
        return event && { event, isNew };
      } catch (error) {
        const event = await store.find(id);
        if (event) await claim(event);
        throw error;
      }
    },
  };
}

/** The event after a change to who is on it: another revision only where somebody came or went. */
function asEdited(before: CrewEvent, after: CrewEvent, what: readonly string[], act: Act): Edited {
  if (what.length === 0) return { event: after, entries: [] };
  return {
    event: { ...after, revision: before.revision + 1, changedAt: act.at },
    entries: what.map(line => ({ ...act, what: line })),
    tell: true,
  };
}

/** Who holds the claims of an event: its booking, so that the desk can claim before there is an event. */
export const holderOf = (event: Pick<CrewEvent, 'id' | 'booking'>): string => event.booking ?? event.id;

/** A line of the history: `mira accepted.` */
export const answerText = (person: string, answer: Answer): string =>
  answer === 'unknown' ? `${person} took the answer back.` : `${person} ${answer}.`;

/** Whether the law leaves the captain to the renter, who has not chosen yet. */
export const isRentersChoice = ({ charterMode, renterChose }: CrewEvent): boolean =>
  charterMode === 'bareboat' && renterChose === null;

/** Places that nobody holds and nobody is asked for: a person has to look for somebody. */
export const uncrewed = (event: CrewEvent): readonly CrewRole[] =>
  event.status === 'cancelled'
    ? []
    : (['captain', 'crew'] as const).filter(
        role =>
          roomIn(event, role) > 0 &&
          !event.roster.some(place => place.role === role && !place.holds && place.answer === 'unknown'),
      );

const captainIsRentersChoice = () =>
  new Refusal(
    'captain-is-renters-choice',
    'This is a bareboat charter: the renter chooses the captain, and no choice has been recorded.',
    'Record whom the renter chose first, or say why the rule does not apply here.',
  );

function personBusy(event: CrewEvent, person: string, name: string, other: Claim): Refusal {
  const zone = event.start.zone;
  return new Refusal(
    'person-busy',
    `${name} is taken then: ${other.why}, ${rangeText(inZone(other.from, zone), inZone(other.until, zone))}, turnaround included.`,
    'Decline the other trip first, or have somebody else sail. If both are meant, the operator can say why.',
    { person, holder: other.holder },
  );
}
