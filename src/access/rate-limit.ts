import type { Clock } from '#lib/clock.ts';

/** How often one caller may knock: `burst` at once, and over time `perMinute`. */
export type Rate = { readonly burst: number; readonly perMinute: number };

export type Allowed = { readonly ok: true } | { readonly ok: false; readonly retryAfterMs: number };

/**
 * Limits callers by address and class of route (GCRA, the leaky bucket of ATM networks: one number per caller).
 * In memory, so a restart forgives. Knows at most `capacity` callers; beyond that it forgets whoever was quiet longest.
 * An IPv6 caller is its /64, because one person holds that many addresses.
 */
export function rateLimit<Class extends string>(options: {
  clock: Clock;
  rates: Readonly<Record<Class, Rate>>;
  capacity?: number;
}): (address: string, routeClass: Class) => Allowed {
  const { clock, rates, capacity = 10_000 } = options;
  // Per caller: when the bucket will be empty again, in epoch ms. The order of the map is the order of last use.
  const emptyAt = new Map<string, number>();

  return (address, routeClass) => {
    const rate = rates[routeClass];
    const now = clock.now();
    const interval = 60_000 / rate.perMinute;
    const depth = interval * rate.burst;
    const caller = `${routeClass} ${network(address)}`;
    // No more than a full bucket, or a clock set back would lock callers out for as long as it went back.
    const before = Math.min(Math.max(emptyAt.get(caller) ?? now, now), now + depth);
    const after = before + interval;
    if (after - now > depth) return { ok: false, retryAfterMs: Math.ceil(after - now - depth) };
    emptyAt.delete(caller);
    emptyAt.set(caller, after);
    for (const quietest of emptyAt.keys()) {
      if (emptyAt.size <= capacity) break;
      emptyAt.delete(quietest);
    }
    return { ok: true };
  };
}

/** Whose address it is: the address itself for IPv4 (also when mapped into IPv6), the /64 for IPv6. */
export function network(address: string): string {
  if (!address.includes(':')) return address;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return mapped;
  const [head = '', tail] = address.split('%')[0]?.toLowerCase().split('::') ?? [];
  const left = head.split(':').filter(Boolean);
  const right = tail?.split(':').filter(Boolean) ?? [];
  const zeros =
    tail === undefined ? [] : Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0');
  return [...left, ...zeros, ...right]
    .slice(0, 4)
    .map(group => group.replace(/^0+(?=.)/, ''))
    .join(':');
}
