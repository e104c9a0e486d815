import type { BookingId } from '#booking/booking.ts';
import type { Recorded } from '#booking/booking-store.ts';
import type { Message } from '#booking/message.ts';
import type { Problem } from '#booking/problem.ts';
import type { Vouch } from './mail/vouch.ts';

export type DeliveryId = `dlv_${string}`;

/**
 * Something a source sent, as it came in. The body may hold amounts and a guest's own words, so the inbox lies in the
 * money file and `body` is for owners; the rest may be shown to an operator.
 */
export type Delivery = {
  readonly id: DeliveryId;
  readonly source: string;
  /** What the sender calls this message: the same one sent again is the same delivery. */
  readonly messageId: string;
  readonly via: Via;
  /** Only those worth keeping: see `keptHeaders`. */
  readonly headers: Readonly<Record<string, string>>;
  /** ISO 8601 UTC. */
  readonly receivedAt: string;
  readonly state: DeliveryState;
  /** Why it was held back; empty otherwise. */
  readonly problems: readonly Problem[];
  /** What it became; null until then. */
  readonly outcome: Outcome | null;
  /** How often reading it has failed through no fault of its own. */
  readonly tries: number;
  /** When a pending one is read, or asked after, by itself: ISO 8601 UTC. Null for the others. */
  readonly nextTryAt: string | null;
  /** The delivery that took its messageId first, with another body. */
  readonly conflictsWith: DeliveryId | null;
  /** What a person last decided about it. */
  readonly decision: Decision | null;
  /** Mails only: who answers for its being the marketplace's. Null until that was looked at. */
  readonly vouched: Vouch | null;
  /** What a person said it means; it is read so from then on. Null where it is read by itself. */
  readonly correction: Correction | null;
  /** When its body was erased because the guest was forgotten, or nobody ever took it up; null while it is kept. */
  readonly erasedAt: string | null;
};

/**
 * How it came: with a signature, by an address or a password that is itself the secret, over SMTP, from a mail folder,
 * fed by a person, or as the answer of a marketplace that we asked because of a notice.
 */
export type Via = 'signed' | 'url-secret' | 'smtp' | 'folder' | 'by-hand' | 'asked';

/**
 * `pending`: to be read. `recorded`: it is part of a booking. `quarantined`: not understood or not allowed.
 * `poisoned`: reading it broke us again and again. `conflict`: same id as another, other content. `discarded`: by a person.
 */
export type DeliveryState = 'pending' | 'recorded' | 'quarantined' | 'poisoned' | 'conflict' | 'discarded';

export type Outcome = {
  /**
   * `noted`: it said something about a booking's money or in free text, and nothing about the booking. `asked`: it was a
   * notice, and what the marketplace answered is a delivery of its own. `nothing`: it was no news of a booking.
   */
  readonly kind: Exclude<Recorded['kind'], 'refused'> | 'noted' | 'asked' | 'nothing';
  /** Null for a cancellation of something nobody has heard of yet. */
  readonly booking: BookingId | null;
  readonly revision: number | null;
};

export type Decision = {
  readonly by: string;
  readonly what: 'rerun' | 'correct' | 'discard';
  readonly reason: string | null;
  /** ISO 8601 UTC. */
  readonly at: string;
};

/** What a message says about a booking, field by field, in a person's words instead of a reader's. Times are the vessel's clock. */
export type Correction = {
  readonly kind: Message['kind'];
  /** The source's name for the booking. */
  readonly externalId: string;
  /** Vessel id. Fields of a cancellation are not read. */
  readonly vessel: string;
  readonly start: string;
  readonly end: string;
  readonly guestName: string;
  readonly guestEmail: string | null;
  readonly guestPhone: string | null;
  readonly partySize: number;
};

/**
 * What a person may start from who says what a held message means: each thing that could be read by itself, and nothing
 * that looks like an amount, because operators see it. Times are those of the clock at the berth.
 */
export type Meant = Partial<Correction>;

