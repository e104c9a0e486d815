import type { Hono, MiddlewareHandler } from 'hono';
import { doorRoutes } from '#intake/door.ts';
import type { DeliveryId } from '#intake/inbox.ts';
import type { ReadingOrder } from '#intake/reading-order.ts';
import { Refusal } from '#lib/refusal.ts';
import { mailLimits } from './opened-mail.ts';
import { type MailDoor, receiveMail } from './receive-mail.ts';

export type MailDeps = MailDoor & {
  /** One more mail, with its source and what became of it: `received`, `duplicate` or the code of its refusal. */
  count: (name: 'mails', labels: { source: string; outcome: string }) => void;
  answering: ReadingOrder['answering'];
  /** A delivery is safe and may be read. Not waited for. */
  onReceived: (id: DeliveryId) => void;
};

/** The doors for mail providers. A 2xx says that the mail is on disk, nothing more. */
export function mailRoutes(deps: MailDeps): Hono {
  return doorRoutes({
    path: '/inbound/mail',
    sources: deps.sources,
    kindOnly: rawMailOnly,
    mostBytes: mailLimits.bytes,
    tooLarge,
    receive: arrived => receiveMail(deps, arrived),
    count: labels => deps.count('mails', labels),
    answering: deps.answering,
    onReceived: deps.onReceived,
  });
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
