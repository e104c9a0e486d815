import { beforeEach, expect, it } from 'vitest';
import type { Booking } from '#booking/booking.ts';
import type { Belief, Statement, Surface } from '#booking/surface.ts';
import { settableClock } from '#lib/clock.ts';
import { Unavailable } from '#lib/refusal.ts';
import { openSqlite } from '#platform/sqlite.ts';
import { sqliteBeliefs } from './beliefs.sqlite.ts';
import { type Board, converge } from './converge.ts';

const booking = (revision: number, status: Booking['status'] = 'confirmed') =>
  ({ id: 'bkg_a', revision, status }) as unknown as Booking;

let board: Board;
let said: string[];
let wanted: Statement[];
let refuse: ((recipient: string) => void) | null;

/** A noticeboard: the simplest surface there is. It notes what it was told to say. */
const noticeboard: Surface = {
  name: 'crew event',
  fence: 'open',
  desired: async () => wanted,
  async state(_booking, { recipient, digest }) {
    refuse?.(recipient);
    said.push(`${recipient} reads ${digest}`);
    return { state: 'stated' };
  },
  async withdraw(_booking, { recipient }) {
    refuse?.(recipient);
    said.push(`${recipient} reads nothing`);
    return { state: 'stated' };
  },
  readBack: async () => null,
};

const beliefsOf = async (): Promise<Record<string, Belief>> =>
  Object.fromEntries((await board.beliefs.of('bkg_a')).map(belief => [belief.recipient, belief]));

beforeEach(() => {
  board = {
    beliefs: sqliteBeliefs(openSqlite(':memory:')),
    letterOutcome: async () => null,
    clock: settableClock('2027-01-01T00:00:00Z'),
  };
  said = [];
  wanted = [{ recipient: 'ana', digest: 'one' }];
  refuse = null;
});

it('says a thing once, however often it is asked to', async () => {
  await converge(noticeboard, booking(1), board);
  await converge(noticeboard, booking(1), board);
  expect(said).toEqual(['ana reads one']);
  expect((await beliefsOf()).ana).toMatchObject({ state: 'stated', statedRevision: 1, statedDigest: 'one' });
});

it('notes a later revision without speaking when it would say the same', async () => {
  await converge(noticeboard, booking(1), board);
  await converge(noticeboard, booking(2), board);
  expect(said).toHaveLength(1);
  expect((await beliefsOf()).ana).toMatchObject({ desiredRevision: 2, statedRevision: 2 });
});

it('takes back what it said to somebody it no longer speaks to', async () => {
  await converge(noticeboard, booking(1), board);
  wanted = [{ recipient: 'luis', digest: 'one' }];
  await converge(noticeboard, booking(2), board);
  expect(said).toEqual(['ana reads one', 'luis reads one', 'ana reads nothing']);
  expect((await beliefsOf()).ana).toMatchObject({ state: 'withdrawn', statedDigest: null });
});

it('takes everything back once when the booking is cancelled', async () => {
  await converge(noticeboard, booking(1), board);
  await converge(noticeboard, booking(2, 'cancelled'), board);
  await converge(noticeboard, booking(2, 'cancelled'), board);
  expect(said).toEqual(['ana reads one', 'ana reads nothing']);
});

it('says nothing to anybody about a booking that was cancelled before it was known', async () => {
  await converge(noticeboard, booking(1, 'cancelled'), board);
  expect(said).toEqual([]);
});

it('tries everybody even when one cannot be reached, and remembers why', async () => {
  wanted = [
    { recipient: 'ana', digest: 'one' },
    { recipient: 'luis', digest: 'one' },
  ];
  refuse = recipient => {
    if (recipient === 'ana') throw new Unavailable('board-fell-down', 'The board fell down.');
  };
  await expect(converge(noticeboard, booking(1), board)).rejects.toThrow('fell down');
  expect(await beliefsOf()).toMatchObject({
    ana: { state: 'failing', attempts: 1, error: { code: 'board-fell-down' } },
    luis: { state: 'stated' },
  });
  refuse = null;
  await converge(noticeboard, booking(1), board);
  expect((await beliefsOf()).ana).toMatchObject({ state: 'stated', error: null });
});

it('takes a letter as said only when it has gone out', async () => {
  const letterbox: Surface = {
    ...noticeboard,
    name: 'crew letter',
    state: async (_booking, { recipient }) => ({ state: 'posted', letter: `to ${recipient}` }),
  };
  await converge(letterbox, booking(1), board);
  expect((await beliefsOf()).ana).toMatchObject({ state: 'pending', awaiting: 'to ana', statedDigest: null });
  await board.beliefs.letterSettled('to ana', { kind: 'sent', at: '2027-01-01T00:00:01.000Z' });
  expect((await beliefsOf()).ana).toMatchObject({ state: 'stated', statedDigest: 'one', awaiting: null });
});

it('shows a letter that came back as stuck, with the reason', async () => {
  const letterbox: Surface = {
    ...noticeboard,
    name: 'crew letter',
    state: async () => ({ state: 'posted', letter: 'L1' }),
  };
  await converge(letterbox, booking(1), board);
  await board.beliefs.letterSettled('L1', {
    kind: 'returned',
    reason: 'no such mailbox',
    at: '2027-01-01T00:00:01.000Z',
  });
  expect((await beliefsOf()).ana).toMatchObject({ state: 'stuck', error: { message: 'no such mailbox' } });
  expect(await board.beliefs.troubled(10)).toHaveLength(1);
});

it('asks the post again about a letter whose outcome a crash kept from being noted', async () => {
  const letterbox: Surface = {
    ...noticeboard,
    name: 'crew letter',
    state: async () => ({ state: 'posted', letter: 'L1' }),
  };
  await converge(letterbox, booking(1), board);
  const after = {
    ...board,
    letterOutcome: async () => ({ kind: 'returned', reason: 'no such mailbox', at: '2027-01-01' }) as const,
  };
  await converge(letterbox, booking(1), after);
  expect((await beliefsOf()).ana).toMatchObject({ state: 'stuck', error: { message: 'no such mailbox' } });
});
