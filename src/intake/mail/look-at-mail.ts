import type { Problem } from '#booking/problem.ts';
import { inlineCopy } from './forwarded.ts';
import { type MailReading, readMail } from './mail-reading.ts';
import { type Envelope, envelopeOf, type OpenedMail } from './opened-mail.ts';
import type { RowsOfHtml } from './rows.ts';
import type { Template } from './template.ts';
import { claimsToBe } from './vouch.ts';

export type MailPart = 'the mail itself' | 'a mail attached to it' | 'a mail copied into it';

/** How a source's mails are read. Plain data: it may be handed to a thread. */
export type MailLook = {
  readonly templates: readonly Template[];
  /** Domains the marketplace writes from. */
  readonly domains: readonly string[];
  /** For dates that somebody's mail program wrote into a copy. */
  readonly zone: string;
};

/** What a mail turned out to be: which mail in it is meant, and what that one says. Plain data as well. */
export type MailSeen = {
  readonly outer: Envelope;
  readonly mail: Envelope;
  /** The mail that is meant, where it is another than the one that came. */
  readonly attached: Uint8Array | null;
  readonly part: MailPart;
  readonly reading: MailReading;
};

/**
 * Opens a mail and reads it, asking nobody. It is a stranger's work: it may be made to take for ever. Throws `mail-too-large`
 * and `mail-malformed`.
 */
export type LookAtMail = (
  bytes: Uint8Array,
  how: MailLook,
) => Promise<MailSeen | { problems: readonly [Problem, ...Problem[]] }>;

/** A mail of the marketplace itself is read as it is; else the one that somebody passed on. */
export const lookAtMail =
  (open: (bytes: Uint8Array) => Promise<OpenedMail>, rowsOfHtml: RowsOfHtml): LookAtMail =>
  async (bytes, { templates, domains, zone }) => {
    const outer = await open(bytes);
    const [attached, ...more] = claimsToBe(outer, domains) ? [] : outer.attached;
    if (more.length > 0) return { problems: [severalAttached] };
    const mail = attached ? await open(attached) : outer;
    const isCopy = !attached && !claimsToBe(outer, domains) && inlineCopy(outer.text ?? '') !== null;
    return {
      outer: envelopeOf(outer),
      mail: envelopeOf(mail),
      attached: attached ?? null,
      part: attached ? 'a mail attached to it' : isCopy ? 'a mail copied into it' : 'the mail itself',
      reading: readMail(mail, { templates, zone, isCopy, rowsOfHtml }),
    };
  };

const severalAttached: Problem = {
  field: 'message',
  code: 'mail-several-attached',
  reason: 'More than one mail is attached, and it is not clear which one is meant.',
  cure: 'Forward each of them by itself.',
};
