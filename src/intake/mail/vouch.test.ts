import { describe, expect, it } from 'vitest';
import { sha256 } from '#lib/digest.ts';
import type { Envelope } from './opened-mail.ts';
import {
  claimsToBe,
  type MailEvidence,
  type MailTrust,
  vouchByAddress,
  vouchByReceiver,
  vouchBySignature,
} from './vouch.ts';

const secret = 'q8zr2lw7tn4vb6kx';
const trust: MailTrust = {
  domains: ['boatsetter.com', 'mail.boatsetter.com'],
  plusHashes: ['no hash', sha256(secret)],
  trustedReceiver: 'mx.sailjada.com',
};

const headers = [
  ['from', 'Boatsetter <no-reply@boatsetter.com>'],
  ['to', 'bookings@sailjada.com'],
  ['subject', 'Booking confirmed'],
  ['date', 'Mon, 12 Apr 2027 11:04:11 -0700'],
  ['content-type', 'text/plain'],
] as const;
const mail = (more: Partial<Envelope> = {}): Envelope => ({
  from: ['no-reply@boatsetter.com'],
  recipients: ['bookings@sailjada.com'],
  subject: 'Booking confirmed',
  sentAt: 0,
  headers,
  ...more,
});

type Signature = MailEvidence['signatures'][number];
const signature = (more: Partial<Signature> = {}): Signature => ({
  domain: 'boatsetter.com',
  isAligned: true,
  covers: ['from', 'subject', 'date', 'content-type'],
  coversWholeBody: true,
  ...more,
});
const bySignature = (signatures: Signature[], of: Partial<Envelope> = {}, dmarc: 'pass' | 'fail' = 'pass') =>
  vouchBySignature(mail(of), { dmarc, signatures }, trust);

describe('a signature', () => {
  it('over the body and all that decides answers for the mail', () => {
    const holds = { by: 'signature', domain: 'boatsetter.com' };
    expect(bySignature([signature()])).toEqual(holds);
    const gap = signature({ covers: ['from'] });
    expect(bySignature([gap, signature({ coversWholeBody: false }), signature()])).toEqual(holds);
    expect(bySignature([signature()], { from: ['Someone@mail.BOATSETTER.com'] })).toMatchObject({
      domain: 'mail.boatsetter.com',
    });
  });

  it.each<[string, Signature[]]>([
    ['no valid DKIM signature of boatsetter.com', []],
    ['no valid DKIM signature of boatsetter.com', [signature({ isAligned: false })]],
    ['the signature covers a part of the mail only', [signature({ coversWholeBody: false })]],
    ['the signature leaves out subject, date', [signature({ covers: ['from', 'content-type'] })]],
    ['the signature leaves out from', [signature({ covers: ['subject', 'date', 'content-type'] })]],
    ['the signature leaves out content-type', [signature({ covers: ['from', 'subject', 'date'] })]],
  ])('does not where %s', (why, signatures) => {
    expect(bySignature(signatures)).toEqual({ by: 'nobody', why });
  });

  it('does not where the domain asks for more than there is', () => {
    expect(bySignature([signature()], {}, 'fail')).toEqual({
      by: 'nobody',
      why: 'DMARC does not pass for boatsetter.com',
    });
  });

  it.each(['content-transfer-encoding', 'mime-version'])('covers %s where there is one', name => {
    const more = { headers: [...headers, [name, '1.0'] as const] };
    expect(bySignature([signature()], more)).toEqual({
      by: 'nobody',
      why: `the signature leaves out ${name}`,
    });
    expect(bySignature([signature({ covers: [...signature().covers, name] })], more)).toMatchObject({
      by: 'signature',
    });
  });

  it.each(['from', 'subject', 'date', 'content-type', 'to'])(
    'is of no use to a mail with two of %s',
    name => {
      const twice = { headers: [...headers, [name, 'another'] as const] };
      expect(bySignature([signature()], twice)).toEqual({
        by: 'nobody',
        why: `it has more than one header ${name}`,
      });
    },
  );

  it.each(['content-transfer-encoding', 'mime-version', 'message-id'])('nor with two of %s', name => {
    const twice = { headers: [...headers, [name, 'a'] as const, [name, 'b'] as const] };
    expect(bySignature([signature()], twice)).toMatchObject({ why: `it has more than one header ${name}` });
  });

  it.each<[string, string[]]>([
    ['it has 0 senders', []],
    ['it has 2 senders', ['a@boatsetter.com', 'b@boatsetter.com']],
    ['impostor.example is not a domain of this marketplace', ['a@impostor.example']],
    ['x.boatsetter.com is not a domain of this marketplace', ['a@x.boatsetter.com']],
    [`${'x'.repeat(80)} is not a domain of this marketplace`, [`a@${'x'.repeat(90)}`]],
  ])('is of no use where %s', (why, from) => {
    expect(bySignature([signature()], { from })).toEqual({ by: 'nobody', why });
    expect(vouchByReceiver(mail({ from }), trust)).toEqual({ by: 'nobody', why });
  });
});

