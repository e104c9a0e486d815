import * as z from 'zod';

/**
 * The booking payload of our own, for marketplaces without a public webhook and for an operator's scripts. Everything
 * a crew or a guest may see is in `statement`; amounts and free text are described for senders by `published` only and
 * are never read together with the rest. Published as `examples/webhooks/booking.schema.json`.
 */
const externalId = z
  .string()
  .regex(/^[A-Za-z0-9._:-]{1,64}$/, 'must be 1 to 64 letters, digits, dots, colons, hyphens or underscores')
  .describe('The name of the booking at the source; it never changes while the booking is the same.');

const time = z
  .union([z.string().max(60), z.number()])
  .describe(
    'Date and time, e.g. 2027-05-30T16:30. Read as the clock at the berth or as an instant, as the source is configured.',
  );

const text = z.string().max(500);

const bookingName = {
  id: externalId,
  version: z
    .int()
    .min(0)
    .optional()
    .describe(
      "The source's count of changes to this booking. Where it is given, it decides which message is newer.",
    ),
  replaces: externalId.optional().describe('The id this booking had before the guest rescheduled.'),
};

const bookingWhole = {
  ...bookingName,
  status: z
    .enum(['confirmed', 'tentative', 'cancelled'])
    .default('confirmed')
    .describe('`cancelled` has the effect of type booking.cancelled.'),
  vessel: text.min(1).describe('The vessel, by its id in the configuration or by what the source calls her.'),
  start: time,
  end: time,
  guest: z.object({
    name: text,
    email: text.nullish(),
    phone: text.nullish(),
  }),
  party_size: z.int().describe('Passengers, the guest included; crew do not count.'),
};

const occurredAt = z
  .union([z.string().max(60), z.number()])
  .describe(
    'When it happened at the source: ISO 8601 with offset, or an epoch. Orders messages without a version.',
  );

const whole = (
  type: 'booking.created' | 'booking.changed',
  inBooking: z.ZodRawShape,
  beside: z.ZodRawShape,
) =>
  z.object({
    type: z.literal(type),
    occurred_at: occurredAt,
    booking: z.object({ ...bookingWhole, ...inBooking }),
    ...beside,
  });

const cancelled = (inBooking: z.ZodRawShape, beside: z.ZodRawShape) =>
  z.object({
    type: z.literal('booking.cancelled'),
    occurred_at: occurredAt.optional(),
    booking: z.object({ ...bookingName, ...inBooking }),
    ...beside,
  });

/** Whose booking it is and what happened to it: all of a cancellation, and the beginning of everything else. */
export const head = z.object({
  type: z.enum(['booking.created', 'booking.changed', 'booking.cancelled']),
  occurred_at: occurredAt.optional(),
  booking: z.object({ ...bookingName, status: z.unknown().optional() }),
});

/** The trip itself, of a message that is no cancellation. */
export const trip = z.object({ booking: z.object(bookingWhole) });

const decimal = z
  .string()
  .regex(/^\d{1,15}(\.\d{1,9})?$/)
  .describe('A decimal as text, e.g. "840.75".');

const payout = z
  .object({
    gross: decimal.describe('What the guest pays for the charter, without tips.'),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .optional()
      .describe('ISO 4217; without it the currency of the books.'),
    lines: z
      .array(z.object({ kind: z.enum(['tip', 'charge']), label: text, amount: decimal }))
      .optional()
      .describe("The source's own break-down, for the owner to compare. Tips belong to the crew."),
  })
  .optional()
  .describe('For the owner only. Kept apart from the booking; crew and guests never see it.');

const note = z
  .string()
  .optional()
  .describe('Free text of the guest or the marketplace. For the owner only: it may say anything.');

/** What a sender is told to send. */
export const published = z
  .discriminatedUnion('type', [
    whole('booking.created', { note }, { payout }),
    whole('booking.changed', { note }, { payout }),
    cancelled({ note }, { payout }),
  ])
  .describe('A message about one booking. `created` and `changed` state the whole booking every time.');

/** The published schema as a JSON document (JSON Schema 2020-12). */
export const publishedJsonSchema = (): Record<string, unknown> => {
  const { $schema, ...schema } = z.toJSONSchema(published, { io: 'input', target: 'draft-2020-12' });
  return {
    $schema,
    $id: 'booking.schema.json',
    title: 'Gangway booking message',
    ...schema,
  };
};
