import cancelled from '../../../examples/webhooks/boatsetter-cancelled.json' with { type: 'json' };
import changed from '../../../examples/webhooks/boatsetter-changed.json' with { type: 'json' };
import created from '../../../examples/webhooks/boatsetter-created.json' with { type: 'json' };
import rescheduled from '../../../examples/webhooks/boatsetter-rescheduled-new-id.json' with { type: 'json' };
import type { Answer, Operation, Parameter } from './operation.ts';

const source: Parameter = {
  name: 'source',
  in: 'path',
  required: true,
  description: 'Id of a source of the configuration.',
  example: 'boatsetter',
};

const messageId: Parameter = {
  name: 'webhook-id',
  in: 'header',
  required: true,
  description:
    'Names the message for ever: repeat it only with the same bytes. A second body under a used id is refused and kept.',
  schema: { type: 'string', pattern: '^[A-Za-z0-9_-]{1,64}$' },
  example: 'msg_2KWPBgLlAfxdpx2AI54pPJ85f4W',
};

const timestamp: Parameter = {
  name: 'webhook-timestamp',
  in: 'header',
  required: true,
  description: 'Time of this attempt in whole seconds since 1970, within five minutes of now.',
  schema: { type: 'string', pattern: '^\\d{1,11}$' },
  example: '1780185600',
};

const kept: Answer = {
  description: 'The message is on disk. Whether it becomes a booking shows on the desk.',
  schema: 'Accepted',
  example: { delivery: 'dlv_0q8m3v7x1k2c9d4e' },
};

const body = {
  schema: 'BookingMessage',
  examples: {
    created,
    'changed, stating the whole booking': changed,
    cancelled,
    'rescheduled under a new id': rescheduled,
  },
} as const;

const refusals = ['source-unknown', 'media-type-unsupported', 'delivery-conflict'] as const;

export const webhookOperations: readonly Operation[] = [
  {
    id: 'deliverWebhook',
    method: 'post',
    path: '/webhooks/{source}',
    tag: 'Webhooks',
    summary: 'Deliver a signed message about a booking',
    description:
      'Signed as Standard Webhooks 1.0 describes; a marketplace that sends messages of its own signs them its own way, and one that cannot sign may send the secret of its source as the password of HTTP basic authentication. Answered once the message is on disk (fsync), so it may be forgotten by the sender then; any other answer means: send it again. Sending the same message again is harmless. A message that is understood but cannot be taken (an unknown vessel, a time that does not exist) is accepted too, and held on the desk for a person.',
    access: 'signature',
    parameters: [source, messageId, timestamp],
    body,
    answers: { 202: kept },
    refusals,
  },
  {
    id: 'deliverUnsignedWebhook',
    method: 'post',
    path: '/webhooks/{source}/{secret}',
    tag: 'Webhooks',
    summary: 'Deliver a message from a marketplace that cannot sign',
    description:
      'For a source with a `urlSecret`. Without a `webhook-id` the same bytes count as the same message.',
    access: 'address',
    parameters: [
      source,
      { name: 'secret', in: 'path', required: true, description: 'The `urlSecret` of the source.' },
      { name: 'webhook-id', in: 'header', description: 'As for a signed message, but not needed.' },
    ],
    body,
    answers: { 202: kept },
    refusals: ['url-secret-wrong', 'webhook-id-malformed', 'too-many-attempts', ...refusals],
  },
];
