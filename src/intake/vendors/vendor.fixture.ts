import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { Webhook } from 'standardwebhooks';
import type { SourceSettings } from '#intake/source.ts';
import type { SourceKind } from '#intake/source-kinds.ts';
import { type DeclaredSource, source } from '#intake/sources.ts';
import type { Outside } from '#platform/outside.ts';

/** What `expected.json` in the folder of a marketplace says: how its source is set up and what its messages become. */
export type Expected = {
  marketplace: string;
  source: Pick<DeclaredSource, 'times'> & {
    kind: SourceKind;
    listings: Record<string, string>;
    hours?: Record<string, number>;
    party?: Partial<SourceSettings['party']>;
    mapping?: SourceSettings['mapping'];
    signature?: DeclaredSource['signature'];
  };
  /** The secret of its signature; without it its address is the secret. */
  signedWith?: string;
  stories: Story[];
};

export type Story = {
  title: string;
  /** Whether the end is the same in whatever order the messages come in. */
  orderDoesNotMatter?: boolean;
  steps: Step[];
};

export type Step = {
  file: string;
  /** What the marketplace's API answers, path by path, when it is asked because of this message. */
  api?: Record<string, string>;
  becomes?: string;
  held?: string[];
  /** What keeps the answer from being a booking; the notice itself was understood. */
  answerHeld?: string[];
  booking?: Record<string, unknown>;
  gross?: string | null;
};

const root = new URL('../../../examples/webhooks/', import.meta.url);

/** The marketplaces that have a folder. */
export const vendorFolders = readdirSync(root, { withFileTypes: true })
  .filter(entry => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

export const fixture = (folder: string, file: string): Buffer =>
  readFileSync(new URL(`${folder}/${file}`, root));

export const expected = (folder: string): Expected => JSON.parse(fixture(folder, 'expected.json').toString());

export const addressSecret = 'N7x4Qw0pLr9Vt2Ks8Zb5Hc3Jd6Mf1Gy';
export const vendorAddress = 'https://crew.harbor.example/webhooks/market';

/** A source `market` as the folder wants it, with keys to its API when the story needs one. */
export function vendorSource({ source: declared, signedWith }: Expected, isAsked = false) {
  const { kind, listings, hours, times, party, mapping, signature = null } = declared;
  return source({
    id: 'market',
    kind,
    times,
    listings,
    ...(hours ? { hours } : {}),
    ...(mapping ? { mapping } : {}),
    signature,
    party: { question: null, byListing: {}, isQuantity: false, ...party },
    secrets: signedWith ? [signedWith] : [],
    urlSecrets: signedWith ? [] : [addressSecret],
    address: vendorAddress,
    api: isAsked
      ? { key: 'api-key', secret: 'api-secret', account: 'harbor', base: 'https://api.market.example' }
      : null,
  });
}

/** An API that answers with the files of a folder, and with 404 to anything else. */
export function apiOf(folder: string, answers: () => Record<string, string>): Outside & { asked: string[] } {
  const asked: string[] = [];
  const answer: Outside = async ({ url, headers }) => {
    const { origin, pathname, search } = new URL(url);
    asked.push(`${origin}${pathname}${search} ${JSON.stringify(headers)}`);
    const file = answers()[pathname + search];
    return file === undefined
      ? { status: 404, headers: {}, body: Buffer.from('{}') }
      : { status: 200, headers: {}, body: fixture(folder, file) };
  };
  return Object.assign(answer, { asked });
}

type Signed = Record<string, string>;

/** How each kind signs, written by its public description and not by our verifier. */
export const signers: Partial<Record<SourceKind, (body: Buffer, secret: string, nowMs: number) => Signed>> = {
  boatsetter: (body, secret, now) => {
    const id = `msg_${now}`;
    return {
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(now / 1000)),
      'webhook-signature': new Webhook(secret).sign(id, new Date(now), body.toString()),
    };
  },
  square: (body, secret) => ({
    'x-square-hmacsha256-signature': createHmac('sha256', secret)
      .update(`${vendorAddress}${body}`)
      .digest('base64'),
  }),
  json: (body, secret) => ({
    'x-hook-signature': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
  }),
  calendly: (body, secret, now) => {
    const t = Math.floor(now / 1000);
    const v1 = createHmac('sha256', secret).update(`${t}.${body}`).digest('hex');
    return { 'calendly-webhook-signature': `t=${t},v1=${v1}` };
  },
  bokun: (_body, secret) => {
    const text = 'x-bokun-apikey=harbor&x-bokun-topic=bookings/update&x-bokun-vendor-id=17';
    return {
      'x-bokun-topic': 'bookings/update',
      'x-bokun-vendor-id': '17',
      'x-bokun-apikey': 'harbor',
      'x-bokun-hmac': createHmac('sha256', secret).update(text).digest('hex'),
    };
  },
  'cal-com': (body, secret) => ({
    'x-cal-signature-256': createHmac('sha256', secret).update(body).digest('hex'),
  }),
};

/** Those whose signature carries the time it was made at. */
export const timedKinds: readonly SourceKind[] = ['boatsetter', 'calendly'];

/** Those that sign headers and not the body, which is why nothing of the body is believed. */
export const headersOnly: readonly SourceKind[] = ['bokun'];
