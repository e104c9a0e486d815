import type { Hono, MiddlewareHandler } from 'hono';
import type { Clock } from '#lib/clock.ts';
import { Refusal } from '#lib/refusal.ts';
import { jsonLimits } from '#lib/strict-json.ts';
import { doorRoutes } from './door.ts';
import type { DeliveryId, Inbox } from './inbox.ts';
import { receiveWebhook } from './receive-webhook.ts';
import type { Sources } from './source.ts';

export type WebhookDeps = {
  sources: Sources;
  inbox: Inbox;
  clock: Clock;
  /** One more webhook, with its source and what became of it: `received`, `duplicate` or the code of its refusal. */
  count: (name: 'webhooks', labels: { source: string; outcome: string }) => void;
  /** A delivery is safe and may be read. Not waited for. */
  onReceived: (id: DeliveryId) => void;
};

/** The doors for marketplaces. A 2xx says that the message is on disk, nothing more. */
export function webhookRoutes(deps: WebhookDeps): Hono {
  return doorRoutes({
    path: '/webhooks',
    sources: deps.sources,
    kindOnly: plainJsonOnly,
    mostBytes: jsonLimits.bytes,
    tooLarge,
    receive: arrived => receiveWebhook(deps, arrived),
    count: labels => deps.count('webhooks', labels),
    onReceived: deps.onReceived,
  });
}

const plainJsonOnly: MiddlewareHandler = async (c, next) => {
  const type = c.req.header('content-type') ?? '';
  const encoding = c.req.header('content-encoding') ?? 'identity';
  if (/^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(type) && encoding === 'identity')
    return next();
  throw new Refusal(
    'media-type-unsupported',
    'A webhook is read as uncompressed JSON in UTF-8 only.',
    'Send it with content-type: application/json and without content-encoding.',
  );
};

function tooLarge(): never {
  throw new Refusal(
    'body-too-large',
    `The body is larger than ${jsonLimits.bytes} bytes.`,
    'Send one booking per message, without attachments.',
    { limit: jsonLimits.bytes },
  );
}
