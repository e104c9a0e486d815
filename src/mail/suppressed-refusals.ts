import { Refusal } from '#lib/refusal.ts';

/** That letters to this address are not withheld. */
export const addressNotSuppressed = (address: string) =>
  new Refusal(
    'address-not-suppressed',
    `Letters to ${address.slice(0, 254)} are not withheld.`,
    'Look at the addresses that are with: gangway letters suppressed',
  );
