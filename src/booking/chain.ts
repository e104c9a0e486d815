import type { Message } from './message.ts';

/**
 * The names one source has used for a booking, the first one first. A name that replaces another stands after it,
 * whichever was heard of first; names nobody spoke under yet count. Claims that contradict each other (a replaces b
 * replaces a) are settled by their age, so the answer depends on the set of messages alone.
 */
export function chainOf(said: readonly Message[], alsoKnownAs: readonly string[] = []): string[] {
  const replacedBy = new Map<string, Set<string>>();
  for (const name of alsoKnownAs) replacedBy.set(name, new Set());
  for (const { externalId, replaces } of said) {
    for (const name of replaces === undefined ? [externalId] : [externalId, replaces]) {
      if (!replacedBy.has(name)) replacedBy.set(name, new Set());
    }
  }

  const leadsTo = (from: string, to: string): boolean =>
    from === to || [...(replacedBy.get(from) ?? [])].some(name => leadsTo(name, to));

  const claims = said.filter(message => message.replaces !== undefined).toSorted(byAge);
  for (const { externalId, replaces } of claims) {
    if (replaces !== undefined && !leadsTo(externalId, replaces)) replacedBy.get(replaces)?.add(externalId);
  }

  const begins = new Map<string, string>();
  for (const message of said) {
    const known = begins.get(message.externalId);
    if (known === undefined || message.at < known) begins.set(message.externalId, message.at);
  }
  const age = (name: string) => begins.get(name) ?? '';
  const waiting = [...replacedBy.keys()].sort((a, b) => compare(age(a), age(b)) || compare(a, b));

  const chain: string[] = [];
  while (waiting.length > 0) {
    const free = waiting.findIndex(name => !waiting.some(other => replacedBy.get(other)?.has(name)));
    chain.push(...waiting.splice(free, 1));
  }
  return chain;
}

/** Oldest first; the id breaks ties, so that the order is the same for everybody. */
export const byAge = (a: Message, b: Message): number =>
  compare(a.at, b.at) || compare(a.messageId, b.messageId);

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
