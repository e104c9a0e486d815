import * as z from 'zod';
import { announcementKinds } from '#announcements/announcement.ts';
import { id, secretFrom } from './parts.ts';

/** A program of the operator's that is told what happens. */
export const endpoint = z.strictObject({
  id: id.describe('Lower-case word by which the desk, the log and commands name it.'),
  url: z.url({ protocol: /^https?$/ }).describe('Where it is told: https on port 443 and a public address.'),
  secret: secretFrom.describe(
    'Standard Webhooks secret it checks our messages with, whsec_ and base64 of 24 to 64 bytes.',
  ),
  nextSecret: secretFrom
    .optional()
    .describe('A second one that messages are signed with too, while you rotate.'),
  events: z
    .array(z.enum(announcementKinds))
    .min(1)
    .default([...announcementKinds])
    .describe('What it is told of; everything if left out.'),
  audience: z
    .enum(['operator', 'owner'])
    .default('operator')
    .describe('Who reads what it gets. Only an owner is told amounts.'),
  isNearby: z
    .boolean()
    .default(false)
    .describe(
      'Whether it is on this machine or network: then it may be http, on any port and on a private address.',
    ),
});
