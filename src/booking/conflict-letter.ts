import { inZone, rangeText } from '#lib/zoned.ts';
import { layOut } from '#mail/layout.ts';
import type { Letter } from '#mail/letter.ts';
import type { Claim } from './claims.ts';
import type { KnownConflict } from './conflicts.ts';
import type { Fleet, Person } from './fleet.ts';
import { isHold, nameOf, zoneOf } from './holds.ts';

/** Tells one of the house that something is taken twice. The same conflict gives the same letter. `url`: where it is settled. */
export function conflictLetter(
  fleet: Fleet,
  person: Person,
  { name, sides }: KnownConflict,
  url: string,
): Letter {
  const [first, second] = sides;
  const what = nameOf(fleet, first.what);
  const zone = zoneOf(fleet, first.what);
  const said = (claim: Claim) =>
    `${claim.why}, ${rangeText(inZone(claim.from, zone), inZone(claim.until, zone))}`;
  return {
    id: `conflict/${name}/${person.id}`,
    audience: 'operator',
    about: sides.map(({ holder }) => holder).filter(holder => !isHold(holder)),
    kind: 'conflict',
    from: fleet.house.sender,
    to: { name: person.name, address: person.email },
    subject: `${what} is taken twice: ${rangeText(inZone(second.from, zone), inZone(second.from, zone)).split(',')[0]}`,
    ...layOut({
      accent: fleet.brands[0]?.theme.accent ?? '#0b5f7a',
      preheader: 'Nothing was cancelled. Somebody has to decide.',
      heading: `${what} is taken twice`,
      paragraphs: [
        `${person.firstName}, nothing was cancelled and nobody else was told. Move one of the two or have somebody else sail; or, if both are meant, say why at the desk.`,
      ],
      facts: [
        ['First', said(first)],
        ['Then', said(second)],
      ],
      action: { label: 'Look at the conflict', href: url },
      footer: [fleet.house.name],
    }),
  };
}

/** Who runs the house: those who are told of what waits for a person. */
export const housePeople = ({ people }: Pick<Fleet, 'people'>): readonly Person[] => {
  const operators = people.filter(({ roles }) => roles.includes('operator'));
  return operators.length > 0 ? operators : people.filter(({ roles }) => roles.includes('owner'));
};
