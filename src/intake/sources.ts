import type { TimesMean } from '#booking/times.ts';
import { sha256 } from '#lib/digest.ts';
import type { Adapter } from './adapter.ts';
import { openBody } from './bodies.ts';
import type { Manner } from './manner.ts';
import type { Mapping, Signature } from './mapping.ts';
import { hmacHeader } from './proofs.ts';
import type { Source, SourceSettings, Sources } from './source.ts';
import type { SourceKind } from './source-kinds.ts';
import type { ApiAccess, LookedUp } from './vendor-api.ts';
import { boatsetter } from './vendors/boatsetter.ts';
import { bokun } from './vendors/bokun.ts';
import { calCom } from './vendors/cal-com.ts';
import { calendly } from './vendors/calendly.ts';
import { checkfront } from './vendors/checkfront.ts';
import { fareharbor } from './vendors/fareharbor.ts';
import { getmyboat } from './vendors/getmyboat.ts';
import { json } from './vendors/json.ts';
import { manual } from './vendors/manual.ts';
import { octo } from './vendors/octo.ts';
import { rezdy } from './vendors/rezdy.ts';
import { square } from './vendors/square.ts';
import { xola } from './vendors/xola.ts';
import { webhookKey } from './verify-webhook.ts';

/** What is known of each kind of source. A new kind is one file and one line here. */
export const adapters = {
  boatsetter,
  getmyboat,
  manual,
  fareharbor,
  rezdy,
  checkfront,
  square,
  'cal-com': calCom,
  calendly,
  octo,
  xola,
  bokun,
  json,
} as const satisfies Record<SourceKind, Adapter>;

export type DeclaredSource = Partial<Pick<SourceSettings, 'listings' | 'hours' | 'party' | 'mapping'>> & {
  id: string;
  kind: SourceKind;
  /** May be left out where the kind says what its times mean. */
  times?: TimesMean | undefined;
  /** How it signs, for the kind `json` where that is not Standard Webhooks. */
  signature?: Signature | null;
  /** What it signs with; a second one while rotating. */
  secrets?: readonly string[];
  urlSecrets?: readonly string[];
  holdUnsigned?: boolean;
  address?: string;
  api?: ApiAccess | null;
  mail?: Source['mail'];
};

/** Makes a source from what the configuration says. Throws `webhook-secret-malformed`. */
export function source(declared: DeclaredSource): Source {
  const {
    id,
    kind,
    listings = {},
    hours = {},
    party = noParty,
    mapping = null,
    api = null,
    secrets = [],
  } = declared;
  const adapter: Adapter = adapters[kind];
  const { times: means = 'as-written' } = declared;
  const vendor = adapter.api;
  const manner = mannerOf({
    kind,
    mapping,
    signature: declared.signature ?? null,
    isSigned: secrets.length > 0,
  });
  return {
    settings: { id, times: adapter.times ?? means, listings, hours, party, mapping },
    manner,
    read: (delivery, body, room) =>
      delivery.via === 'asked' && vendor
        ? vendor.read(openBody(body, ['json']) as LookedUp, delivery, room)
        : adapter.read(openBody(body, adapter.media), delivery, room),
    secrets,
    keys: manner.proof?.secret === 'whsec' ? secrets.map(webhookKey) : [],
    address: declared.address ?? '',
    api: vendor && api ? { vendor, access: api } : null,
    urlSecretHashes: (declared.urlSecrets ?? []).map(sha256),
    holdUnsigned: declared.holdUnsigned ?? false,
    mail: declared.mail ?? null,
  };
}

/** How webhooks of a kind come in; of the kind `json`, as the operator declares. */
export function mannerOf(declared: {
  kind: SourceKind;
  mapping: Mapping | null;
  signature: Signature | null;
  isSigned: boolean;
}): Manner {
  const { kind, mapping, signature, isSigned } = declared;
  const { proof, media, naming }: Adapter = adapters[kind];
  if (kind !== 'json') return { proof, media, naming };
  const own =
    signature && hmacHeader(signature.header.toLowerCase(), signature.encoding, { prefix: signature.prefix });
  const isTimed = mapping?.occurredAt !== undefined || mapping?.version !== undefined;
  return { proof: own ?? (isSigned ? proof : null), media, naming: isTimed ? 'bytes' : 'arrival' };
}

const noParty = { question: null, byListing: {}, isQuantity: false };

/** Finds a configured source by id. */
export function sources(all: readonly Source[]): Sources {
  const byId = new Map(all.map(one => [one.settings.id, one]));
  return id => byId.get(id) ?? null;
}
