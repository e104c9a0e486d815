import type { Adapter } from '#intake/adapter.ts';
import { at, words } from '#intake/at-path.ts';
import { hmacHeader } from '#intake/proofs.ts';
import type { Read } from '#intake/source.ts';
import { currencyOf, fromCents, nothing, readTold, type Told } from './told.ts';

/**
 * cal.com: signed in `X-Cal-Signature-256` (hex HMAC of the body), instants with `Z`, a reschedule as a new booking that
 * names the old one in `rescheduleUid`. It counts no passengers: an answer of the guest does, or what a listing carries.
 * https://cal.com/docs/developing/guides/automation/webhooks
 */
export const calCom: Adapter = {
  proof: hmacHeader('x-cal-signature-256', 'hex'),
  media: ['json'],
  times: 'instant',
  naming: 'bytes',
  api: null,
  read(sent, delivery, room): Read {
    const kind = kinds[words(at(sent, 'triggerEvent')) ?? ''];
    if (!kind) return nothing;
    const booking = (...path: string[]) => at(sent, 'payload', ...path);
    const told: Told = {
      ...kind,
      id: booking('uid'),
      occurredAt: at(sent, 'createdAt'),
      replaces: booking('rescheduleUid'),
      note: booking('additionalNotes'),
      payout: booking('price')
        ? { gross: fromCents(booking('price')), currency: currencyOf(booking('currency')) }
        : undefined,
    };
    if (kind.event === 'cancelled') return readTold(told, how, delivery, room);
    const guest = (field: string) => at(sent, 'payload', 'attendees', 0, field);
    const trip = {
      listing: [booking('eventTypeId'), booking('type'), booking('eventTitle')],
      start: booking('startTime'),
      end: booking('endTime'),
      guest: {
        name: guest('name'),
        email: guest('email'),
        // A number that the form asked for stands among the answers alone.
        phone: guest('phoneNumber') ?? booking('responses', 'attendeePhoneNumber', 'value'),
      },
      passengers: null,
      answers: answersIn(booking('responses')),
    };
    return readTold({ ...told, trip }, how, delivery, room);
  },
};

const how = { marketplace: 'cal.com', timed: true };

/** A booking that waits for the host to confirm it is tentative. Meetings that began, pings and forms are no news of a booking. */
const kinds: Readonly<Record<string, Pick<Told, 'event' | 'status'>>> = {
  BOOKING_CREATED: { event: 'created', status: 'confirmed' },
  BOOKING_RESCHEDULED: { event: 'created', status: 'confirmed' },
  BOOKING_REQUESTED: { event: 'created', status: 'tentative' },
  BOOKING_CANCELLED: { event: 'cancelled' },
  BOOKING_REJECTED: { event: 'cancelled' },
};

/** `{ guests: { label: 'How many?', value: 4 } }`: a question is known by its label, or by its name. */
const answersIn = (responses: unknown) =>
  Object.entries((responses as object | null | undefined) ?? {}).flatMap(([name, answer]) => [
    [at(answer, 'label') ?? name, at(answer, 'value')] as const,
    [name, at(answer, 'value')] as const,
  ]);
