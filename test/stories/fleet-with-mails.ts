import type jada from '../../examples/jada/gangway.config.ts';

/** The example fleet with Boatsetter's mails: believed by signature, or at the secret address. */
export const withMails =
  (
    more: {
      inbound?: unknown;
      folder?: string;
      imap?: unknown;
      feeds?: unknown;
      trustedReceiver?: string;
    } = {},
  ) =>
  (config: typeof jada): unknown => ({
    ...config,
    ...(more.inbound ? { inbound: more.inbound } : {}),
    sources: [
      {
        id: 'boatsetter',
        kind: 'boatsetter',
        times: 'local',
        secret: { env: 'BOATSETTER_WEBHOOK_SECRET' },
        listings: { 'Classic schooner JADA': 'jada' },
        mail: {
          templates: ['boatsetter'],
          domains: ['boatsetter.com'],
          address: { env: 'BOATSETTER_MAIL_ADDRESS' },
          ...(more.folder ? { folder: more.folder } : {}),
          ...(more.imap ? { imap: more.imap } : {}),
        },
        ...(more.feeds ? { feeds: more.feeds } : {}),
      },
      { id: 'manual', kind: 'manual', times: 'local', secret: { env: 'MANUAL_WEBHOOK_SECRET' } },
    ],
  });
