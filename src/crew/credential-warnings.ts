import { housePeople } from '#booking/conflict-letter.ts';
import type { Credential, Fleet, Person } from '#booking/fleet.ts';
import type { Due } from '#durable/agenda.ts';
import { dayOf, inZone, shift } from '#lib/zoned.ts';
import { layOut } from '#mail/layout.ts';
import type { Letter } from '#mail/letter.ts';
import { goodUntil, noonOf, type Papers } from './credentials.ts';

/** Days before a credential runs out on which its holder and the house are told. */
export const warningDays = [180, 60, 14] as const;

/** A credential on its way out, as of a day. */
export type RunningOut = {
  readonly person: string;
  readonly credential: Credential;
  /** Days on which it is still good, today included as 0; negative once it has run out. */
  readonly daysLeft: number;
};

/** Everybody's credentials that run out within the longest warning, the most pressing first. `today`: a local day. */
export async function runningOut(
  papers: Papers,
  fleet: Fleet,
  today: string,
): Promise<readonly RunningOut[]> {
  const all = await Promise.all(
    fleet.people.map(async ({ id }) =>
      (await papers.of(id)).map(credential => ({
        person: id,
        credential,
        daysLeft: daysBetween(today, credential.expires),
      })),
    ),
  );
  return all
    .flat()
    .filter(({ daysLeft }) => daysLeft <= warningDays[0])
    .sort((a, b) => a.daysLeft - b.daysLeft);
}

/** The agenda of each credential, by its subject: noon at the house, so many days ahead. Another expiry is another subject. */
export async function credentialDues(
  papers: Papers,
  fleet: Fleet,
): Promise<readonly { subject: string; dues: readonly Due[] }[]> {
  const all = await Promise.all(
    fleet.people.map(async ({ id }) =>
      (await papers.of(id)).map(({ kind, expires }) => {
        const subject = subjectOf(id, kind, expires);
        const dues = warningDays.map(days => ({
          kind: `warn that a credential runs out, ${days} days ahead`,
          subject,
          dueAt: shift(noonOf(expires, fleet.house.zone), { days: -days }).at,
        }));
        return { subject, dues };
      }),
    ),
  );
  return all.flat();
}

/**
 * The letters of a warning that is due: to the holder and to the house. Two warnings that are due at once are one letter,
 * and a credential that was renewed meanwhile needs none. Null where the subject is no credential.
 */
export async function credentialWarnings(
  room: { papers: Papers; fleet: Fleet; deskUrl: string },
  subject: string,
  now: number,
): Promise<readonly Letter[] | null> {
  if (!subject.startsWith(prefix)) return null;
  const { fleet, papers, deskUrl } = room;
  const today = dayOf(inZone(now, fleet.house.zone));
  const found = (await runningOut(papers, fleet, today)).find(
    ({ person, credential: { kind, expires } }) => subjectOf(person, kind, expires) === subject,
  );
  const holder = found && fleet.person(found.person);
  if (!found || !holder) return [];
  const house = housePeople(fleet).filter(({ id }) => id !== holder.id);
  return [
    letterTo(fleet, holder, holder, found, null),
    ...house.map(person => letterTo(fleet, person, holder, found, deskUrl)),
  ];
}

function letterTo(
  fleet: Fleet,
  to: Person,
  holder: Person,
  { credential, daysLeft }: RunningOut,
  deskUrl: string | null,
): Letter {
  const { kind, expires } = credential;
  const isTheirs = to.id === holder.id;
  const whose = isTheirs ? 'Your' : `${holder.name}’s`;
  const day = goodUntil(credential, fleet.house.zone);
  const level = warningDays.findLast(days => daysLeft <= days);
  return {
    id: `${subjectOf(holder.id, kind, expires)}/${daysLeft < 0 ? 'over' : level}/${to.id}`,
    audience: isTheirs ? 'crew' : 'operator',
    about: [],
    kind: 'credential',
    from: fleet.house.sender,
    to: { name: to.name, address: to.email },
    subject: `${whose} ${kind} ${leftText(daysLeft)}`,
    ...layOut({
      accent: fleet.brands[0]?.theme.accent ?? '#0b5f7a',
      preheader: `Good until ${day}.`,
      heading: `${whose} ${kind} ${leftText(daysLeft)}`,
      paragraphs: [
        isTheirs
          ? `${to.firstName}, the last day on which your ${kind} is good is ${day}. You cannot sail as ${credential.neededAs.join(' or ')} on a trip after that day, a grace period included. Please renew it and tell ${fleet.house.name} the new date.`
          : `${to.firstName}, the last day on which it is good is ${day}. ${holder.firstName} cannot be on the crew as ${credential.neededAs.join(' or ')} after that day, a grace period included. Put the new date into the configuration once it is renewed.`,
      ],
      facts: [
        ['Credential', kind],
        ['Good until', day],
      ],
      ...(deskUrl ? { action: { label: 'Open the desk', href: deskUrl } } : {}),
      footer: [fleet.house.name],
    }),
  };
}

/** `runs out in 14 days`, `runs out today`, `has run out`. */
export function leftText(daysLeft: number): string {
  if (daysLeft < 0) return 'has run out';
  if (daysLeft === 0) return 'runs out today';
  return daysLeft === 1 ? 'runs out tomorrow' : `runs out in ${daysLeft} days`;
}

const prefix = 'credential/';
const subjectOf = (person: string, kind: string, expires: string) => `${prefix}${person}/${kind}/${expires}`;

const daysBetween = (from: string, to: string) =>
  Math.round((Date.parse(`${to}T00:00Z`) - Date.parse(`${from}T00:00Z`)) / 86_400_000);
