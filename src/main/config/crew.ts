import * as z from 'zod';
import { id } from './parts.ts';

/** What a vessel's configuration says of who is asked when, and how long she needs between trips. */
export const offerFields = {
  reserve: z
    .array(
      z.strictObject({
        person: id.describe('Id of a person who has this role.'),
        role: z.enum(['captain', 'crew']).describe('What they would be on board.'),
        rank: z.int().min(1).max(99).default(1).describe('Who is asked first: 1 before 2; one rank at once.'),
      }),
    )
    .default([])
    .describe('Who is asked when one of the usual crew declines, or does not answer in time.'),
  answerHours: z
    .int()
    .min(1)
    .max(720)
    .default(48)
    .describe('Hours to answer before a place is open to the reserve; never more than half of what is left.'),
  turnaroundMinutes: z
    .int()
    .min(0)
    .max(1440)
    .default(0)
    .describe('Minutes she and her crew need between two trips; a booking that leaves less is a conflict.'),
};

/** Links that a vessel's crews find on the page of each trip. */
export const documents = z
  .array(
    z.strictObject({
      label: z.string().min(1).max(60).describe('Such as Safety briefing.'),
      url: z
        .url({ protocol: /^https$/ })
        .describe('Where it is. Anybody who has this address can read it there.'),
    }),
  )
  .default([])
  .describe('Papers for her crews, as links on the page of each trip.');

/** The papers of a person that run out. */
export const credentials = z
  .array(
    z.strictObject({
      kind: z.string().min(1).max(60).describe('Such as mmc, drug programme, first aid.'),
      expires: z.iso
        .date()
        .describe('The last day on which it is good. A grace period does not permit sailing.'),
      neededAs: z
        .array(z.enum(['captain', 'crew']))
        .default(['captain', 'crew'])
        .describe('The roles in which nobody sails once it has run out.'),
    }),
  )
  .default([])
  .describe('Papers that run out; nobody sails past the day.');
