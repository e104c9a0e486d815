import { carriedHeaders } from '#web/health.ts';

/** Which of the headers that calls depend on arrive when they are sent to an address, or why that is not known. */
export type Arrived =
  | { readonly kind: 'asked'; readonly lost: readonly string[] }
  | { readonly kind: 'refused'; readonly status: number }
  | { readonly kind: 'unreachable'; readonly why: string };

/** Calls an address as a script would and compares what was sent with what arrived. Waits five seconds at most. */
export async function headersThrough(url: string): Promise<Arrived> {
  try {
    const response = await fetch(new URL('/healthz/headers', url), {
      headers: Object.fromEntries(carriedHeaders.map(name => [name, 'doctor'])),
      signal: AbortSignal.timeout(5_000),
    });
    if (!response.ok) return { kind: 'refused', status: response.status };
    const { received } = (await response.json()) as { received: string[] };
    return { kind: 'asked', lost: carriedHeaders.filter(name => !received.includes(name)) };
  } catch (error) {
    return { kind: 'unreachable', why: whyNot(error) };
  }
}

/** Why a fetch came to nothing, as it is known: behind “fetch failed” stands what the network said. */
export function whyNot(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error && error.cause.message !== '' ? error.cause.message : error.message;
}
