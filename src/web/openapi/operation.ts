import type { HttpCode } from '../statuses.ts';
import type { SchemaName } from './schemas.ts';

/** How a program proves who it is. */
export type Access = 'service key' | 'dashboard token' | 'signature' | 'address' | 'nobody';

export type Parameter = {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: true;
  readonly description: string;
  /** JSON Schema; a text if not said. */
  readonly schema?: Readonly<Record<string, unknown>>;
  readonly example?: string;
};

export type Answer = {
  readonly description: string;
  readonly schema?: SchemaName;
  /** Media type; JSON if not said, none where there is no body. */
  readonly type?: string;
  readonly example?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

/** One thing a program can ask of us: what the OpenAPI document and the readable reference are both made from. */
export type Operation = {
  readonly id: string;
  readonly method: 'get' | 'post' | 'patch' | 'put' | 'delete';
  /** `/api/events/{id}`. */
  readonly path: string;
  /** The same under an older address. */
  readonly alias?: string;
  readonly tag: TagName;
  readonly summary: string;
  readonly description: string;
  readonly access: Access;
  /** Answered on the host of a brand, not of the house. */
  readonly onBrandHost?: true;
  readonly parameters?: readonly Parameter[];
  readonly body?: { readonly schema: SchemaName; readonly examples: Readonly<Record<string, unknown>> };
  /** A body that is no JSON: its media type. */
  readonly rawBody?: string;
  readonly answers: Readonly<Record<number, Answer>>;
  /** Every code it can be refused with, beside those of its way in, of a body and of the machine. */
  readonly refusals: readonly HttpCode[];
};

export const tags = {
  Webhooks: 'For marketplaces and bridges: one message about one booking, signed.',
  Mail: 'For mail providers: marketplaces’ mails as they came in.',
  'Crew events': 'For scripts: what a crew comes together for, and the personal links of the crew.',
  Calendar: 'For the owner’s scripts: what a vessel does on a day.',
  Feeds: 'For calendar programs.',
  'Guest pages': 'For the guest’s browser, on the host of a brand.',
  Health: 'For whoever watches the process.',
} as const;

export type TagName = keyof typeof tags;

const waysIn: Record<Access, readonly HttpCode[]> = {
  'service key': ['service-key-missing', 'service-key-unknown', 'service-key-scope', 'too-many-attempts'],
  'dashboard token': ['dashboard-token-missing', 'dashboard-token-unknown', 'too-many-attempts'],
  signature: ['signature-missing', 'signature-wrong', 'timestamp-out-of-range', 'webhook-id-malformed'],
  address: [],
  nobody: [],
};

const ofBodies: readonly HttpCode[] = [
  'body-too-large',
  'body-not-utf8',
  'json-malformed',
  'json-too-deep',
  'json-duplicate-key',
  'json-forbidden-key',
];

/** Every code the operation can be refused with, each once. */
export const refusalsOf = (operation: Operation): readonly HttpCode[] => [
  ...new Set([
    ...waysIn[operation.access],
    ...(operation.body ? ofBodies : []),
    ...operation.refusals,
    ...(operation.body || operation.rawBody ? (['disk-full'] as const) : []),
    ...(operation.tag === 'Health' ? [] : (['defect'] as const)),
  ]),
];
