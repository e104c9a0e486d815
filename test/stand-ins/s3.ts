import { createHash } from 'node:crypto';
import { serve } from './serve.ts';

/**
 * As much of S3 as the pages use: put, get, delete and list, path style, strongly consistent, with the refusals of the
 * real one. It checks no signature and no policy: those are asserted on the templates.
 */
export async function openS3() {
  const objects = new Map<string, { body: Buffer; headers: Record<string, string> }>();
  const place = await serve(({ method, url, headers, body }) => {
    if (!headers.authorization?.startsWith('AWS4-HMAC-SHA256 ')) return xml(403, error('AccessDenied'));
    const [, bucket = '', ...rest] = url.pathname.split('/');
    const key = decodeURIComponent(rest.join('/'));
    const path = `${bucket}/${key}`;
    if (method === 'GET' && url.searchParams.get('list-type') === '2') return list(bucket, url.searchParams);
    if (method === 'PUT') {
      const { 'content-type': type = '', 'cache-control': cache = '' } = headers;
      objects.set(path, { body, headers: { 'content-type': type, 'cache-control': cache } });
      return { status: 200, headers: { etag: md5(body) } };
    }
    if (method === 'DELETE') {
      objects.delete(path);
      return { status: 204 };
    }
    const found = objects.get(path);
    if (!found) return xml(404, error('NoSuchKey'));
    return { status: 200, headers: { ...found.headers, etag: md5(found.body) }, body: found.body };
  });

  const list = (bucket: string, ask: URLSearchParams) => {
    const after = ask.get('continuation-token') ?? '';
    const names = [...objects.keys()]
      .filter(path => path.startsWith(`${bucket}/${ask.get('prefix') ?? ''}`))
      .map(path => path.slice(bucket.length + 1))
      .filter(key => key > after)
      .sort();
    const page = names.slice(0, pageOf);
    const next = names.length > pageOf ? page.at(-1) : undefined;
    const keys = page.map(key => `<Contents><Key>${key}</Key></Contents>`).join('');
    const more = next
      ? `<IsTruncated>true</IsTruncated><NextContinuationToken>${next}</NextContinuationToken>`
      : '';
    return xml(200, `<ListBucketResult>${keys}${more}</ListBucketResult>`);
  };

  return { ...place, objects };
}

/** Small, so that every list of a test has more than one page. */
const pageOf = 1;

const md5 = (body: Buffer) => `"${createHash('md5').update(body).digest('hex')}"`;
const error = (code: string) => `<Error><Code>${code}</Code><Message>${code}</Message></Error>`;
const xml = (status: number, body: string) => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body: `<?xml version="1.0" encoding="UTF-8"?>${body}`,
});
