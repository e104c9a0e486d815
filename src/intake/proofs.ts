import { createHmac, timingSafeEqual } from 'node:crypto';
import { Refusal } from '#lib/refusal.ts';
import { remembered } from '#lib/remembered.ts';
import type { Proof, ProvenRequest } from './manner.ts';
import { signatureMissing, signatureWrong, verifyWebhook, webhookKey } from './verify-webhook.ts';

/** One key for one secret, so that Node prepares it once for all that it signed. */
const keyOf = remembered((secret: string) => secret, webhookKey, 100);

/** Standard Webhooks 1.0. */
export const standardWebhooks: Proof = {
  secret: 'whsec',
  check: (request, secrets, clock) =>
    verifyWebhook(
      request,
      secrets.map(secret => keyOf(secret)),
      clock,
    ),
};

/**
 * An HMAC-SHA256 in one header, over `signed` of the request (the body, unless said) and behind `prefix`, without a time:
 * what was caught on the way can be sent again, and is then the same message once more.
 */
export const hmacHeader = (
  header: string,
  encoding: 'hex' | 'base64',
  how: { signed?: (request: ProvenRequest) => readonly (string | Uint8Array)[]; prefix?: string } = {},
): Proof => ({
  secret: 'shared',
  check(request, secrets) {
    const given = request.header(header);
    if (!given) throw signatureMissing(header);
    const { signed = ({ body }) => [body], prefix = '' } = how;
    const signature = given.startsWith(prefix) ? given.slice(prefix.length) : '';
    if (!isSignedBy(secrets, signed(request), signature, encoding)) throw signatureWrong();
    return null;
  },
});

/** An HMAC-SHA256 (hex) over `t.body` in one header like `t=1780185600,v1=5257a8…`, at most `toleranceSeconds` from now. */
export const timedHeader = (header: string, toleranceSeconds: number): Proof => ({
  secret: 'shared',
  check({ header: read, body }, secrets, clock) {
    const given = read(header);
    if (!given) throw signatureMissing(header);
    const [, time, signature] = /^t=(\d{1,11}),v1=([0-9a-f]{64})$/.exec(given) ?? [];
    if (signature === undefined) throw signatureWrong();
    if (Math.abs(Math.floor(clock.now() / 1000) - Number(time)) > toleranceSeconds) {
      throw new Refusal(
        'timestamp-out-of-range',
        `The time in ${header} is not within ${toleranceSeconds / 60} minutes of now.`,
        'Check the clock of this machine; an old message has to be sent anew.',
        { tolerance_seconds: toleranceSeconds },
      );
    }
    if (!isSignedBy(secrets, [`${time}.`, body], signature, 'hex')) throw signatureWrong();
    return null;
  },
});

/** Secrets are strong by the time they come here: see `checkSecret`. An empty one verifies nothing all the same. */
function isSignedBy(
  secrets: readonly string[],
  signed: readonly (string | Uint8Array)[],
  given: string,
  encoding: 'hex' | 'base64',
): boolean {
  const signature = Buffer.from(given, encoding);
  if (
    signature.length !== 32 ||
    signature.toString(encoding) !== (encoding === 'hex' ? given.toLowerCase() : given)
  )
    return false;
  return secrets
    .filter(secret => secret !== '')
    .map(secret => {
      const hmac = createHmac('sha256', secret);
      for (const part of signed) hmac.update(part);
      return timingSafeEqual(hmac.digest(), signature);
    })
    .includes(true);
}
