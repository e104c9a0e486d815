import type { Booking } from '#booking/booking.ts';
import type { Brand } from '#booking/fleet.ts';
import { dateText, rangeText, timeText } from '#lib/zoned.ts';
import { layOut } from '#mail/layout.tsx';
import type { Letter } from '#mail/letter.ts';
import type { LetterParts } from '#mail/letter-parts.ts';
import { calendarFile } from './calendar-file.ts';
import { type GuestView, line } from './guest-view.ts';
import { mapOf, moment, pageLocale, sameDay, zoneInFull } from './words.ts';

/** What every letter to a guest is written with. `address` is where it goes. */
export type GuestPaper = {
  readonly booking: Booking;
  readonly brand: Brand;
  readonly view: GuestView;
  readonly address: string;
};

export type GuestLetterKind = 'welcome' | 'change' | 'cancel';
export type GuestReminderKind = 'week before' | 'day before' | 'on the day' | 'thanks';

/** The letter that tells a guest how the charter stands. The same paper gives the same letter. */
export function guestLetter(paper: GuestPaper, kind: GuestLetterKind, id: string): Letter {
  const method = kind === 'cancel' ? 'CANCEL' : 'PUBLISH';
  return {
    ...written(paper, id, kind, statements[kind](paper.view, pageLocale(paper.brand.locale))),
    invite: { method, ics: calendarFile(paper.view, method) },
  };
}

/** A letter that falls due by the calendar. Moved to another time, the charter gets another one: `id` should hold what it says. */
export const guestReminderLetter = (paper: GuestPaper, kind: GuestReminderKind, id: string): Letter =>
  written(
    paper,
    id,
    kind === 'thanks' ? 'thanks' : 'reminder',
    reminders[kind](paper.view, pageLocale(paper.brand.locale)),
  );

type Words = { subject: string } & Omit<LetterParts, 'accent' | 'footer'>;
type Writer = (view: GuestView, locale: string) => Words;

function written(
  { booking, brand, view, address }: GuestPaper,
  id: string,
  kind: string,
  words: Words,
): Letter {
  const { subject, ...parts } = words;
  const { phone, email } = view.brand;
  return {
    id,
    audience: 'guest',
    about: [booking.id],
    kind,
    from: brand.sender,
    replyTo: { name: view.brand.name, address: email },
    to: { name: line(booking.guest.name, 100), address },
    subject,
    ...layOut({
      ...parts,
      accent: view.brand.accent,
      footer: [
        view.brand.name,
        phone === null ? `Questions: ${email}` : `Questions: ${phone} or ${email}`,
        `You get this letter because a charter on ${view.vessel} is booked under your name.`,
      ],
    }),
  };
}

const statements: Readonly<Record<GuestLetterKind, Writer>> = {
  welcome: (view, locale) => ({
    subject: `Welcome aboard ${view.vessel}: ${when(view, locale)}`,
    preheader: `Boarding at ${timeText(view.start)}, ${view.berth.name}.`,
    heading: greeting('Welcome aboard', view),
    paragraphs: [
      `Your charter on ${view.vessel} is booked. Everything to know stands on your page: where to find us, who sails with you, what to bring.`,
      'Keep its link. When something changes, it changes there too, and we write to you if it is the day, the time, the vessel or the berth.',
    ],
    facts: facts(view, locale),
    action: { label: 'Open your boarding card', href: view.url },
  }),
  change: (view, locale) => ({
    subject: `Changed: ${view.vessel}, now ${when(view, locale)}`,
    preheader: `It is now boarding at ${timeText(view.start)}, ${view.berth.name}.`,
    heading: 'Your charter has changed',
    paragraphs: [
      `${named(view)}this is how it stands now, and your page says the same.`,
      'The calendar file with this letter updates the entry you may have made. If the change does not suit you, please answer this letter.',
    ],
    facts: facts(view, locale),
    action: { label: 'Open your boarding card', href: view.url },
  }),
  cancel: (view, locale) => ({
    subject: `Cancelled: ${view.vessel}, ${dateText(view.start, locale)}`,
    preheader: 'This charter is off.',
    heading: 'Your charter is off',
    paragraphs: [
      `${named(view)}your charter on ${view.vessel} on ${rangeText(view.start, view.end, locale)} has been cancelled. Nobody is waiting at the dock.`,
      'If that is news to you, please answer this letter: we will gladly help, or find you another day.',
    ],
  }),
};

