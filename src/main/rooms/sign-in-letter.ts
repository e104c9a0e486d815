import type { Fleet } from '#booking/fleet.ts';
import { sha256 } from '#lib/digest.ts';
import { dateText, inZone, timeText } from '#lib/zoned.ts';
import { layOut } from '#mail/layout.ts';
import type { Letter } from '#mail/letter.ts';

/** Which way in a letter leads to. */
export type LetterDoor = 'desk' | 'pay';

/** The letter with which somebody signs in. Null for somebody the configuration does not know. */
export function signInLetter(
  fleet: Fleet,
  door: LetterDoor,
  person: string,
  link: string,
  expiresAt: string,
): Letter | null {
  const to = fleet.person(person);
  if (!to) return null;
  const { house } = fleet;
  const words = sayings[door];
  const until = inZone(expiresAt, house.zone);
  return {
    id: `${words.kind}/${person}/${sha256(link).slice(0, 32)}`,
    audience: words.audience,
    about: [],
    kind: words.kind,
    from: house.sender,
    to: { name: to.name, address: to.email },
    subject: words.subject(house.name),
    ...layOut({
      accent: fleet.brands[0]?.theme.accent ?? '#0b5f7a',
      preheader: words.short,
      heading: words.subject(house.name),
      paragraphs: [
        `Hello ${to.firstName}, with this link you ${words.what}. It works until ${dateText(until)}, ${timeText(until)}.`,
        'If you did not ask for it, nothing has happened and you can ignore this letter.',
      ],
      action: { label: words.button, href: link },
      footer: [house.name],
    }),
  };
}

const sayings = {
  desk: {
    kind: 'sign-in',
    audience: 'operator',
    subject: (house: string) => `Sign in at ${house}`,
    short: 'Your link to the desk, for one day.',
    what: 'sign in at the desk',
    button: 'Sign in',
  },
  pay: {
    kind: 'pay sign-in',
    audience: 'payee',
    subject: (house: string) => `Your pay at ${house}`,
    short: 'Your link to your own pay, for a quarter of an hour.',
    what: 'open your own pay. Please do not pass it on',
    button: 'Open my pay',
  },
} as const;
