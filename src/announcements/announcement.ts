/** What the operator's own programs are told of. */
export const announcementKinds = [
  'booking.created',
  'booking.changed',
  'booking.cancelled',
  'surface.failing',
  'crew.answered',
] as const;
export type AnnouncementKind = (typeof announcementKinds)[number];

export type AnnouncementId = `ann_${string}`;

/** Something that happened, as it is kept: ids only. What is said about it is made when it is sent, for whom it is sent to. */
export type Announcement = {
  readonly id: AnnouncementId;
  /** Names what happened for ever: the same thing is announced once. */
  readonly key: string;
  readonly kind: AnnouncementKind;
  /** Null for what has no booking, such as an answer about an event that a script made. */
  readonly booking: string | null;
  /** The revision it was, for bookings. */
  readonly revision: number | null;
  /** `owner`: that it happened at all is for endpoints of the owner alone. */
  readonly fence: 'open' | 'owner';
  /** Ids, words of the house and times. Never a guest, an amount or a sentence. */
  readonly detail: Readonly<Record<string, string | number | null>>;
  /** When it happened, ISO 8601 UTC. */
  readonly at: string;
};

/** Where announcements are sent, as configured. */
export type Endpoint = {
  readonly id: string;
  readonly url: string;
  /** `whsec_…`: one, or two while rotating. Every message is signed with each. */
  readonly secrets: readonly string[];
  readonly events: readonly AnnouncementKind[];
  /** Only `owner` is told amounts. */
  readonly audience: 'operator' | 'owner';
  /** It may be http and on this network, because the operator said so. */
  readonly isNearby: boolean;
};

/** One announcement on its way to one endpoint. */
export type Sending = {
  readonly announcement: Announcement;
  readonly endpoint: string;
  /** `failed`: given up until a person replays it. */
  readonly state: 'pending' | 'delivered' | 'failed';
  readonly attempts: number;
  /** When it is tried next, ISO 8601 UTC; null once delivered or failed. */
  readonly nextAt: string | null;
  /** The last answer: HTTP status, or null where there was none. */
  readonly status: number | null;
  /** Why the last attempt did not count; null for one that did. */
  readonly reason: string | null;
  /** When it was last tried, ISO 8601 UTC. */
  readonly triedAt: string | null;
};

/** Seconds before each further attempt, as Standard Webhooks proposes: the last one 75 hours and 35 minutes after the first. */
export const resendAfter = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400] as const;
