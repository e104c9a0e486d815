import type * as z from 'zod';
import type { BookingField } from '#booking/booking.ts';
import { vesselUnknown } from '#booking/draft.ts';
import type { Fields, Message } from '#booking/message.ts';
import { isNotEmpty, type Problem } from '#booking/problem.ts';
import { readInstant, readTime, timeProblem } from '#booking/times.ts';
import { isoInstant } from '#lib/clock.ts';
import { parseStrictJson } from '#lib/strict-json.ts';
import type { ZonedTime } from '#lib/zoned.ts';
import { head, trip } from './booking-payload.ts';
import type { Delivery } from './inbox.ts';
import { meantBy } from './meant.ts';
import { readFinance } from './read-finance.ts';
import type { Read, ReadDelivery, ReadingRoom } from './source.ts';
import { statementId } from './statement-id.ts';
import { vesselOf } from './vessel-of.ts';

/** Hours by which a source's clock may run ahead of ours before its order of events can no longer be believed. */
const aheadHours = 24;

/**
 * A reader of our own payload. A cancellation needs no more than the booking's id to be read: that must never fail
 * because of a field it does not need. `timed` sources have to say when a booking was made or changed; where that is
 * not said or asked, it is when the message came in.
 * Problem codes: those of `draft.ts` and `times.ts`, `field-missing`, `field-malformed`, `occurred-in-future`.
 */
export const bookingPayload =
  (how: { timed: boolean }): ReadDelivery =>
  (delivery, body, room) =>
    readPayload(parseStrictJson(body), how, delivery, room);

/** The same for a payload at hand: as it was sent, or as a marketplace's own message was put into it. */
export function readPayload(
  sent: unknown,
  how: { timed: boolean; cure?: string },
  delivery: Delivery,
  room: ReadingRoom,
): Read {
  const { cure = asPublished } = how;
  const named = head.safeParse(sent);
  if (!named.success) return { problems: problemsOf(named.error, sent, cure), meant: meantBy(sent, room) };
  const { type, booking } = named.data;
  const isCancelled = type === 'booking.cancelled' || booking.status === 'cancelled';
  const happened = whenItHappened(named.data.occurred_at, delivery, how.timed && !isCancelled);
  const read = isCancelled ? { fields: {} } : readTrip(sent, cure, room);

  const problems = [
    ...('problem' in happened ? [happened.problem] : []),
    ...('problems' in read ? read.problems : []),
  ];
  if (isNotEmpty(problems)) return { problems, meant: meantBy(sent, room) };
  if ('problem' in happened || 'problems' in read) throw new Error('a problem was lost');
  const message: Message = {
    source: delivery.source,
    externalId: booking.id,
    messageId: statementId(delivery),
    kind: isCancelled ? 'cancelled' : type === 'booking.created' ? 'created' : 'changed',
    at: happened.at,
    ...(booking.version === undefined ? {} : { version: booking.version }),
    ...(booking.replaces === undefined ? {} : { replaces: booking.replaces }),
    fields: read.fields,
  };
  return { message, finance: readFinance(sent, message) };
}

const asPublished =
  'Send the message as the published schema has it (examples/webhooks/booking.schema.json).';

type Happened = { at: string } | { problem: Problem };

function whenItHappened(occurredAt: unknown, delivery: Delivery, mustSay: boolean): Happened {
  const ms = readInstant(occurredAt);
  const latest = Date.parse(delivery.receivedAt) + aheadHours * 3_600_000;
  if (ms !== null && ms <= latest) return { at: isoInstant(ms) };
  if (!mustSay) return { at: delivery.receivedAt };
  return { problem: ms === null ? notTimed(occurredAt === undefined) : fromTheFuture };
}

const notTimed = (isMissing: boolean): Problem => ({
  field: 'occurred_at',
  code: isMissing ? 'field-missing' : 'time-unreadable',
  reason: 'The message does not say when this happened, as an instant with an offset.',
  cure: 'Send occurred_at like 2027-04-12T18:04:11Z: it decides which of two messages is newer.',
});

const fromTheFuture: Problem = {
  field: 'occurred_at',
  code: 'occurred-in-future',
  reason: `The message says that this happens more than ${aheadHours} hours from now.`,
  cure: "Correct the sender's clock, then have it send the booking again.",
};

function readTrip(
  sent: unknown,
  cure: string,
  room: ReadingRoom,
): { fields: Fields } | { problems: readonly Problem[] } {
  const parsed = trip.safeParse(sent);
  if (!parsed.success) return { problems: problemsOf(parsed.error, sent, cure) };
  const { booking } = parsed.data;
  const vessel = vesselOf(booking.vessel, room);
  if (!vessel) return { problems: [vesselUnknown(booking.vessel)] };

  const problems: Problem[] = [];
  const at = (field: 'start' | 'end'): ZonedTime | undefined => {
    const reading = readTime(booking[field], room.settings.times, vessel.zone);
    if (reading.kind === 'exact') return reading.time;
    problems.push(timeProblem(field, booking[field], reading, vessel.zone));
  };
  const [start, end] = [at('start'), at('end')];
  if (!start || !end) return { problems };
  return {
    fields: {
      vessel: vessel.id,
      status: booking.status === 'tentative' ? 'tentative' : 'confirmed',
      start,
      end,
      guestName: booking.guest.name,
      guestEmail: booking.guest.email ?? null,
      guestPhone: booking.guest.phone ?? null,
      partySize: booking.party_size,
    },
  };
}

const ourFields: Readonly<Record<string, BookingField>> = {
  'booking.vessel': 'vessel',
  'booking.status': 'status',
  'booking.start': 'start',
  'booking.end': 'end',
  'booking.guest.name': 'guestName',
  'booking.guest.email': 'guestEmail',
  'booking.guest.phone': 'guestPhone',
  'booking.party_size': 'partySize',
};

/** What a schema misses in what was sent, by our own words for the fields. */
export function problemsOf(error: z.ZodError, sent: unknown, cure: string): readonly [Problem, ...Problem[]] {
  const problems = error.issues.map((issue): Problem => {
    const path = issue.path.join('.');
    const isMissing = valueAt(sent, issue.path) === undefined;
    return {
      field: ourFields[path] ?? (path || 'message'),
      code: isMissing ? 'field-missing' : 'field-malformed',
      reason: isMissing
        ? `The message lacks ${path || 'an object'}.`
        : `${path || 'The message'}: ${issue.message}.`,
      cure,
    };
  });
  if (!isNotEmpty(problems)) throw new Error('an invalid message without an issue');
  return problems;
}

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (inner, key) => (inner !== null && typeof inner === 'object' ? Reflect.get(inner, key) : undefined),
    value,
  );
