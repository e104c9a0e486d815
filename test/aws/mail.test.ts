import { SESv2Client } from '@aws-sdk/client-sesv2';
import { describe, expect, it } from 'vitest';
import { settableClock } from '#lib/clock.ts';
import { letterKey } from '#mail/letter-key.ts';
import { aLetter } from '#mail/letters.testing.ts';
import { mailerContract } from '#mail/mailer.contract.ts';
import { sesMailer } from '#mail/mailer.ses.ts';
import { noAccount, serve } from '../stand-ins/serve.ts';

/** As much of SES as takes a raw letter. */
async function openSes() {
  const taken: Uint8Array[] = [];
  const envelopes: {
    FromEmailAddress: string;
    Destination: { ToAddresses: string[] };
    ConfigurationSetName: string;
    EmailTags: { Name: string; Value: string }[];
  }[] = [];
  const place = await serve(({ url, body }) => {
    if (url.pathname !== '/v2/email/outbound-emails') return { status: 404 };
    const { Content, ...envelope } = JSON.parse(body.toString());
    taken.push(Buffer.from(Content.Raw.Data, 'base64'));
    envelopes.push(envelope);
    return { status: 200, body: JSON.stringify({ MessageId: `m${taken.length}` }) };
  });
  const { endpoint } = place;
  const client = new SESv2Client({ ...noAccount, endpoint, maxAttempts: 1 });
  const clock = settableClock('2027-05-01T08:00:00Z');
  const mailer = sesMailer({ client, configurationSet: 'gangway', clock });
  const close = async () => {
    await mailer.close();
    place.stop();
  };
  return { mailer, arrived: async () => taken, envelopes, fail: place.fail, close };
}

mailerContract('SES', openSes);

describe('letters through SES', () => {
  it('name the one recipient, the sender, where bounces are reported and of which letter', async () => {
    const ses = await openSes();
    const letter = aLetter();
    await ses.mailer.send(letter);
    expect(ses.envelopes).toEqual([
      {
        FromEmailAddress: letter.from.address,
        Destination: { ToAddresses: [letter.to.address] },
        ConfigurationSetName: 'gangway',
        EmailTags: [{ Name: 'gangway-letter', Value: letterKey(letter.id) }],
      },
    ]);
    await ses.close();
  });

  const refusal = (status: number, name: string, message = 'no') => ({
    status,
    headers: { 'x-amzn-errortype': name, 'content-type': 'application/json' },
    body: JSON.stringify({ message }),
  });
  it.each([
    ['the connection broke before an answer', 'after' as const, { kind: 'unclear' }],
    ['SES broke', refusal(500, 'InternalFailure'), { kind: 'unclear' }],
    ['too many at once', refusal(429, 'TooManyRequestsException'), { kind: 'later', blocks: 'all' }],
    ['sending is paused', refusal(400, 'SendingPausedException'), { kind: 'later', blocks: 'all' }],
    [
      'the domain is not verified',
      refusal(400, 'MailFromDomainNotVerifiedException'),
      { kind: 'later', blocks: 'all' },
    ],
    [
      'the sandbox',
      refusal(400, 'MessageRejected', 'Email address is not verified.'),
      { kind: 'later', blocks: 'all' },
    ],
    ['the letter is refused', refusal(400, 'MessageRejected', 'Illegal content.'), { kind: 'returned' }],
  ])('are settled by what is known: %s', async (_what, how, outcome) => {
    const ses = await openSes();
    ses.fail(how);
    expect(await ses.mailer.send(aLetter())).toMatchObject(outcome);
    await ses.close();
  });

  it('wait when nothing answers', async () => {
    const ses = await openSes();
    await ses.close();
    const client = new SESv2Client({ ...noAccount, endpoint: 'http://127.0.0.1:1', maxAttempts: 1 });
    const clock = settableClock('2027-05-01T08:00:00Z');
    const mailer = sesMailer({ client, configurationSet: 'gangway', clock });
    expect(await mailer.send(aLetter())).toMatchObject({ kind: 'later', blocks: 'all' });
    await mailer.close();
  });
});
