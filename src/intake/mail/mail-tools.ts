import { type LookAtMail, lookAtMail } from './look-at-mail.ts';
import { openMail } from './open-mail.postal-mime.ts';
import type { MailTools } from './take-mail.ts';
import { mailVerifier, type Resolver } from './verify-mail.mailauth.ts';

/** Fetched when the first mail comes: most houses never get one. */
const look: LookAtMail = async (bytes, how) => {
  const { rowsOfHtml } = await import('./rows.node-html-parser.ts');
  return lookAtMail(openMail, rowsOfHtml)(bytes, how);
};

/** What mails are read and checked with where nothing else waits: in a function of its own, or in a test. */
export const mailTools = (resolve: Resolver): MailTools => ({ look, verify: mailVerifier(resolve) });
