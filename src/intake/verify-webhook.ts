import { createHash, createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';
import type { Clock } from '#lib/clock.ts';
import { Refusal } from '#lib/refusal.ts';

/** A signing secret, decoded: 24 to 64 bytes. */
export type WebhookKey = { readonly bytes: Uint8Array };

/** Seconds a signed message may be old or early. */
export const toleranceSeconds = 300;

/** Reads `whsec_` + base64. Throws `webhook-secret-malformed`, so that a missing or empty secret stops the start. */
export function webhookKey(secret: string): WebhookKey {
  const encoded = secret.startsWith('whsec_') ? secret.slice('whsec_'.length) : '';
  const bytes = Buffer.from(encoded, 'base64');
  if (encoded !== '' && bytes.toString('base64') === encoded && isKey(bytes)) return { bytes };
  throw new Refusal(
    'webhook-secret-malformed',
    'A webhook secret is no Standard Webhooks secret.',
    'Use whsec_ followed by the base64 of 24 to 64 random bytes.',
  );
}

export type SignedRequest = {
  /** Answers null for a header that is not there. */
  header: (name: string) => string | null;
  /** The bytes as they came, before anything read them. */
  body: Uint8Array;
};

/**
 * Checks a message against Standard Webhooks 1.0 and returns its id. Our own rather than the library's, which parses
 * timestamps leniently and decodes the body before it signs, so that two different bodies can share a signature.
 * Any of the keys may have signed (two while rotating) and any of several signatures may be the one.
 *
 * Refusals: `signature-missing`, `webhook-id-malformed`, `timestamp-out-of-range`, `signature-wrong`.
 */
export function verifyWebhook(request: SignedRequest, keys: readonly WebhookKey[], clock: Clock): string {
  const id = request.header('webhook-id');
  const timestamp = request.header('webhook-timestamp');
  const signatures = request.header('webhook-signature');
  if (!id || !timestamp || !signatures) throw signatureMissing();
  if (!isMessageId(id)) throw messageIdMalformed();
  checkTimestamp(timestamp, clock.now());

  const given = signaturesIn(signatures);
  const signed = Buffer.concat([Buffer.from(`${id}.${timestamp}.`, 'ascii'), request.body]);
  const matches = keys
    .filter(key => isKey(key.bytes))
    .map(key => createHmac('sha256', preparedOf(key)).update(signed).digest())
    .some(expected => given.some(signature => timingSafeEqual(signature, expected)));
  if (!matches) throw signatureWrong();
  return id;
}

const prepared = new WeakMap<WebhookKey, KeyObject>();

/** What Node makes of the bytes: to make it anew takes four times as long as to sign a message. */
function preparedOf(key: WebhookKey): KeyObject {
  const known = prepared.get(key) ?? createSecretKey(key.bytes);
  prepared.set(key, known);
  return known;
}

/**
 * Checks the secret of an address against the SHA-256 (hex) of those that are valid: for a marketplace that cannot
 * sign. Throws `url-secret-wrong`.
 */
export function verifyUrlSecret(secret: string, hashes: readonly string[]): void {
  const given = createHash('sha256').update(secret).digest();
  const valid = hashes.map(hash => Buffer.from(hash, 'hex')).filter(hash => hash.length === given.length);
  const matches = valid.map(hash => timingSafeEqual(given, hash)).includes(true);
  if (secret !== '' && matches) return;
  throw new Refusal(
    'url-secret-wrong',
    'The secret in this address is not valid.',
    'Copy the whole address again from the settings of Gangway.',
  );
}

/** Whether text can name a message for ever: it holds nothing that could shift the parts of what is signed. */
export const isMessageId = (id: string): boolean => /^[A-Za-z0-9_-]{1,64}$/.test(id);

export const messageIdMalformed = () =>
  new Refusal(
    'webhook-id-malformed',
    'The header webhook-id is not 1 to 64 letters, digits, hyphens or underscores.',
    'Give each message such an id, and repeat it only with the same bytes.',
  );

const isKey = (bytes: Uint8Array) => bytes.length >= 24 && bytes.length <= 64;

function checkTimestamp(timestamp: string, now: number): void {
  const seconds = /^\d{1,11}$/.test(timestamp) ? Number(timestamp) : Number.NaN;
  if (Math.abs(Math.floor(now / 1000) - seconds) <= toleranceSeconds) return;
  throw new Refusal(
    'timestamp-out-of-range',
    `The header webhook-timestamp is no time within ${toleranceSeconds / 60} minutes of now.`,
    'Sign each attempt anew, with the time of that attempt in whole seconds since 1970, and check the clock.',
    { tolerance_seconds: toleranceSeconds },
  );
}

/** The `v1` signatures in the header, decoded. One odd character and nothing in it counts: it was put together by someone else. */
function signaturesIn(header: string): Buffer[] {
  if (!/^v\d[a-z]?,[A-Za-z0-9+/=]{1,200}(?: v\d[a-z]?,[A-Za-z0-9+/=]{1,200}){0,9}$/.test(header)) return [];
  return header
    .split(' ')
    .filter(signature => /^v1,[A-Za-z0-9+/]{43}=$/.test(signature))
    .map(signature => ({ text: signature.slice(3), bytes: Buffer.from(signature.slice(3), 'base64') }))
    .filter(({ text, bytes }) => bytes.toString('base64') === text)
    .map(({ bytes }) => bytes);
}

/** Not signed at all; `header` names where another scheme than ours has its signature. */
export const signatureMissing = (header?: string) =>
  header === undefined
    ? new Refusal(
        'signature-missing',
        'The message is not signed: webhook-id, webhook-timestamp and webhook-signature are needed.',
        "Sign it as Standard Webhooks describes, with this source's secret.",
      )
    : new Refusal(
        'signature-missing',
        `The message is not signed: the header ${header} is needed.`,
        'Set the secret of the webhook at the marketplace; behind a proxy, have it forward the header.',
      );

export const signatureWrong = () =>
  new Refusal(
    'signature-wrong',
    "No signature of the message fits this source's secret.",
    'Sign the exact bytes of the body; check that both sides hold the same secret.',
  );
