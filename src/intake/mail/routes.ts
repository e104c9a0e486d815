import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { DeliveryId } from '#intake/inbox.ts';
import { Refusal, Unavailable } from '#lib/refusal.ts';
import { mailLimits } from './opened-mail.ts';
import { type MailDoor, receiveMail } from './receive-mail.ts';

export type MailDeps = MailDoor & {
  /** One more mail, with its source and what became of it: `received`, `duplicate` or the code of its refusal. */
  count: (name: 'mails', labels: { source: string; outcome: string }) => void;
  /** A delivery is safe and may be read. Not waited for. */
  onReceived: (id: DeliveryId) => void;
};

/** The doors for mail providers. A 2xx says that the mail is on disk, nothing more. */
export function mailRoutes(deps: MailDeps): Hono {
  const app = new Hono();
  const receive = async (c: Context, source: string, secret: string | null) => {
    const { kind, delivery } = await receiveMail(deps, {
      source,
      secret,
      header: name => c.req.header(name) ?? null,
      body: new Uint8Array(await c.req.arrayBuffer()),
    });
    deps.count('mails', { source, outcome: kind });
    if (kind === 'received') deps.onReceived(delivery.id);
    return c.json({ delivery: delivery.id }, 202);
  };
  const refusalsCounted: MiddlewareHandler = async (c, next) => {
    await next();
    if (!c.error) return;
    const source = c.req.param('source') ?? '';
    deps.count('mails', {
      source: deps.sources(source) ? source : 'unknown',
      outcome: c.error instanceof Refusal || c.error instanceof Unavailable ? c.error.code : 'defect',
    });
  };
  const doors = [
    refusalsCounted,
    rawMailOnly,
    bodyLimit({ maxSize: mailLimits.bytes, onError: tooLarge }),
  ] as const;
  app.post('/inbound/mail/:source', ...doors, c => receive(c, c.req.param('source'), null));
  app.post('/inbound/mail/:source/:secret', ...doors, c =>
    receive(c, c.req.param('source'), c.req.param('secret')),
  );
  return app;
}

const rawMailOnly: MiddlewareHandler = async (c, next) => {
  const type = c.req.header('content-type') ?? '';
  const encoding = c.req.header('content-encoding') ?? 'identity';
  if (/^(message\/rfc822|application\/octet-stream)\s*(;|$)/i.test(type) && encoding === 'identity')
    return next();
  throw new Refusal(
    'media-type-unsupported',
    'A mail is read as it came in, uncompressed (message/rfc822).',
    'Have the provider post the raw MIME message with content-type: message/rfc822.',
  );
};

function tooLarge(): never {
  throw new Refusal(
    'mail-too-large',
    `The mail is larger than ${mailLimits.bytes} bytes.`,
    'Forward it without its attachments.',
    { limit: mailLimits.bytes },
  );
}
