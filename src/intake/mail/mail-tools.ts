import { type LookAtMail, lookAtMail } from './look-at-mail.ts';
import { openMail } from './open-mail.postal-mime.ts';
import type { MailTools } from './take-mail.ts';
import type { Resolver } from './verify-mail.mailauth.ts';
import type { MailVerifier } from './vouch.ts';

/** Fetched when the first mail comes: most houses never get one. */
const look: LookAtMail = async (bytes, how) => {
  const { rowsOfHtml } = await import('./rows.node-html-parser.ts');
  return lookAtMail(openMail, rowsOfHtml)(bytes, how);
};

/** An eighth of the program, which most installations never need. */
const verifyBy =
  (resolve: Resolver): MailVerifier =>
  async bytes => {
    const { mailVerifier } = await import('./verify-mail.mailauth.ts');
    return mailVerifier(resolve)(bytes);
  };

/** What mails are read and checked with where nothing else waits: in a function of its own, or in a test. */
export const mailTools = (resolve: Resolver): MailTools => ({ look, verify: verifyBy(resolve) });
