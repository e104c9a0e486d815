import { describe, expect, it } from 'vitest';
import { checkForm, checkOrigin, formToken } from './forms.ts';

const post = (headers: Record<string, string>, url = 'https://sailjada.com/desk/x') =>
  new Request(url, { method: 'POST', headers });

describe('a form', () => {
  it.each<[string, Record<string, string>]>([
    ['by the browser’s word', { 'sec-fetch-site': 'same-origin' }],
    ['typed or bookmarked', { 'sec-fetch-site': 'none' }],
    ['by its origin, from an older browser', { origin: 'https://sailjada.com' }],
    ['by its origin and host', { origin: 'http://localhost:8787', host: 'localhost:8787' }],
  ])('of our own is taken: %s', (_, headers) => {
    expect(() => checkOrigin(post(headers))).not.toThrow();
  });

  it.each<[string, Record<string, string>]>([
    ['another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
    [
      'another site that names our origin',
      { 'sec-fetch-site': 'cross-site', origin: 'https://sailjada.com' },
    ],
    ['a sibling host', { 'sec-fetch-site': 'same-site', origin: 'https://queen.sailjada.com' }],
    ['an older browser on another site', { origin: 'https://evil.example' }],
    ['an older browser, other port', { origin: 'https://sailjada.com:8443' }],
    ['an older browser in a frame without origin', { origin: 'null' }],
    ['something that names no origin', {}],
    ['something with a broken origin', { origin: 'sailjada.com' }],
    [
      'something with a made-up word',
      { 'sec-fetch-site': 'Same-Origin ' + 'x', origin: 'https://sailjada.com' },
    ],
  ])('of %s is refused', (_, headers) => {
    expect(() => checkOrigin(post(headers))).toThrow(
      expect.objectContaining({ code: 'form-from-elsewhere' }),
    );
  });

  it('carries the token of its own session', () => {
    const session = { id: 'a'.repeat(43) };
    const own = post({ 'sec-fetch-site': 'same-origin' });
    expect(() => checkForm(own, session, formToken(session))).not.toThrow();
    expect(formToken(session)).not.toContain(session.id);
    for (const wrong of [undefined, '', null, formToken({ id: 'b'.repeat(43) }), session.id, ['x'], {}]) {
      expect(() => checkForm(own, session, wrong)).toThrow(expect.objectContaining({ code: 'form-stale' }));
    }
    expect(() => checkForm(post({ origin: 'https://evil.example' }), session, formToken(session))).toThrow(
      expect.objectContaining({ code: 'form-from-elsewhere' }),
    );
  });
});
