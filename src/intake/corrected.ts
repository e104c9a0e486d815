import { vesselUnknown } from '#booking/draft.ts';
import type { Fields } from '#booking/message.ts';
import { isNotEmpty, type Problem } from '#booking/problem.ts';
import { readTime, timeProblem } from '#booking/times.ts';
import type { ZonedTime } from '#lib/zoned.ts';
import type { Correction, Delivery } from './inbox.ts';
import type { Read, ReadingRoom } from './source.ts';
import { statementId } from './statement-id.ts';

/** The fields as a person typed them, or why they cannot be meant. */
export function correctedFields(
  { kind, vessel: id, start, end, guestName, guestEmail, guestPhone, partySize }: Correction,
  { fleet }: Pick<ReadingRoom, 'fleet'>,
): { fields: Fields } | { problems: readonly [Problem, ...Problem[]] } {
  if (kind === 'cancelled') return { fields: {} };
  const vessel = fleet.vessel(id);
  if (!vessel) return { problems: [vesselUnknown(id)] };
  const problems: Problem[] = [];
  const at = (field: 'start' | 'end', typed: string): ZonedTime | null => {
    const reading = readTime(typed, 'as-written', vessel.zone);
    if (reading.kind === 'exact') return reading.time;
    problems.push(timeProblem(field, typed, reading, vessel.zone));
    return null;
  };
  const [from, until] = [at('start', start), at('end', end)];
  if (isNotEmpty(problems) || !from || !until) return { problems: problems as [Problem, ...Problem[]] };
  const status = 'confirmed';
  return {
    fields: { vessel: id, status, start: from, end: until, guestName, guestEmail, guestPhone, partySize },
  };
}

/**
 * A delivery as a person says it is meant. It happened when it came in, unless its own time is known. Of amounts nothing is
 * said: who corrects a message enters them in the books.
 */
export function correctedRead(
  delivery: Delivery,
  correction: Correction,
  room: Pick<ReadingRoom, 'fleet'>,
  at: string = delivery.receivedAt,
): Read {
  const meant = correctedFields(correction, room);
  if ('problems' in meant) return meant;
  const { kind, externalId } = correction;
  const message = { source: delivery.source, messageId: statementId(delivery), at, externalId, kind };
  return { message: { ...message, fields: meant.fields }, finance: null };
}
