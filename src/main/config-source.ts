import { z } from 'zod';
import { mailSenders } from '#intake/mail/senders.ts';
import { templateShape } from '#intake/mail/template.ts';
import { sourceKinds } from '#intake/source-kinds.ts';
import { host, id, secretFrom } from './config-parts.ts';

const mail = z.strictObject({
  templates: z
    .array(z.union([z.enum(mailSenders), templateShape]))
    .min(1)
    .describe('How its mails are read: the name of a sender Gangway knows, or tables of labels of your own.'),
  domains: z
    .array(host)
    .min(1)
    .describe(
      'Domains it writes from, exactly as behind the @ in From. Their mails are believed when an aligned DKIM signature and DMARC hold.',
    ),
  trustedReceiver: host
    .optional()
    .describe(
      'Name in the Authentication-Results of a mail server of yours, such as mx.google.com; its word is taken.',
    ),
  address: secretFrom
    .optional()
    .describe(
      'A secret behind the + of the address mails are sent to: what comes there is believed, forwarded copies too.',
    ),
});

/** A marketplace or another place bookings come from. */
export const source = z.strictObject({
  id: id.describe('The last part of its webhook address. It stays for good: bookings are known by it.'),
  kind: z.enum(sourceKinds).describe('Which adapter reads its webhooks.'),
  times: z
    .enum(['local', 'instant'])
    .describe(
      'What its times mean: local = the clock at the berth, even with a Z behind it; instant = as written.',
    ),
  secret: secretFrom.describe('Standard Webhooks secret, whsec_ and base64 of 24 to 64 bytes.'),
  nextSecret: secretFrom.optional().describe('A second secret that is accepted too, while you rotate.'),
  listings: z
    .record(z.string(), id)
    .default({})
    .describe('Its own words for your vessels, where they differ: { "JADA schooner": "jada" }.'),
  holdUnsigned: z
    .boolean()
    .default(true)
    .describe(
      'Whether what comes to the secret address, unsigned, waits for a person before it becomes a booking.',
    ),
  urlSecret: secretFrom
    .optional()
    .describe('For a marketplace that cannot sign: the last part of its webhook address.'),
  mail: mail
    .optional()
    .describe('How its e-mails are read and when they are believed; without it none are taken.'),
});
