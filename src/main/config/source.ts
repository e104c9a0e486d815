import * as z from 'zod';
import { mailSenders } from '#intake/mail/senders.ts';
import { templateShape } from '#intake/mail/template.ts';
import { mappingShape, signatureShape } from '#intake/mapping.ts';
import { sourceKinds } from '#intake/source-kinds.ts';
import { host, id, secretFrom } from './parts.ts';

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
  folder: z
    .string()
    .min(1)
    .optional()
    .describe(
      'A Maildir that a fetcher such as getmail, mbsync or your mail server fills; mails in its new/ are taken and moved to cur/. Relative to the configuration.',
    ),
  imap: z
    .strictObject({
      host: z.string().min(1).describe('Host of the mail server.'),
      port: z
        .int()
        .min(1)
        .max(65535)
        .default(993)
        .describe('993 for TLS from the first byte, 143 for STARTTLS.'),
      tls: z
        .enum(['implicit', 'starttls'])
        .default('implicit')
        .describe(
          'implicit = TLS from the first byte; starttls = TLS or nothing is said. There is no other way.',
        ),
      user: z.string().min(1).describe('Name at the mail server.'),
      password: secretFrom.describe('Its password, best one for apps.'),
      folder: z
        .string()
        .min(1)
        .describe(
          "The folder that a rule of yours puts this marketplace's mails into; everything in it is taken.",
        ),
      moveTo: z
        .string()
        .min(1)
        .optional()
        .describe('Folder that taken mails are moved to; without it they are marked as read and stay.'),
      authority: z
        .string()
        .min(1)
        .optional()
        .describe(
          'PEM file of an authority to trust, relative to the configuration, for a server that certifies itself.',
        ),
    })
    .optional()
    .describe('A mailbox at a mail server, read over IMAP.'),
  address: secretFrom
    .optional()
    .describe(
      'A secret behind the + of the address mails are sent to: what comes there is believed, forwarded copies too.',
    ),
});

const party = z.strictObject({
  question: z
    .string()
    .min(1)
    .nullable()
    .default(null)
    .describe('The question to the guest, word for word, whose answer is the number of passengers.'),
  byListing: z
    .record(z.string(), z.int().min(1).max(500))
    .default({})
    .describe("Passengers on every trip of a kind, by the marketplace's word for it."),
  isQuantity: z
    .boolean()
    .default(false)
    .describe('Whether the number of things sold is the number of passengers.'),
});

const api = z.strictObject({
  key: secretFrom.describe('Its API key or access token.'),
  secret: secretFrom.optional().describe('The second half of the key, where it has one.'),
  account: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,64}$/)
    .optional()
    .describe('Your name there: for FareHarbor the short name of the company.'),
  base: z
    .url({ protocol: /^https$/ })
    .optional()
    .describe('Where its API is, for kinds that have no address of their own, or for a sandbox; https.'),
});

/** A marketplace or another place bookings come from. */
export const source = z.strictObject({
  id: id.describe('The last part of its webhook address. It stays for good: bookings are known by it.'),
  kind: z.enum(sourceKinds).describe('Which adapter reads its webhooks.'),
  times: z
    .enum(['local', 'instant'])
    .optional()
    .describe(
      'What its times mean: local = the clock at the berth, even with a Z behind it; instant = as written. Left out for kinds that are clear about it.',
    ),
  secret: secretFrom
    .optional()
    .describe(
      'What it signs with: a Standard Webhooks secret (whsec_ and base64 of 24 to 64 bytes), or the secret of the webhook at the marketplace. Left out for kinds that cannot sign.',
    ),
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
    .describe(
      'For a marketplace that cannot sign: the last part of its webhook address, or its password in HTTP basic authentication.',
    ),
  address: z
    .url()
    .optional()
    .describe(
      'Where its webhooks are sent to, exactly as entered at the marketplace, where that is not {server.url}/webhooks/{id}. Square signs it.',
    ),
  hours: z
    .record(z.string(), z.number().positive().max(72))
    .default({})
    .describe("How long a trip is, by the marketplace's word for it, where it does not say when one ends."),
  party: party.prefault({}),
  mapping: mappingShape
    .optional()
    .describe(
      'For the kind json: where in its messages each thing stands, as paths like booking.guests[0].name.',
    ),
  signature: signatureShape
    .optional()
    .describe('For the kind json: how it signs, where that is not Standard Webhooks.'),
  api: api
    .optional()
    .describe('How the marketplace is asked for what its webhooks leave out, or claim without a signature.'),
  mail: mail
    .optional()
    .describe('How its e-mails are read and when they are believed; without it none are taken.'),
  feeds: z
    .array(
      z.strictObject({
        vessel: id.describe('Id of the vessel whose calendar it is.'),
        url: secretFrom.describe(
          'Its address, https:// or webcal://; a secret, since whoever has it reads it.',
        ),
        roundsToDays: z
          .boolean()
          .default(false)
          .describe('Whether it shows a trip of a few hours as a whole day.'),
      }),
    )
    .default([])
    .describe('Its calendars (iCalendar), read every 15 minutes: they bear bookings out and keep time free.'),
});

/** Ways in besides HTTP. */
export const inbound = z.strictObject({
  smtp: z
    .strictObject({
      port: z.int().min(0).max(65535).default(2525).describe('TCP port; 0 picks a free one.'),
      listen: z.string().default('127.0.0.1').describe('Address to listen on; 0.0.0.0 for all.'),
      name: host.optional().describe('Name it greets with, as in the MX record. Default: house.host.'),
      tls: z
        .strictObject({
          certificate: z.string().min(1).describe('PEM file, relative to the configuration.'),
          key: z.string().min(1).describe('PEM file of its key.'),
        })
        .optional()
        .describe('For STARTTLS; without it mails come in the clear, as between most mail servers.'),
    })
    .optional()
    .describe(
      'A mail server for booking mails: {source}@ and {source}+{secret}@ any domain. Off unless it is here.',
    ),
  bounces: z
    .strictObject({
      address: z
        .email()
        .optional()
        .describe(
          'Where letters that cannot be delivered come back to (the envelope sender). Default: the From address of each. `inbound.smtp` takes them there.',
        ),
      folder: z
        .string()
        .min(1)
        .optional()
        .describe(
          'A Maildir in which such mails arrive, and reports of complaints; relative to the configuration.',
        ),
    })
    .optional()
    .describe(
      'Reports of mail servers on our letters: what bounces is not written to again until a person says so.',
    ),
});
