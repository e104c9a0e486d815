import type { CrewRole, Fleet } from '#booking/fleet.ts';
import type { ByHand, crewByHand } from '#crew/assign.ts';
import { type Answer, answers, type CrewEvent, type CrewEventId, placeOf, roomIn } from '#crew/crew.ts';
import { personName } from './words.ts';

/** What the desk can have done to a crew. */
export type CrewHands = ReturnType<typeof crewByHand>;

/** One thing a person at the desk does to a crew, as its form says it. */
export type CrewAct =
  | { readonly do: 'answer'; readonly person: string; readonly answer: Answer }
  | { readonly do: 'assign' | 'offer'; readonly person: string; readonly role: CrewRole }
  | { readonly do: 'link'; readonly person: string }
  | { readonly do: 'release'; readonly person: string; readonly reopen: boolean }
  | { readonly do: 'substitute'; readonly out: string; readonly person: string }
  /** `person` null: the renter brings a captain of their own. */
  | { readonly do: 'renters-captain'; readonly person: string | null }
  | { readonly do: 'no-renters-captain' };

/** The act that the fields of a form say, or null for none. Whether it can be done is for the crew's own rules. */
export function readAct(field: (name: string) => string): CrewAct | null {
  const verb = field('do');
  const person = field('person');
  const answer = answers.find(known => known === field('answer'));
  const role = (['captain', 'crew'] as const).find(known => known === field('role'));
  if (verb === 'no-renters-captain') return { do: verb };
  if (verb === 'renters-captain' && person) return { do: verb, person: person === own ? null : person };
  if (!person) return null;
  if (verb === 'answer' && answer) return { do: verb, person, answer };
  if ((verb === 'assign' || verb === 'offer') && role) return { do: verb, person, role };
  if (verb === 'link') return { do: verb, person };
  if (verb === 'release') return { do: verb, person, reopen: field('reopen') === 'yes' };
  if (verb === 'substitute' && field('out')) return { do: verb, out: field('out'), person };
  return null;
}

/** The renter's own captain, in a form. */
export const own = '-';

/** What a form posts for an act: read back by `readAct`. */
export function fieldsOf(act: CrewAct): Readonly<Record<string, string>> {
  switch (act.do) {
    case 'renters-captain':
      return { do: act.do, person: act.person ?? own };
    case 'release':
      return { do: act.do, person: act.person, reopen: act.reopen ? 'yes' : 'no' };
    default:
      return act;
  }
}

export function perform(hands: CrewHands, id: CrewEventId, act: CrewAct, how: ByHand): Promise<CrewEvent> {
  switch (act.do) {
    case 'answer':
      return hands.answerFor(id, act.person, act.answer, how);
    case 'assign':
      return hands.assign(id, act, how);
    case 'offer':
      return hands.offer(id, act.role, [act.person], how);
    case 'link':
      return hands.renewLink(id, act.person, how);
    case 'release':
      return hands.release(id, act.person, { ...how, reopen: act.reopen });
    case 'substitute':
      return hands.substitute(id, act.out, act.person, how);
    case 'renters-captain':
      return hands.rentersCaptain(id, act.person, how);
    case 'no-renters-captain':
      return hands.noRentersCaptain(id, how);
  }
}

/** The act that takes another one back, given the event before it; null where there is no way back but another decision. */
export function undoOf(before: CrewEvent, act: CrewAct): CrewAct | null {
  switch (act.do) {
    case 'answer':
      return { ...act, answer: placeOf(before, act.person)?.answer ?? 'unknown' };
    case 'assign': {
      const place = placeOf(before, act.person);
      return place?.holds
        ? { ...act, role: place.role }
        : { do: 'release', person: act.person, reopen: roomIn(before, act.role) > 0 };
    }
    case 'offer':
      return { do: 'release', person: act.person, reopen: roomIn(before, act.role) > 0 };
    case 'link':
      return null;
    case 'release': {
      const place = placeOf(before, act.person);
      if (!place || place.answer === 'declined') return null;
      return { do: place.holds ? 'assign' : 'offer', person: act.person, role: place.role };
    }
    case 'substitute':
      return placeOf(before, act.out)?.holds ? { ...act, out: act.person, person: act.out } : null;
    default: {
      const { renterChose } = before;
      return renterChose
        ? { do: 'renters-captain', person: renterChose.captain }
        : { do: 'no-renters-captain' };
    }
  }
}

const said: Record<Answer, string> = {
  accepted: 'is coming',
  declined: 'is not coming',
  unknown: 'has not answered',
};

/** What was done, for the notice after it. */
export function doneText(fleet: Fleet, act: CrewAct): string {
  const name = (id: string) => personName(fleet, id);
  switch (act.do) {
    case 'answer':
      return `Put in: ${name(act.person)} ${said[act.answer]}.`;
    case 'assign':
      return `${name(act.person)} sails as ${act.role}.`;
    case 'offer':
      return `${name(act.person)} was asked to come as ${act.role}.`;
    case 'link':
      return `${name(act.person)} is sent a new link to the trip. The old one no longer opens.`;
    case 'release':
      return `${name(act.person)} was taken off. The link to the trip no longer opens.`;
    case 'substitute':
      return `${name(act.person)} sails instead of ${name(act.out)}, whose link no longer opens.`;
    case 'renters-captain':
      return act.person === null
        ? 'Noted: the renter brings a captain of their own.'
        : `Noted: the renter chose ${name(act.person)} as captain.`;
    case 'no-renters-captain':
      return 'Noted: the renter has not chosen a captain yet.';
  }
}

/** What a button would do, in words of its own, so that nobody presses a bare "Undo" for something else. */
export function actText(fleet: Fleet, act: CrewAct): string {
  const name = (id: string) => personName(fleet, id);
  switch (act.do) {
    case 'answer':
      return `${name(act.person)} ${said[act.answer]}`;
    case 'assign':
      return `${name(act.person)} sails as ${act.role}`;
    case 'offer':
      return `ask ${name(act.person)} as ${act.role}`;
    case 'link':
      return `send ${name(act.person)} a new link`;
    case 'release':
      return `take ${name(act.person)} off`;
    case 'substitute':
      return `${name(act.person)} sails instead of ${name(act.out)}`;
    case 'renters-captain':
      return act.person === null ? 'the renter’s own captain' : `the renter chose ${name(act.person)}`;
    case 'no-renters-captain':
      return 'the renter has not chosen';
  }
}
