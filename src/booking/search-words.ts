import type { Booking } from './booking.ts';

/** The words under which a booking is found: small letters, without accents. */
export function wordsOf(
  booking: Pick<Booking, 'id' | 'guest' | 'names' | 'vessel' | 'forgottenAt'>,
): string[] {
  const { id, guest, names, vessel, forgottenAt } = booking;
  const phone = (guest.phone ?? '').replace(/\D/g, '');
  const person = forgottenAt ? [] : [guest.name, guest.email ?? ''];
  const texts = [id, vessel, ...person, ...names.map(name => name.externalId)];
  return [...new Set([...texts.flatMap(words), phone])].filter(word => word !== '').sort();
}

/** What somebody typed into a search box, as beginnings of words. */
export const words = (text: string): string[] =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}_@.+-]+/u)
    .map(word => word.replace(/^[.+-]+|[.+-]+$/g, ''))
    .filter(word => word !== '');
