import { readingThread, threadEntry } from '#intake/reading-thread.ts';
import type { Clock } from '#lib/clock.ts';
import { Refusal } from '#lib/refusal.ts';
import type { LookAtMail } from './look-at-mail.ts';
import type { Answer, Asked } from './mail-worker.thread.ts';

/**
 * Looks at mails on a thread of their own, since anybody can send one that keeps a parser busy for minutes. What takes too
 * long or too much is refused as `mail-too-slow`, waits for a person and keeps no other mail from being read.
 */
export function mailReader(limits: { ms?: number; megabytes?: number; clock?: Clock } = {}): {
  look: LookAtMail;
  close: () => Promise<void>;
} {
  const thread = readingThread<Asked, Answer>(
    () => threadEntry(import.meta.url, './mail-worker.thread.ts', './mail-worker'),
    { ms: 3000, megabytes: 192, ...limits },
  );
  return {
    async look(bytes, how) {
      const heard = await thread.ask({ bytes, how });
      if (heard.kind !== 'answer')
        throw tooSlow(heard.kind === 'too slow' ? `reading it took longer than ${heard.ms} ms` : heard.why);
      const { answer } = heard;
      if ('seen' in answer) return answer.seen;
      const { code, message, cure, data } = answer.refused;
      throw new Refusal(code, message, cure, data);
    },
    close: thread.close,
  };
}

const tooSlow = (why: string) =>
  new Refusal(
    'mail-too-slow',
    `The mail was given up: ${why}. It may be made to do that.`,
    'Open it in a mail program; if it is a booking, say what it says or enter it by hand.',
  );
