import type { Problem } from '#booking/problem.ts';
import { Unavailable } from '#lib/refusal.ts';
import type { Log } from '#platform/log.ts';
import { type Delivery, type Inbox, mostTries } from './inbox.ts';
import { askAgainAfter, notAnswered } from './look-up.ts';

/**
 * Notes that reading a delivery failed, to be tried again: patiently where a marketplace does not answer, a few times where
 * the fault is ours. Never throws.
 */
export async function stumble(
  room: { inbox: Inbox; log: Log },
  { id, source }: Delivery,
  error: unknown,
): Promise<void> {
  const isTheirs = error instanceof Unavailable && theirCodes.has(error.code);
  if (isTheirs) room.log.warn('a marketplace did not answer', { delivery: id, source, error });
  else room.log.error('reading a delivery failed', { delivery: id, source, error });
  try {
    const after = isTheirs
      ? await room.inbox.failed(id, notAnswered(error.message), askAgainAfter)
      : await room.inbox.failed(id, poisoned);
    if (after?.state === 'poisoned') room.log.error('a delivery was given up', { delivery: id, source });
  } catch (further) {
    // It stays pending: the next tick tries again when the disk is back.
    room.log.error('a failure could not be noted', { delivery: id, source, error: further });
  }
}

const theirCodes: ReadonlySet<string> = new Set([
  'api-unavailable',
  'outside-unreachable',
  'outside-too-long',
  'address-forbidden',
]);

const poisoned: Problem = {
  field: 'message',
  code: 'delivery-poisoned',
  reason: `Reading this message failed ${mostTries} times through a fault of Gangway itself.`,
  cure: 'The log has the details. Update Gangway, or enter the booking by hand; then run this again or discard it.',
};
