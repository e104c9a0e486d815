import type { Hono, MiddlewareHandler } from 'hono';
import type { Clock } from '#lib/clock.ts';
import { Refusal } from '#lib/refusal.ts';
import { jsonLimits } from '#lib/strict-json.ts';
import { contentTypes, type Media } from './bodies.ts';
import { doorRoutes } from './door.ts';
import type { DeliveryId, Inbox } from './inbox.ts';
import type { ReadingOrder } from './reading-order.ts';
import { receiveWebhook } from './receive-webhook.ts';
import type { Sources } from './source.ts';

export type WebhookDeps = {
  sources: Sources;
  inbox: Inbox;
  clock: Clock;
  /** One more webhook, with its source and what became of it: `received`, `duplicate` or the code of its refusal. */
  count: (name: 'webhooks', labels: { source: string; outcome: string }) => void;
  answering: ReadingOrder['answering'];
  /** A delivery is safe and may be read. Not waited for. */
  onReceived: (id: DeliveryId) => void;
};

/** The doors for marketplaces. A 2xx says that the message is on disk, nothing more. */
export function webhookRoutes(deps: WebhookDeps): Hono {
  return doorRoutes({
    path: '/webhooks',
    sources: deps.sources,
    kindOnly: plainOnly(deps.sources),
    mostBytes: jsonLimits.bytes,
    tooLarge,
    receive: arrived => receiveWebhook(deps, arrived),
    count: labels => deps.count('webhooks', labels),
    answering: deps.answering,
    onReceived: deps.onReceived,
  });
}

/** Uncompressed and in UTF-8, and for most sources JSON. */
const plainOnly =
  (sources: Sources): MiddlewareHandler =>
  async (c, next) => {
    const type = c.req.header('content-type') ?? '';
    const encoding = c.req.header('content-encoding') ?? 'identity';
    const media: readonly Media[] = sources(c.req.param('source') ?? '')?.manner.media ?? ['json'];
    if (media.some(one => contentTypes[one].test(type)) && encoding === 'identity') return next();
    throw new Refusal(
      'media-type-unsupported',
      `A webhook of this source is read as uncompressed ${media.join(', ')} in UTF-8 only.`,
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
