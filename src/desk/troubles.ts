import type { StaffSession } from '#access/staff.ts';
import type { Belief } from '#booking/surface.ts';
import type { Delivery } from '#intake/inbox.ts';
import type { Posted } from '#mail/post.ts';
import type { DeskDeps } from './deps.ts';
import { heldShown } from './held.ts';
import { asOwner } from './owner.ts';

/** One thing that is not as it should be, with all a person needs to decide whether to act. */
export type Trouble = {
  key: string;
  booking: string | null;
  /** `guest letter`, `letter`, `message from boatsetter`. */
  what: string;
  /** The recipient of a surface or letter; null where there is none. */
  towards: string | null;
  state: string;
  reason: string;
  /** ISO 8601 UTC. */
  since: string;
  /** When it is tried again by itself; null when it waits for a person. */
  nextTryAt: string | null;
  retry: { kind: 'booking' | 'letter' | 'owner letter' | 'delivery'; id: string };
};

/** More than a person will read at once; beyond it the page says that there are more. */
export const troublesShown = 100;

/** Letters that wait, counted up to this many. */
const lettersCounted = 1000;

/**
 * Everything stuck, failing or waiting for its next try across bookings, what waits for a person first, then the oldest first.
 * The owner's surfaces and letters are in it for owners only.
 */
export async function troublesFor(deps: DeskDeps, session: StaffSession): Promise<readonly Trouble[]> {
  const owner = asOwner(deps, session);
  const returnedIn = (post: DeskDeps['post']) => post.list({ state: 'returned', limit: troublesShown });
  const waitingIn = (post: DeskDeps['post']) => post.list({ state: 'waiting', limit: lettersCounted });
  const [open, owned, returned, ownReturned, waiting, ownWaiting, held, pending] = await Promise.all([
    deps.beliefs.troubled(troublesShown),
    owner?.beliefs.troubled(troublesShown) ?? [],
    returnedIn(deps.post),
    owner ? returnedIn(owner.post) : [],
    waitingIn(deps.post),
    owner ? waitingIn(owner.post) : [],
    deps.inbox.held(heldShown),
    deps.inbox.list({ state: 'pending', limit: heldShown }),
  ]);
  const shown = new Set([...open, ...owned].map(belief => belief.awaiting));
  const troubles = await Promise.all([
    ...open.map(belief => ofBelief(belief, deps.drives, 'letter')),
    ...owned.map(belief => ofBelief(belief, owner?.drives ?? deps.drives, 'owner letter')),
    ...returned.filter(({ id }) => !shown.has(id)).map(letter => ofLetter(letter, 'letter')),
    ...ownReturned.filter(({ id }) => !shown.has(id)).map(letter => ofLetter(letter, 'owner letter')),
    ...ofWaiting(waiting, 'letter'),
    ...ofWaiting(ownWaiting, 'owner letter'),
    ...held.filter(delivery => delivery.state !== 'quarantined').map(ofDelivery),
    // A marketplace that does not answer when it is asked.
    ...pending.filter(({ tries, problems }) => tries > 0 && problems.length > 0).map(ofDelivery),
  ]);
  const waitsForUs = (trouble: Trouble) => (trouble.nextTryAt === null ? 0 : 1);
  return troubles
    .sort((a, b) => waitsForUs(a) - waitsForUs(b) || (a.since < b.since ? -1 : 1))
    .slice(0, troublesShown);
}

type LetterKind = 'letter' | 'owner letter';

async function ofBelief(belief: Belief, drives: DeskDeps['drives'], letter: LetterKind): Promise<Trouble> {
  const drive = belief.state === 'failing' ? await drives.find(belief.booking) : null;
  return {
    key: `${belief.booking}/${belief.surface}/${belief.recipient}`,
    booking: belief.booking,
    what: belief.surface,
    towards: belief.recipient,
    state: belief.state,
    reason: belief.error?.message ?? 'No reason was noted.',
    since: belief.at,
    nextTryAt: drive?.nextAt ?? null,
    retry: belief.awaiting ? { kind: letter, id: belief.awaiting } : { kind: 'booking', id: belief.booking },
  };
}

const ofLetter = (letter: Posted, kind: LetterKind): Trouble => ({
  key: letter.id,
  booking: letter.about[0] ?? null,
  what: `${letter.kind} letter`,
  towards: letter.to,
  state: letter.state,
  reason: letter.error ?? 'It came back without a reason.',
  since: letter.postedAt,
  nextTryAt: null,
  retry: { kind, id: letter.id },
});

/** Letters that wait for one and the same reason are one trouble: a mail server that is down holds up all of them. */
function ofWaiting(letters: readonly Posted[], kind: LetterKind): Trouble[] {
  const tried = letters.filter(letter => letter.error !== null).reverse();
  return [...Map.groupBy(tried, letter => letter.error)].flatMap(([, alike]) => {
    const [oldest] = alike;
    if (!oldest) return [];
    const nextTryAt = alike.map(letter => letter.nextAt ?? '').sort()[0] ?? null;
    const one = { ...ofLetter(oldest, kind), state: 'waiting', nextTryAt };
    if (alike.length === 1) return [one];
    const count = alike.length === lettersCounted ? `${lettersCounted} or more` : alike.length;
    return [{ ...one, booking: null, what: `${count} letters`, towards: null }];
  });
}

const ofDelivery = (delivery: Delivery): Trouble => ({
  key: delivery.id,
  booking: delivery.outcome?.booking ?? null,
  what: `message from ${delivery.source}`,
  towards: null,
  state: delivery.state,
  reason: delivery.problems.map(problem => problem.reason).join(' ') || 'No reason was noted.',
  since: delivery.receivedAt,
  nextTryAt: delivery.nextTryAt,
  retry: { kind: 'delivery', id: delivery.id },
});
