import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Clock } from '#lib/clock.ts';
import { Refusal, Unavailable } from '#lib/refusal.ts';
import { jsonLimits } from '#lib/strict-json.ts';
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
  const app = new Hono();

  const receive = async (c: Context, source: string, secret: string | null) => {
    const { kind, delivery } = await receiveWebhook(deps, {
      source,
      secret,
      header: name => c.req.header(name) ?? null,
      body: new Uint8Array(await c.req.arrayBuffer()),
    });
    deps.count('webhooks', { source, outcome: kind });
    if (kind === 'received') deps.onReceived(delivery.id);
    return c.json({ delivery: delivery.id }, 202);
  };

  const refusalsCounted: MiddlewareHandler = async (c, next) => {
    await next();
    if (!c.error) return;
    const source = c.req.param('source') ?? '';
    deps.count('webhooks', {
      source: deps.sources(source) ? source : 'unknown',
      outcome: c.error instanceof Refusal || c.error instanceof Unavailable ? c.error.code : 'defect',
    });
  };

  const doors = [
    refusalsCounted,
    plainJsonOnly,
    bodyLimit({ maxSize: jsonLimits.bytes, onError: tooLarge }),
  ] as const;
  app.post('/webhooks/:source', ...doors, c => receive(c, c.req.param('source'), null));
  app.post('/webhooks/:source/:secret', ...doors, c =>
    receive(c, c.req.param('source'), c.req.param('secret')),
  );
  return app;
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
