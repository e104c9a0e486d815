import type { Delivery } from './inbox.ts';

/** A delivery with its body, as it goes from one edition to another. */
export type CarriedDelivery = {
  readonly delivery: Omit<Delivery, 'nextTryAt'>;
  /** When it is to be read, ISO 8601 UTC. */
  readonly dueAt: string | null;
  /** SHA-256 of what came in, also once that is erased. */
  readonly digest: string;
  /** Base64. */
  readonly body: string;
};
