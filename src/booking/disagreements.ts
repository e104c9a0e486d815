import { canonicalJson } from '#lib/digest.ts';
import type { BookingField, Origin } from './booking.ts';
import { byAge } from './chain.ts';
import { desk, type Fields, type Message } from './message.ts';

/** A field of which those who speak of a booking say different things, and nobody at the desk has decided. */
export type Disagreement = {
  readonly field: DisputedField;
  /** What is said, each with who said it last; the one that counts until somebody decides comes first. */
  readonly said: readonly { readonly value: Fields[DisputedField]; readonly origin: Origin }[];
};

export type DisputedField = Exclude<BookingField, 'status'>;

export const disputedFields: readonly DisputedField[] = [
  'vessel',
  'start',
  'end',
  'guestName',
  'guestEmail',
  'guestPhone',
  'partySize',
];

/**
 * Where sources differ about a booking, from all its messages; pure. A source's last word counts for it. Two first words of
 * one source that differ (its mail and its webhook, say) are two voices until it tells of a change. What the desk said
 * later than a voice settles that voice. Not knowing is no disagreement, nor is another way to write the same.
 */
export function disagreements(messages: readonly Message[]): readonly Disagreement[] {
  const spoken = messages.filter(({ kind }) => kind !== 'cancelled').toSorted(byAge);
  const outside = spoken.filter(({ source }) => source !== desk);
  return disputedFields.flatMap((field): readonly Disagreement[] => {
    const decidedAt =
      spoken.findLast(({ source, fields }) => source === desk && fields[field] !== undefined)?.at ?? '';
    const voices = [...Map.groupBy(outside, ({ source }) => source).values()]
      .flatMap(said => lastWords(said, field))
      .filter(({ at }) => at > decidedAt)
      .toSorted((a, b) => byAge(b, a));
    const distinct = [
      ...new Map(voices.toReversed().map(voice => [plainly(field, voice.fields[field]), voice])).values(),
    ];
    if (distinct.length < 2) return [];
    const said = distinct
      .toSorted((a, b) => byAge(b, a))
      .map(({ source, messageId, at, fields }) => ({
        value: fields[field],
        origin: { source, message: messageId, at },
      }));
    return [{ field, said }];
  });
}

/** The last change a source told of; before any, each of its first words. */
function lastWords(said: readonly Message[], field: DisputedField): readonly Message[] {
  const about = said.filter(({ fields }) => fields[field] !== undefined && fields[field] !== null);
  const change = about.findLast(({ kind }) => kind === 'changed');
  if (change) return [change];
  const names = new Set(about.map(({ externalId }) => externalId));
  // Under a new name the guest booked anew: that word stands alone.
  return names.size > 1 ? about.slice(-1) : about;
}

function plainly(field: DisputedField, value: Fields[DisputedField]): string {
  if (field === 'guestPhone') return String(value).replace(/\D/g, '').replace(/^00?/, '').slice(-9);
  if (field === 'guestName' || field === 'guestEmail')
    return String(value).normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
  return typeof value === 'object' && value !== null ? value.at : canonicalJson(value ?? null);
}
