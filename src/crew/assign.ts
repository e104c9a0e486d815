import type { Links } from '#access/links.ts';
import type { CrewRole, Fleet } from '#booking/fleet.ts';
import { type Clock, isoInstant } from '#lib/clock.ts';
import { Refusal } from '#lib/refusal.ts';
import { revised } from './change-event.ts';
import {
  type Answer,
  type CrewEvent,
  type CrewEventId,
  notOnCrew,
  type Place,
  placeOf,
  refuseCancelled,
  roomIn,
} from './crew.ts';
import type { CrewStore } from './crew-store.ts';
import { type Crewing, isRentersChoice } from './crew-up.ts';
import { answerByOf, asked, passedOf, placed, released } from './offers.ts';

export type CrewHooks = {
  /** What the event says or who is on it changed, and the crew has yet to be told. What it cannot do now, the tick does. */
  onEventChanged: (event: CrewEvent) => Promise<void>;
  /** Somebody answered. */
  onAnswered: (event: CrewEvent) => Promise<void>;
};

/** Who does something by hand, and, where a rule is against it, why it is done all the same: kept in the history. */
export type ByHand = { readonly by: string; readonly despite?: string | undefined };

/**
 * What an operator does to a crew by hand, at the desk or by command. All are safe to repeat, stand in the history and
 * can be undone by another of them. Refusals: `event-unknown`, `event-cancelled`, and those named at each.
 */
