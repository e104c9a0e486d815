import * as z from 'zod';

const path = z
  .string()
  .max(300)
  .regex(
    /^[\w@:$ -]{1,60}(?:\[\d{0,3}\])*(?:\.[\w@:$ -]{1,60}(?:\[\d{0,3}\])*)*$/,
    'a path into the message such as booking.guests[0].name',
  );

const dayAndClock = z.strictObject({
  date: path.describe('Where the day stands, 2027-05-30.'),
  time: path.describe('Where the clock stands, 16:30.'),
});

const meaning = z.enum(['confirmed', 'tentative', 'cancelled', 'nothing']);

/** Where in a message of somebody's own making each thing stands: how a source of the kind `json` is read. */
export const mappingShape = z.strictObject({
  id: path.describe('Where the name of the booking stands, which stays the same while the booking does.'),
  state: z.strictObject({
    at: path.describe('Where it says what happened, or how the booking stands now.'),
    words: z
      .record(z.string().min(1), meaning)
      .describe(
        'What each of its words means: confirmed, tentative, cancelled, or nothing for what is no news. A word that is not here is held back.',
      ),
  }),
  occurredAt: path
    .optional()
    .describe(
      'Where it says when this happened, as an instant. Without it the message that came in last counts.',
    ),
  version: path.optional().describe('Where a count of the changes stands, if there is one.'),
  replaces: path.optional().describe('Where the old name stands after a reschedule under a new one.'),
  vessel: path.describe('Where it says what was booked: a word of `listings`, or the id of a vessel.'),
  start: z.union([path, dayAndClock]).describe('Where the start stands, at one place or as day and clock.'),
  end: z
    .union([
      path,
      dayAndClock,
      z.strictObject({ minutes: path.describe('Where the length stands, in minutes.') }),
    ])
    .optional()
    .describe('Where the end stands, or how long it takes. Without it `hours` of the source says so.'),
  guest: z.strictObject({
    name: z
      .union([path, z.array(path).min(1).max(4)])
      .describe('Where the name stands; several places are put together.'),
    email: path.optional().describe('Where the e-mail address stands.'),
    phone: path.optional().describe('Where the telephone number stands.'),
  }),
  partySize: path
    .optional()
    .describe(
      'Where the number of passengers stands; tickets[].count adds up a list. Without it `party` of the source says so.',
    ),
  money: z
    .strictObject({
      gross: path.describe('Where stands what the guest pays for the charter, tips left out.'),
      currency: path.optional().describe('Where the currency stands; without it that of the books.'),
      isCents: z.boolean().default(false).describe('Whether it is counted in hundredths.'),
    })
    .optional()
    .describe('For the books alone.'),
  note: path.optional().describe('Where free text stands. For the owner alone.'),
});

export type Mapping = z.output<typeof mappingShape>;

/** A signature in one header: hex or base64 of the HMAC-SHA256 of the body. */
export const signatureShape = z.strictObject({
  header: z
    .string()
    .regex(/^[A-Za-z0-9-]{1,60}$/)
    .describe('Header the signature stands in, such as X-Signature.'),
  encoding: z.enum(['hex', 'base64']).default('hex').describe('How it is written.'),
  prefix: z.string().max(20).default('').describe('What stands before it, such as sha256=.'),
});

export type Signature = z.output<typeof signatureShape>;
