import MailComposer from 'nodemailer/lib/mail-composer';
import { checkLetter } from './check-letter.ts';
import type { Letter } from './letter.ts';
import { letterKey, messageIdOf } from './letter-key.ts';

/**
 * The letter as RFC 822 bytes with CRLF, for every adapter alike. Text, HTML and the invite are alternatives of each
 * other; the invite is attached as a file as well, for programs that only open files. The same letter at the same time
 * (epoch ms, for the Date header) gives the same bytes. Refusals: those of `checkLetter`.
 */
export function letterBytes(letter: Letter, at: number): Promise<Buffer> {
  checkLetter(letter);
  const composer = new MailComposer({
    from: { ...letter.from },
    to: { ...letter.to },
    replyTo: letter.replyTo && { ...letter.replyTo },
    subject: letter.subject,
    messageId: messageIdOf(letter),
    date: new Date(at),
    // RFC 3834: answering machines leave such mail alone.
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Gangway-Letter': letter.kind },
    text: letter.text,
    html: letter.html,
    icalEvent: letter.invite && {
      method: letter.invite.method,
      content: letter.invite.ics,
      filename: 'invite.ics',
    },
    baseBoundary: letterKey(letter.id).slice(0, 16),
    newline: 'win',
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}
