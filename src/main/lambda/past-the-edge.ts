import { timingSafeEqual } from 'node:crypto';
import { sha256 } from '#lib/digest.ts';
import { Refusal } from '#lib/refusal.ts';
import type { HttpEvent, HttpResult } from '#web/api-gateway.ts';
import { problemOf } from '#web/problem.ts';
import { originHeader } from './edge-headers.ts';

/** Where the stack keeps what its distributions show: values by number, of which one is shown and all are taken. */
export const originSecret = '/aws/reference/secretsmanager/gangway/origin';

/**
 * The values in that secret. Throws the refusal `origin-secret-missing` where there is none or one so short that it could be
 * guessed; no value is part of the message.
 */
export function originValues(text: string | undefined): readonly string[] {
  try {
    const values: unknown[] = Object.values(JSON.parse(text ?? '') as object);
    const sound = values.filter(value => typeof value === 'string' && value.length >= 32);
    if (values.length > 0 && sound.length === values.length) return sound as string[];
  } catch {
    // Said below, as whatever else is wrong with it.
  }
  throw new Refusal(
    'origin-secret-missing',
    'The secret gangway/origin has no values of 32 signs or more.',
    'The stack makes it: gangway deploy. Changed by hand it stays JSON such as {"1": "…", "2": "…"}.',
  );
}

/** Looked at from outside to see what a distribution takes away; there is nothing behind it. */
const isOpen = (path: string) => path === '/healthz' || path.startsWith('/healthz/');

/** What a request is answered that did not come through a distribution of ours, null for one that did. */
export function pastTheEdge(values: readonly string[]): (event: HttpEvent) => HttpResult | null {
  const known = values.map(value => Buffer.from(sha256(value)));
  return ({ headers, rawPath }) => {
    const shown = Buffer.from(sha256(headers[originHeader] ?? ''));
    // All are compared, so that the time does not say which came close.
    const isOurs = known.map(value => timingSafeEqual(value, shown)).includes(true);
    return isOurs || isOpen(rawPath) ? null : refused;
  };
}

const refusal = problemOf(
  new Refusal(
    'past-the-edge',
    'This address answers the distributions of its installation only.',
    'Ask at the host itself. If you did, its distribution shows a value that the functions do not know: gangway doctor --aws.',
  ),
);
const refused: HttpResult = {
  statusCode: refusal.status,
  headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
  cookies: [],
  body: JSON.stringify(refusal),
  isBase64Encoded: false,
};
