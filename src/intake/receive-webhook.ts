import type { Clock } from '#lib/clock.ts';
import { sha256 } from '#lib/digest.ts';
import { Refusal } from '#lib/refusal.ts';
import { parseStrictJson } from '#lib/strict-json.ts';
import { type Delivery, type Inbox, keptHeaders, type Via } from './inbox.ts';
import { problemOf } from './process-delivery.ts';
import type { Source, Sources } from './source.ts';
import { isMessageId, messageIdMalformed, verifyUrlSecret, verifyWebhook } from './verify-webhook.ts';

/** A webhook as it stands at the door. */
export type Knock = {
  source: string;
  /** The secret of the address, for a marketplace that cannot sign. */
  secret: string | null;
  header: (name: string) => string | null;
  body: Uint8Array;
};

export type Received = { kind: 'received' | 'duplicate'; delivery: Delivery };

/**
 * Lets a webhook in: who sent it is proven on the raw bytes first, then it is kept durably, and only then is it looked
 * at. What is no acceptable JSON is kept for a person and refused all the same, every time it is sent.
 *
 * Refusals: `source-unknown`, those of `verifyWebhook` and `verifyUrlSecret`, `delivery-conflict`, those of `parseStrictJson`.
 */
export async function receiveWebhook(
  door: { sources: Sources; inbox: Inbox; clock: Clock },
  knock: Knock,
): Promise<Received> {
  const source = door.sources(knock.source);
  if (!source) throw sourceUnknown(knock.source);
  const messageId = proven(source, knock, door.clock);
  const via: Via = knock.secret === null ? 'signed' : 'url-secret';
  const received = await door.inbox.receive({
    source: knock.source,
    messageId,
    via,
    headers: headersOf(knock),
    body: knock.body,
  });
  try {
    parseStrictJson(knock.body);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { id, state } = received.delivery;
    if (state === 'pending') await door.inbox.quarantine(id, [problemOf(error)]);
    throw new Refusal(error.code, error.message, error.cure, { ...error.data, delivery: id });
  }
  return received;
}

export const sourceUnknown = (id: string) =>
  new Refusal(
    'source-unknown',
    `There is no source “${id.slice(0, 60)}” here.`,
    'Check the last part of the address against the sources of the configuration.',
  );

/** Checks who sends, and returns the message's id. */
function proven(source: Source, { secret, header, body }: Knock, clock: Clock): string {
  if (secret === null) return verifyWebhook({ header, body }, source.keys, clock);
  verifyUrlSecret(secret, source.urlSecretHashes);
  const id = header('webhook-id');
  if (id === null) return sha256(body);
  if (!isMessageId(id)) throw messageIdMalformed();
  return id;
}

const headersOf = ({ header }: Knock): Record<string, string> =>
  Object.fromEntries(
    keptHeaders.flatMap(name => {
      const value = header(name);
      return value === null ? [] : [[name, value.slice(0, 200)]];
    }),
  );
