import type { BookingId, ExternalName } from '#booking/booking.ts';
import type { Fleet } from '#booking/fleet.ts';
import type { Message } from '#booking/message.ts';
import type { Problem } from '#booking/problem.ts';
import type { TimesMean } from '#booking/times.ts';
import type { FinanceNote } from '#finances/finance-note.ts';
import type { Delivery, Meant } from './inbox.ts';
import type { Template } from './mail/template.ts';
import type { MailTrust } from './mail/vouch.ts';
import type { Manner } from './manner.ts';
import type { Mapping } from './mapping.ts';
import type { ApiAccess, VendorApi } from './vendor-api.ts';
import type { WebhookKey } from './verify-webhook.ts';

/** What the operator declares about a source. */
export type SourceSettings = {
  readonly id: string;
  /** What the times of its trips mean. */
  readonly times: TimesMean;
  /** Its own words for our vessels, where they differ: its word → vessel id. */
  readonly listings: Readonly<Record<string, string>>;
  /** How long a trip is, by its word for it, where it does not say when one ends. Hours. */
  readonly hours: Readonly<Record<string, number>>;
  /** How many passengers come, where it does not count them. */
  readonly party: PartyRule;
  /** Where what is said stands in a message of its own making; null for every kind but `json`. */
  readonly mapping: Mapping | null;
};

/** What the operator declares about the passengers of a source that does not count them itself. */
export type PartyRule = {
  /** The question whose answer is the number; null for none. */
  readonly question: string | null;
  /** A number that is the same for every trip, by the source's word for it. */
  readonly byListing: Readonly<Record<string, number>>;
  /** Whether the number of things sold is the number of passengers. */
  readonly isQuantity: boolean;
};

/** What a message is read against. */
export type ReadingRoom = { readonly settings: SourceSettings; readonly fleet: Fleet };

/**
 * What was read: what is said about a booking and, apart from it, about money; or only about the money of a booking; or
 * that it is no news of any; or why it cannot be taken, with what was found all the same. The two are read separately, so that nothing said about money can stop or change a booking.
 */
export type Read =
  | { readonly message: Message; readonly finance: FinanceNote | null }
  | { readonly about: ExternalName; readonly finance: FinanceNote | null }
  | { readonly nothing: true }
  | { readonly problems: readonly [Problem, ...Problem[]]; readonly meant?: Meant };

/**
 * Reads what one kind of source sends. Pure: the same delivery and settings give the same, so a delivery can be read
 * again at any time. Throws the refusals of `parseStrictJson`.
 */
export type ReadDelivery = (delivery: Delivery, body: Uint8Array, room: ReadingRoom) => Read;

/** Where what is said about money goes, which is not looked at here. */
export type Books = { note(booking: BookingId, finance: FinanceNote): Promise<unknown> };

/** A configured source: how it is read and how it proves who it is. */
export type Source = {
  readonly settings: SourceSettings;
  readonly read: ReadDelivery;
  readonly manner: Manner;
  /** What it signs with: one, or two while rotating. None: it cannot sign. */
  readonly secrets: readonly string[];
  /** Those of its secrets that are Standard Webhooks keys, by which its mails may be brought. */
  readonly keys: readonly WebhookKey[];
  /** Where its webhooks are sent to: some marketplaces sign it. */
  readonly address: string;
  /** How its API is asked for what its webhooks leave out; null where it is not. */
  readonly api: { readonly vendor: VendorApi; readonly access: ApiAccess } | null;
  /** SHA-256 (hex) of secrets that may stand in its address, or be its password, instead of a signature. */
  readonly urlSecretHashes: readonly string[];
  /** Whether what comes without a signature waits for a person before it becomes a booking. */
  readonly holdUnsigned: boolean;
  /** How its mails are read and whose they have to be; null where it sends none. */
  readonly mail: { readonly templates: readonly Template[]; readonly trust: MailTrust } | null;
};

/** The configured sources by id. */
export type Sources = (id: string) => Source | null;
