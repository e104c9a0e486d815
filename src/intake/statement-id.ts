import type { Delivery } from './inbox.ts';

/** Names what a delivery states, for ever. A second body under a used id is another statement; no id from outside can look like this. */
export const statementId = (delivery: Pick<Delivery, 'id' | 'messageId' | 'conflictsWith'>): string =>
  delivery.conflictsWith === null ? delivery.messageId : `${delivery.messageId}~${delivery.id}`;
