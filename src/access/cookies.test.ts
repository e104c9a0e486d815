import { describe, expect, it } from 'vitest';
import { schemeOfUrl, sessionCookie } from './cookies.ts';

const cookie = sessionCookie('gangway', schemeOfUrl);
const at = (url: string, held?: string) => new Request(url, held ? { headers: { cookie: held } } : {});

describe('the cookie of the desk', () => {
  it('is tied to its host and to https', () => {
    const request = at('https://sailjada.com/desk', 'a=1; gangway=planted; __Host-gangway=abc; b=2');
    expect(cookie.set(request, 'abc')).toBe(
      '__Host-gangway=abc; Path=/; Max-Age=604800; HttpOnly; SameSite=Lax; Secure',
    );
    expect(cookie.clear(request)).toBe('__Host-gangway=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure');
    expect(cookie.read(request)).toBe('abc');
  });

  it.each([
    'http://localhost:8787',
    'http://jada.localhost:8787',
    'http://127.0.0.1',
    'http://127.120.130.140',
    'http://[::1]:8787',
  ])('goes without Secure on this machine: %s', origin => {
    const request = at(`${origin}/desk`, 'gangway=abc');
    expect(cookie.set(request, 'abc')).toBe('gangway=abc; Path=/; Max-Age=604800; HttpOnly; SameSite=Lax');
    expect(cookie.read(request)).toBe('abc');
  });

  it.each([
    'http://sailjada.com',
    'http://192.168.1.5:8787',
    'http://localhost.evil.example',
    'http://127.0.0.1.evil.example',
    'http://evil.127.0.0.1.example',
    'http://10.127.0.1',
    'http://evil-localhost',
  ])('is neither set nor read over plain http elsewhere: %s', origin => {
    const request = at(`${origin}/desk`, 'gangway=abc; __Host-gangway=abc');
    expect(() => cookie.set(request, 'abc')).toThrow(expect.objectContaining({ code: 'https-needed' }));
    expect(cookie.read(request)).toBeNull();
  });

  it('is secure behind a proxy that ends TLS, when the composition says so', () => {
    const request = at('http://localhost:8787/desk', '__Host-gangway=abc');
    expect(sessionCookie('gangway', () => 'https').set(request, 'abc')).toMatch(
      /^__Host-gangway=abc;.*Secure$/,
    );
    expect(sessionCookie('gangway', () => 'https').read(request)).toBe('abc');
  });

  it('is not found where there is none, nor where it cannot be kept', () => {
    expect(cookie.read(at('https://sailjada.com/desk'))).toBeNull();
    expect(cookie.read(at('http://sailjada.com/desk', 'null=abc'))).toBeNull();
    expect(schemeOfUrl(at('http://sailjada.com'))).toBe('http');
  });

  it('is not the cookie of the crew', () => {
    const crew = sessionCookie('gangway_crew', schemeOfUrl);
    const request = at('http://localhost/c', 'gangway_crew=xyz; gangway=abc');
    expect(crew.read(request)).toBe('xyz');
    expect(cookie.read(request)).toBe('abc');
    expect(crew.read(at('http://localhost/c', 'gangway=abc'))).toBeNull();
    expect(crew.read(at('http://localhost/c'))).toBeNull();
  });
});
