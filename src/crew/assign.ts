import type { Links } from '#access/links.ts';
import type { Fleet } from '#booking/fleet.ts';
import { type Clock, isoInstant } from '#lib/clock.ts';
import { Refusal } from '#lib/refusal.ts';
import { chosen, revised } from './change-event.ts';
import {
  type Answer,
  answered,
  type CrewEvent,
  type CrewEventId,
  notOnCrew,
  type Place,
  placeOf,
  refuseCancelled,
} from './crew.ts';
import type { CrewStore } from './crew-store.ts';

export type CrewHooks = {
  /** What the event says or who is on it changed, and the crew has yet to be told. What it cannot do now, the tick does. */
  onEventChanged: (event: CrewEvent) => Promise<void>;
  /** Somebody answered. */
  onAnswered: (event: CrewEvent) => Promise<void>;
};

/**
 * What an operator does to a crew by hand, at the desk or by command. `by` is who does it, for the history.
 * All are safe to repeat. Refusals: `event-unknown`, `event-cancelled`, and those named at each.
 */
export function crewByHand(
  parts: { store: CrewStore; links: Links; fleet: Fleet; clock: Clock } & CrewHooks,
) {
  const { store, links, fleet, clock } = parts;
  const now = () => isoInstant(clock.now());

  const changed = async (id: CrewEventId, edit: Parameters<CrewStore['change']>[1]): Promise<CrewEvent> => {
    const event = await store.change(id, edit);
    if (event) return event;
    throw eventUnknown(id);
  };

  return {
    /** Puts in what somebody said on the phone. Refusals `not-on-crew`, `event-started`. */
    async answerFor(id: CrewEventId, person: string, answer: Answer, by: string): Promise<CrewEvent> {
      const act = { by, at: now() };
      const event = await changed(id, before => {
        const after = answered(before, person, answer, act);
        return after && { event: after, entries: [{ ...act, what: answerText(person, answer) }], tell: true };
      });
      await parts.onAnswered(event);
      return event;
    },

    /** Puts a person on the crew, or in another role, and writes to them. Refusal `crew-unknown`. */
    async assign(id: CrewEventId, { person, role }: Place, by: string): Promise<CrewEvent> {
      if (!fleet.person(person)?.roles.some(known => known === 'captain' || known === 'crew')) {
        throw new Refusal(
          'crew-unknown',
          `There is nobody ${person.slice(0, 60)} among the crew.`,
          'Name a person of the configuration who has the role captain or crew.',
          { person: person.slice(0, 60) },
        );
      }
      const event = await changed(id, before => {
        refuseCancelled(before);
        if (placeOf(before, person)?.role === role) return null;
        const others = before.roster.filter(place => place.person !== person);
        const after = { ...before, ...chosen(before, [...others, { person, role }]) };
        return revised(after, [{ at: now(), by, what: `${person} was assigned as ${role}.` }]);
      });
      await parts.onEventChanged(event);
      return event;
    },

    /** Takes a person off the crew: the link ends at once, and a letter says so. Refusal `not-on-crew`. */
    async release(id: CrewEventId, person: string, by: string): Promise<CrewEvent> {
      const event = await changed(id, before => {
        refuseCancelled(before);
        if (!placeOf(before, person)) throw notOnCrew(person);
        const others = before.roster.filter(place => place.person !== person);
        return revised({ ...before, ...chosen(before, others) }, [
          { at: now(), by, what: `${person} was released.` },
        ]);
      });
      await links.revoke('crew', id, person);
      await parts.onEventChanged(event);
      return event;
    },
  };
}

/** A line of the history: `mira accepted.` */
export const answerText = (person: string, answer: Answer): string =>
  answer === 'unknown' ? `${person} took the answer back.` : `${person} ${answer}.`;

export const eventUnknown = (id: string) =>
  new Refusal(
    'event-unknown',
    `There is no crew event ${id.slice(0, 40)}.`,
    'Check the id in the list of events.',
  );
