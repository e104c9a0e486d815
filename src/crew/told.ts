import type { CrewRole } from '#booking/fleet.ts';
import { digestOf } from '#lib/digest.ts';
import { epochOf, type ZonedTime } from '#lib/zoned.ts';
import type { CrewEvent, CrewEventId } from './crew.ts';

/** What a letter holds the crew to. Nothing else in an event is worth a letter when it changes. */
export type Promised = {
  readonly start: ZonedTime;
  readonly end: ZonedTime;
  readonly callTime: ZonedTime;
  /** By name. */
  readonly vessel: string | null;
  /** By name. */
  readonly berth: string | null;
  readonly role: CrewRole;
};

export const promisedDigest = (promised: Promised): string => digestOf(promised);

/** Whether two promises are for the same hours; an answer to the one then answers the other. */
export const sameTimes = (a: Promised, b: Promised): boolean =>
  epochOf(a.start) === epochOf(b.start) && epochOf(a.end) === epochOf(b.end);

/**
 * The last thing a person was told about an event: noted before the letter is posted, so that after a crash it is known
 * that something may have been said.
 */
export type Told = {
  readonly event: CrewEventId;
  readonly person: string;
  /** Counts what was told to this person about this event: told back and forth, each letter is another one. */
  readonly serial: number;
  readonly kind: 'invitation' | 'change' | 'cancel';
  readonly promised: Promised;
  /** What the person went by until then; null when they were not asked to sail. */
  readonly before: Promised | null;
  /** Null when nothing had to be written: an unsent letter was taken back, and what went before it holds again. */
  readonly letter: string | null;
  /** The event's revision, which the calendar part carries as SEQUENCE. */
  readonly sequence: number;
  readonly at: string;
};

export const promisedBy = (
  event: CrewEvent,
  role: CrewRole,
  vesselName: (id: string) => string | null,
): Promised => ({
  start: event.start,
  end: event.end,
  callTime: event.callTime,
  vessel: event.vessel === null ? null : (vesselName(event.vessel) ?? event.vessel),
  berth: event.berth?.name ?? null,
  role,
});
