import type { TimesMean } from '#booking/times.ts';
import { sha256 } from '#lib/digest.ts';
import { boatsetter } from './boatsetter.ts';
import { getmyboat } from './getmyboat.ts';
import { manual } from './manual.ts';
import type { ReadDelivery, Source, Sources } from './source.ts';
import type { SourceKind } from './source-kinds.ts';
import { webhookKey } from './verify-webhook.ts';

/** How each kind of source is read. A new kind is one file and one line here. */
const readers = { boatsetter, getmyboat, manual } as const satisfies Record<SourceKind, ReadDelivery>;

/** Makes a source from what the configuration says. Throws `webhook-secret-malformed`. */
export function source(declared: {
  id: string;
  kind: SourceKind;
  times: TimesMean;
  listings?: Readonly<Record<string, string>>;
  /** `whsec_…`; a second one while rotating. */
  secrets?: readonly string[];
  urlSecrets?: readonly string[];
  holdUnsigned?: boolean;
  mail?: Source['mail'];
}): Source {
  const { id, kind, times, listings = {} } = declared;
  return {
    settings: { id, times, listings },
    read: readers[kind],
    keys: (declared.secrets ?? []).map(webhookKey),
    urlSecretHashes: (declared.urlSecrets ?? []).map(sha256),
    holdUnsigned: declared.holdUnsigned ?? false,
    mail: declared.mail ?? null,
  };
}

/** Finds a configured source by id. */
export function sources(all: readonly Source[]): Sources {
  const byId = new Map(all.map(one => [one.settings.id, one]));
  return id => byId.get(id) ?? null;
}
