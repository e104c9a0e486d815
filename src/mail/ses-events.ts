import * as z from 'zod';
import { isNoSuchMailbox } from './bounce.ts';

/** What SES says became of a letter that it had taken. */
export type LetterFate = {
  /**
   * `bounce`: there is no such mailbox, or SES knows it as one. `returned`: it came back for another reason, such as a full
   * mailbox. `complaint`: its reader called it junk. `delivered`: the other side has it.
   */
  readonly kind: 'delivered' | 'bounce' | 'returned' | 'complaint';
  readonly address: string;
  /** Key of the letter (`letterKey`), null for mail that was not sent by us. */
  readonly letter: string | null;
  /** When, ISO 8601 UTC. */
  readonly at: string;
  /** In the words of whoever said it, on one line; empty where nobody said anything. */
  readonly said: string;
};

const instant = z.iso.datetime({ offset: true }).transform(at => new Date(at).toISOString());
const recipient = z.object({ emailAddress: z.string() });
const mail = z.object({
  timestamp: instant,
  destination: z.array(z.string()).default([]),
  tags: z.record(z.string(), z.array(z.string())).default({}),
});

/** Each as configuration sets publish it; `notificationType` is the name in the older notifications of an identity. */
const event = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('Bounce'),
    mail,
    bounce: z.object({
      bounceType: z.string(),
      bounceSubType: z.string(),
      timestamp: instant,
      bouncedRecipients: z.array(
        recipient.extend({ status: z.string().optional(), diagnosticCode: z.string().optional() }),
      ),
    }),
  }),
  z.object({
    type: z.literal('Complaint'),
    mail,
    complaint: z.object({
      timestamp: instant,
      complainedRecipients: z.array(recipient),
      complaintFeedbackType: z.string().nullish(),
    }),
  }),
  z.object({
    type: z.literal('Delivery'),
    mail,
    delivery: z.object({
      timestamp: instant,
      recipients: z.array(z.string()),
      smtpResponse: z.string().default(''),
    }),
  }),
  z.object({ type: z.literal('Reject'), mail, reject: z.object({ reason: z.string() }) }),
]);

const typesRead = new Set<unknown>(event.options.map(option => option.shape.type.value));

/**
 * What an invocation of the function for mail events tells: events of SES as they come by SNS or by EventBridge, one or
 * several, at least once and in any order. What says nothing about a fate (sent, opened, delayed) is left out. Throws on
 * what is no event of SES at all, so that it comes again and ends before a person.
 */
export function fatesIn(invocation: unknown): readonly LetterFate[] {
  return eventsIn(invocation).flatMap(given => {
    const type = given.eventType ?? given.notificationType;
    if (typeof type !== 'string') throw new TypeError('no event of SES');
    return typesRead.has(type) ? fatesOf(event.parse({ ...given, type })) : [];
  });
}

function fatesOf(told: z.infer<typeof event>): readonly LetterFate[] {
  const letter = told.mail.tags[letterTag]?.[0] ?? null;
  const fate = (kind: LetterFate['kind'], address: string, at: string, said = ''): LetterFate => ({
    kind,
    address: bare(address),
    letter,
    at,
    said: said
      .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
      .trim()
      .slice(0, 300),
  });
  switch (told.type) {
    case 'Bounce': {
      const { bounceType, bounceSubType, bouncedRecipients, timestamp } = told.bounce;
      return bouncedRecipients.map(({ emailAddress, status, diagnosticCode }) => {
        const isGone = bounceType === 'Permanent' && saysGone(bounceSubType, status);
        const said = diagnosticCode ?? `SES: ${bounceType} ${bounceSubType}`;
        return fate(isGone ? 'bounce' : 'returned', emailAddress, timestamp, said);
      });
    }
    case 'Complaint': {
      const { complainedRecipients, complaintFeedbackType, timestamp } = told.complaint;
      if (complaintFeedbackType === 'not-spam') return [];
      const said = `Reported to SES as ${complaintFeedbackType ?? 'junk'}.`;
      return complainedRecipients.map(({ emailAddress }) => fate('complaint', emailAddress, timestamp, said));
    }
    case 'Delivery': {
      const { recipients, timestamp, smtpResponse } = told.delivery;
      return recipients.map(address => fate('delivered', address, timestamp, smtpResponse));
    }
    case 'Reject':
      return told.mail.destination.map(address =>
        fate('returned', address, told.mail.timestamp, `SES did not send it: ${told.reject.reason}`),
      );
  }
}

/** The tag that a letter carries through SES, which gives it a Message-ID of its own. */
export const letterTag = 'gangway-letter';

/** SES keeps lists of addresses that bounced with it or with us; those come back without a status. */
const saysGone = (subType: string, status: string | undefined) =>
  status === undefined || /suppress/i.test(subType) ? goneTypes.has(subType) : isNoSuchMailbox(status);

const goneTypes = new Set(['General', 'NoEmail', 'Suppressed', 'OnAccountSuppressionList']);

/** `"May, Carole" <carole@example.org>` and `carole@example.org` are one address. */
const bare = (address: string) => (/<([^<>]+)>\s*$/.exec(address)?.[1] ?? address).trim();

type Given = Readonly<Record<string, unknown>>;

const bySns = z.object({ Records: z.array(z.object({ Sns: z.object({ Message: z.string() }) })).min(1) });
const byEventBridge = z.object({ source: z.literal('aws.ses'), detail: z.record(z.string(), z.unknown()) });

function eventsIn(invocation: unknown): readonly Given[] {
  const sns = bySns.safeParse(invocation);
  if (sns.success) return sns.data.Records.map(({ Sns }) => JSON.parse(Sns.Message) as Given);
  return [byEventBridge.parse(invocation).detail];
}
