import { describe, expect, it } from 'vitest';
import { forwardedAttached, sampleMail } from './mail.fixture.ts';
import { openMail } from './open-mail.postal-mime.ts';
import { mailLimits } from './opened-mail.ts';

const open = (...lines: string[]) => openMail(Buffer.from(lines.join('\r\n')));

describe('a mail that is opened', () => {
  it('says from whom and to whom, wherever that stands', async () => {
    const mail = await open(
      'From: Boatsetter <No-Reply@Boatsetter.com>, second@boatsetter.com',
      'From: third@boatsetter.com',
      'To: Joan <joan@sailjada.example>, nobody',
      'Cc: ana@sailjada.example',
      'Delivered-To: bookings@sailjada.example',
      'X-Original-To: Bookings+Secret@sailjada.example',
      'Reply-To: elsewhere@sailjada.example',
      '',
      'Hello',
    );
    expect(mail.from.toSorted()).toEqual([
      'no-reply@boatsetter.com',
      'second@boatsetter.com',
      'third@boatsetter.com',
    ]);
    expect(mail.recipients.toSorted()).toEqual([
      'ana@sailjada.example',
      'bookings+secret@sailjada.example',
      'bookings@sailjada.example',
      'joan@sailjada.example',
    ]);
  });

  it('has one line of subject, or none', async () => {
    expect((await open('From: a@b.example', 'Subject:  Booking\r\n\t confirmed  ', '', '')).subject).toBe(
      'Booking confirmed',
    );
    expect(await open('From: a@b.example', 'Content-Type: text/calendar', '', '')).toMatchObject({
      subject: '',
      sentAt: null,
      text: null,
      html: null,
      attached: [],
    });
  });

  it.each([
    ['Mon, 12 Apr 2027 11:04:11 -0700', '2027-04-12T18:04:11.000Z'],
    ['Mon, 12 Apr 2027 11:04:11 -0700 (PDT)', '2027-04-12T18:04:11.000Z'],
    ['Mon, 12 Apr 2027 18:04:11 GMT', '2027-04-12T18:04:11.000Z'],
    ['Mon, 12 Apr 2027 18:04:11 UTC', '2027-04-12T18:04:11.000Z'],
    ['Mon, 12 Apr 2027 18:04:11 UT', '2027-04-12T18:04:11.000Z'],
    ['Mon, 12 Apr 2027 20:04:11 +0200 ( CEST )', '2027-04-12T18:04:11.000Z'],
  ])('sent on “%s” was sent at %s', async (date, at) => {
    const { sentAt } = await open('From: a@b.example', `Date: ${date}`, '', '');
    expect(sentAt).toBe(Date.parse(at));
  });

  it.each([
    'Mon, 12 Apr 2027 11:04:11',
    'Mon, 12 Apr 2027 11:04:11 PDT',
    'Mon, 12 Apr 2027 11:04:11 -0700 or so',
    'Mon, 32 Apr 2027 11:04:11 -0700',
    'Thu, 1 Jan 1960 00:00:00 +0000',
    'some time -0700',
  ])('sent on “%s” was sent nobody knows when', async date => {
    expect((await open('From: a@b.example', `Date: ${date}`, '', '')).sentAt).toBeNull();
  });

  it('carries the mails that are attached to it as they stand, and nothing else', async () => {
    const inner = sampleMail('boatsetter-new');
    const { attached } = await openMail(forwardedAttached(inner));
    const asItStands = (mail: Uint8Array) => Buffer.from(mail).toString().replaceAll('\r', '').trim();
    expect(attached.map(asItStands)).toEqual([asItStands(inner)]);
    const other = Buffer.from(
      forwardedAttached(inner).toString().replace('message/rfc822', 'application/pdf'),
    );
    expect((await openMail(other)).attached).toEqual([]);
  });
});

describe('what is no mail', () => {
  it('has more than may be read', async () => {
    const most = Buffer.from('From: a@b.example\r\n\r\n'.padEnd(mailLimits.bytes, 'x'));
    await expect(openMail(most)).resolves.toMatchObject({ from: ['a@b.example'] });
    await expect(openMail(Buffer.concat([most, Buffer.from('x')]))).rejects.toMatchObject({
      code: 'mail-too-large',
      data: { limit: mailLimits.bytes },
    });
  });

  it.each<[string, () => Buffer]>([
    ['has no headers', () => Buffer.from('\r\n\r\nHello')],
    ['has headers without end', () => Buffer.from(`X-A: ${'a'.repeat(300 * 1024)}\r\n\r\n`)],
    ['is nested without end', () => nested(30)],
  ])('%s', async (_, make) => {
    await expect(openMail(make())).rejects.toMatchObject({ code: 'mail-malformed' });
  });

  it('may be nested as deep as anybody forwards', async () => {
    await expect(openMail(nested(15))).resolves.toBeDefined();
  });
});

function nested(depth: number): Buffer {
  let part = 'Content-Type: text/plain\r\n\r\nHello';
  for (let n = 0; n < depth; n++)
    part = `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}\r\n${part}\r\n--b${n}--`;
  return Buffer.from(`From: a@b.example\r\n${part}`);
}
