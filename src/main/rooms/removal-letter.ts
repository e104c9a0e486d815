import type { Booking } from '#booking/booking.ts';
import { housePeople } from '#booking/conflict-letter.ts';
import type { Fleet } from '#booking/fleet.ts';
import { dateText } from '#lib/zoned.ts';
import { layOut } from '#mail/layout.ts';
import type { Letter } from '#mail/letter.ts';
import type { Photo } from '#photos/photo.ts';

/** Tells those at the desk that a guest had a photo taken down, so that a person decides what becomes of it. One letter for each request. */
export function removalLetters(
  fleet: Fleet,
  booking: Booking,
  photo: Photo,
  href: string,
): readonly Letter[] {
  const vessel = fleet.vessel(booking.vessel)?.name ?? booking.vessel;
  return housePeople(fleet).map(person => ({
    id: `${photo.id}/removal/${photo.removalAskedAt}/${person.id}`,
    audience: 'operator',
    about: [booking.id],
    kind: 'photo-removal',
    from: fleet.house.sender,
    to: { name: person.name, address: person.email },
    subject: `A guest wants a photo taken down: ${vessel}, ${dateText(booking.start)}`,
    ...layOut({
      accent: fleet.brands[0]?.theme.accent ?? '#0b5f7a',
      preheader: 'It is off the page already.',
      heading: 'A guest wants a photo taken down',
      paragraphs: [
        `Hello ${person.firstName}, somebody with the page of the trip on ${vessel} on ${dateText(booking.start)} asked to have a photo taken down. It is off the page already.`,
        'Delete it for good, keep it hidden, or show it again if that was a slip.',
      ],
      action: { label: 'Look at the photos', href },
      footer: [fleet.house.name],
    }),
  }));
}
