import { Webhook } from 'standardwebhooks';

/** What the header `webhook-signature` says of a message, under each of the secrets that count. */
export const signatureOf = (id: string, at: Date, body: string, secrets: readonly string[]): string =>
  secrets.map(secret => new Webhook(secret).sign(id, at, body)).join(' ');
