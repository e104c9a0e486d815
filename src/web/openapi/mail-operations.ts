import type { Answer, Operation, Parameter } from './operation.ts';

const source: Parameter = {
  name: 'source',
  in: 'path',
  required: true,
  description: 'Id of a source of the configuration that has a `mail` section.',
  example: 'boatsetter',
};

const kept: Answer = {
  description: 'The mail is on disk. Whether it becomes a booking shows on the desk.',
  schema: 'Accepted',
  example: { delivery: 'dlv_0q8m3v7x1k2c9d4e' },
};

const refusals = ['source-unknown', 'mail-not-taken', 'media-type-unsupported', 'mail-too-large'] as const;

export const mailOperations: readonly Operation[] = [
  {
    id: 'deliverMail',
    method: 'post',
    path: '/inbound/mail/{source}',
    tag: 'Mail',
    summary: 'Deliver a mail of a marketplace as it came in',
    description:
      'The raw MIME message, signed by whoever brings it as Standard Webhooks 1.0 describes. Answered once the mail is on disk. Whose mail it is shows from the mail itself: an aligned DKIM signature with DMARC, the word of a trusted receiver, or the secret address it was sent to; anything else waits for a person. The same bytes again are the same mail.',
    access: 'signature',
    parameters: [source],
    rawBody: 'message/rfc822',
    answers: { 202: kept },
    refusals,
  },
  {
    id: 'deliverUnsignedMail',
    method: 'post',
    path: '/inbound/mail/{source}/{secret}',
    tag: 'Mail',
    summary: 'Deliver a mail through a provider that cannot sign',
    description:
      'For a source with a `urlSecret`. The secret says who brings the mail, not whose mail it is.',
    access: 'address',
    parameters: [
      source,
      { name: 'secret', in: 'path', required: true, description: 'The `urlSecret` of the source.' },
    ],
    rawBody: 'message/rfc822',
    answers: { 202: kept },
    refusals: ['url-secret-wrong', 'too-many-attempts', ...refusals],
  },
];
