import { createHash } from 'node:crypto';
import { presignedGet } from '#platform/sign-v4.ts';
import { type Poster, readPostedForm } from './s3-post.ts';
import { type Answer, type Asked, noAccount, serve } from './serve.ts';

/**
 * As much of S3 as the pages and photos use: put, copy, head, get, delete and list, path style, strongly consistent, with
 * the refusals of the real one, uploads in parts, forms that browsers post, under their policies, and addresses that have
 * leave to get something. Of other requests it checks no signature and no right: those are asserted on the templates.
 */
export async function openS3(
  options: {
    now?: () => number;
    posters?: readonly Poster[];
    onCreated?: (path: string, how: 'Post' | 'Put') => void;
  } = {},
) {
  const { now = Date.now, posters = [noAccount.credentials], onCreated } = options;
  const objects = new Map<string, { body: Buffer; headers: Record<string, string> }>();
  const place = await serve(async asked => {
    const { method, url, headers, body } = asked;
    const [, bucket = '', ...rest] = url.pathname.split('/');
    if (method === 'POST' && rest.join('') === '') return corsOf(await posted(asked, bucket));
    const isSigned = headers.authorization?.startsWith('AWS4-HMAC-SHA256 ') || mayGet(asked);
    if (!isSigned) return xml(403, error('AccessDenied'));
    const key = decodeURIComponent(rest.join('/'));
    const path = `${bucket}/${key}`;
    const inParts = uploadInParts(path, asked);
    if (inParts) return inParts;
    if (method === 'GET' && url.searchParams.get('list-type') === '2') return list(bucket, url.searchParams);
    if (method === 'PUT') {
      const from = headers['x-amz-copy-source'];
      if (typeof from === 'string') return copied(decodeURIComponent(from).replace(/^\//, ''), path);
      const { 'content-type': type = '', 'cache-control': cache = '' } = headers;
      objects.set(path, { body, headers: { 'content-type': type, 'cache-control': cache } });
      onCreated?.(path, 'Put');
      return { status: 200, headers: { etag: md5(body) } };
    }
    if (method === 'DELETE') {
      objects.delete(path);
      return { status: 204 };
    }
    const found = objects.get(path);
    if (!found) return method === 'HEAD' ? { status: 404 } : xml(404, error('NoSuchKey'));
    const about = { ...found.headers, etag: md5(found.body), 'content-length': String(found.body.length) };
    const disposition = url.searchParams.get('response-content-disposition');
    const named = disposition ? { 'content-disposition': disposition } : {};
    return { status: 200, headers: { ...about, ...named }, body: found.body };
  });

  /** Whether the address itself has leave to get what is there, signed by whom we know and not yet over. */
  const mayGet = ({ method, url, headers }: Asked): boolean => {
    const of = (name: string) => url.searchParams.get(`X-Amz-${name}`) ?? '';
    const signer = posters.find(({ accessKeyId }) => of('Credential').startsWith(`${accessKeyId}/`));
    if (method !== 'GET' || !signer) return false;
    const stamp = of('Date').replace(/^(....)(..)(..T..)(..)(..Z)$/, '$1-$2-$3:$4:$5');
    const asked = new URL(`http://${headers.host}${url.pathname}`);
    const query = Object.fromEntries([...url.searchParams].filter(([name]) => !name.startsWith('X-Amz-')));
    const leave = {
      url: asked,
      region: of('Credential').split('/')[2] ?? '',
      seconds: Number(of('Expires')),
      query,
    };
    const right = new URL(presignedGet(leave, signer, Date.parse(stamp)));
    const isOurs = right.searchParams.get('X-Amz-Signature') === of('Signature');
    return isOurs && now() < Date.parse(stamp) + leave.seconds * 1000;
  };

  const underWay = new Map<string, Map<number, Buffer>>();
  /** An object that comes in parts: begun, one part after the other, put together. Null for any other request. */
  const uploadInParts = (path: string, { method, url, body }: Asked): Answer | null => {
    if (method === 'POST' && url.searchParams.has('uploads')) {
      const id = `upload-${underWay.size + 1}`;
      underWay.set(id, new Map());
      return xml(
        200,
        `<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`,
      );
    }
    const id = url.searchParams.get('uploadId');
    if (id === null) return null;
    const parts = underWay.get(id);
    if (!parts) return xml(404, error('NoSuchUpload'));
    if (method === 'PUT') {
      parts.set(Number(url.searchParams.get('partNumber')), body);
      return { status: 200, headers: { etag: md5(body) } };
    }
    const inOrder = [...parts].sort(([one], [other]) => one - other).map(([, part]) => part);
    if (inOrder.slice(0, -1).some(part => part.byteLength < leastPart))
      return xml(400, error('EntityTooSmall'));
    objects.set(path, { body: Buffer.concat(inOrder), headers: { 'content-type': 'application/zip' } });
    return xml(
      200,
      `<CompleteMultipartUploadResult><ETag>${md5(body)}</ETag></CompleteMultipartUploadResult>`,
    );
  };

  const posted = async (asked: Asked, bucket: string): Promise<Answer> => {
    const form = await readPostedForm(asked, bucket, { now, posters });
    if ('code' in form) return xml(form.status, error(form.code));
    const path = `${bucket}/${form.key}`;
    objects.set(path, { body: form.body, headers: { 'content-type': form.type } });
    onCreated?.(path, 'Post');
    return { status: 204, headers: { etag: md5(form.body) } };
  };

  const copied = (from: string, to: string): Answer => {
    const found = objects.get(from);
    if (!found) return xml(404, error('NoSuchKey'));
    objects.set(to, found);
    return xml(200, `<CopyObjectResult><ETag>${md5(found.body)}</ETag></CopyObjectResult>`);
  };

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

/** Browsers may read how a form went, as the bucket's rule has it. */
const corsOf = (answer: Answer): Answer => ({
  ...answer,
  headers: { ...answer.headers, 'access-control-allow-origin': '*' },
});

/** Of a part that is not the last. */
const leastPart = 5 * 1024 * 1024;

/** Small, so that every list of a test has more than one page. */
const pageOf = 1;

const md5 = (body: Buffer) => `"${createHash('md5').update(body).digest('hex')}"`;
const error = (code: string) => `<Error><Code>${code}</Code><Message>${code}</Message></Error>`;
const xml = (status: number, body: string) => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body: `<?xml version="1.0" encoding="UTF-8"?>${body}`,
});
