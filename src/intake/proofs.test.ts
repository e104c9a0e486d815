import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { settableClock } from '#lib/clock.ts';
import { Refusal } from '#lib/refusal.ts';
import type { Proof } from './manner.ts';
import { hmacHeader, timedHeader } from './proofs.ts';

const body = Buffer.from('{"type":"booking.cancelled"}');
const secret = 'a secret that both sides hold';
const clock = settableClock('2027-04-12T18:00:00Z');
const now = clock.now() / 1000;

const hmac = (text: string, encoding: 'hex' | 'base64', key = secret) =>
  createHmac('sha256', key).update(text).update(body).digest(encoding);

/** `true`, or the code of the refusal. */
function isProven(proof: Proof, given: string | null, secrets: readonly string[] = [secret]): true | string {
  const header = (name: string) => (name === 'x-signature' ? given : null);
  try {
    expect(proof.check({ header, headers: () => ({}), body, address: '' }, secrets, clock)).toBeNull();
    return true;
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

describe('a signature over the body', () => {
  const hex = hmacHeader('x-signature', 'hex');
  const base64 = hmacHeader('x-signature', 'base64');

  it.each([
    ['in hex', hex, hmac('', 'hex'), true],
    ['in hex of capital letters', hex, hmac('', 'hex').toUpperCase(), true],
    ['in base64', base64, hmac('', 'base64'), true],
    ['in base64 without its end', base64, hmac('', 'base64').replace('=', ''), 'signature-wrong'],
    ['in hex where base64 is due', base64, hmac('', 'hex'), 'signature-wrong'],
    ['with something behind it', hex, `${hmac('', 'hex')}zz`, 'signature-wrong'],
    ['of another secret', hex, hmac('', 'hex', 'another'), 'signature-wrong'],
    ['that is none', hex, 'none', 'signature-wrong'],
    ['that is empty', hex, '', 'signature-missing'],
    ['that is missing', hex, null, 'signature-missing'],
  ])('%s', (_, proof, given, expected) => {
    expect(isProven(proof, given)).toBe(expected);
  });

  it('stands behind its prefix, and nowhere else', () => {
    const proof = hmacHeader('x-signature', 'hex', { prefix: 'sha256=' });
    expect(isProven(proof, `sha256=${hmac('', 'hex')}`)).toBe(true);
    expect(isProven(proof, hmac('', 'hex'))).toBe('signature-wrong');
    expect(isProven(proof, `sha512=${hmac('', 'hex')}`)).toBe('signature-wrong');
  });

  it('may be made with any of the secrets, and an empty one proves nothing', () => {
    const given = hmac('', 'hex');
    expect(isProven(hex, given, ['the next one', secret])).toBe(true);
    expect(isProven(hex, given, [])).toBe('signature-wrong');
    expect(isProven(hex, hmac('', 'hex', ''), ['', secret])).toBe('signature-wrong');
  });
});

describe('a signature with a time', () => {
  const proof = timedHeader('x-signature', 180);
  const at = (time: number) => `t=${time},v1=${hmac(`${time}.`, 'hex')}`;

  it.each([
    ['of now', at(now), true],
    ['as old as may be', at(now - 180), true],
    ['as far ahead as may be', at(now + 180), true],
    ['older', at(now - 181), 'timestamp-out-of-range'],
    ['further ahead', at(now + 181), 'timestamp-out-of-range'],
    ['of which the time was changed', at(now).replace(`t=${now}`, `t=${now + 1}`), 'signature-wrong'],
    ['with something before it', `x${at(now)}`, 'signature-wrong'],
    ['with something behind it', `${at(now)}0`, 'signature-wrong'],
    ['without a time', `v1=${hmac(`${now}.`, 'hex')}`, 'signature-wrong'],
    ['that is none', 'none', 'signature-wrong'],
    ['that is missing', null, 'signature-missing'],
  ])('%s', (_, given, expected) => {
    expect(isProven(proof, given)).toBe(expected);
  });

  it('that is too old says how old it may be', () => {
    const header = () => at(now - 1000);
    const check = () => proof.check({ header, headers: () => ({}), body, address: '' }, [secret], clock);
    expect(check).toThrow(expect.objectContaining({ data: { tolerance_seconds: 180 } }));
  });
});