export type Arrival = {
  source: string;
  messageId: string;
  via: Via;
  headers: Readonly<Record<string, string>>;
  body: Uint8Array;
  vouched?: Vouch;
};

/** Everything that ever came in, kept before anybody is thanked for it. */
export interface Inbox {
  /**
   * Takes a delivery; durable when it resolves. The same messageId with the same body is a `duplicate`, for ever. With
   * another body it is kept as a `conflict` for a person to look at, and refused with `delivery-conflict`.
   */
  receive(arrival: Arrival): Promise<{ kind: 'received' | 'duplicate'; delivery: Delivery }>;
  find(id: DeliveryId): Promise<Delivery | null>;
  /** The message, byte for byte. For the reader of its source, and for owners. */
  body(id: DeliveryId): Promise<Uint8Array | null>;
  /** What is to be read now, oldest first. One that failed waits longer each time. */
  pending(limit: number): Promise<readonly Delivery[]>;
  /** What waits for a person, oldest first. */
  held(limit: number): Promise<readonly Delivery[]>;
  /** Newest first. */
  list(filter: DeliveryFilter): Promise<readonly Delivery[]>;
  /** It became part of a booking; with `erase`, of one whose guest is forgotten, so that its body goes at once. Idempotent. */
  markDone(id: DeliveryId, outcome: Outcome, how?: { erase: boolean }): Promise<void>;
  /** Holds it back for a person. Idempotent. */
  quarantine(id: DeliveryId, problems: readonly Problem[]): Promise<void>;
  /**
   * Reading it failed through no fault of its own: counts the try, and holds it back as poisoned once `patience` (seconds
   * before each further try; `waits` unless said) is used up. What is waited for patiently shows its problem meanwhile.
   */
  failed(id: DeliveryId, problem: Problem, patience?: readonly number[]): Promise<Delivery | null>;
  /** Keeps who answers for a mail: keys are taken out of DNS in time, so it is looked at once. Idempotent. */
  vouch(id: DeliveryId, by: Vouch): Promise<void>;
  /** Its booking turned out to be another. */
  rebook(from: BookingId, to: BookingId): Promise<void>;
  /**
   * Erases the bodies of what belongs to a booking, of what claimed to be the same messages, and whatever was typed about
   * them. That they came in, and their digests, stay: a repeat is still known for one. Idempotent.
   */
  erase(booking: BookingId): Promise<void>;
  /**
   * The same for what came in before this instant (ISO 8601 UTC) and never became part of a booking; what still waited for
   * a person is discarded with it. Returns how many it was.
   */
  eraseUnclaimed(before: string): Promise<number>;
  /** Makes it pending again, whatever it was, a discarded one too. Throws `delivery-unknown`, or `delivery-erased`. */
  rerun(id: DeliveryId, by: string): Promise<Delivery>;
  /** Keeps what a person says it means, and makes it pending again. Throws as `rerun` does. */
  correct(id: DeliveryId, correction: Correction, by: string): Promise<Delivery>;
  /** Puts it away, with the reason. Taken back by `rerun`. Throws `delivery-unknown`, or `delivery-recorded` for one that is part of a booking. */
  discard(id: DeliveryId, by: string, reason: string): Promise<void>;
}

export type DeliveryFilter = {
  source?: string;
  state?: DeliveryState;
  booking?: BookingId;
  /** At most this many; 100 if not said. */
  limit?: number;
};

/** Content type of a mail among deliveries. */
export const mailType = 'message/rfc822';

/** Whether a delivery is a mail rather than a webhook's body. */
export const isMail = ({ headers }: Pick<Delivery, 'headers'>): boolean =>
  headers['content-type'] === mailType;

/** Headers that are kept with a delivery. Never a signature, a cookie or an address. */
export const keptHeaders = ['content-type', 'user-agent', 'webhook-id', 'webhook-timestamp'] as const;

/** Seconds before each further try. */
export const waits = [5, 30, 120, 300] as const;

export const mostTries = waits.length + 1;
