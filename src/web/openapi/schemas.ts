import * as z from 'zod';
import { calendarBody, calendarPatch } from '#calendar/calendar-input.ts';
import type { EntryView } from '#calendar/routes.ts';
import type { EventAnswer } from '#crew/event-answer.ts';
import { published } from '#intake/booking-payload.ts';

const instant = z.iso.datetime({ offset: true });
const clockText = z
  .string()
  .regex(/^(\d{4}-\d{2}-\d{2}T)?\d{2}:\d{2}$/)
  .describe('Local time `15:30`, with its date when that is another day.');

const moment = z
  .union([z.string().max(60), z.number()])
  .describe('`2027-05-30T15:30` by the clock at the berth, the same with an offset, or an epoch.');

const eventFields = {
  event_name: z.string().min(1).max(120),
  start_time: moment,
  end_time: moment,
  notes: z.string().max(4000).nullish().describe('For the crew to read. What looks like money is refused.'),
  crew: z
    .array(
      z.strictObject({
        id: z.string().describe('Id of a person with the role captain or crew.'),
        role: z.enum(['captain', 'crew']).optional().describe('Without it, the usual one of the person.'),
      }),
    )
    .max(40)
    .optional()
    .describe('The whole crew: whoever is not named is released.'),
  vessel: z.string().nullish().describe('Id of a vessel. Gives berth, zone and call time.'),
  zone: z
    .string()
    .optional()
    .describe('IANA zone of times without an offset. Without it, that of the vessel, else of the house.'),
};

export const newEvent = z.strictObject({
  ...eventFields,
  booking_id: z
    .string()
    .regex(/^bkg_[0-9a-z]{1,40}$/)
    .nullish()
    .describe('The booking it is for. A booking has at most one event.'),
});

export const eventChange = z
  .strictObject({
    ...eventFields,
    status: z.enum(['on', 'cancelled']).describe('`cancelled` calls it off, for good.'),
  })
  .partial();

const nullable = z.string().nullable();

export const crewEvent = z.strictObject({
  event_id: z.templateLiteral(['evt_', z.string()]),
  event_name: z.string(),
  start_time: instant,
  end_time: instant,
  call_time: instant.describe('When the crew is due on board.'),
  zone: z.string(),
  vessel: nullable,
  berth: nullable,
  booking_id: z.templateLiteral(['bkg_', z.string()]).nullable(),
  head_count: z.int().nullable().describe('Passengers expected.'),
  notes: nullable.describe('Null when they are held back.'),
  status: z.enum(['on', 'cancelled']),
  revision: z.int().min(1).describe('Rises with each change of what the event says or who is on it.'),
  created_at: instant,
  changed_at: instant,
  crew: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      role: z.enum(['captain', 'crew']),
      answer: z.enum(['unknown', 'accepted', 'declined']),
      place: z
        .enum(['held', 'open', 'given up'])
        .describe('held = theirs unless they decline; open = goes to the first to accept.'),
      answer_by: instant.nullable().describe('When the place is open to others; null when nobody waits.'),
      answered_at: instant.nullable(),
      magic_link: z
        .url()
        .nullable()
        .exactOptional()
        .describe('Opens the event for this person; null when it is over. Not in lists.'),
    }),
  ),
}) satisfies z.ZodType<EventAnswer>;

export const calendarEntry = z.strictObject({
  id: z.string().describe('Begins with `cal_`.'),
  booking: nullable.describe('The booking it belongs to.'),
  charter_id: nullable,
  date: z.iso.date(),
  start: clockText.nullable(),
  end: clockText.nullable(),
  zone: z.string(),
  starts_at: instant.nullable().describe('`start` as an instant.'),
  ends_at: instant.nullable(),
  vessel: nullable,
  captain: nullable.describe('By name.'),
  title: z.string(),
  status: z.enum(['tentative', 'confirmed', 'cancelled']),
  note: nullable,
  revision: z.int().min(1),
  changed_at: instant,
}) satisfies z.ZodType<EntryView>;

const accepted = z.strictObject({
  delivery: z.string().describe('Names the message here, as the desk shows it. Begins with `dlv_`.'),
});

const uploadState = z.object({
  photo: z.string(),
  state: z.enum(['expected', 'stored', 'doubled', 'refused', 'withdrawn']),
  decided: z.literal(true).optional().describe('A person has looked at it: it cannot be taken back.'),
  at: z.int().describe('How many bytes are here.'),
  reason: z.string().optional(),
  cure: z.string().optional(),
});

const problem = z.looseObject({
  type: z.string().describe('Where the code is explained: `/docs/errors#code`.'),
  title: z.string(),
  status: z.int(),
  code: z.string().describe('Stable: branch on this.'),
  detail: z.string().describe('What went wrong, for a person.'),
  cure: z.string().describe('What to do about it.'),
  problems: z
    .array(z.looseObject({ field: z.string(), code: z.string(), reason: z.string(), cure: z.string() }))
    .optional()
    .describe('Every problem, where there are several.'),
});

/** Every body that is sent or answered, by its name in the document. `input` is what may be sent, `output` what is answered. */
export const schemas = {
  BookingMessage: { io: 'input', shape: published },
  Accepted: { io: 'output', shape: accepted },
  NewEvent: { io: 'input', shape: newEvent },
  EventChange: { io: 'input', shape: eventChange },
  CrewEvent: { io: 'output', shape: crewEvent },
  CrewEventList: {
    io: 'output',
    shape: z.strictObject({
      events: z.array(crewEvent),
      more: z.boolean().describe('Whether there are further ones.'),
    }),
  },
  NewCalendarEntry: { io: 'input', shape: calendarBody },
  CalendarChange: { io: 'input', shape: calendarPatch },
  CalendarEntry: { io: 'output', shape: calendarEntry },
  CalendarEntryList: {
    io: 'output',
    shape: z.strictObject({ from: z.iso.date(), to: z.iso.date(), entries: z.array(calendarEntry) }),
  },
  UploadState: { io: 'output', shape: uploadState },
  UploadGrant: {
    io: 'output',
    shape: uploadState.extend({
      part: z.int().describe('How many bytes to send at a time.'),
      expiresAt: z.iso.datetime().optional(),
      fields: z.record(z.string(), z.string()).optional().describe('What has to come along with the bytes.'),
      key: z.string().optional().describe('With which the sending device can take it back.'),
    }),
  },
  Alive: { io: 'output', shape: z.strictObject({ status: z.literal('ok') }) },
  Readiness: {
    io: 'output',
    shape: z.strictObject({
      status: z.enum(['ready', 'not ready']),
      checks: z.record(z.string(), z.enum(['ok', 'failing'])),
    }),
  },
  HeadersReceived: { io: 'output', shape: z.strictObject({ received: z.array(z.string()) }) },
  Problem: { io: 'output', shape: problem },
} as const satisfies Record<string, { io: 'input' | 'output'; shape: z.ZodType }>;

export type SchemaName = keyof typeof schemas;

export type JsonSchema = Readonly<Record<string, unknown>>;

/** A schema as JSON Schema 2020-12, the dialect of OpenAPI 3.1. */
export function jsonSchema(name: SchemaName): JsonSchema {
  const { io, shape } = schemas[name];
  const { $schema: _, ...schema } = z.toJSONSchema(shape, {
    io,
    target: 'draft-2020-12',
    // Where a format says it, the pattern behind it says nothing to a reader.
    override: ({ jsonSchema }) => {
      if (jsonSchema.format) delete jsonSchema.pattern;
    },
  });
  return schema;
}
