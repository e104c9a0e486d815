import type { Clock } from '#lib/clock.ts';
import type { Media } from './bodies.ts';
import type { SignedRequest } from './verify-webhook.ts';

/** A webhook at the door, with the address it was sent to, which some marketplaces sign. */
export type ProvenRequest = SignedRequest & {
  readonly address: string;
  /** All headers, by their names in small letters. */
  readonly headers: () => Readonly<Record<string, string>>;
};

/** How a marketplace signs its webhooks. */
export type Proof = {
  /** `whsec`: a Standard Webhooks secret. `shared`: a text that both sides hold. */
  readonly secret: 'whsec' | 'shared';
  /**
   * Checks the bytes as they came against any of the secrets. Returns the name the sender gave the message, or null where
   * it gives none. Throws `signature-missing`, `signature-wrong`, `timestamp-out-of-range`, `webhook-id-malformed`.
   */
  readonly check: (request: ProvenRequest, secrets: readonly string[], clock: Clock) => string | null;
};

/** How the webhooks of one kind come in, whatever they say. */
export type Manner = {
  /** Null: it cannot sign, so its address is the secret, or a password it sends with every request. */
  readonly proof: Proof | null;
  /** What its bodies are written in. */
  readonly media: readonly Media[];
  /**
   * How its messages are told apart where it gives them no name. `bytes`: each says when it was made, so the same bytes
   * are the same message, for ever. `arrival`: it states how things are now and not since when, so the same bytes mean
   * something again once other ones were in between, and the one that came in last is the one that is true.
   */
  readonly naming: 'bytes' | 'arrival';
};
