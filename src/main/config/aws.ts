import * as z from 'zod';
import { host, id } from './parts.ts';

/** What only the AWS edition asks for; the embedded one reads past it. */
export const aws = z.strictObject({
  region: z
    .string()
    .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'a region such as us-east-1')
    .default('us-east-1')
    .describe(
      'Region of everything but the edge. It needs Lambda durable functions and, for mails that come in, SES inbound.',
    ),
  certificates: z
    .record(id, z.string().regex(/^arn:aws:acm:us-east-1:\d{12}:certificate\/[0-9a-f-]{36}$/))
    .default({})
    .describe(
      'By brand, and house for the house: a certificate in us-east-1. In region us-east-1 the stack makes those that are not named; anywhere else it cannot.',
    ),
  inboundDomain: host
    .optional()
    .describe(
      'Domain at which SES takes the mails of marketplaces, {source}@ it; its MX record leads to SES. Left out, no mails are taken.',
    ),
  secretsManager: z
    .array(z.string().regex(/^[A-Z][A-Z0-9_]*$/))
    .default([])
    .describe(
      'Names of secrets that are in Secrets Manager, as gangway/NAME, because something rotates them by itself; all others are in SSM, as /gangway/NAME.',
    ),
  originSecret: z
    .int()
    .min(1)
    .default(1)
    .describe(
      'Which of the values in the secret gangway/origin distributions show to the API, so that it answers nobody else. Raised to change it: docs/operating/aws.md.',
    ),
  monthlyBudget: z
    .int()
    .min(1)
    .default(100)
    .describe('US dollars a month; the owners get a letter at 80 % of it and when it will be exceeded.'),
});
