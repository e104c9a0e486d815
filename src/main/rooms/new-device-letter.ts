import type { NewDevice } from '#access/devices.ts';
import type { Fleet } from '#booking/fleet.ts';
import { dateText, inZone, timeText } from '#lib/zoned.ts';
import { layOut } from '#mail/layout.ts';
import type { Letter } from '#mail/letter.ts';

/**
 * Tells somebody of staff or crew that a link of theirs opened the door to a device that was not seen before. Holds no link
 * that opens anything: a scanner that follows it would be the next new device. Null for somebody the configuration does not know.
 */
export function newDeviceLetter(fleet: Fleet, device: NewDevice): Letter | null {
  const to = fleet.person(device.person);
  if (!to) return null;
  const { house } = fleet;
  const words = sayings[device.door];
  const at = inZone(device.at, house.zone);
  const when = `${dateText(at)}, ${timeText(at)}`;
  return {
    id: `new device/${device.door}/${device.person}/${device.hash.slice(0, 32)}`,
    audience: words.audience,
    about: [],
    kind: 'new device',
    from: house.sender,
    to: { name: to.name, address: to.email },
    subject: words.subject(house.name),
    ...layOut({
      accent: fleet.brands[0]?.theme.accent ?? '#0b5f7a',
      preheader: `${when}, with ${device.program}.`,
      heading: words.subject(house.name),
      paragraphs: [
        `Hello ${to.firstName}, ${words.what} on a device we had not seen before.`,
        'If that was you, there is nothing to do.',
        words.otherwise(house.sender.address, device.person),
      ],
      facts: [
        ['When', when],
        ['With', device.program],
      ],
      footer: [house.name],
    }),
  };
}

const sayings = {
  desk: {
    audience: 'operator',
    subject: (house: string) => `New sign-in at the desk of ${house}`,
    what: 'somebody signed in at the desk as you',
    otherwise: (_house: string, person: string) =>
      `If it was not, whoever looks after the machine ends all your sign-ins and the link at once with: gangway key sign-out ${person}`,
  },
  crew: {
    audience: 'crew',
    subject: (house: string) => `Your crew link for ${house} was opened on a new device`,
    what: 'the link in one of your crew letters was opened',
    otherwise: (house: string) =>
      `If it was not, somebody else has your letter and could answer for you. Write to ${house}: they can take the link out of use and give you another, and every answer can be changed back.`,
  },
  pay: {
    audience: 'payee',
    subject: (house: string) => `Your pay at ${house} was opened on a new device`,
    what: 'your own pay was opened with a link from a letter to you',
    otherwise: (house: string, person: string) =>
      `If it was not, somebody else reads your mail. Tell ${house}: whoever looks after the machine ends it at once with: gangway key sign-out ${person}`,
  },
} as const;
