import type { Adapter } from '#intake/adapter.ts';
import { standardWebhooks } from '#intake/proofs.ts';
import { readPayload } from '#intake/read-booking-payload.ts';

/** Whoever sends our own payload, signed as Standard Webhooks has it. `timed` ones have to say when something happened. */
export const ownPayload = (how: { timed: boolean }): Adapter => ({
  proof: standardWebhooks,
  media: ['json'],
  times: null,
  naming: 'bytes',
  read: (sent, delivery, room) => readPayload(sent, how, delivery, room),
  api: null,
});
