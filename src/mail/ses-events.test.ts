import { describe, expect, it } from 'vitest';
import { fatesIn } from './ses-events.ts';

/** The envelope every event has, as AWS documents it for configuration sets; the people are invented. */
const mail = {
  timestamp: '2027-05-01T08:00:00.000Z',
  messageId: 'EXAMPLE7c191be45-e9aedb9a-02f9-4d12-a87d-dd0099a07f8a-000000',
  source: 'aboard@queenofsandiego.example',
  sourceArn: 'arn:aws:ses:us-west-2:123456789012:identity/queenofsandiego.example',
  sendingAccountId: '123456789012',
  destination: ['carole@example.org'],
  headersTruncated: false,
  headers: [{ name: 'To', value: 'Carole May <carole@example.org>' }],
  commonHeaders: { from: ['aboard@queenofsandiego.example'], to: ['carole@example.org'] },
  tags: {
    'ses:configuration-set': ['gangway'],
    'ses:from-domain': ['queenofsandiego.example'],
    'gangway-letter': ['0f5d4b3c2a19087f6e5d4c3b2a190807'],
  },
};
const letter = '0f5d4b3c2a19087f6e5d4c3b2a190807';

const bounced = (bounceType: string, bounceSubType: string, status?: string) => ({
  eventType: 'Bounce',
  bounce: {
    feedbackId: '0102017c-example-000000',
    bounceType,
    bounceSubType,
    bouncedRecipients: [
      {
        emailAddress: '"May, Carole" <carole@example.org>',
        ...(status
          ? { action: 'failed', status, diagnosticCode: `smtp; 550 ${status} no such user\r\nhere` }
          : {}),
      },
    ],
    timestamp: '2027-05-01T08:00:04.123Z',
    reportingMTA: 'dsn; a8-70.smtp-out.amazonses.com',
  },
  mail,
});

const complained = (feedback?: string) => ({
  eventType: 'Complaint',
  complaint: {
    feedbackId: '0102017c-example-000001',
    complaintSubType: null,
    complainedRecipients: [{ emailAddress: 'carole@example.org' }],
    timestamp: '2027-05-02T09:30:00.000Z',
    userAgent: 'Yahoo!-Mail-Feedback/2.0',
    ...(feedback ? { complaintFeedbackType: feedback, arrivalDate: '2027-05-01T08:00:05.000Z' } : {}),
  },
  mail,
});

const delivered = {
  eventType: 'Delivery',
  delivery: {
    timestamp: '2027-05-01T08:00:02.500Z',
    processingTimeMillis: 2500,
    recipients: ['carole@example.org'],
    smtpResponse: '250 2.6.0 Message received',
    reportingMTA: 'mta.example.org',
  },
  mail,
};

const bySns = (...events: unknown[]) => ({
  Records: events.map((event, n) => ({
    EventSource: 'aws:sns',
    EventVersion: '1.0',
    EventSubscriptionArn: 'arn:aws:sns:us-west-2:123456789012:gangway-Events:1',
    Sns: {
      Type: 'Notification',
      MessageId: `95df01b4-ee98-5cb9-9903-4c221d41eb5${n}`,
      TopicArn: 'arn:aws:sns:us-west-2:123456789012:gangway-Events',
      Subject: 'Amazon SES Email Event Notification',
      Message: JSON.stringify(event),
      Timestamp: '2027-05-01T08:00:05.000Z',
      SignatureVersion: '1',
    },
  })),
});

const byEventBridge = (detail: unknown) => ({
  version: '0',
  id: '12345678-1234-1234-1234-111122223333',
  'detail-type': 'Email Bounced',
  source: 'aws.ses',
  account: '123456789012',
  time: '2027-05-01T08:00:05Z',
  region: 'us-west-2',
  resources: ['arn:aws:ses:us-west-2:123456789012:configuration-set/gangway'],
  detail,
});

