import { describe, expect, it } from 'vitest';
import { settableClock } from '#lib/clock.ts';
import { seededRandom } from '#lib/random.ts';
import type { OutsideAnswer, OutsideRequest } from '#platform/outside.ts';
import { openSqlite } from '#platform/sqlite.ts';
import { sqliteInbox } from './inbox.sqlite.ts';
import type { Arrival } from './inbox.ts';
import { lookUps, noticeOf } from './look-up.ts';
import type { Source } from './source.ts';
import type { VendorApi } from './vendor-api.ts';
import { expected, vendorSource } from './vendors/vendor.fixture.ts';

const notice = '{"id":7}';

/** A marketplace whose notices leave everything out, and what its API answers. */
async function asking(
  answers: readonly Partial<OutsideAnswer>[],
  wanted: VendorApi['ask'] = () => [{ path: '/bookings/7', headers: { 'x-key': 'k' } }],
  via: Arrival['via'] = 'signed',
) {
  const clock = settableClock('2026-05-01T12:00:00Z');
  const inbox = sqliteInbox(openSqlite(':memory:'), { clock, random: seededRandom('look-up') });
  const asked: OutsideRequest[] = [];
  const known = vendorSource(expected('bokun'), true);
  if (!known.api) throw new Error('this marketplace is asked for nothing');
  const source: Source = { ...known, api: { ...known.api, vendor: { ...known.api.vendor, ask: wanted } } };
  const look = lookUps({
    inbox,
    clock,
    outside: async request => {
      asked.push(request);
      return { status: 200, headers: {}, body: Buffer.from('{}'), ...answers[asked.length - 1] };
    },
  });
  const arrival = { source: 'market', messageId: 'notice', via, headers: {}, body: Buffer.from(notice) };
  const { delivery } = await inbox.receive(arrival);
  return { asked, delivery, inbox, source, look: (of = source) => look(delivery, arrival.body, of) };
}

describe('what a notice leaves out', () => {
  it('is asked for and kept with the notice, as a delivery of its own that names it', async () => {
    const { asked, look, inbox, delivery } = await asking([{ body: Buffer.from('{"guests":4}') }]);
    const came = await look();
    if (came.kind !== 'answered') throw new Error(came.kind);
    expect(asked).toMatchObject([
      {
        url: 'https://api.market.example/bookings/7',
        method: 'GET',
        headers: { accept: 'application/json', 'user-agent': 'Gangway', 'x-key': 'k' },
      },
    ]);
    expect(came.answer.via).toBe('asked');
    expect(came.answer.headers).toEqual({ 'content-type': 'application/json' });
    expect(noticeOf(came.answer)).toBe(delivery.id);
    expect(noticeOf(delivery)).toBeNull();
    expect(noticeOf({ ...delivery, messageId: 'msg_1@their.example' })).toBeNull();
    expect(came.answer.messageId).toMatch(/^[0-9a-f]{40}@dlv_/);
    const kept = Buffer.from((await inbox.body(came.answer.id)) ?? '').toString();
    expect(JSON.parse(kept)).toEqual({ notice: { id: 7 }, answers: [{ guests: 4 }] });
  });

  it('is one delivery, however often the same is answered', async () => {
    const { look, inbox } = await asking([]);
    const [once, again] = [await look(), await look()];
    expect(again).toEqual(once);
    expect(await inbox.pending(10)).toHaveLength(2);
  });

  it('is not asked for where it says all, is an answer itself, or the marketplace has no API', async () => {
    const saysAll = await asking([], () => 'nothing');
    expect(await saysAll.look()).toEqual({ kind: 'says all' });
    const answer = await asking([], undefined, 'asked');
    expect(await answer.look()).toEqual({ kind: 'says all' });
    const closed = await asking([]);
    expect(await closed.look({ ...closed.source, api: null })).toEqual({ kind: 'says all' });
    expect([...saysAll.asked, ...answer.asked, ...closed.asked]).toEqual([]);
  });

  it.each([401, 403])(
    'is not given to a key that is refused with %i: a person has to see to it',
    async status => {
      const { look } = await asking([{ status }]);
      expect(await look()).toMatchObject({
        kind: 'refused',
        problems: [{ code: 'api-key-refused', field: 'message' }],
      });
    },
  );

  it.each([404, 410])(
    'is not there where the marketplace answers %i: a person has to see to it',
    async status => {
      const { look } = await asking([{ status }]);
      expect(await look()).toMatchObject({ kind: 'refused', problems: [{ code: 'api-unknown-there' }] });
    },
  );

  it.each([
    [500, {}, null],
    [429, { 'retry-after': '7' }, 7_000],
    [503, { 'retry-after': '0' }, null],
    [302, {}, null],
    [300, {}, null],
    [199, {}, null],
  ])('is asked for again later after a %i with %j', async (status, headers, retryAfterMs) => {
    const { look, inbox } = await asking([{ status, headers }]);
    const error = await look().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'api-unavailable' });
    expect((error as { retryAfterMs: number | null }).retryAfterMs).toBe(retryAfterMs);
    expect(await inbox.pending(10)).toHaveLength(1);
  });

  it('is kept only when every part of it was answered', async () => {
    const parts = () => ['/a', '/b'].map(path => ({ path, headers: {} }));
    const { look, asked, inbox } = await asking([{}, { status: 404 }], parts);
    expect(await look()).toMatchObject({ kind: 'refused' });
    expect(asked).toHaveLength(2);
    expect(await inbox.pending(10)).toHaveLength(1);
  });
});
