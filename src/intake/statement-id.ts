import type { Delivery } from './inbox.ts';

/**
 * Names what a delivery states, for ever. A second body under a used id is another statement; no id from outside can look
 * like this. A name that is the digest of the body says something of the amounts in it, to whoever knows the rest: such a
 * delivery is called by its own id outside the money file.
 */
export const statementId = (delivery: Pick<Delivery, 'id' | 'messageId' | 'conflictsWith'>): string => {
  if (isDigest(delivery.messageId)) return delivery.id;
  return delivery.conflictsWith === null ? delivery.messageId : `${delivery.messageId}~${delivery.id}`;
};

/** Whether a message has no name of its own and is called by the digest of its body. */
export const isDigest = (messageId: string): boolean => /^[0-9a-f]{64}$/.test(messageId);
