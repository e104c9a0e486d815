import { type SESv2Client, SESv2ServiceException, SendEmailCommand } from '@aws-sdk/client-sesv2';
import type { Clock } from '#lib/clock.ts';
import { letterBytes } from './letter-bytes.ts';
import { letterKey } from './letter-key.ts';
import type { Handed, Mailer } from './mailer.ts';
import { letterTag } from './ses-events.ts';

/**
 * Letters through SES, as the same bytes that go out over SMTP. `configurationSet` is where SES reports bounces and
 * complaints; it gives each letter a Message-ID of its own, so a tag says there which letter it was. The client must not try again by itself (`maxAttempts: 1`): SES has no request token, so a second try after
 * a lost answer is a second letter, and the post decides about those.
 */
export function sesMailer(it: { client: SESv2Client; configurationSet: string; clock: Clock }): Mailer {
  const { client, configurationSet, clock } = it;
  return {
    exactlyOnce: false,
    async send(letter) {
      const send = new SendEmailCommand({
        ConfigurationSetName: configurationSet,
        FromEmailAddress: letter.from.address,
        Destination: { ToAddresses: [letter.to.address] },
        EmailTags: [{ Name: letterTag, Value: letterKey(letter.id) }],
        Content: { Raw: { Data: letterBytes(letter, clock.now()) } },
      });
      try {
        await client.send(send);
        return { kind: 'sent' };
      } catch (error) {
        return outcomeOf(error as Error & { code?: string });
      }
    },
    async close() {
      client.destroy();
    },
  };
}

/** Refusals of this very letter. Every other refusal would meet any letter until somebody mends the account. */
const aboutLetter = new Set(['MessageRejected', 'BadRequestException']);

/** The connection was never made: nothing can have arrived. */
const neverConnected = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'CredentialsProviderError']);

function outcomeOf(error: Error & { code?: string }): Handed {
  const said = `SES answered ${error.name}: ${error.message}`.replace(/[\p{Cc}\s]+/gu, ' ').slice(0, 300);
  if (error instanceof SESv2ServiceException) {
    const { httpStatusCode = 500 } = error.$metadata;
    if (httpStatusCode >= 500) return { kind: 'unclear', reason: `${said} It may have arrived.` };
    if (error.name === 'MessageRejected' && /not verified/i.test(error.message))
      return { kind: 'later', blocks: 'all', reason: `${said} Verify the sender's domain in SES.` };
    return aboutLetter.has(error.name)
      ? { kind: 'returned', reason: said }
      : { kind: 'later', blocks: 'all', reason: said };
  }
  return neverConnected.has(error.code ?? error.name)
    ? { kind: 'later', blocks: 'all', reason: `SES could not be reached (${error.code ?? error.name}).` }
    : {
        kind: 'unclear',
        reason: 'The connection to SES broke before it answered: the letter may have arrived.',
      };
}
