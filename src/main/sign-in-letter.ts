import type { Fleet } from '#booking/fleet.ts';
import { sha256 } from '#lib/digest.ts';
import { dateText, inZone, timeText } from '#lib/zoned.ts';
import { layOut } from '#mail/layout.tsx';
import type { Letter } from '#mail/letter.ts';

/** The letter with which staff sign in at the desk. Null for somebody the configuration does not know. */
export function signInLetter(fleet: Fleet, person: string, link: string, expiresAt: string): Letter | null {
  const to = fleet.person(person);
  if (!to) return null;
  const until = inZone(expiresAt, fleet.house.zone);
  return {
    id: `sign-in/${person}/${sha256(link).slice(0, 32)}`,
    audience: 'operator',
    about: [],
    kind: 'sign-in',
    from: fleet.house.sender,
    to: { name: to.name, address: to.email },
    subject: `Sign in at ${fleet.house.name}`,
    ...layOut({
      accent: fleet.brands[0]?.theme.accent ?? '#0b5f7a',
      preheader: 'Your link to the desk, for one day.',
      heading: `Sign in at ${fleet.house.name}`,
      paragraphs: [
        `Hello ${to.firstName}, with this link you sign in at the desk. It works until ${dateText(until)}, ${timeText(until)}.`,
        'If you did not ask for it, nothing has happened and you can ignore this letter.',
      ],
      action: { label: 'Sign in', href: link },
      footer: [fleet.house.name],
    }),
  };
}
