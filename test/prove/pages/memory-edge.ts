import { Readable } from 'node:stream';
import { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { S3Client } from '@aws-sdk/client-s3';
import { noAccount } from '../../stand-ins/serve.ts';
import type { Dice } from '../sim/dice.ts';

/** What may happen to a request on its way to S3 or CloudFront and back. */
export const answerFaults = [
  'busy',
  'lost before it was done',
  'answer lost after it was done',
  'broke inside',
] as const;
export type AnswerFault = (typeof answerFaults)[number];

type Asked = { method: string; path: string; query?: Record<string, unknown>; body?: unknown };
type Reply = { status: number; body?: string | Buffer };
type Kept = { readonly body: string; readonly at: number };

/** How an edge keeps a page: shown without asking for a minute, and once more, while it asks, for five. */
const freshMs = 60_000;
const staleMs = 360_000;

/**
 * Buckets and the edges before them, in memory, under the very clients of AWS. An edge keeps what it fetched by the name
 * of the object, as CloudFront does behind the function that rewrites addresses, until it is old or told to forget it.
 */
export function memoryEdge(options: {
  dice: Dice;
  rate: number;
  now: () => number;
  pause: () => Promise<void>;
}) {
  const { dice, rate, now, pause } = options;
  const objects = new Map<string, string>();
  const edges = new Map<string, Map<string, Kept>>();
  const references = new Map<string, string>();
  const met = Object.fromEntries(answerFaults.map(kind => [kind, 0])) as Record<AnswerFault, number>;
  let isHealed = false;
  let invalidations = 0;

  const edgeOf = (distribution: string) => {
    const edge = edges.get(distribution) ?? new Map<string, Kept>();
    edges.set(distribution, edge);
    return edge;
  };

  const bucket = ({ method, path, query, body }: Asked): Reply => {
    const name = decodeURIComponent(path.slice(1));
    if (method === 'PUT') objects.set(name, String(body));
    if (method === 'DELETE') objects.delete(name);
    if (method !== 'GET') return { status: method === 'PUT' ? 200 : 204 };
    if (query?.['list-type'] !== undefined) throw new Error('the proof lists nothing');
    const found = objects.get(name);
    return found === undefined
      ? { status: 404, body: '<Error><Code>NoSuchKey</Code></Error>' }
      : { status: 200, body: found };
  };

  const distribution = ({ path, body }: Asked): Reply => {
    const id = /\/distribution\/([^/]+)\/invalidation/.exec(path)?.[1] ?? '';
    const text = String(body);
    const reference = /<CallerReference>(.*?)</.exec(text)?.[1] ?? '';
    // The same reference again is the same invalidation: answered, charged once, and done already.
    if (references.get(reference) !== text) {
      references.set(reference, text);
      invalidations++;
      for (const [, each = ''] of text.matchAll(/<Path>(.*?)<\/Path>/g)) edgeOf(id).delete(each);
    }
    return { status: 201, body: '<Invalidation><Id>I</Id></Invalidation>' };
  };

  const handler = (service: (asked: Asked) => Reply, busy: Reply) => ({
    async handle(asked: Asked) {
      await pause();
      const kind =
        !isHealed && dice.chance(rate)
          ? dice.weighed<AnswerFault>({
              busy: 3,
              'lost before it was done': 2,
              'answer lost after it was done': 3,
              'broke inside': 1,
            })
          : null;
      if (kind) met[kind]++;
      if (kind === 'lost before it was done') throw reset();
      if (kind === 'busy') return reply(busy);
      if (kind === 'broke inside' && dice.chance(0.5)) return reply(broken);
      const answer = service(asked);
      if (kind === 'answer lost after it was done') throw reset();
      await pause();
      return reply(kind === 'broke inside' ? broken : answer);
    },
    destroy() {},
  });

  const client = { ...noAccount, maxAttempts: 1 };
  return {
    met,
    objects,
    get invalidations() {
      return invalidations;
    },
    heal: () => {
      isHealed = true;
    },
    s3: new S3Client({
      ...client,
      forcePathStyle: true,
      endpoint: 'http://buckets',
      requestHandler: handler(bucket, slowDown) as never,
    }),
    cloudFront: new CloudFrontClient({
      ...client,
      endpoint: 'http://edges',
      requestHandler: handler(distribution, tooMany) as never,
    }),
    /** What a guest gets who asks this edge for an object of this bucket. */
    visit(id: string, bucketName: string, key: string): string | null {
      const edge = edgeOf(id);
      const kept = edge.get(`/${key}`);
      const age = kept ? now() - kept.at : Number.POSITIVE_INFINITY;
      if (kept && age < freshMs) return kept.body;
      const found = objects.get(`${bucketName}/${key}`);
      if (found === undefined) edge.delete(`/${key}`);
      else edge.set(`/${key}`, { body: found, at: now() });
      return kept && age < staleMs ? kept.body : (found ?? null);
    },
  };
}

const error = (code: string) =>
  `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>no</Message></Error></ErrorResponse>`;
const slowDown: Reply = { status: 503, body: '<Error><Code>SlowDown</Code></Error>' };
const tooMany: Reply = { status: 400, body: error('TooManyInvalidationsInProgress') };
const broken: Reply = { status: 500, body: error('InternalError') };

const reset = () => Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });

const reply = ({ status, body = '' }: Reply) => ({
  response: {
    statusCode: status,
    headers: { 'content-type': 'application/xml', 'content-length': String(Buffer.byteLength(body)) },
    body: Readable.from(body === '' ? [] : [Buffer.from(body)]),
  },
});
