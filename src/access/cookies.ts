import { Refusal } from '#lib/refusal.ts';
import { absoluteMs } from './sessions.ts';

/** How the browser reached us. Behind a proxy that ends TLS only the composition can know. */
export type Scheme = (request: Request) => 'http' | 'https';

/** Takes the request at its word: right where nothing stands in between. */
export const schemeOfUrl: Scheme = request => (new URL(request.url).protocol === 'https:' ? 'https' : 'http');

/** The cookie of one door. `set` and `clear` give the value of a `Set-Cookie` header. */
export type SessionCookie = {
  read(request: Request): string | null;
  /** Throws the refusal `https-needed` on plain http anywhere but on this machine. */
  set(request: Request, value: string): string;
  clear(request: Request): string;
};

/**
 * On https `__Host-{name}`: Secure, and tied by the browser to exactly this host. On plain-http localhost `{name}`.
 * Elsewhere on plain http there is none: it would travel in the clear.
 */
export function sessionCookie(
  name: 'gangway' | 'gangway_crew' | 'gangway_pay' | 'gangway_device',
  scheme: Scheme,
  keptSeconds: number = absoluteMs / 1000,
): SessionCookie {
  const nameFor = (request: Request) =>
    scheme(request) === 'https' ? `__Host-${name}` : isLocal(request) ? name : null;

  const header = (request: Request, value: string, maxAgeSeconds: number) => {
    const full = nameFor(request);
    if (full === null) {
      throw new Refusal(
        'https-needed',
        'Over plain http your sign-in would travel readable for everybody on the way.',
        'Open the same address with https, or sign in on the machine itself through localhost.',
      );
    }
    const secure = full === name ? '' : '; Secure';
    return `${full}=${value}; Path=/; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Lax${secure}`;
  };

  return {
    read(request) {
      const full = nameFor(request);
      const pairs = request.headers.get('cookie')?.split(';') ?? [];
      const found = full === null ? undefined : pairs.find(pair => pair.trim().startsWith(`${full}=`));
      return found ? found.trim().slice(`${full}=`.length) : null;
    },
    set: (request, value) => header(request, value, keptSeconds),
    clear: request => header(request, '', 0),
  };
}

function isLocal(request: Request): boolean {
  const { hostname } = new URL(request.url);
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127\.\d+\.\d+\.\d+$/.test(hostname)
  );
}
