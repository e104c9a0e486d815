import type { Adapter } from '#intake/adapter.ts';
import { at, listOf, words } from '#intake/at-path.ts';
import { timedHeader } from '#intake/proofs.ts';
import { nothing, readTold, type Told } from './told.ts';

/**
 * Calendly: signed in `Calendly-Webhook-Signature: t=…,v1=…`, which holds for three minutes. A booking is an invitee; a
 * reschedule cancels one and makes another that names it, and nobody promises which is told first.
 * https://developer.calendly.com/api-docs/ZG9jOjM2MzE2MDM4-webhook-signatures
 */
export const calendly: Adapter = {
  proof: timedHeader('calendly-webhook-signature', 180),
  media: ['json'],
  times: 'instant',
  naming: 'bytes',
  api: null,
  read(sent, delivery, room) {
    const kind = words(at(sent, 'event'));
    if (kind !== 'invitee.created' && kind !== 'invitee.canceled') return nothing;
    const invitee = (...path: string[]) => at(sent, 'payload', ...path);
    const answers = listOf(invitee('questions_and_answers')).map(
      one => [at(one, 'question'), at(one, 'answer')] as const,
    );
    const told: Told = {
      event: kind === 'invitee.created' ? 'created' : 'cancelled',
      id: lastPart(invitee('uri')),
      replaces: lastPart(invitee('old_invitee')) ?? undefined,
      occurredAt: at(sent, 'created_at'),
      note:
        answers
          .map(([, answer]) => words(answer))
          .filter(Boolean)
          .join('\n') || undefined,
      payout: invitee('payment')
        ? { gross: invitee('payment', 'amount'), currency: invitee('payment', 'currency') }
        : undefined,
    };
    if (told.event === 'cancelled') return readTold(told, how, delivery, room);
    const event = (field: string) => at(sent, 'payload', 'scheduled_event', field);
    const trip = {
      listing: [lastPart(event('event_type')), event('name')],
      start: event('start_time'),
      end: event('end_time'),
      guest: {
        name: invitee('name'),
        email: invitee('email'),
        phone: invitee('text_reminder_number'),
      },
      passengers: null,
      answers,
    };
    return readTold({ ...told, trip }, how, delivery, room);
  },
};

const how = { marketplace: 'Calendly', timed: true };

/** Things are named by addresses there; the last part is the id. */
const lastPart = (uri: unknown): string | null => words(uri)?.split('/').at(-1) ?? null;
