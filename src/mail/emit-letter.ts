import type { Egress } from '#platform/egress.ts';
import type { Letter } from './letter.ts';

/**
 * Passes all that the recipient will read through the egress, as it reads before any encoding. Rejects with `money-in-output`.
 * Folded calendar lines are joined: an amount must not hide in a fold.
 */
export async function emitLetter(egress: Egress, letter: Letter): Promise<void> {
  const invite = letter.invite ? [letter.invite.ics.replace(/\r?\n[ \t]/g, '')] : [];
  const body = [letter.to.name, letter.subject, letter.text, letter.html, ...invite].join('\n\n');
  await egress.emit({ audience: letter.audience, channel: 'mail', about: letter.about, body });
}
