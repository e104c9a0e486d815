import { sha256 } from '#lib/digest.ts';
import { parseStrictJson } from '#lib/strict-json.ts';
import type { Delivery, Inbox } from './inbox.ts';
import type { Intake } from './process-delivery.ts';
import { sourceUnknown } from './receive-webhook.ts';
import type { Sources } from './source.ts';

/** What a fed message became; `text` says it in a sentence. */
export type Became = { delivery: Delivery; isRepeat: boolean; text: string };

/**
 * Takes a webhook's body from a person's hands, as if the source had sent it. The same bytes again are the same
 * delivery; one that was held back is read again. Throws `source-unknown`, and the refusals of `parseStrictJson` before
 * anything is kept.
 */
export async function intakeFile(
  room: { inbox: Inbox; sources: Sources; intake: Intake },
  fed: { source: string; body: Uint8Array; by: string },
): Promise<Became> {
  if (!room.sources(fed.source)) throw sourceUnknown(fed.source);
  parseStrictJson(fed.body);
  const { kind, delivery } = await room.inbox.receive({
    source: fed.source,
    messageId: sha256(fed.body),
    via: 'by-hand',
    headers: {},
    body: fed.body,
  });
  const isRepeat = kind === 'duplicate';
  const isHeld = delivery.state !== 'pending' && delivery.state !== 'recorded';
  const after = isHeld
    ? await room.intake.rerun(delivery.id, fed.by)
    : ((await room.intake.process(delivery.id)) ?? delivery);
  return { delivery: after, isRepeat, text: textOf(after, isRepeat) };
}

function textOf({ id, state, outcome, problems }: Delivery, isRepeat: boolean): string {
  if (state === 'recorded' && outcome) {
    const about = outcome.booking
      ? `${outcome.booking}, revision ${outcome.revision}`
      : 'a booking not yet heard of';
    const again = isRepeat ? ' This message had come in before.' : '';
    return `${sentences[outcome.kind]}: ${about}.${again}`;
  }
  if (state === 'pending') return `Kept as ${id}, but reading it failed; it will be tried again by itself.`;
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
} as const;
