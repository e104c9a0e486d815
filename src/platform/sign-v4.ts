import { createHash, createHmac } from 'node:crypto';
import { isoInstant } from '#lib/clock.ts';

/** Who signs; a role's credentials come with a token. */
export type AwsCredentials = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
};

/** A request to a service of AWS whose calls are all one POST to `/`. Header names in lower case. */
export type UnsignedPost = {
  readonly host: string;
  readonly region: string;
  readonly service: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/**
 * The headers of a post with AWS Signature Version 4 over all of them and the body. Pure: the same post at the same
 * moment has the same signature. For calls that are not worth a client library of their own in every function.
 */
export function signedHeaders(
  post: UnsignedPost,
  by: AwsCredentials,
  nowMs: number,
): Readonly<Record<string, string>> {
  const stamp = isoInstant(nowMs).replace(/[-:]|\.\d{3}/g, '');
  const day = stamp.slice(0, 8);
  const headers: Record<string, string> = {
    ...post.headers,
    host: post.host,
    'x-amz-date': stamp,
    ...(by.sessionToken ? { 'x-amz-security-token': by.sessionToken } : {}),
  };
  const names = Object.keys(headers).sort();
  const listed = names.map(name => `${name}:${headers[name]?.trim()}\n`).join('');
  const canonical = ['POST', '/', '', listed, names.join(';'), sha256(post.body)].join('\n');
  const scope = [day, post.region, post.service, 'aws4_request'];
  const toSign = [algorithm, stamp, scope.join('/'), sha256(canonical)].join('\n');
  const key = scope.reduce<string | Buffer>(hmac, `AWS4${by.secretAccessKey}`);
  const signature = hmac(key, toSign).toString('hex');
  const { host: _host, ...sent } = headers;
  return {
    ...sent,
    authorization: `${algorithm} Credential=${by.accessKeyId}/${scope.join('/')}, SignedHeaders=${names.join(';')}, Signature=${signature}`,
  };
}

const algorithm = 'AWS4-HMAC-SHA256';
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
