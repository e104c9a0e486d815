import type { Problem } from '#booking/problem.ts';
import { correctedRead } from '#intake/corrected.ts';
import { type Delivery, type DeliveryId, mostTries } from '#intake/inbox.ts';
import type { Read, ReadingRoom, Source } from '#intake/source.ts';
import { Refusal, Unavailable } from '#lib/refusal.ts';
import type { LookAtMail, MailPart, MailSeen } from './look-at-mail.ts';
import type { MailReading } from './mail-reading.ts';
import { statementOf } from './mail-statement.ts';
import {
  type MailTrust,
  type MailVerifier,
  nobody,
  type Vouch,
  vouchByAddress,
  vouchByReceiver,
  vouchBySignature,
} from './vouch.ts';

/** What mails are read and checked with. */
export type MailTools = {
  look: LookAtMail;
  verify: MailVerifier;
};

/** A mail at hand, with the source it came in for. */
export type MailAtHand = { delivery: Delivery; body: Uint8Array; source: Source; reading: ReadingRoom };

/** Turns a mail into what it says. Throws the refusals of opening it, and `Unavailable` while DNS does not answer. */
export type TakeMail = (at: MailAtHand) => Promise<Read>;

/** Everything that was found out about a mail, for whoever asks why. */
export type MailExplained = {
  /** Which mail was read: the one that came, one attached to it, or one copied into its text. */
  readonly part: MailPart;
  readonly vouch: Vouch;
  readonly reading: MailReading;
  readonly read: Read;
};

/**
 * Reads mails: which mail is meant, who answers for it, what it says. What nobody answers for waits for a person, with
 * all else that is wrong with it; once a person ran it, or fed it, that person answers.
 */
export function takeMails(
  tools: MailTools,
  keep: { vouch(id: DeliveryId, by: Vouch): Promise<void> },
): TakeMail {
  return async at => {
    const { delivery, reading } = at;
    if (delivery.correction && !(await isClear(tools, at)))
      return correctedRead(delivery, delivery.correction, reading);
    const explained = await explainMail(tools, at);
    if ('problems' in explained) return explained;
    if (delivery.vouched === null && explained.vouch.by !== 'nobody')
      await keep.vouch(delivery.id, explained.vouch);
    if (explained.vouch.by !== 'nobody' || isByPerson(delivery)) return explained.read;
    const further = 'problems' in explained.read ? explained.read.problems : [];
    return { problems: [unproven(explained.vouch.why), ...further] };
  };
}

/** Whether it is a mail, and one of which it is clear what is to be read. Of any other a person's word is all there is. */
async function isClear(tools: MailTools, at: MailAtHand): Promise<boolean> {
  try {
    return !('problems' in (await explainMail(tools, at)));
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

/** The same with everything that led to it. Changes nothing. */
export async function explainMail(
  tools: MailTools,
  { delivery, body, source, reading: room }: MailAtHand,
): Promise<MailExplained | { problems: readonly [Problem, ...Problem[]] }> {
  if (!source.mail) return { problems: [takesNoMail(source.settings.id)] };
  const { templates, trust } = source.mail;
  const seen = await tools.look(body, {
    templates,
    domains: trust.domains,
    zone: room.fleet.house.zone,
  });
  if ('problems' in seen) return seen;
  const { part, reading } = seen;
  const vouch = delivery.vouched ?? (await vouchFor(tools, { ...seen, delivery, body, trust }));
  return { part, vouch, reading, read: statementOf(reading, delivery, room) };
}

type Vouching = MailSeen & { delivery: Delivery; body: Uint8Array; trust: MailTrust };

async function vouchFor(
  { verify }: MailTools,
  { delivery, outer, mail, attached, body, part, trust }: Vouching,
): Promise<Vouch> {
  const byAddress = vouchByAddress(outer, [], trust);
  if (byAddress.by !== 'nobody') return byAddress;
  if (part === 'a mail copied into it') return nobody('a copy inside another mail proves nothing');
  // A mail server's own words count only on mail that came through it; anybody can write them into a mail of theirs.
  const cameThroughServer = part === 'the mail itself' && delivery.via !== 'smtp';
  const byReceiver = cameThroughServer ? vouchByReceiver(mail, trust) : nobody('');
  if (byReceiver.by !== 'nobody') return byReceiver;
  try {
    return vouchBySignature(mail, await verify(attached ?? body), trust);
  } catch (error) {
    if (error instanceof Unavailable && delivery.tries >= mostTries - 1) return nobody('DNS did not answer');
    throw error;
  }
}

const isByPerson = ({ via, decision }: Delivery) =>
  via === 'by-hand' || decision?.what === 'rerun' || decision?.what === 'correct';

const unproven = (why: string): Problem => ({
  field: 'message',
  code: 'mail-unproven',
  reason: `It is not proven that this mail comes from the marketplace: ${why}.`,
  cure: 'Compare it with the marketplace; run it if it is true, discard it if not.',
});

const takesNoMail = (id: string): Problem => ({
  field: 'source',
  code: 'mail-not-taken',
  reason: `The source “${id}” is not set up for mail.`,
  cure: 'Give it a mail section in the configuration, then run this again.',
});
