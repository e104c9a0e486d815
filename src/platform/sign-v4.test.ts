import { expect, it } from 'vitest';
import { presignedGet, signedHeaders } from './sign-v4.ts';

const example = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
const post = {
  host: 'example.amazonaws.com',
  region: 'us-east-1',
  service: 'service',
  headers: {},
  body: '',
};
const then = Date.parse('2015-08-30T12:36:00Z');

/** From AWS's published test suite of Signature Version 4, case `post-vanilla`. */
it('a post is signed as AWS publishes it', () => {
  expect(signedHeaders(post, example, then)).toEqual({
    'x-amz-date': '20150830T123600Z',
    authorization:
      'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, Signature=5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b',
  });
});

it('the token of a role is signed with the rest, and any change of the post is another signature', () => {
  const of = (change: Partial<typeof post>, by: Parameters<typeof signedHeaders>[1] = example) =>
    signedHeaders({ ...post, ...change }, by, then).authorization;
  const withToken = signedHeaders(post, { ...example, sessionToken: 'token' }, then);
  expect(withToken['x-amz-security-token']).toBe('token');
  expect(withToken.authorization).toContain('SignedHeaders=host;x-amz-date;x-amz-security-token');
  const all = [
    of({}),
    of({ body: '{}' }),
    of({ host: 'b' }),
    of({ region: 'b' }),
    of({ headers: { a: 'b' } }),
  ];
  expect(new Set(all).size).toBe(all.length);
});

/** From AWS's manual, “Authenticating Requests: Using Query Parameters”. */
it('leave to get an object is signed as AWS publishes it', () => {
  const by = {
    accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  };
  const url = new URL('https://examplebucket.s3.amazonaws.com/test.txt');
  const leave = { url, region: 'us-east-1', seconds: 86_400 };
  expect(presignedGet(leave, by, Date.parse('2013-05-24T00:00:00Z'))).toBe(
    'https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404',
  );
});
