import { vesselUnknown } from '#booking/draft.ts';
import type { Fields, Message } from '#booking/message.ts';
import { isNotEmpty, type Problem } from '#booking/problem.ts';
import { readTime, timeProblem } from '#booking/times.ts';
import type { FinanceNote, SourceLine } from '#finances/finance-note.ts';
import { correctedRead } from '#intake/corrected.ts';
import type { Correction, Delivery } from '#intake/inbox.ts';
import type { Read, ReadingRoom } from '#intake/source.ts';
import { statementId } from '#intake/statement-id.ts';
import { vesselOf } from '#intake/vessel-of.ts';
import { isoInstant } from '#lib/clock.ts';
import { shift, type ZonedTime, zoneName } from '#lib/zoned.ts';
import type { Place, Said } from './form.ts';
import type { MailReading } from './mail-reading.ts';

/** Minutes by which a sender's clock may run ahead of ours. */
const aheadMinutes = 24 * 60;

/** Turns what a mail said into a statement about a booking and, apart from it, into a note for the books. */
export function statementOf(reading: MailReading, delivery: Delivery, room: ReadingRoom): Read {
  if (delivery.correction) return correctedStatement(reading, delivery, delivery.correction, room);
  const { template, values, sentAt } = reading;
  const externalId = values.get('booking')?.value;
  const trip =
    template?.kind === 'new' || template?.kind === 'changed' ? tripOf(values, room) : { fields: {} };
  const latest = Date.parse(delivery.receivedAt) + aheadMinutes * 60_000;
  const problems = [
    ...reading.problems,
    ...('problems' in trip ? trip.problems : []),
    ...(sentAt !== null && sentAt > latest ? [fromTheFuture] : []),
  ];
  if (isNotEmpty(problems)) return { problems };
  if (!template || externalId === undefined || sentAt === null || 'problems' in trip)
    throw new Error('a mail without problems says too little');

  const base = { source: delivery.source, messageId: statementId(delivery), at: isoInstant(sentAt) };
  const finance = financeOf(reading.books, base);
  if (template.kind === 'message' || template.kind === 'payout')
    return { about: { source: delivery.source, externalId }, finance };
  const replaces = values.get('replaces')?.value;
  const message: Message = {
    ...base,
    externalId,
    kind: template.kind === 'new' ? 'created' : template.kind,
    ...(replaces === undefined ? {} : { replaces }),
    fields: trip.fields,
  };
  return { message, finance };
}

/** What a person says the mail means; amounts are taken from the mail itself, as far as they stand in it. */
function correctedStatement(
  { books, sentAt }: MailReading,
  delivery: Delivery,
  correction: Correction,
  room: ReadingRoom,
): Read {
  const at = sentAt === null ? delivery.receivedAt : isoInstant(sentAt);
  const read = correctedRead(delivery, correction, room, at);
  const base = { source: delivery.source, messageId: statementId(delivery), at };
  return 'message' in read ? { ...read, finance: financeOf(books, base) } : read;
}

type Values = ReadonlyMap<Place, Said>;

function tripOf(values: Values, room: ReadingRoom): { fields: Fields } | { problems: readonly Problem[] } {
  const said = (place: Place) => values.get(place)?.value;
  const word = said('vessel');
  if (word === undefined) return { problems: [vesselUnknown('')] };
  const vessel = vesselOf(word, room);
  if (!vessel) return { problems: [vesselUnknown(word)] };

  const problems: Problem[] = [];
  const at = (field: 'start' | 'end', wall: string | undefined): ZonedTime | undefined => {
    if (wall === undefined) return undefined;
    const reading = readTime(wall, 'local', vessel.zone);
    if (reading.kind === 'exact')
      return checkedZone(reading.time, values.get(field) ?? values.get(`${field}At`));
    problems.push(timeProblem(field, wall, reading, vessel.zone));
  };
  const checkedZone = (time: ZonedTime, from: Said | undefined) => {
    if (from?.zone && from.zone !== zoneName(time)) problems.push(otherZone(from.zone, zoneName(time)));
    return time;
  };
  const day = said('date');
  const wall = (date: string | undefined, clock: string | undefined) =>
    date !== undefined && clock !== undefined ? `${date}T${clock}` : undefined;
  const start = at('start', said('startAt') ?? wall(day, said('start')));
  const hours = said('hours');
  const end =
    at('end', said('endAt') ?? wall(said('endDate') ?? day, said('end'))) ??
    (start && hours !== undefined ? shift(start, { minutes: Math.round(Number(hours) * 60) }) : undefined);
  if (problems.length > 0) return { problems };
  const partySize = said('partySize');
  const guestName = said('guestName');
  return {
    fields: {
      vessel: vessel.id,
      status: 'confirmed',
      ...(start ? { start } : {}),
      ...(end ? { end } : {}),
      ...(guestName === undefined ? {} : { guestName }),
      ...(values.has('guestEmail') ? { guestEmail: said('guestEmail') ?? null } : {}),
      ...(values.has('guestPhone') ? { guestPhone: said('guestPhone') ?? null } : {}),
      ...(partySize === undefined ? {} : { partySize: Number(partySize) }),
    },
  };
}

/** Amounts as they stand, without the sign of the currency and the commas between thousands; the books judge them. */
function financeOf(
  books: readonly Said[],
  base: Pick<FinanceNote, 'source' | 'at'> & { messageId: string },
): FinanceNote | null {
  const all = (place: Place) => books.filter(one => one.place === place).map(({ value }) => value);
  const lines: SourceLine[] = [
    ...all('charge').map(value => ({ kind: 'charge' as const, label: '', amount: amountIn(value) })),
    ...all('tip').map(value => ({ kind: 'tip' as const, label: '', amount: amountIn(value) })),
  ];
  const [gross] = all('gross');
  const [currency] = all('currency');
  const [note] = all('note');
  if (gross === undefined && note === undefined && lines.length === 0) return null;
  return {
    source: base.source,
    message: base.messageId,
    at: base.at,
    gross: gross === undefined ? null : amountIn(gross),
    currency: currency ?? null,
    ...(lines.length > 0 ? { lines } : {}),
    note: note === undefined || note === '' ? null : note.slice(0, 10_000),
  };
}

function amountIn(text: string): string {
  const [, plain] =
    /^(?:[A-Z]{3}\s?|US\s?)?\$?\s?(\d{1,3}(?:,\d{3})*(?:\.\d+)?|\d+(?:\.\d+)?)(?:\s?[A-Z]{3})?$/.exec(
      text.trim(),
    ) ?? [];
  return (plain?.replaceAll(',', '') ?? text).slice(0, 100);
}

const fromTheFuture: Problem = {
  field: 'message',
  code: 'occurred-in-future',
  reason: 'The mail says that it was sent more than a day from now.',
  cure: 'Compare it with the marketplace and enter the booking by hand.',
};

const otherZone = (said: string, zone: string): Problem => ({
  field: 'start',
  code: 'mail-zone-disagrees',
  reason: `The mail gives times in ${said}, where the clock of the berth shows ${zone}.`,
  cure: 'Look the times up at the marketplace and enter the booking by hand.',
});
