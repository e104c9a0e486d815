import { describe, expect, it } from 'vitest';
import { Unavailable } from '#lib/refusal.ts';
import type { OutsideAnswer, OutsideRequest } from '#platform/outside.ts';
import { askFeed, feedLimits } from './ask-feed.ts';
import type { FeedRead } from './feed-in.ts';

const url = 'https://market.example/heron.ics';
const nothing: FeedRead = { kind: 'read', events: [], unread: 2 };

/** What asking comes to where the marketplace answers so. */
async function asking(
  answer: Partial<OutsideAnswer> | Error,
  before: { etag: string | null; lastModified: string | null } | null = null,
  { at = url, read = nothing }: { at?: string; read?: FeedRead } = {},
) {
  const requests: OutsideRequest[] = [];
  const zones: string[] = [];
  const asked = askFeed(
    {
      outside: async request => {
        requests.push(request);
        if (answer instanceof Error) throw answer;
        return { status: 200, headers: {}, body: new Uint8Array(), ...answer };
      },
      read: async (_, zone) => {
        zones.push(zone);
        return read;
      },
    },
    { url: at },
    before,
    'America/Los_Angeles',
  );
  return { asked: await asked, requests, zones };
}

describe('a marketplace is asked for its calendar', () => {
  it('for all of it the first time, with an end to what it may send and how long', async () => {
    const { requests, zones } = await asking({});
    expect(requests).toEqual([
      {
        url,
        method: 'GET',
        headers: { accept: 'text/calendar', 'user-agent': 'Gangway' },
        timeoutMs: feedLimits.ms,
        mostBytes: feedLimits.bytes,
      },
    ]);
    expect(zones).toEqual(['America/Los_Angeles']);
  });

  it('for what is new from then on', async () => {
    const { requests } = await asking({}, { etag: '"7"', lastModified: 'Mon, 12 Apr 2027 18:00:00 GMT' });
    expect(requests[0]?.headers).toMatchObject({
      'if-none-match': '"7"',
      'if-modified-since': 'Mon, 12 Apr 2027 18:00:00 GMT',
    });
    const { requests: bare } = await asking({}, { etag: null, lastModified: '' });
    expect(Object.keys(bare[0]?.headers ?? {})).toEqual(['accept', 'user-agent']);
  });

  it.each(['webcal://', 'webcals://', 'WEBCAL://'])(
    'safely where the address begins with %s',
    async scheme => {
      const { requests } = await asking({}, null, { at: `${scheme}market.example/webcal://x.ics` });
      expect(requests[0]?.url).toBe('https://market.example/webcal://x.ics');
    },
  );

  it('at its own address, whatever stands in it', async () => {
    const at = 'https://market.example/?of=webcal://x.ics';
    expect((await asking({}, null, { at })).requests[0]?.url).toBe(at);
  });
});

describe('what came of it', () => {
  it('is what was read, with the marks to ask by the next time', async () => {
    const headers = { etag: '"8"', 'last-modified': 'Tue, 13 Apr 2027 18:00:00 GMT' };
    expect((await asking({ headers })).asked).toEqual({
      ...nothing,
      etag: '"8"',
      lastModified: 'Tue, 13 Apr 2027 18:00:00 GMT',
    });
  });

  it.each([undefined, '', 'a\tb', 'é', 'x'.repeat(201), 'ok\n'])(
    'has no mark where that could not go back as a header: %j',
    async etag => {
      const { asked } = await asking({ headers: { ...(etag !== undefined && { etag }) } });
      expect(asked).toMatchObject({ etag: null });
    },
  );

  it.each(['x', 'x'.repeat(200), '"a b~"'])('has the mark %j', async etag => {
    expect((await asking({ headers: { etag } })).asked).toMatchObject({ etag });
  });

  it('is that nothing is new', async () => {
    expect((await asking({ status: 304 })).asked).toEqual({ kind: 'unchanged' });
  });

  it.each([
    [404, 'The marketplace answered 404.'],
    [299, 'The marketplace answered 299.'],
    [300, 'The marketplace answered 300: the calendar has another address now.'],
    [399, 'The marketplace answered 399: the calendar has another address now.'],
    [400, 'The marketplace answered 400.'],
  ])('is trouble after a %i', async (status, reason) => {
    const { asked, zones } = await asking({ status });
    expect(asked).toEqual({ kind: 'trouble', code: 'feed-refused', reason });
    expect(zones).toEqual([]);
  });

  it('is the trouble of reading it', async () => {
    const read = { kind: 'unreadable', code: 'feed-truncated', reason: 'cut off' } as const;
    expect((await asking({}, null, { read })).asked).toEqual({
      kind: 'trouble',
      code: 'feed-truncated',
      reason: 'cut off',
    });
  });

  it('is trouble where nobody answers, and a fault of our own where that is one', async () => {
    const away = new Unavailable('outside-unreachable', 'No answer.');
    expect((await asking(away)).asked).toEqual({
      kind: 'trouble',
      code: 'feed-unreachable',
      reason: 'No answer.',
    });
    await expect(asking(new TypeError('a defect'))).rejects.toThrow('a defect');
  });
});
