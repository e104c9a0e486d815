import { answerInThread } from '#intake/reading-thread.ts';
import { Refusal } from '#lib/refusal.ts';
import { type LookAtMail, lookAtMail, type MailLook } from './look-at-mail.ts';
import { openMail } from './open-mail.postal-mime.ts';
import { rowsOfHtml } from './rows.node-html-parser.ts';

export type Asked = { bytes: Uint8Array; how: MailLook };

type Refused = Pick<Refusal, 'code' | 'message' | 'cure' | 'data'>;

/** A refusal does not pass between threads as what it is. */
export type Answer = { seen: Awaited<ReturnType<LookAtMail>> } | { refused: Refused };

const look = lookAtMail(openMail, rowsOfHtml);

answerInThread(async ({ bytes, how }: Asked) => {
  try {
    return { seen: await look(bytes, how) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { code, message, cure, data } = error;
    return { refused: { code, message, cure, data } };
  }
});