describe('what SES says became of letters', () => {
  it.each([
    ['a mailbox that does not exist', bounced('Permanent', 'General', '5.1.1'), 'bounce'],
    ['a mailbox that is disabled', bounced('Permanent', 'General', '5.2.1'), 'bounce'],
    ['an address that SES keeps from us', bounced('Permanent', 'OnAccountSuppressionList'), 'bounce'],
    ['one that it keeps from everybody', bounced('Permanent', 'Suppressed', '5.7.1'), 'bounce'],
    ['a refusal for what we wrote', bounced('Permanent', 'General', '5.7.1'), 'returned'],
    ['a full mailbox', bounced('Transient', 'MailboxFull', '5.2.2'), 'returned'],
    ['a letter that was too large', bounced('Transient', 'MessageTooLarge'), 'returned'],
    ['a bounce nobody understands', bounced('Undetermined', 'Undetermined'), 'returned'],
    ['a complaint', complained('abuse'), 'complaint'],
    ['a complaint without a word', complained(), 'complaint'],
    ['a delivery', delivered, 'delivered'],
  ])('tell of %s', (_what, event, kind) => {
    const expected = { kind, address: 'carole@example.org', letter };
    expect(fatesIn(bySns(event))).toMatchObject([expected]);
    expect(fatesIn(byEventBridge(event))).toEqual(fatesIn(bySns(event)));
  });

  it('quote what was said on one line, with the time it was said', () => {
    expect(fatesIn(bySns(bounced('Permanent', 'General', '5.1.1')))).toEqual([
      {
        kind: 'bounce',
        address: 'carole@example.org',
        letter,
        at: '2027-05-01T08:00:04.123Z',
        said: 'smtp; 550 5.1.1 no such user here',
      },
    ]);
  });

  it('come several at once, each for every recipient', () => {
    const two = structuredClone(delivered);
    two.delivery.recipients.push('luis@crew.example');
    expect(fatesIn(bySns(complained('abuse'), two)).map(({ kind, address }) => [kind, address])).toEqual([
      ['complaint', 'carole@example.org'],
      ['delivered', 'carole@example.org'],
      ['delivered', 'luis@crew.example'],
    ]);
  });

  it('are the same in the older form, and without our tag are of no letter of ours', () => {
    const { eventType, ...rest } = bounced('Permanent', 'NoEmail', '5.1.1');
    const older = { ...rest, notificationType: eventType, mail: { ...mail, tags: undefined } };
    expect(fatesIn(bySns(older))).toMatchObject([{ kind: 'bounce', letter: null }]);
  });

  it('tell of a letter that SES would not send', () => {
    const rejected = { eventType: 'Reject', reject: { reason: 'Bad content' }, mail };
    expect(fatesIn(bySns(rejected))).toMatchObject([
      { kind: 'returned', address: 'carole@example.org', said: 'SES did not send it: Bad content' },
    ]);
  });

  it('say nothing of a fate where a letter is sent, opened, delayed or said to be no junk after all', () => {
    const delay = {
      eventType: 'DeliveryDelay',
      deliveryDelay: { delayType: 'SpamDetected', delayedRecipients: [] },
      mail,
    };
    const others = ['Send', 'Open', 'Click', 'Subscription'].map(eventType => ({ eventType, mail }));
    expect(fatesIn(bySns(delay, ...others, complained('not-spam')))).toEqual([]);
  });

  it.each([
    ['nothing', undefined],
    ['another service', byEventBridge(delivered).detail],
    ['a record without a message', { Records: [{ Sns: {} }] }],
    ['no event', bySns({})],
    ['half an event', bySns({ ...delivered, delivery: {} })],
    ['no JSON', { Records: [{ Sns: { Message: 'Successfully validated SNS topic' } }] }],
  ])('are not taken from %s', (_what, invocation) => {
    expect(() => fatesIn(invocation)).toThrow();
  });
});
