import type { Clock } from '#lib/clock.ts';
import { sha256 } from '#lib/digest.ts';
import { Refusal } from '#lib/refusal.ts';
import { openBody } from './bodies.ts';
import { type Delivery, type Inbox, keptHeaders, type Via } from './inbox.ts';
import { problemOf } from './process-delivery.ts';
import type { Source, Sources } from './source.ts';
import { isMessageId, messageIdMalformed, verifyUrlSecret } from './verify-webhook.ts';

/** A webhook as it stands at the door. */
export type Knock = {
  source: string;
  /** The secret of the address, for a marketplace that cannot sign. */
  secret: string | null;
  header: (name: string) => string | null;
  /** All of them, by their names in small letters. */
  headers: () => Readonly<Record<string, string>>;
  body: Uint8Array;
};

export type Received = { kind: 'received' | 'duplicate'; delivery: Delivery };

/**
 * Lets a webhook in: who sent it is proven on the raw bytes first, then it is kept durably, and only then is it looked
 * at. What cannot even be opened is kept for a person and refused all the same, every time it is sent.
 *
 * Refusals: `source-unknown`, those of its `Proof` and of `verifyUrlSecret`, `delivery-conflict`, those of `openBody`.
 */
export async function receiveWebhook(
  door: { sources: Sources; inbox: Inbox; clock: Clock },
  knock: Knock,
): Promise<Received> {
  const source = door.sources(knock.source);
  if (!source) throw sourceUnknown(knock.source);
  const { messageId, via } = proven(source, knock, door.clock);
  const received = await door.inbox.receive({
    source: knock.source,
    messageId,
    via,
    headers: headersOf(knock),
    body: knock.body,
  });
  try {
    openBody(knock.body, source.manner.media);
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

/** Checks who sends, and says what the message is called. */
function proven(source: Source, knock: Knock, clock: Clock): { messageId: string; via: Via } {
  const { header, body } = knock;
  const { proof, naming } = source.manner;
  const unnamed = () =>
    // What only states how things are now is said anew each time, even in the same bytes.
    naming === 'bytes' ? sha256(body) : `${sha256(body).slice(0, 40)}@${clock.now()}`;
  if (proof && knock.secret === null) {
    const request = { header, headers: knock.headers, body, address: source.address };
    return { messageId: proof.check(request, source.secrets, clock) ?? unnamed(), via: 'signed' };
  }
  verifyUrlSecret(knock.secret ?? passwordIn(header), source.urlSecretHashes);
  const id = header('webhook-id');
  if (id !== null && !isMessageId(id)) throw messageIdMalformed();
  return { messageId: id ?? unnamed(), via: 'url-secret' };
}

/** The password of HTTP's basic authentication; empty where there is none, which no secret is. */
function passwordIn(header: Knock['header']): string {
  const [, encoded = ''] = /^Basic\s+([A-Za-z0-9+/=]+)$/i.exec(header('authorization') ?? '') ?? [];
  const [, ...password] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  return password.join(':');
}

const headersOf = ({ header }: Knock): Record<string, string> =>
  Object.fromEntries(
    keptHeaders.flatMap(name => {
      const value = header(name);
      return value === null ? [] : [[name, value.slice(0, 200)]];
    }),
  );
