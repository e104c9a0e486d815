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
  const stamp = stampOf(nowMs);
  const headers: Record<string, string> = {
    ...post.headers,
    host: post.host,
    'x-amz-date': stamp,
    ...(by.sessionToken ? { 'x-amz-security-token': by.sessionToken } : {}),
  };
  const names = Object.keys(headers).sort();
  const listed = names.map(name => `${name}:${headers[name]?.trim()}\n`).join('');
  const canonical = ['POST', '/', '', listed, names.join(';'), sha256(post.body)].join('\n');
  const scope = scopeOf(stamp, post);
  const signature = signatureOf(canonical, stamp, scope, by);
  const { host: _host, ...sent } = headers;
  return {
    ...sent,
    authorization: `${algorithm} Credential=${by.accessKeyId}/${scope.join('/')}, SignedHeaders=${names.join(';')}, Signature=${signature}`,
  };
}

/**
 * The address of an object in S3 with leave to get it for `seconds` from now, by whoever has the address; `query` goes along
 * and is part of what is signed. Pure, as above. Over with the session of whose credentials these are, if that is sooner.
 */
export function presignedGet(
  it: { url: URL; region: string; seconds: number; query?: Readonly<Record<string, string>> },
  by: AwsCredentials,
  nowMs: number,
): string {
  const stamp = stampOf(nowMs);
  const scope = scopeOf(stamp, { region: it.region, service: 's3' });
  const query = Object.entries({
    ...it.query,
    'X-Amz-Algorithm': algorithm,
    'X-Amz-Credential': `${by.accessKeyId}/${scope.join('/')}`,
    'X-Amz-Date': stamp,
    'X-Amz-Expires': String(it.seconds),
    'X-Amz-SignedHeaders': 'host',
    ...(by.sessionToken ? { 'X-Amz-Security-Token': by.sessionToken } : {}),
  })
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .sort()
    .join('&');
  const { origin, host, pathname } = it.url;
  const canonical = ['GET', pathname, query, `host:${host}\n`, 'host', 'UNSIGNED-PAYLOAD'].join('\n');
  return `${origin}${pathname}?${query}&X-Amz-Signature=${signatureOf(canonical, stamp, scope, by)}`;
}

type Scope = readonly [day: string, region: string, service: string, 'aws4_request'];

const algorithm = 'AWS4-HMAC-SHA256';
const stampOf = (nowMs: number) => isoInstant(nowMs).replace(/[-:]|\.\d{3}/g, '');
const scopeOf = (stamp: string, { region, service }: { region: string; service: string }): Scope => [
  stamp.slice(0, 8),
  region,
  service,
  'aws4_request',
];
const signatureOf = (canonical: string, stamp: string, scope: Scope, by: AwsCredentials): string => {
  const toSign = [algorithm, stamp, scope.join('/'), sha256(canonical)].join('\n');
  const key = scope.reduce<string | Buffer>(hmac, `AWS4${by.secretAccessKey}`);
  return hmac(key, toSign).toString('hex');
};
/** RFC 3986, which is stricter than a browser. */
const encoded = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
