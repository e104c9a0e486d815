import { describe, expect, it } from 'vitest';
import type { Belief } from '#booking/surface.ts';
import { settableClock } from '#lib/clock.ts';
import { seededRandom } from '#lib/random.ts';
import { openSqlite } from '#platform/sqlite.ts';
import { announceTo } from './announce.ts';
import { announcementKinds, type Endpoint } from './announcement.ts';
import { sqliteAnnouncementStore } from './announcement-store.sqlite.ts';
import { payloadOf } from './payload.ts';

const endpoint = (id: string, more: Partial<Endpoint> = {}): Endpoint => ({
  id,
  url: 'https://shop.example/hook',
  secrets: [],
  events: announcementKinds,
  audience: 'operator',
  isNearby: false,
  ...more,
});

const belief = (surface: Belief['surface'], recipient: string): Belief => ({
  booking: 'bkg_1',
  surface,
  recipient,
  desiredRevision: 2,
  desiredDigest: 'd',
  statedRevision: 1,
  statedDigest: 'c',
  state: 'failing',
  at: '2027-05-01T12:00:00.000Z',
  attempts: 3,
  error: { code: 'outbox-full', message: 'carole@example.org paid 840.75' },
  url: null,
  awaiting: null,
});

function house(endpoints: readonly Endpoint[]) {
  const clock = settableClock('2027-05-01T12:00:00Z');
  const store = sqliteAnnouncementStore(openSqlite(':memory:'), { clock, random: seededRandom('announce') });
  const announce = announceTo({ store, endpoints, clock, nudge: () => {} });
  return { store, announce, clock };
}

describe('a surface that fails', () => {
  it('is announced once for a revision, by a code and without the address it writes to', async () => {
    const { store, announce } = house([endpoint('shop')]);
    const failing = [belief('guest letter', 'carole@example.org'), belief('crew letter', 'kim')];
    await announce.failing(failing, 'open');
    await announce.failing(failing, 'open');
    const sent = await store.list({ limit: 9 });
    expect(sent.map(({ announcement }) => announcement.detail.recipient).sort()).toEqual(['kim', null]);
    const bodies = sent.map(({ announcement }) => payloadOf(announcement, null)).join();
    expect(bodies).toContain('outbox-full');
    expect(bodies).not.toMatch(/840|carole/);
  });

  it('of the owner is for owners alone, the fact that it is there included', async () => {
    const { store, announce } = house([endpoint('shop'), endpoint('books', { audience: 'owner' })]);
    await announce.failing([belief('ledger', '-')], 'owner');
    expect((await store.list({ limit: 9 })).map(sending => sending.endpoint)).toEqual(['books']);
  });

  it('is nothing to endpoints that asked for something else', async () => {
    const { store, announce } = house([endpoint('shop', { events: ['booking.created'] })]);
    await announce.failing([belief('crew letter', 'kim')], 'open');
    expect(await store.list({ limit: 9 })).toEqual([]);
  });
});