export function crewByHand(
  parts: { store: CrewStore; links: Links; fleet: Fleet; clock: Clock; crewing: Crewing } & CrewHooks,
) {
  const { store, links, fleet, clock } = parts;
  const now = () => isoInstant(clock.now());

  const found = async (id: CrewEventId): Promise<CrewEvent> => {
    const event = await store.find(id);
    if (event) return event;
    throw eventUnknown(id);
  };

  /** `gone`: whose link ends with it, before anybody is told. */
  const change = async (
    id: CrewEventId,
    edit: Parameters<CrewStore['change']>[1],
    gone?: string,
  ): Promise<CrewEvent> => {
    const event = await store.change(id, edit);
    if (!event) throw eventUnknown(id);
    if (gone !== undefined) await links.revoke('crew', id, gone);
    await parts.onEventChanged(event);
    return (await store.find(id)) ?? event;
  };

  const known = (person: string) => {
    if (fleet.person(person)?.roles.some(role => role === 'captain' || role === 'crew')) return;
    throw new Refusal(
      'crew-unknown',
      `There is nobody ${person.slice(0, 60)} among the crew.`,
      'Name a person of the configuration who has the role captain or crew.',
      { person: person.slice(0, 60) },
    );
  };

  /** What is against somebody in a role; thrown, unless there is a reason for doing it all the same. */
  const weighed = async (event: CrewEvent, { person, role }: Place, how: ByHand): Promise<string[]> => {
    known(person);
    refuseCancelled(event);
    const fault = await parts.crewing.faultOf(event, person, role);
    if (!fault) return [];
    if (!how.despite) throw fault;
    return [`Against the rule ${fault.code} (${fault.message}), because: ${how.despite}`];
  };

  const lines = ({ by }: ByHand, what: readonly string[]) =>
    what.map(line => ({ at: now(), by, what: line }));

  return {
    /** Puts in what somebody said on the phone. Refusals `not-on-crew`, `event-started`, `place-taken`, `person-busy`, `credential-expired`. */
    async answerFor(id: CrewEventId, person: string, answer: Answer, how: ByHand): Promise<CrewEvent> {
      const done = await parts.crewing.answer(
        id,
        person,
        answer,
        { by: how.by, at: now() },
        { despite: how.despite },
      );
      if (!done) throw eventUnknown(id);
      if (done.isNew) await parts.onAnswered(done.event);
      return (await store.find(id)) ?? done.event;
    },

    /** Puts a person in a place of their own, or in another role, and writes to them. Refusals `crew-unknown`, `person-busy`, `credential-expired`, `captain-is-renters-choice`. */
    async assign(id: CrewEventId, place: Place, how: ByHand): Promise<CrewEvent> {
      const { person, role } = place;
      const despite = await weighed(await found(id), place, how);
      return change(id, before => {
        refuseCancelled(before);
        const mine = placeOf(before, person);
        if (mine?.role === role && mine.holds) return null;
        const after = { ...placed(before, place, now()), rosterIs: 'chosen' as const };
        return revised(after, lines(how, [`${person} was assigned as ${role}.`, ...despite]));
      });
    },

    /** Asks people for an open place, which goes to the first to accept; it is one more where none is open. Refusals as for `assign`. */
    async offer(id: CrewEventId, role: CrewRole, people: readonly string[], how: ByHand): Promise<CrewEvent> {
      const event = await found(id);
      const despite = (await Promise.all(people.map(person => weighed(event, { person, role }, how)))).flat();
      return change(id, before => {
        refuseCancelled(before);
        const fresh = people.filter(person => !placeOf(before, person));
        if (fresh.length === 0) return null;
        const needs =
          roomIn(before, role) > 0 ? before.needs : { ...before.needs, [role]: before.needs[role] + 1 };
        const hours = fleet.vessel(before.vessel ?? '')?.answerHours ?? 48;
        const answerBy = answerByOf(before, { now: clock.now(), answerHours: hours });
        const after = asked({ ...before, needs, rosterIs: 'chosen' }, role, fresh, answerBy);
        return revised(after, lines(how, [`${fresh.join(', ')} asked to come as ${role}.`, ...despite]));
      });
    },

    /** Takes a person off the crew: link and sessions end at once, and a letter says so. `reopen` leaves the place open for others. Refusal `not-on-crew`. */
    async release(id: CrewEventId, person: string, how: ByHand & { reopen?: boolean }): Promise<CrewEvent> {
      return change(
        id,
        before => {
          refuseCancelled(before);
          const after = { ...released(before, person, how.reopen ?? false), rosterIs: 'chosen' as const };
          return revised(after, lines(how, [`${person} was released.`]));
        },
        person,
      );
    },

    /** Has one person sail instead of another, in the same role. Refusals as for `release` and `assign`. */
    async substitute(id: CrewEventId, out: string, person: string, how: ByHand): Promise<CrewEvent> {
      const event = await found(id);
      const role = (placeOf(event, out) ?? passedOf(event, out))?.role;
      if (!role) throw notOnCrew(out);
      const despite = await weighed(event, { person, role }, how);
      const what = [`${person} was put in the place of ${out} as ${role}.`, ...despite];
      return change(
        id,
        before => {
          refuseCancelled(before);
          const after = placed(released(before, out, true), { person, role }, now());
          return revised({ ...after, rosterIs: 'chosen' }, lines(how, what));
        },
        out,
      );
    },

    /** Records whom the renter of a bareboat charter chose as captain: one of ours, who is then asked, or somebody of their own (null). Refusals `not-bareboat`, and those of `assign`. */
    async rentersCaptain(id: CrewEventId, captain: string | null, how: ByHand): Promise<CrewEvent> {
      if (captain !== null) known(captain);
      const event = await change(id, before => {
        refuseCancelled(before);
        if (before.charterMode !== 'bareboat') throw notBareboat();
        if (before.renterChose && before.renterChose.captain === captain) return null;
        const whom = captain === null ? 'a captain of their own' : captain;
        return revised(
          { ...before, renterChose: { captain, by: how.by, at: now() } },
          lines(how, [`The renter chose ${whom}.`]),
        );
      });
      return captain === null || isRentersChoice(event)
        ? event
        : this.assign(id, { person: captain, role: 'captain' }, how);
    },

    /**
     * Ends a person's link to the trip with every session it opened, and has a new one sent to them: for a phone that is
     * lost. Each call makes another. Refusal `not-on-crew`.
     */
    async renewLink(id: CrewEventId, person: string, how: ByHand): Promise<CrewEvent> {
      if (!placeOf(await found(id), person)) throw notOnCrew(person);
      // Before it is noted: a crash in between leaves no link at all, rather than the lost one.
      await links.revoke('crew', id, person);
      return change(id, before => {
        if (!placeOf(before, person)) throw notOnCrew(person);
        const roster = before.roster.map(place =>
          place.person === person ? { ...place, linkRenewedAt: now() } : place,
        );
        return revised(
          { ...before, roster },
          lines(how, [`${person} was sent a new link; the old one ended.`]),
        );
      });
    },

    /** What the crew is told in words; typed by a person, never a marketplace's. No letter goes out for it. */
    async note(id: CrewEventId, notes: string, how: ByHand): Promise<CrewEvent> {
      const event = await store.change(id, before => {
        refuseCancelled(before);
        if (before.notes === notes) return null;
        return revised({ ...before, notes }, lines(how, ['The notes changed.']));
      });
      if (!event) throw eventUnknown(id);
      return event;
    },

    /** Takes the renter's choice back: a captain of ours who was assigned for it is released. Nothing where there was none. */
    async noRentersCaptain(id: CrewEventId, how: ByHand): Promise<CrewEvent> {
      const captain = (await found(id)).renterChose?.captain ?? null;
      return change(
        id,
        before => {
          refuseCancelled(before);
          if (!before.renterChose) return null;
          const sails = captain !== null && placeOf(before, captain)?.role === 'captain';
          const after = sails ? released(before, captain, false) : before;
          const what = ['The renter’s choice of captain was taken back.'];
          return revised({ ...after, renterChose: null, rosterIs: 'chosen' }, lines(how, what));
        },
        captain ?? undefined,
      );
    },
  };
}

const notBareboat = () =>
  new Refusal(
    'not-bareboat',
    'This is no bareboat charter: the captain is yours to choose.',
    'Assign the captain instead.',
  );

export const eventUnknown = (id: string) =>
  new Refusal(
    'event-unknown',
    `There is no crew event ${id.slice(0, 40)}.`,
    'Check the id in the list of events.',
  );
