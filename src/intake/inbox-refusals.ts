import type { Problem } from '#booking/problem.ts';
import { Refusal } from '#lib/refusal.ts';
import type { Delivery } from './inbox.ts';

/** What stands at a delivery whose message id another took first. */
export const conflictProblem: Problem = {
  field: 'message id',
  code: 'delivery-conflict',
  reason: 'Another message with this id came in before, with other content. The first one counts.',
  cure: 'Ask the sender which one is true. Run this one to take it as a further message, or discard it.',
};

export const conflictRefused = (delivery: Delivery) =>
  new Refusal(
    'delivery-conflict',
    `The message ${delivery.messageId} came in before, with another body.`,
    'Send what changed under a new message id; only repeat an id with exactly the same bytes.',
    { delivery: delivery.id },
  );

export const unknownDelivery = (id: string) =>
  new Refusal(
    'delivery-unknown',
    `There is no delivery ${id.slice(0, 40)}.`,
    'Look for it in the quarantine; ids begin with dlv_.',
  );

export const erasedAlready = () =>
  new Refusal(
    'delivery-erased',
    'The body of this message was erased, so it cannot be read again.',
    'Have the marketplace send it again under a new id, or enter the booking by hand.',
  );

export const recordedAlready = () =>
  new Refusal(
    'delivery-recorded',
    'This message is part of a booking and cannot be discarded.',
    'Change or cancel the booking instead.',
  );
