import { type Clock, isoInstant } from '#lib/clock.ts';
import { sha256 } from '#lib/digest.ts';
import { newSecret, type Random } from '#lib/random.ts';
import type { SessionCookie } from './cookies.ts';
import type { DeviceStore, Door } from './device-store.ts';
import { rateLimit } from './rate-limit.ts';

/** How long a browser keeps the cookie by which a device is known; more than 400 days none of them does. */
export const deviceSeconds = 400 * 86_400;

/** What is said about a device that was not seen before. `hash` names it; it says nothing that a caller could type. */
export type NewDevice = {
  readonly door: Door;
  readonly person: string;
  readonly hash: string;
  readonly at: string;
  readonly program: string;
};

/** Lets the device of a request in, after its person was let in: gives the `Set-Cookie` by which it is known from now on. */
export type GreetDevice = (request: Request, person: string) => Promise<string>;

/**
 * Tells people when somebody came in as them with a device that was not seen before: letters are passed on, and links work
 * for whoever has them. Once for each person, door and device. `tell` is told first and the device remembered after, so
 * that no crash swallows the news; it must stand being told twice. Nobody is written to more than ten times at once and
 * once in five minutes: a mail scanner that presses every button is a new device each time. What is left unsaid for that
 * is said when the device comes again.
 */
export function devices(parts: {
  store: DeviceStore;
  clock: Clock;
  random: Random;
  cookie: SessionCookie;
  tell: (device: NewDevice) => Promise<void>;
}): (door: Door) => GreetDevice {
  const { store, clock, cookie } = parts;
  const letters = rateLimit({ clock, rates: { letter: { burst: 10, perMinute: 0.2 } } });

  return door => async (request, person) => {
    const held = cookie.read(request);
    const id = held && idShape.test(held) ? held : newSecret(parts.random, 'device', 256);
    const device = { door, person, hash: sha256(id) };
    const isKnown = await store.knows(device);
    if (isKnown || letters(`${door} ${person}`, 'letter').ok) {
      const at = clock.now();
      const userAgent = request.headers.get('user-agent') ?? '';
      if (!isKnown) await parts.tell({ ...device, at: isoInstant(at), program: programNamed(userAgent) });
      await store.remember(device, isoInstant(at), isoInstant(at - deviceSeconds * 1000));
    }
    return cookie.set(request, id);
  };
}

/** 256 bits in base64url. */
const idShape = /^[A-Za-z0-9_-]{43}$/;

/** Browser and system in our own words, whatever the header says: `Safari on an iPhone`. */
export function programNamed(userAgent: string): string {
  const named = (table: readonly (readonly [RegExp, string])[]) =>
    table.find(([sign]) => sign.test(userAgent))?.[1];
  const browser = named(browsers) ?? 'a program we do not know';
  const system = named(systems);
  return system ? `${browser} on ${system}` : browser;
}

// In this order, because most of them also claim to be the ones below.
const browsers = [
  [/\b(Edg|EdgA|EdgiOS)\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(Chrome|CriOS)\//, 'Chrome'],
  [/\bVersion\/[\d.]+.*\bSafari\//, 'Safari'],
] as const;

const systems = [
  [/\biPhone\b/, 'an iPhone'],
  [/\biPad\b/, 'an iPad'],
  [/\bAndroid\b/, 'an Android device'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'a Mac'],
  [/\bLinux\b/, 'Linux'],
] as const;
