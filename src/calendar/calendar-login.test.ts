import { describe, expect, it } from 'vitest';
import { seededRandom } from '#lib/random.ts';
import type { OutsideRequest } from '#platform/outside.ts';
import { askAs, challengeIn, digestLogin } from './calendar-login.ts';

const mufasa = { user: 'Mufasa', password: 'Circle of Life' };
const offers = [
  'Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=MD5, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"',
  'Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=SHA-256, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"',
] as const;

describe('logging in to a calendar server', () => {
  // RFC 7616 section 3.9.1.
  it.each([
    [offers[0], '8ca523f5e9506fed4657c9700eebdbec'],
    [offers[1], '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
    [
      `Basic realm="x", ${offers.join(', ')}`,
      '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1',
    ],
  ])('answers a challenge as the standard does, the strongest of several: %.20s', (header, response) => {
    const challenge = challengeIn(header);
    if (!challenge) throw new Error('no challenge was read');
    const asked = {
      method: 'GET',
      uri: '/dir/index.html',
      count: 1,
      chance: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
    };
    expect(digestLogin(mufasa, challenge, asked)).toContain(`response="${response}"`);
  });

  it.each([
    'Basic realm="Radicale - Password Required"',
    'Basic realm="Digest nonce=\\"a\\""',
    'Digest realm="x"',
    'Digest realm="x", nonce="n", algorithm=SHA-512-256',
    'Digest realm="x", nonce="n", qop="auth-int"',
    '',
  ])('finds nothing that it could answer in %s', header => {
    expect(challengeIn(header)).toBeNull();
  });

  it('asks once more with the new nonce when the old one has run out, and no third time', async () => {
    let nonce = 'first';
    const heard: string[] = [];
    const ask = askAs(({ headers }: OutsideRequest) => {
      heard.push(headers.authorization ?? '');
      const isRight = headers.authorization?.includes(`nonce="${nonce}"`) && nonce !== 'never';
      return Promise.resolve({
        status: isRight ? 200 : 401,
        headers: { 'www-authenticate': `Digest realm="boats", nonce="${nonce}", qop="auth"` },
        body: new Uint8Array(),
      });
    }, seededRandom('login'));
    const asked = {
      url: 'https://cal.example.com/joan/a.ics',
      method: 'GET',
      headers: {},
      timeoutMs: 1,
      mostBytes: 1,
    } as const;
    expect((await ask(mufasa, asked)).status).toBe(200);
    expect((await ask(mufasa, asked)).status).toBe(200);
    nonce = 'second';
    expect((await ask(mufasa, asked)).status).toBe(200);
    nonce = 'never';
    expect((await ask(mufasa, asked)).status).toBe(401);
    const said = heard.map(
      text => /^Basic/.exec(text)?.[0] ?? `${/nonce="(\w+)"/.exec(text)?.[1]} ${/nc=(\w+)/.exec(text)?.[1]}`,
    );
    expect(said).toEqual([
      'Basic',
      'first 00000001',
      'first 00000002',
      'first 00000003',
      'second 00000001',
      'second 00000002',
      'never 00000001',
    ]);
  });
});