const reminders: Readonly<Record<GuestReminderKind, Writer>> = {
  'week before': (view, locale) => ({
    subject: `A week to go: ${view.vessel}, ${when(view, locale)}`,
    preheader: `Boarding at ${timeText(view.start)}, ${view.berth.name}.`,
    heading: greeting('A week to go', view),
    paragraphs: [
      `In a week you come aboard ${view.vessel}.`,
      bring(view) === '' ? '' : `A good moment to think of what to bring:\n${bring(view)}`,
      'Who sails with you and how to find us stands on your page.',
    ],
    facts: facts(view, locale),
    action: { label: 'Open your boarding card', href: view.url },
  }),
  'day before': (view, locale) => ({
    subject: `Tomorrow: ${view.vessel}, boarding at ${timeText(view.start)}`,
    preheader: `${view.berth.name}. ${view.berth.directions}`,
    heading: greeting('See you tomorrow', view),
    paragraphs: [
      `Boarding is at ${timeText(view.start)} at ${view.berth.name}. ${view.berth.directions}`.trim(),
      bring(view) === '' ? '' : `To bring:\n${bring(view)}`,
    ],
    facts: facts(view, locale),
    action: { label: 'Open your boarding card', href: view.url },
  }),
  'on the day': (view, locale) => ({
    subject: `Today: how to find ${view.vessel}, boarding at ${timeText(view.start)}`,
    preheader: `${view.berth.name}. ${view.berth.directions}`,
    heading: greeting('Today is the day', view),
    paragraphs: [
      `We meet at ${view.berth.name}, ${view.berth.address}.`,
      view.berth.directions,
      view.brand.phone === null ? '' : `Running late, or lost? Call ${view.brand.phone}.`,
    ],
    facts: facts(view, locale),
    action: { label: 'Open a map', href: mapOf(view.berth) },
    more: [
      { label: 'Your boarding card', href: view.url },
      ...(view.weather ? [{ label: 'Weather there', href: view.weather }] : []),
      ...(view.tides ? [{ label: 'Tides', href: view.tides }] : []),
    ],
  }),
  thanks: (view, locale) => ({
    subject: `Thank you for coming aboard ${view.vessel}`,
    preheader: 'We hope to see you again.',
    heading: greeting('Thank you', view),
    paragraphs: [
      `It was good to have you aboard ${view.vessel}.`,
      photosText(view, locale),
      'Is there something we should do better? Just answer this letter.',
      'Fair winds until the next time.',
    ],
    action: { label: 'See and add photos', href: `${view.url}#photos` },
  }),
};

function photosText({ gallery, photos }: GuestView, locale: string): string {
  const there = gallery.length === 1 ? 'There is one photo' : `There are ${gallery.length} photos`;
  const until = `Until ${moment(photos.closes, locale)} you can add yours there.`;
  return gallery.length === 0
    ? `Did you take pictures? ${until}`
    : `${there} of the trip on your page, to look at and to take home. ${until}`;
}

const greeting = (words: string, { firstName }: GuestView) =>
  firstName === '' ? words : `${words}, ${firstName}`;

/** `Carole, this is…`; without a name the sentence begins itself. */
const named = ({ firstName }: GuestView) => (firstName === '' ? 'Hello, ' : `${firstName}, `);

const when = ({ start }: GuestView, locale: string) => `${dateText(start, locale)}, ${timeText(start)}`;

const bring = ({ bring: items }: GuestView) => items.map(item => `• ${item}`).join('\n');

function facts(view: GuestView, locale: string): [string, string][] {
  const { start, end, berth } = view;
  return [
    ['Date', dateText(start, locale)],
    ['Boarding', `${timeText(start)} (${zoneInFull(start, locale)})`],
    ['Back', sameDay(start, end) ? timeText(end) : `${dateText(end, locale)}, ${timeText(end)}`],
    ['Vessel', view.vessel],
    ['Berth', `${berth.name}, ${berth.address}`],
  ];
}
