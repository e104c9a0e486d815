import type { CrewRole, House, Person } from '#booking/fleet.ts';
import { rangeText, timeText } from '#lib/zoned.ts';
import type { LetterParts } from '#mail/letter-parts.ts';
import type { CrewEvent } from './crew.ts';
import type { Promised } from './told.ts';

/** What every letter to one of the crew is written with. `url` is the personal link; null where it no longer opens. */
export type CrewPaper = { house: House; event: CrewEvent; person: Person; url: string | null };

/** The words of a letter before it is laid out. */
export type Written = { subject: string; parts: LetterParts };

/** What the crew are held to, in reading order. */
export const facts = (trip: string, promised: Promised): [string, string][] => [
  ['Trip', trip],
  ['Call time', timeText(promised.callTime)],
  ['When', rangeText(promised.start, promised.end)],
  ...where(promised),
  ['Your role', roleText(promised.role)],
];

/** Vessel and berth, as far as they are known. */
export const where = ({ vessel, berth }: Promised): [string, string][] => [
  ...(vessel ? [['Vessel', vessel] as [string, string]] : []),
  ...(berth ? [['Berth', berth] as [string, string]] : []),
];

/** A role as a word that begins a line. */
export const roleText = (role: CrewRole) => (role === 'captain' ? 'Captain' : 'Crew');

/** The trip without anything that may change unannounced, such as the party's size. What a script named goes by that name. */
export const tripName = (event: CrewEvent, { vessel }: Promised) =>
  event.booking === null ? event.title : vessel ? `Charter on ${vessel}` : 'Charter';

const accent = '#085a78';

/** The colour and the foot of every letter to crew. */
export const frame = ({ house, person, url }: CrewPaper) => ({
  accent,
  footer: [
    `From ${house.name} to ${person.name}.`,
    ...(url ? ['The link is yours alone: whoever has it can answer for you.'] : []),
    `Questions: ${house.sender.address}`,
  ],
});

/** The button to the trip; none where the link opens nothing. */
export const opens = ({ url }: CrewPaper, label: string) => (url ? { action: { label, href: url } } : {});

/** From the house to the person, about the event and its booking. */
export const addressed = ({ house, event, person }: CrewPaper) => ({
  audience: 'crew' as const,
  about: event.booking ? [event.id, event.booking] : [event.id],
  from: house.sender,
  to: { name: person.name, address: person.email },
});
