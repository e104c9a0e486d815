import { describe, expect, it } from 'vitest';
import { originValues, pastTheEdge } from '#main/lambda/past-the-edge.ts';
import type { HttpEvent } from '#web/api-gateway.ts';
import { originShown } from './edge.ts';

const asked = (headers: Record<string, string>, rawPath = '/desk/sign-in'): HttpEvent => ({
  rawPath,
  rawQueryString: '',
  headers: {
    host: 'a1b2c3.execute-api.us-east-1.amazonaws.com',
    'x-gangway-host': 'sailjada.com',
    ...headers,
  },
  requestContext: { http: { method: 'GET', sourceIp: '198.51.100.9' } },
  isBase64Encoded: false,
});
const [now, before] = originShown;

describe('a call of the API past CloudFront', () => {
  const refuses = pastTheEdge(originShown);

  it.each([
    ['shows nothing', {}],
    ['shows nothing under the name', { 'x-gangway-origin': '' }],
    ['guesses', { 'x-gangway-origin': `${now}x` }],
    ['knows half', { 'x-gangway-origin': now.slice(0, 16) }],
  ])('is refused where the caller %s', (_what, headers) => {
    const answer = refuses(asked(headers));
    expect(answer).toMatchObject({ statusCode: 403 });
    expect(JSON.parse(answer?.body ?? '')).toMatchObject({ code: 'past-the-edge' });
    expect(answer?.body).not.toContain(now);
  });

  it('is none where a distribution shows the value, or the one before while it is changed', () => {
    expect(refuses(asked({ 'x-gangway-origin': now }))).toBeNull();
    expect(refuses(asked({ 'x-gangway-origin': before }))).toBeNull();
    expect(pastTheEdge([now])(asked({ 'x-gangway-origin': before }))).toMatchObject({ statusCode: 403 });
  });

  it('may ask how it is, and nothing beside', () => {
    expect(refuses(asked({}, '/healthz/headers'))).toBeNull();
    expect(refuses(asked({}, '/healthzz'))).toMatchObject({ statusCode: 403 });
    expect(refuses(asked({}, '/metrics'))).toMatchObject({ statusCode: 403 });
  });

  it('is refused by everybody where there is no value', () => {
    expect(pastTheEdge([])(asked({ 'x-gangway-origin': '' }))).toMatchObject({ statusCode: 403 });
  });
});

describe('the secret that distributions show', () => {
  it('has a value, or two while it is changed', () => {
    expect(originValues(JSON.stringify({ 1: now }))).toEqual([now]);
    expect(originValues(JSON.stringify({ 1: before, 2: now }))).toEqual([before, now]);
  });

  it.each([
    undefined,
    '',
    'null',
    '{}',
    '[]',
    '{"1":""}',
    `{"1":"${now}","2":"short"}`,
    `"${now}"`,
    '{"1":7}',
  ])('stops the start of a function where it is %j', text => {
    expect(() => originValues(text)).toThrow(expect.objectContaining({ code: 'origin-secret-missing' }));
    expect(() => originValues(text)).not.toThrow(now);
  });
});
