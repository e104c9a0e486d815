import type { Made } from '#booking/surface.ts';
import type { Letter } from '#mail/letter.ts';
import { letterKey } from '#mail/letter-key.ts';
import type { Post } from '#mail/post.ts';
import type { FinanceStore, SaidLetter } from './finance-store.ts';

/** A letter but for its identity, which follows from what it says and what was said before. */
export type Draft = Omit<Letter, 'id'>;

/**
 * Says something to one recipient by letter, once: what already stands is not said again, what has not gone out is taken
 * back first, and the draft learns what was last said, so that it can name what changed. `digest` null takes back.
 * Safe to repeat, also after a crash between any two steps.
 */
export async function tell(
  { store, post }: { store: FinanceStore; post: Post },
  it: Pick<SaidLetter, 'booking' | 'surface' | 'recipient' | 'digest' | 'facts'>,
  draft: (earlier: SaidLetter | null) => Promise<Draft> | Draft,
): Promise<Made> {
  const letters = await store.said(it.booking, it.surface, it.recipient);
  const [newest, ...older] = letters;
  const under = newest ? await post.find(newest.letter) : null;

  if (newest?.digest === it.digest && under?.state !== 'recalled') {
    if (under?.state === 'returned') await post.retry(newest.letter);
    if (!under) await post.post({ ...(await draft(await standing(post, older))), id: newest.letter });
    return { state: 'posted', letter: newest.letter };
  }

  const earlier = await standing(post, letters);
  if (earlier && earlier.digest === it.digest && (await post.find(earlier.letter))?.state !== 'recalled')
    return { state: 'posted', letter: earlier.letter };
  if (it.digest === null && !earlier?.digest) return { state: 'stated' };

  const written = await draft(earlier);
  const id = [it.booking, it.surface, it.recipient, written.kind, it.digest ?? earlier?.digest].join('/');
  // Moved there and back again: the same words a second time are another letter.
  const letter = letters.some(each => each.letter === id) ? `${id}/${letters.length + 1}` : id;
  await store.remember({ ...it, letter });
  await post.post({ ...written, id: letter });
  return { state: 'posted', letter };
}

/**
 * What the log calls a letter about money: by booking, surface, recipient and kind. Not by its whole id, which follows from
 * what it says: whoever can read the log could try amounts until one fits.
 */
export const nameInLog = (id: string): string => letterKey(id.split('/').slice(0, 4).join('/'));

/** The digest of what a recipient was last told and not spared, or null. */
export async function lastTold(
  { store, post }: { store: FinanceStore; post: Post },
  it: Pick<SaidLetter, 'booking' | 'surface' | 'recipient'>,
): Promise<string | null> {
  for (const said of await store.said(it.booking, it.surface, it.recipient)) {
    const state = (await post.find(said.letter))?.state;
    if (state === 'waiting' || state === 'sent') return said.digest;
  }
  return null;
}

/** The last letter that reached its recipient or may have, taken back too late; those still waiting are taken back on the way. */
async function standing(post: Post, letters: readonly SaidLetter[]): Promise<SaidLetter | null> {
  for (const said of letters) {
    const posted = await post.find(said.letter);
    if (posted?.state === 'sent' || (posted?.state === 'recalled' && posted.mayHaveGone)) return said;
    if (posted?.state === 'waiting' && !(await post.recall(said.letter))) return said;
  }
  return null;
}
