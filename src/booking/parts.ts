import type { BookingId, ExternalName } from './booking.ts';
import { byAge } from './chain.ts';
import { desk, deskName, type Message } from './message.ts';

/** One of the trips that were taken as one: the names it goes by, and the booking that it was before, if it was one. */
export type Part = { readonly names: readonly ExternalName[]; readonly was: BookingId | null };

export const isName = (a: ExternalName, b: ExternalName): boolean =>
  a.source === b.source && a.externalId === b.externalId;

const isOf = (names: readonly ExternalName[], { source, externalId }: ExternalName) =>
  names.some(name => isName(name, { source, externalId }));

/** The names that the desk set apart, as far as it has not said since that they are one. */
export function namesApart(messages: readonly Message[]): readonly ExternalName[] {
  let parted: ExternalName[] = [];
  for (const { source, apart, sameAs } of messages.toSorted(byAge)) {
    if (source !== desk) continue;
    if (sameAs) parted = parted.filter(name => !isName(name, sameAs));
    parted.push(...(apart ?? []));
  }
  return parted;
}

/** Messages without what is said under names that were set apart, or claims that those are the same. */
export function withoutApart(messages: readonly Message[]): readonly Message[] {
  const parted = messages.some(({ apart }) => apart) ? namesApart(messages) : [];
  if (parted.length === 0) return messages;
  return messages
    .filter(message => !isOf(parted, message))
    .map(({ replaces, sameAs, ...message }) => ({
      ...message,
      ...(replaces !== undefined && !isOf(parted, { source: message.source, externalId: replaces })
        ? { replaces }
        : {}),
      ...(sameAs && !isOf(parted, sameAs) ? { sameAs } : {}),
    }));
}

/**
 * What a booking could be split into: each booking that became part of it, with the names it had, and every outside name
 * after its first. Only what both speaks for itself and leaves something behind.
 */
export function partsOf(
  messages: readonly Message[],
  names: readonly ExternalName[],
  absorbed: readonly { readonly id: BookingId; readonly names: readonly ExternalName[] }[],
): readonly Part[] {
  const before = absorbed.map(({ id, names: had }): Part => ({ names: [...had, deskName(id)], was: id }));
  const own = names.filter(name => !before.some(part => isOf(part.names, name)));
  // The first stays: what is left is the booking people know.
  const single = own.slice(1).map((name): Part => ({ names: [name], was: null }));
  const tells = (said: readonly Message[]) => said.some(({ fields }) => fields.start !== undefined);
  return [...before, ...single].filter(part => {
    const { goes, stays } = dividedBy(part, messages);
    return tells(goes) && tells(stays);
  });
}

/** Which messages go with a part and which stay. */
export const dividedBy = ({ names }: Part, messages: readonly Message[]) => ({
  goes: messages.filter(message => isOf(names, message)),
  stays: messages.filter(message => !isOf(names, message)),
});

/** The desk's word that two are not one, as each of them keeps it. */
export function wordsOfSplit(
  part: Part,
  of: { readonly id: BookingId; readonly names: readonly ExternalName[] },
  other: BookingId,
  word: SplitWord,
): { readonly stays: Message; readonly goes: Message } {
  const said = { source: desk, kind: 'changed', fields: {}, ...word } as const;
  const left = of.names.filter(name => !isOf(part.names, name));
  return {
    stays: { ...said, externalId: of.id, apart: [...part.names, deskName(other)] },
    goes: {
      ...said,
      externalId: other,
      messageId: `${word.messageId}-other`,
      apart: [...left, deskName(of.id)],
    },
  };
}

/** How a split is kept: its name, when it was said, by whom and why. */
export type SplitWord = Pick<Message, 'messageId' | 'at' | 'by' | 'why'>;
