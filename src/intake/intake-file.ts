import { sha256 } from '#lib/digest.ts';
import { openBody } from './bodies.ts';
import { type Delivery, type Inbox, isMail, mailType } from './inbox.ts';
import type { MailAccount } from './mail/mail-account.ts';
import { coverageText } from './mail/mail-account.ts';
import { keepMail, mailSource } from './mail/receive-mail.ts';
import type { Intake } from './process-delivery.ts';
import { sourceUnknown } from './receive-webhook.ts';
import type { Source, Sources } from './source.ts';

/** What a fed message became; `text` says it in a sentence, for mails with how much of each part was understood. */
export type Became = { delivery: Delivery; isRepeat: boolean; text: string };

/** A message in a person's hands: a webhook's body or a whole mail. */
export type Fed = { source: string; body: Uint8Array; by: string };

/**
 * Takes a webhook's body or a whole mail from a person's hands, as if the source had sent it. The same bytes again are the
 * same delivery; one that was held back is read again. Throws `source-unknown`, and before anything is kept the refusals
 * of `openBody` and `keepMail`.
 */
export async function intakeFile(
  room: {
    inbox: Inbox;
    sources: Sources;
    intake: Intake;
    /** Tells how a mail was read; null where that cannot be told. */
    account: (delivery: Delivery) => Promise<MailAccount | null>;
  },
  fed: Fed,
): Promise<Became> {
  const source = room.sources(fed.source);
  if (!source) throw sourceUnknown(fed.source);
  const { kind, delivery } = await keep(room, source, fed);
  const isRepeat = kind === 'duplicate';
  const isHeld = delivery.state !== 'pending' && delivery.state !== 'recorded';
  const after = isHeld
    ? await room.intake.rerun(delivery.id, fed.by)
    : ((await room.intake.process(delivery.id)) ?? delivery);
  const account = isMail(after) ? await room.account(after) : null;
  const coverage = account?.coverage.map(coverageText) ?? [];
  return { delivery: after, isRepeat, text: [textOf(after, isRepeat), ...coverage].join('\n') };
}

/** Whether these bytes are a whole mail: JSON, XML and forms do not begin with a header. */
export const looksLikeMail = (body: Uint8Array): boolean =>
  /^(?:From [^\n]*\n)?[A-Za-z][A-Za-z0-9-]*:[ \t]/.test(
    Buffer.from(body.subarray(0, 2048)).toString('latin1'),
  );

/** A delivery as a message in somebody's hands would be one; it is kept nowhere. */
export const inHand = ({ source, body }: Fed, receivedAt: string): Delivery => ({
  id: 'dlv_inhand',
  source,
  messageId: sha256(body),
  via: 'by-hand',
  headers: looksLikeMail(body) ? { 'content-type': mailType } : {},
  receivedAt,
  state: 'pending',
  problems: [],
  outcome: null,
  tries: 0,
  nextTryAt: null,
  conflictsWith: null,
  decision: null,
  vouched: null,
  correction: null,
  erasedAt: null,
});

function keep(
  { inbox, sources }: { inbox: Inbox; sources: Sources },
  { manner }: Source,
  { source, body }: Fed,
) {
  if (looksLikeMail(body)) {
    mailSource(sources, source);
    return keepMail(inbox, { source, via: 'by-hand', body });
  }
  openBody(body, manner.media);
  return inbox.receive({ source, messageId: sha256(body), via: 'by-hand', headers: {}, body });
}

function textOf({ id, state, outcome, problems }: Delivery, isRepeat: boolean): string {
  if (state === 'recorded' && outcome) {
    if (outcome.kind === 'nothing') return 'Kept; it is no news of a booking.';
    if (outcome.kind === 'asked' && !outcome.booking)
      return 'A notice. What the marketplace answered made no booking: see the quarantine.';
    const about = outcome.booking
      ? `${outcome.booking}, revision ${outcome.revision}`
      : 'a booking not yet heard of';
    const again = isRepeat ? ' This message had come in before.' : '';
    return `${sentences[outcome.kind]}: ${about}.${again}`;
  }
  if (state === 'pending') {
    const why = problems.map(({ reason }) => `\n  ${reason}`).join('');
    return `Kept as ${id}, but reading it failed; it will be tried again by itself.${why}`;
  }
  const reasons = problems.map(
    ({ field, code, reason, cure }) => `  ${field} (${code}): ${reason}\n    ${cure}`,
  );
  return [`Held back as ${id}; nothing was published.`, ...reasons].join('\n');
}

const sentences = {
  created: 'A new booking',
  changed: 'A booking changed',
  cancelled: 'A booking was cancelled',
  unchanged: 'A booking that says so already',
  remembered: 'Remembered, but the booking is off',
  noted: 'Noted in the books of a booking',
  asked: 'A notice; the marketplace was asked',
  nothing: 'Not about a booking',
} as const;
