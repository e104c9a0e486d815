import { SESv2Client } from '@aws-sdk/client-sesv2';
import { sesMailer } from '#mail/mailer.ses.ts';
import type { Mailer } from '#mail/mailer.ts';
import type { Means } from './means.ts';

/** SES has no request token: a second try after a lost answer is a second letter, and the post decides about those. */
export const lettersPlace = ({ surroundings: { configurationSet }, clock }: Means): Mailer =>
  sesMailer({ client: new SESv2Client({ maxAttempts: 1 }), configurationSet, clock });
