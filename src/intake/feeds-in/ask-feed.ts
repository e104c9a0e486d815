import { Unavailable } from '#lib/refusal.ts';
import type { Outside } from '#platform/outside.ts';
import type { FeedEvent, FeedIn, FeedTroubleCode, ReadFeed } from './feed-in.ts';
import type { FeedState } from './feed-in-store.ts';

/** What asking for a calendar gave. */
export type AskedFeed =
  | { readonly kind: 'unchanged' }
  | {
      readonly kind: 'read';
      readonly events: readonly FeedEvent[];
      readonly unread: number;
      readonly etag: string | null;
      readonly lastModified: string | null;
    }
  | { readonly kind: 'trouble'; readonly code: FeedTroubleCode; readonly reason: string };

export const feedLimits = { bytes: 2 * 1024 * 1024, ms: 10_000 } as const;

/** Asks for a calendar, for nothing but what is new (RFC 9110 section 13), and reads it. Never throws. */
export async function askFeed(
  { outside, read }: { outside: Outside; read: ReadFeed },
  { url }: Pick<FeedIn, 'url'>,
  before: Pick<FeedState, 'etag' | 'lastModified'> | null,
  zone: string,
): Promise<AskedFeed> {
  const headers = {
    accept: 'text/calendar',
    'user-agent': 'Gangway',
    ...(before?.etag ? { 'if-none-match': before.etag } : {}),
    ...(before?.lastModified ? { 'if-modified-since': before.lastModified } : {}),
  };
  try {
    const answer = await outside({
      url: url.replace(/^webcals?:/i, 'https:'),
      method: 'GET',
      headers,
      timeoutMs: feedLimits.ms,
      mostBytes: feedLimits.bytes,
    });
    if (answer.status === 304) return { kind: 'unchanged' };
    if (answer.status !== 200) {
      const moved =
        answer.status >= 300 && answer.status < 400 ? ': the calendar has another address now' : '';
      return {
        kind: 'trouble',
        code: 'feed-refused',
        reason: `The marketplace answered ${answer.status}${moved}.`,
      };
    }
    const seen = await read(answer.body, zone);
    if (seen.kind === 'unreadable') return { kind: 'trouble', code: seen.code, reason: seen.reason };
    return {
      kind: 'read',
      events: seen.events,
      unread: seen.unread,
      etag: validator(answer.headers.etag),
      lastModified: validator(answer.headers['last-modified']),
    };
  } catch (error) {
    if (error instanceof Unavailable)
      return { kind: 'trouble', code: 'feed-unreachable', reason: error.message };
    throw error;
  }
}

/** Only what can go back as a header. */
const validator = (value: string | undefined): string | null =>
  value !== undefined && /^[\x20-\x7e]{1,200}$/.test(value) ? value : null;
