import { openMail } from './open-mail.postal-mime.ts';
import type { MailTools } from './take-mail.ts';
import { mailVerifier, type Resolver } from './verify-mail.mailauth.ts';

/** What mails are opened and checked with in every edition. */
export const mailTools = (resolve: Resolver): MailTools => ({
  open: openMail,
  verify: mailVerifier(resolve),
  rowsOfHtml: async () => (await import('./rows.node-html-parser.ts')).rowsOfHtml,
});
