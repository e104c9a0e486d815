import type { Fleet } from '#booking/fleet.ts';
import { type Problem, refusalOf } from '#booking/problem.ts';
import { type Clock, isoInstant } from '#lib/clock.ts';
import { Refusal } from '#lib/refusal.ts';
import { type Delivery, type Inbox, isMail, type Meant } from './inbox.ts';
import { type Fed, inHand } from './intake-file.ts';
import { type MailAccount, mailAccount } from './mail/mail-account.ts';
import { mailSource } from './mail/receive-mail.ts';
import { explainMail, type MailTools } from './mail/take-mail.ts';
import { nobody } from './mail/vouch.ts';
import { meantIn } from './meant.ts';
import type { Sources } from './source.ts';

/** What explaining works with. */
export type ExplainRoom = { inbox: Inbox; sources: Sources; tools: MailTools; fleet: Fleet; clock: Clock };

/**
 * Tells how a mail in a person's hands would be read, and changes nothing. Throws `source-unknown`, `mail-not-taken`,
 * the refusals of opening a mail, and `mail-several-attached`.
 */
export async function explainFile(room: ExplainRoom, fed: Fed): Promise<MailAccount> {
  mailSource(room.sources, fed.source);
  const told = await tell(room, inHand(fed, isoInstant(room.clock.now())), fed.body);
  if (!('told' in told)) return told;
  throw refusalOf(told.problems);
}

/**
 * Tells how a kept mail was read, for the desk: without asking DNS once more. Null where that cannot be told: it is no
 * mail, its body is gone, or its source is.
 */
export async function explainDelivery(room: ExplainRoom, delivery: Delivery): Promise<MailAccount | null> {
  const body = isMail(delivery) && delivery.erasedAt === null ? await room.inbox.body(delivery.id) : null;
  if (!body) return null;
  const vouched = delivery.vouched ?? nobody('nothing proves where it is from');
  try {
    const told = await tell(room, { ...delivery, vouched, correction: null }, body);
    return 'told' in told ? null : told;
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

/**
 * What a person may start from who says what a kept message means; nothing of a mail, whose account says it, and of one
 * whose body or source is gone.
 */
export async function meantByDelivery(
  { inbox, sources, fleet }: ExplainRoom,
  delivery: Delivery,
): Promise<Meant> {
  const source = sources(delivery.source);
  const isReadable = delivery.erasedAt === null && !isMail(delivery);
  const body = isReadable ? await inbox.body(delivery.id) : null;
  if (!source || !body) return {};
  try {
    return meantIn(source.read(delivery, body, { settings: source.settings, fleet }));
  } catch (error) {
    if (error instanceof Refusal) return {};
    throw error;
  }
}

async function tell(
  { sources, tools, fleet }: ExplainRoom,
  delivery: Delivery,
  body: Uint8Array,
): Promise<MailAccount | { told: null; problems: readonly [Problem, ...Problem[]] }> {
  const source = sources(delivery.source);
  if (!source?.mail) return { told: null, problems: [gone] };
  const reading = { settings: source.settings, fleet };
  const explained = await explainMail(tools, { delivery, body, source, reading });
  return 'problems' in explained ? { told: null, ...explained } : mailAccount(explained, reading);
}

const gone: Problem = {
  field: 'source',
  code: 'mail-not-taken',
  reason: 'The source is not set up for mail any more.',
  cure: 'Give it a mail section in the configuration.',
};
