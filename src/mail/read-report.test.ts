import { describe, expect, it } from 'vitest';
import { readReport } from './read-report.ts';

const key = '0123456789abcdef0123456789abcdef';

/** A report in the shape mail servers send it; `fields` is what its machine-readable part says. */
const report = (type: string, fields: string, original = `Message-ID: <${key}@queenofsandiego.example>`) =>
  Buffer.from(
    [
      'From: Mail Delivery System <MAILER-DAEMON@mx.example>',
      'To: aboard@queenofsandiego.example',
      'Message-ID: <ffffffffffffffffffffffffffffffff@mx.example>',
      `Content-Type: multipart/report; report-type=${type};`,
      '\tboundary="=_b"',
      '',
      '--=_b',
      'Content-Type: text/plain',
      '',
      'I am sorry to say that your letter could not be delivered.',
      '',
      '--=_b',
      `Content-Type: message/${type}`,
      '',
      fields,
      '',
      '--=_b',
      'Content-Type: text/rfc822-headers',
      '',
      'From: Queen of San Diego <aboard@queenofsandiego.example>',
      original,
      '--=_b--',
      '',
    ].join('\r\n'),
  );

const failed = (status: string, action = 'failed') =>
  report(
    'delivery-status',
    [
      'Reporting-MTA: dns; mx.example',
      '',
      'Final-Recipient: rfc822; carole@example.org',
      `Action: ${action}`,
      `Status: ${status}`,
      'Diagnostic-Code: smtp; 550 5.1.1 <carole@example.org>:',
      '    Recipient address rejected: User unknown',
    ].join('\r\n'),
  );

describe('a report of a mail server', () => {
  it('says which letter could not be delivered and why, in the server’s own words', () => {
    expect(readReport(failed('5.1.1'))).toEqual({
      letterKey: key,
      why: 'bounce',
      said: 'A mail server said: 550 5.1.1 <carole@example.org>: Recipient address rejected: User unknown',
    });
  });

  it('tells a mailbox that does not exist from a letter that was not liked, and a delay from both', () => {
    expect(readReport(failed('5.7.1'))?.why).toBe('returned');
    expect(readReport(failed('4.4.1', 'delayed'))).toBeNull();
    expect(readReport(failed('2.0.0', 'delivered'))).toBeNull();
  });

  it('says that a reader complained, and not that one found a letter in the wrong place', () => {
    const feedback = (kind: string) =>
      report('feedback-report', `Feedback-Type: ${kind}\r\nUser-Agent: Feedback/1.0\r\nVersion: 1`);
    expect(readReport(feedback('abuse'))).toMatchObject({ letterKey: key, why: 'complaint' });
    expect(readReport(feedback('not-spam'))).toBeNull();
  });

  it('counts for nothing without the letter it is about: its own Message-ID is none of ours', () => {
    expect(readReport(report('delivery-status', 'Action: failed\r\nStatus: 5.1.1', 'X: y'))).toBeNull();
  });

  it('is nothing that any other mail is taken for', () => {
    const answer = `Subject: Re: Welcome\r\nContent-Type: text/plain\r\n\r\nMessage-ID: <${key}@x.example>\r\nAction: failed\r\nStatus: 5.1.1\r\n`;
    expect(readReport(Buffer.from(answer))).toBeNull();
    expect(readReport(new Uint8Array())).toBeNull();
    expect(readReport(Buffer.alloc(3_000_000, 'a'))).toBeNull();
  });
});
