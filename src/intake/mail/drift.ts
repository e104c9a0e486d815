import { type Delivery, isMail } from '#intake/inbox.ts';

/** A marketplace whose mails are proven its own and still do not read as its templates expect: it has changed them. */
export type Drift = {
  readonly source: string;
  /** When the first of them came in, ISO 8601 UTC. */
  readonly since: string;
  readonly mails: number;
  readonly reason: string;
};

const driftCodes = ['mail-template-drift', 'mail-parts-disagree', 'mail-row-twice'];

/** The alarms among what is held back, one for each source, the oldest first. A mail nobody vouches for tells nothing about the marketplace. */
export function driftOf(held: readonly Delivery[]): readonly Drift[] {
  const drifted = held
    .filter(({ vouched, state }) => state === 'quarantined' && vouched !== null && vouched.by !== 'nobody')
    .filter(delivery => isMail(delivery) && driftReason(delivery) !== undefined)
    .toSorted((a, b) => (a.receivedAt < b.receivedAt ? -1 : 1));
  return [...Map.groupBy(drifted, ({ source }) => source)].flatMap(([source, mails]) => {
    const [first] = mails;
    const latest = mails.at(-1);
    if (!first || !latest) return [];
    return [{ source, since: first.receivedAt, mails: mails.length, reason: driftReason(latest) ?? '' }];
  });
}

const driftReason = ({ problems }: Delivery) =>
  problems.find(({ code }) => driftCodes.includes(code))?.reason;
