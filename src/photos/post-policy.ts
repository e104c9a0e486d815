import { createHmac, timingSafeEqual } from 'node:crypto';
import { isoInstant } from '#lib/clock.ts';

/**
 * The form fields of a grant: what an upload has to bring along besides the bytes. They are those of S3's POST policy
 * (AWS Signature Version 4), in either edition: on AWS the bucket checks them, embedded we do, by the same rules.
 */
export type PostFields = Readonly<Record<string, string>>;

/** Whoever signs grants. Embedded, the pair is our own. */
export type PolicySigner = {
  readonly accessKeyId: string;
  readonly secret: string;
  /** Of a role's temporary credentials on Lambda; the grant ends with the role's session at the latest. */
  readonly sessionToken?: string;
  readonly region: string;
};

/** Exactly one upload: one key, one type, one size. */
export type Granted = {
  readonly bucket: string;
  readonly key: string;
  readonly type: string;
  /** Bytes: not one more and not one less. */
  readonly size: number;
  readonly nowMs: number;
  readonly expiresMs: number;
};

/** Nothing is granted for longer. */
export const longestGrantMs = 10 * 60_000;

/** The signed fields of a grant. Pure: the same grant gives the same fields. Throws RangeError on one that lasts too long. */
export function postFields(signer: PolicySigner, granted: Granted): PostFields {
  const { bucket, key, type, size, nowMs, expiresMs } = granted;
  if (expiresMs <= nowMs || expiresMs - nowMs > longestGrantMs)
    throw new RangeError('a grant lasts up to ten minutes');
  const stamp = isoInstant(nowMs).replace(/[-:]|\.\d{3}/g, '');
  const day = stamp.slice(0, 8);
  const bound: Record<string, string> = {
    key,
    'Content-Type': type,
    'x-amz-algorithm': algorithm,
    'x-amz-credential': `${signer.accessKeyId}/${day}/${signer.region}/s3/aws4_request`,
    'x-amz-date': stamp,
    ...(signer.sessionToken ? { 'x-amz-security-token': signer.sessionToken } : {}),
  };
  const policy = Buffer.from(
    JSON.stringify({
      expiration: isoInstant(expiresMs),
      conditions: [
        { bucket },
        ...Object.entries(bound).map(([name, value]) => ({ [name]: value })),
        ['content-length-range', size, size],
      ],
    }),
  ).toString('base64');
  return { ...bound, policy, 'x-amz-signature': signatureOf(signer.secret, day, signer.region, policy) };
}

export type PostVerdict = { readonly ok: true } | { readonly ok: false; readonly why: PostFault };
/** In the order in which they are looked for. `incomplete`: a field is missing; `uncovered`: one that no condition speaks of. */
export type PostFault =
  | 'incomplete'
  | 'unknown-signer'
  | 'wrong-signature'
  | 'unreadable'
  | 'expired'
  | 'condition'
  | 'uncovered'
  | 'size';

/**
 * Whether an upload may come in, as S3 decides it: the signature over the policy through the chain of keys, the
 * expiration, every condition, and no field that no condition covers. `bytes` is the length of the whole file.
 */
export function checkPost(
  fields: PostFields,
  given: { bucket: string; bytes: number; nowMs: number; signers: readonly PolicySigner[] },
): PostVerdict {
  const fail = (why: PostFault): PostVerdict => ({ ok: false, why });
  const of = (name: string) => fieldNamed(fields, name);
  const [policy, signature, credential] = [of('policy'), of('x-amz-signature'), of('x-amz-credential')];
  const date = of('x-amz-date');
  if (!policy || !signature || !credential || !date || of('x-amz-algorithm') !== algorithm)
    return fail('incomplete');
  const [id, day = '', region = '', service, end, ...more] = credential.split('/');
  const signer = given.signers.find(each => each.accessKeyId === id && each.region === region);
  if (!signer || service !== 's3' || end !== 'aws4_request' || more.length > 0 || !date.startsWith(day))
    return fail('unknown-signer');
  if (!isSame(signature, signatureOf(signer.secret, day, region, policy))) return fail('wrong-signature');
  const read = readPolicy(policy);
  if (!read) return fail('unreadable');
  if (!(read.expiresMs > given.nowMs)) return fail('expired');

  const covered = new Set(['policy', 'x-amz-signature', 'file']);
  for (const condition of read.conditions) {
    const rule = ruleOf(condition);
    if (!rule) return fail('unreadable');
    if (rule.kind === 'range') {
      if (given.bytes < rule.min || given.bytes > rule.max) return fail('size');
      continue;
    }
    const value = rule.name === 'bucket' ? given.bucket : of(rule.name);
    covered.add(rule.name);
    const holds = rule.kind === 'eq' ? value === rule.value : value?.startsWith(rule.value);
    if (!holds) return fail('condition');
  }
  const isCovered = (name: string) =>
    covered.has(name.toLowerCase()) || name.toLowerCase().startsWith('x-ignore-');
  return Object.keys(fields).every(isCovered) ? { ok: true } : fail('uncovered');
}

const algorithm = 'AWS4-HMAC-SHA256';

/** Names of form fields are told apart without their case, and one that is there twice is none. */
function fieldNamed(fields: PostFields, name: string): string | undefined {
  const found = Object.entries(fields).filter(([key]) => key.toLowerCase() === name.toLowerCase());
  return found.length === 1 ? found[0]?.[1] : undefined;
}

const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();

function signatureOf(secret: string, day: string, region: string, policy: string): string {
  if (secret === '') throw new TypeError('an empty secret signs nothing');
  const chain = [day, region, 's3', 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${secret}`);
  return hmac(chain, policy).toString('hex');
}

function isSame(given: string, right: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function readPolicy(policy: string): { expiresMs: number; conditions: readonly unknown[] } | null {
  try {
    const read = JSON.parse(Buffer.from(policy, 'base64').toString('utf8')) as Record<string, unknown>;
    const expiresMs = Date.parse(String(read.expiration));
    return Number.isNaN(expiresMs) || !Array.isArray(read.conditions)
      ? null
      : { expiresMs, conditions: read.conditions };
  } catch {
    return null;
  }
}

type Rule =
  | { kind: 'eq' | 'starts-with'; name: string; value: string }
  | { kind: 'range'; min: number; max: number };

function ruleOf(condition: unknown): Rule | null {
  if (Array.isArray(condition)) {
    const [kind, a, b] = condition;
    if (kind === 'content-length-range') {
      return Number.isSafeInteger(a) && Number.isSafeInteger(b) ? { kind: 'range', min: a, max: b } : null;
    }
    const isRule =
      (kind === 'eq' || kind === 'starts-with') && typeof a === 'string' && typeof b === 'string';
    return isRule && a.startsWith('$') ? { kind, name: a.slice(1).toLowerCase(), value: b } : null;
  }
  const [entry, ...more] = Object.entries((condition ?? {}) as Record<string, unknown>);
  return entry && more.length === 0 && typeof entry[1] === 'string'
    ? { kind: 'eq', name: entry[0].toLowerCase(), value: entry[1] }
    : null;
}

/** How many bytes a policy lets in, at least and at most; null where it does not say. Trust it only after `checkPost`. */
export function sizeRange(fields: PostFields): { min: number; max: number } | null {
  const rules = (readPolicy(fields.policy ?? '')?.conditions ?? []).map(ruleOf);
  const ranges = rules.filter(rule => rule?.kind === 'range');
  return ranges.length === 0
    ? null
    : { min: Math.max(...ranges.map(({ min }) => min)), max: Math.min(...ranges.map(({ max }) => max)) };
}
