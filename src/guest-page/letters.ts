import type { Booking } from '#booking/booking.ts';
import type { Brand } from '#booking/fleet.ts';
import { dateText, rangeText, timeText } from '#lib/zoned.ts';
import { layOut } from '#mail/layout.ts';
import type { Letter } from '#mail/letter.ts';
import type { LetterParts } from '#mail/letter-parts.ts';
import { calendarFile } from './calendar-file.ts';
import { type GuestView, line } from './guest-view.ts';
import { languages, localeOf } from './languages.ts';
import type { GuestLetterKind, GuestReminderKind, GuestWords, Said } from './letter-words.ts';
import { mapOf, moment, sameDay, zoneInFull } from './words.ts';

/** What every letter to a guest is written with. `address` is where it goes. */
export type GuestPaper = {
  readonly booking: Booking;
  readonly brand: Brand;
  readonly view: GuestView;
  readonly address: string;
};

/** The letter that tells a guest how the charter stands. The same paper gives the same letter. */
export function guestLetter(paper: GuestPaper, kind: GuestLetterKind, id: string): Letter {
  const method = kind === 'cancel' ? 'CANCEL' : 'PUBLISH';
  return { ...written(paper, id, kind, kind), invite: { method, ics: calendarFile(paper.view, method) } };
}

/** A letter that falls due by the calendar. Moved to another time, the charter gets another one: `id` should hold what it says. */
export const guestReminderLetter = (paper: GuestPaper, kind: GuestReminderKind, id: string): Letter => ({
  ...written(paper, id, kind === 'thanks' ? 'thanks' : 'reminder', kind),
  unsubscribe: wishesAt(paper.view),
});

function written(
  { booking, brand, view, address }: GuestPaper,
  id: string,
  kind: string,
  which: GuestLetterKind | GuestReminderKind,
): Letter {
  const { language } = view;
  const locale = localeOf(language, brand.locale);
  const words = languages[language];
  const { subject, ...parts } = words.letters[which](saidOf(view, locale));
  const { phone, email } = view.brand;
  const besides = beside(which, view, words, locale);
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
      ...besides,
      more: [...(besides.more ?? []), { label: words.labels.wishes, href: wishesAt(view) }],
      language,
      accent: view.brand.accent,
      footer: [view.brand.name, words.questions(phone, email), words.why(view.vessel)],
    }),
  };
}

/** The facts, the button and the links that stand beside the words. */
function beside(
  which: GuestLetterKind | GuestReminderKind,
  view: GuestView,
  words: GuestWords,
  locale: string,
): Pick<LetterParts, 'facts' | 'action' | 'more'> {
  const { labels } = words;
  const link = (label: string, href: string | null) => (href ? [{ label, href }] : []);
  switch (which) {
    case 'cancel':
      return {};
    case 'thanks':
      return { action: { label: labels.seePhotos, href: `${view.url}#photos` } };
    case 'on the day':
      return {
        facts: facts(view, labels, locale),
        action: { label: labels.openMap, href: mapOf(view.berth) },
        more: [
          ...link(labels.card, view.url),
          ...link(labels.weather, view.weather),
          ...link(labels.tides, view.tides),
        ],
      };
    default:
      return { facts: facts(view, labels, locale), action: { label: labels.openCard, href: view.url } };
  }
}

const saidOf = (view: GuestView, locale: string): Said => ({
  vessel: view.vessel,
  firstName: view.firstName,
  date: dateText(view.start, locale),
  boarding: timeText(view.start),
  range: rangeText(view.start, view.end, locale),
  berth: view.berth,
  phone: view.brand.phone,
  bring: view.bring.map(item => `• ${item}`).join('\n'),
  photos: { there: view.gallery.length, until: view.photos && moment(view.photos.closes, locale) },
});

function facts(
  { start, end, berth, vessel }: GuestView,
  labels: GuestWords['labels'],
  locale: string,
): [string, string][] {
  return [
    [labels.date, dateText(start, locale)],
    [labels.boarding, `${timeText(start)} (${zoneInFull(start, locale)})`],
    [labels.back, sameDay(start, end) ? timeText(end) : `${dateText(end, locale)}, ${timeText(end)}`],
    [labels.vessel, vessel],
    [labels.berth, `${berth.name}, ${berth.address}`],
  ];
}

/** Where the guest chooses how to be written to. */
const wishesAt = ({ url }: GuestView) => `${url}/letters`;
