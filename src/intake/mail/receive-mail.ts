import { type Delivery, type Inbox, mailType, type Via } from '#intake/inbox.ts';
import { sourceUnknown } from '#intake/receive-webhook.ts';
import type { Source, Sources } from '#intake/source.ts';
import { verifyUrlSecret, verifyWebhook } from '#intake/verify-webhook.ts';
import type { Clock } from '#lib/clock.ts';
import { sha256 } from '#lib/digest.ts';
import { Refusal } from '#lib/refusal.ts';
import { mailLimits } from './opened-mail.ts';
import type { Vouch } from './vouch.ts';

export type MailDoor = { sources: Sources; inbox: Inbox; clock: Clock };

/** A mail as it stands at the HTTP door, brought by a mail provider or a script. */
export type MailKnock = {
  source: string;
  /** The secret of the address, for a provider that cannot sign. */
  secret: string | null;
  header: (name: string) => string | null;
  body: Uint8Array;
};

/**
 * Lets a mail in over HTTP: the one who brings it proves itself as for a webhook; whose the mail is shows when it is
 * read. Durable when it resolves. Refusals: `source-unknown`, `mail-not-taken`, those of `verifyWebhook` and
 * `verifyUrlSecret`, `mail-too-large`.
 */
export async function receiveMail(door: MailDoor, { source, secret, header, body }: MailKnock) {
  const known = mailSource(door.sources, source);
  if (secret === null) verifyWebhook({ header, body }, known.keys, door.clock);
  else verifyUrlSecret(secret, known.urlSecretHashes);
  return keepMail(door.inbox, { source, via: secret === null ? 'signed' : 'url-secret', body });
}

/** The source a mail is for. Throws `source-unknown` and `mail-not-taken`. */
export function mailSource(sources: Sources, id: string): Source {
  const known = sources(id);
  if (!known) throw sourceUnknown(id);
  if (known.mail) return known;
  throw new Refusal(
    'mail-not-taken',
    `The source “${id}” is not set up for mail.`,
    'Give it a mail section in the configuration.',
  );
}

/** Keeps a mail. Its name is its digest: a Message-ID is whatever the sender likes, and could take another mail's place. */
export function keepMail(
  inbox: Inbox,
  mail: { source: string; via: Via; body: Uint8Array; vouched?: Vouch },
): Promise<{ kind: 'received' | 'duplicate'; delivery: Delivery }> {
  const { source, via, body, vouched } = mail;
  if (body.byteLength > mailLimits.bytes) {
    throw new Refusal(
      'mail-too-large',
      `The mail has ${body.byteLength} bytes; ${mailLimits.bytes} are the most that is read.`,
      'Forward it without its attachments.',
      { limit: mailLimits.bytes },
    );
  }
  return inbox.receive({
    source,
    messageId: sha256(body),
    via,
    headers: { 'content-type': mailType },
    body,
    ...(vouched ? { vouched } : {}),
  });
}
