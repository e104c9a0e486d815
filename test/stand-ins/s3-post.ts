import { createHmac } from 'node:crypto';
import type { Asked } from './serve.ts';

/** Who may post, as S3 knows them: the token is asked for where the credentials are those of a role. */
export type Poster = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
};

/** A file that came in by a form, or the error code that S3 answers. */
export type PostedForm =
  | { readonly key: string; readonly body: Buffer; readonly type: string }
  | { readonly status: number; readonly code: string };

const denied = { status: 403, code: 'AccessDenied' } as const;
const malformed = { status: 400, code: 'InvalidPolicyDocument' } as const;

type Condition = { op: 'eq' | 'starts-with'; field: string; value: string };

/**
 * What S3 does with a form that a browser posts: the signature over the policy (Signature Version 4), its expiration, every
 * condition, no field that no condition speaks of, the length of the file. Written from the documentation and not from the
 * program's own reading of policies, so that each can be held against the other.
 */
export async function readPostedForm(
  asked: Asked,
  bucket: string,
  { now, posters }: { now: () => number; posters: readonly Poster[] },
): Promise<PostedForm> {
  const type = asked.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) return { status: 412, code: 'PreconditionFailed' };
  const form = await new Response(new Uint8Array(asked.body), {
    headers: { 'content-type': type },
  }).formData();
  const fields = new Map<string, string>();
  let file: Blob | null = null;
  for (const [name, value] of form) {
    // Nothing after the file is looked at.
    if (name.toLowerCase() === 'file') {
      file = value instanceof Blob ? value : new Blob([value]);
      break;
    }
    if (typeof value !== 'string' || fields.has(name.toLowerCase())) return denied;
    fields.set(name.toLowerCase(), value);
  }
  if (!file) return { status: 400, code: 'InvalidArgument' };

  const encoded = fields.get('policy') ?? '';
  if (!signedBy(posters, fields, encoded)) return denied;
  const policy = parsed(encoded);
  if (!policy) return malformed;
  if (policy.expires <= now()) return denied;

  const given = new Map([...fields, ['bucket', bucket]]);
  for (const { op, field, value } of policy.conditions) {
    const has = given.get(field);
    if (has === undefined || !(op === 'eq' ? has === value : has.startsWith(value))) return denied;
  }
  const spokenOf = new Set(policy.conditions.map(({ field }) => field));
  for (const name of fields.keys())
    if (!spokenOf.has(name) && !['policy', 'x-amz-signature'].includes(name) && !name.startsWith('x-ignore-'))
      return denied;
  if (file.size < policy.least) return { status: 400, code: 'EntityTooSmall' };
  if (file.size > policy.most) return { status: 400, code: 'EntityTooLarge' };
  const key = fields.get('key');
  if (!key) return denied;
  return {
    key,
    type: fields.get('content-type') ?? 'binary/octet-stream',
    body: Buffer.from(await file.arrayBuffer()),
  };
}

function signedBy(posters: readonly Poster[], fields: ReadonlyMap<string, string>, policy: string): boolean {
  const credential = /^([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request$/.exec(
    fields.get('x-amz-credential') ?? '',
  );
  const [, id, day = '', region = ''] = credential ?? [];
  const poster = posters.find(({ accessKeyId }) => accessKeyId === id);
  if (!poster || policy === '' || fields.get('x-amz-algorithm') !== 'AWS4-HMAC-SHA256') return false;
  if (!fields.get('x-amz-date')?.startsWith(`${day}T`)) return false;
  if (poster.sessionToken !== undefined && fields.get('x-amz-security-token') !== poster.sessionToken)
    return false;
  const mac = (key: Buffer | string, text: string) => createHmac('sha256', key).update(text).digest();
  const key = mac(mac(mac(mac(`AWS4${poster.secretAccessKey}`, day), region), 's3'), 'aws4_request');
  return mac(key, policy).toString('hex') === fields.get('x-amz-signature');
}

function parsed(encoded: string) {
  try {
    const { expiration, conditions } = JSON.parse(Buffer.from(encoded, 'base64').toString('utf8'));
    const expires = Date.parse(expiration);
    if (Number.isNaN(expires) || !Array.isArray(conditions)) return null;
    const read: Condition[] = [];
    let [least, most] = [0, 5 * 1024 ** 3];
    for (const condition of conditions) {
      if (!Array.isArray(condition)) {
        for (const [field, value] of Object.entries(condition))
          read.push({ op: 'eq', field: field.toLowerCase(), value: String(value) });
      } else if (condition[0] === 'content-length-range') {
        [least, most] = [Number(condition[1]), Number(condition[2])];
      } else if (condition[0] === 'eq' || condition[0] === 'starts-with') {
        const field = String(condition[1]).slice(1).toLowerCase();
        read.push({ op: condition[0], field, value: String(condition[2]) });
      } else return null;
    }
    return { expires, conditions: read, least, most };
  } catch {
    return null;
  }
}
