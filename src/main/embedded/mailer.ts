import type { Clock } from '#lib/clock.ts';
import { outboxMailer } from '#mail/mailer.outbox.ts';
import type { Mailer } from '#mail/mailer.ts';
import type { Config } from '../config/config.ts';
import type { Files } from './files.ts';

/** Sends letters as the configuration says: into a folder or over SMTP. */
export async function mailerOf(config: Config, files: Pick<Files, 'outbox'>, clock: Clock): Promise<Mailer> {
  const { mail, inbound } = config.shape;
  if (mail.kind === 'outbox') return outboxMailer({ folder: files.outbox, clock });
  const { smtpMailer } = await import('#mail/mailer.smtp.ts');
  return smtpMailer({
    host: mail.host,
    port: mail.port,
    security: mail.tls === 'implicit' ? 'tls' : mail.tls === 'required' ? 'starttls' : 'none',
    connections: mail.connections,
    ...(inbound.bounces?.address ? { bounceTo: inbound.bounces.address } : {}),
    clock,
    ...(mail.user ? { login: { user: mail.user, password: config.secret('smtp password') ?? '' } } : {}),
  });
}
