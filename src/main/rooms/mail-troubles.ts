import type { BookingId } from '#booking/booking.ts';
import type { Fulfilling } from '#fulfilment/fulfilment.ts';
import { isoInstant } from '#lib/clock.ts';
import { letterKey } from '#mail/letter-key.ts';
import type { Posted } from '#mail/post.ts';
import { readReport } from '#mail/read-report.ts';
import type { LetterFate } from '#mail/ses-events.ts';
import { type MailTrouble, mailboxOf, type Suppression } from '#mail/suppressed.ts';
import type { RoomOptions } from './parts.ts';
import type { Rooms } from './rooms.ts';

export type MailTroubles = ReturnType<typeof mailTroubles>;

/** Further back than this no report is expected: mail servers give up after days. */
const lettersLookedThrough = 1000;

/** What is heard of letters after they left, what follows from it, and what a person decides about an address. */
export function mailTroubles(
  of: Rooms,
  { config, clock, log }: Pick<RoomOptions, 'config' | 'clock' | 'log'>,
  fulfil: Pick<Fulfilling, 'again'>,
) {
  const { suppressed, numbers } = of;
  const sides = [of.open, of.owner];

  const lettersTo = async (address: string) => {
    const found = await Promise.all(
      sides.map(async ({ post }) => ({ post, letters: await post.list({ limit: lettersLookedThrough }) })),
    );
    return found.flatMap(({ post, letters }) =>
      letters.filter(({ to }) => mailboxOf(to) === mailboxOf(address)).map(letter => ({ post, letter })),
    );
  };

  /** Whatever was said by this letter was not: it is said again, and stands on the board for as long as it cannot be. */
  const sayAgain = async ({ about, to }: Posted, said: string) => {
    const isTheirs = (recipient: string) =>
      mailboxOf(config.fleet.person(recipient)?.email ?? recipient) === mailboxOf(to);
    for (const booking of about.filter(id => id.startsWith('bkg_'))) {
      for (const { beliefs } of sides) {
        const stated = (await beliefs.of(booking)).filter(
          ({ surface, recipient, state }) =>
            surface.endsWith('letter') && state === 'stated' && isTheirs(recipient),
        );
        for (const belief of stated)
          await beliefs.putDurably({
            ...belief,
            state: 'failing',
            statedRevision: null,
            statedDigest: null,
            error: { code: 'letter-returned', message: said },
            at: isoInstant(clock.now()),
          });
      }
      await fulfil.again(booking as BookingId);
    }
  };

  /** Of whom we may believe it: our own mail server, a cloud's signed event, or a report that names a letter of ours. */
  const heard = async (
    trouble: MailTrouble,
    letter: { posted: Posted; cameBack: (said: string) => Promise<void> } | null,
  ) => {
    const isNews = await suppressed.add(trouble);
    numbers.count('mail_troubles', { why: trouble.why });
    if (isNews) log.warn('letters to an address are in trouble', { code: trouble.why });
    if (trouble.why !== 'bounce' || letter?.posted.state !== 'sent') return;
    await letter.cameBack(trouble.said);
    await sayAgain(letter.posted, trouble.said);
  };

  /** A letter that was posted here, by the key that it carries, and how its post is told that it came back. */
  const ofKey = async (key: string) => {
    for (const { post } of sides) {
      const letters = await post.list({ limit: lettersLookedThrough });
      const posted = letters.find(({ id }) => letterKey(id) === key);
      if (posted) return { posted, cameBack: (said: string) => post.cameBack(posted.id, said) };
    }
    return null;
  };

  return {
    heard: (trouble: MailTrouble) => heard(trouble, null),

    /** Takes what a cloud's mail service says became of a letter, however often it says so. A delivery is no trouble. */
    async fate({ kind, address, letter, at, said }: LetterFate): Promise<void> {
      if (kind === 'delivered') return;
      await heard({ why: kind, address, at, said }, letter === null ? null : await ofKey(letter));
    },

    /**
     * Takes a report as a mail server sends it. Anybody can send one, so it counts only if it names a letter that was
     * posted here: its key is in no place but the letter. Whether it counted.
     */
    async report(mail: Uint8Array): Promise<boolean> {
      const read = readReport(mail);
      if (!read) return false;
      const letter = await ofKey(read.letterKey);
      if (!letter) return false;
      const { why, said } = read;
      await heard({ why, said, address: letter.posted.to, at: isoInstant(clock.now()) }, letter);
      return true;
    },

    list: suppressed.list,
    find: suppressed.find,

    /** Has an address used again: what was withheld or came back from it is tried now. Refusal `address-not-suppressed`. */
    async allow(address: string, by: string): Promise<Suppression> {
      const allowed = await suppressed.decide(address, 'allowed', { by, at: isoInstant(clock.now()) });
      for (const { post, letter } of await lettersTo(address))
        if (letter.state === 'returned') await post.retry(letter.id);
      return allowed;
    },

    /** Has it stay as it is; it is no alert any more. `open` takes that back. Refusal `address-not-suppressed`. */
    keep: (address: string, by: string, state: 'kept' | 'open' = 'kept'): Promise<Suppression> =>
      suppressed.decide(address, state, { by, at: isoInstant(clock.now()) }),
  };
}