describe('a mail server that is trusted', () => {
  const judged = (more: Partial<MailTrust> = {}) =>
    vouchByReceiver(
      mail({
        headers: [
          [
            'authentication-results',
            'mx.sailjada.com; dkim=pass header.d=boatsetter.com; dmarc=pass header.from=boatsetter.com',
          ],
          ...headers,
        ],
      }),
      { ...trust, ...more },
    );

  it('answers for what it found in order', () => {
    expect(judged()).toEqual({ by: 'trusted receiver', domain: 'boatsetter.com' });
  });

  it('does not where it is another, or none is trusted', () => {
    expect(judged({ trustedReceiver: 'mx.other.example' })).toEqual({
      by: 'nobody',
      why: 'mx.other.example did not find DKIM and DMARC of boatsetter.com in order',
    });
    expect(judged({ trustedReceiver: null })).toEqual({
      by: 'nobody',
      why: 'no mail server is trusted to judge it',
    });
  });
});

describe('an address that only the operator knows', () => {
  const sentTo = (envelope: string[], recipients: string[] = []) =>
    vouchByAddress({ recipients }, envelope, trust).by;

  it('answers for what was sent to it, as its envelope or its headers say', () => {
    expect(sentTo([`bookings+${secret}@sailjada.com`])).toBe('secret address');
    expect(sentTo(['a@sailjada.com', `bookings+${secret.toUpperCase()}@sailjada.com`])).toBe(
      'secret address',
    );
    expect(sentTo([], ['a@sailjada.com', `bookings+${secret}@sailjada.com`])).toBe('secret address');
  });

  it('answers by any of several secrets, and by none where there is none', () => {
    const by = (...plusHashes: string[]) =>
      vouchByAddress({ recipients: [] }, [`bookings+${secret}@sailjada.com`], { ...trust, plusHashes }).by;
    expect(by(sha256('another'), sha256(secret))).toBe('secret address');
    expect(by()).toBe('nobody');
  });

  it.each([
    'bookings@sailjada.com',
    `bookings+${secret.slice(1)}@sailjada.com`,
    `bookings+x${secret}@sailjada.com`,
    `bookings+${secret}`,
    `bookings+${secret}@x@sailjada.com`,
    `bookings+a+b@sailjada.com`,
    `${secret}@sailjada.com`,
  ])('does not for %s', address => {
    expect(vouchByAddress({ recipients: [] }, [address], trust)).toEqual({
      by: 'nobody',
      why: 'it was not sent to the secret address',
    });
  });
});

it('a mail says itself whose it is', () => {
  expect(claimsToBe({ from: ['x@other.example', 'y@Boatsetter.com'] }, trust.domains)).toBe(true);
  expect(claimsToBe({ from: ['x@other.example'] }, trust.domains)).toBe(false);
  expect(claimsToBe({ from: [] }, trust.domains)).toBe(false);
});
