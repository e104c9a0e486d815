import * as z from 'zod';
import { id, secretFrom } from './parts.ts';

/** A calendar of the operator's own, on a server that speaks CalDAV. */
export const calendarServer = z.strictObject({
  id: id.describe('Lower-case word by which the board and the log name it.'),
  url: z
    .url({ protocol: /^https?$/ })
    .regex(/\/$/, 'the address of a calendar ends with a slash')
    .describe('Address of the calendar, as the server names it for CalDAV; ends with a slash.'),
  user: z.string().min(1).max(200).describe('Who may write there.'),
  password: secretFrom.describe('The password, best one made for Gangway alone.'),
  vessels: z
    .array(id)
    .min(1)
    .optional()
    .describe('Ids of the vessels whose trips it shows; all if left out.'),
  isNearby: z
    .boolean()
    .default(false)
    .describe(
      'Whether it is on this machine or network: then it may be http, on any port and on a private address.',
    ),
});
