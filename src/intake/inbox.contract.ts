import { describe, expect, it } from 'vitest';
import type { Problem } from '#booking/problem.ts';
import { type SettableClock, settableClock } from '#lib/clock.ts';
import { type Random, seededRandom } from '#lib/random.ts';
import { Refusal } from '#lib/refusal.ts';
import { type Arrival, type Correction, type Delivery, type Inbox, mostTries, waits } from './inbox.ts';
import { correction as whole } from './intake.fixture.ts';

const problem: Problem = {
  field: 'partySize',
  code: 'party-over-limit',
  reason: 'Too many.',
  cure: 'Fewer.',
};

/** What every inbox has to do. `open` gives an empty one each time. */
export function inboxContract(open: (house: { clock: SettableClock; random: Random }) => Inbox): void {
  const fresh = () => {
    const clock = settableClock('2027-04-12T18:00:00Z');
    const inbox = open({ clock, random: seededRandom('inbox') });
    const arrive = async (messageId: string, body = `body of ${messageId}`, rest: Partial<Arrival> = {}) =>
      inbox.receive({
        source: 'market',
        messageId,
        via: 'signed',
        headers: { 'webhook-id': messageId },
        body: Buffer.from(body),
        ...rest,
      });
    const taken = async (messageId: string) => (await arrive(messageId)).delivery;
    const state = async ({ id }: Delivery) => (await inbox.find(id))?.state;
    return { clock, inbox, arrive, taken, state };
  };
  const refused = async (work: Promise<unknown>) => {
    const error = await work.then(
      () => null,
      (thrown: unknown) => thrown,
    );
    if (error instanceof Refusal) return error;
    throw new Error(`not refused: ${error}`);
  };

  describe('receiving', () => {
    it('keeps what came in, byte for byte', async () => {
      const { inbox, arrive } = fresh();
      const body = Buffer.from([0, 255, 34, 195]);
      const { kind, delivery } = await arrive('m1', '', { body });
      expect(kind).toBe('received');
      expect(delivery).toEqual({
        id: expect.stringMatching(/^dlv_[0-9a-z]{16}$/),
        source: 'market',
        messageId: 'm1',
        via: 'signed',
        headers: { 'webhook-id': 'm1' },
        receivedAt: '2027-04-12T18:00:00.000Z',
        state: 'pending',
        problems: [],
        outcome: null,
        tries: 0,
        nextTryAt: '2027-04-12T18:00:00.000Z',
        conflictsWith: null,
        decision: null,
        vouched: null,
        correction: null,
        erasedAt: null,
      });
      expect(Buffer.from((await inbox.body(delivery.id)) ?? [])).toEqual(body);
      expect(await inbox.find(delivery.id)).toEqual(delivery);
    });

    it('knows a repeat for ever, also once it is done', async () => {
      const { inbox, arrive, taken, clock } = fresh();
      const first = await taken('m1');
      await inbox.markDone(first.id, { kind: 'created', booking: 'bkg_1', revision: 1 });
      clock.advance(400 * 86_400_000);
      expect(await arrive('m1')).toMatchObject({
        kind: 'duplicate',
        delivery: { id: first.id, state: 'recorded' },
      });
      expect(await inbox.list({})).toHaveLength(1);
    });

    it('tells sources apart', async () => {
      const { arrive } = fresh();
      await arrive('m1');
      expect(await arrive('m1', 'another', { source: 'other' })).toMatchObject({ kind: 'received' });
    });

    it('refuses another body under a used id, once and again, and keeps it for a person', async () => {
      const { inbox, arrive, taken } = fresh();
      const first = await taken('m1');
      const refusal = await refused(arrive('m1', 'another'));
      expect(refusal.code).toBe('delivery-conflict');
      expect((await refused(arrive('m1', 'another'))).data).toEqual(refusal.data);
      const held = await inbox.held(9);
      expect(held).toMatchObject([
        { state: 'conflict', conflictsWith: first.id, problems: [{ code: 'delivery-conflict' }] },
      ]);
      expect(Buffer.from((await inbox.body(held[0]?.id ?? 'dlv_')) ?? []).toString()).toBe('another');
      expect(await inbox.pending(9)).toHaveLength(1);
      expect(await arrive('m1')).toMatchObject({ kind: 'duplicate', delivery: { id: first.id } });
    });

    it('erases what belongs to a booking or was never claimed, and still knows a repeat', async () => {
      const { inbox, arrive, taken, clock, state } = fresh();
      const mine = await taken('m1');
      await inbox.markDone(mine.id, { kind: 'created', booking: 'bkg_0000000000000001', revision: 1 });
      await arrive('m1', 'another body').catch(() => null);
      const odd = await taken('m2');
      await inbox.quarantine(odd.id, [problem]);
      await inbox.erase('bkg_0000000000000001');
      expect(await inbox.body(mine.id)).toHaveLength(0);
      expect((await inbox.held(9)).map(({ id }) => id)).toEqual([odd.id]);
      expect(await inbox.body(odd.id)).not.toHaveLength(0);
      expect((await arrive('m1')).kind).toBe('duplicate');
      expect((await refused(inbox.rerun(mine.id, 'joan'))).code).toBe('delivery-erased');
      clock.advance(1000);
      expect(await inbox.eraseUnclaimed(new Date(clock.now()).toISOString())).toBe(1);
      expect([await state(odd), await state(mine)]).toEqual(['discarded', 'recorded']);
      expect(await inbox.held(9)).toEqual([]);
    });

    it('takes one of many that arrive at the same moment', async () => {
      const { arrive, inbox } = fresh();
      const kinds = await Promise.all(
        Array.from({ length: 20 }, () => arrive('m1').then(received => received.kind)),
      );
      expect(kinds.filter(kind => kind === 'received')).toHaveLength(1);
      expect(await inbox.list({})).toHaveLength(1);
    });
  });

  describe('working through', () => {
    it('gives what is pending, oldest first', async () => {
      const { inbox, taken, clock } = fresh();
      for (const messageId of ['m1', 'm2', 'm3']) {
        await taken(messageId);
        clock.advance(1000);
      }
      const [first] = await inbox.pending(2);
      expect(await inbox.pending(2)).toHaveLength(2);
      expect(first?.messageId).toBe('m1');
      await inbox.markDone(first?.id ?? 'dlv_', { kind: 'created', booking: 'bkg_1', revision: 1 });
      expect((await inbox.pending(9)).map(one => one.messageId)).toEqual(['m2', 'm3']);
    });

    it('remembers what became of it', async () => {
      const { inbox, taken } = fresh();
      const { id } = await taken('m1');
      const outcome = { kind: 'changed', booking: 'bkg_1', revision: 3 } as const;
      await inbox.markDone(id, outcome);
      await inbox.markDone(id, outcome);
      expect(await inbox.find(id)).toMatchObject({ state: 'recorded', outcome, problems: [] });
      expect(await inbox.list({ booking: 'bkg_1' })).toHaveLength(1);
      await inbox.rebook('bkg_1', 'bkg_2');
      expect(await inbox.list({ booking: 'bkg_2' })).toMatchObject([{ id, outcome: { booking: 'bkg_2' } }]);
    });

    it('waits longer after each failure and gives up after the last', async () => {
      const { inbox, taken, clock } = fresh();
      const { id } = await taken('m1');
      for (const seconds of waits) {
        expect(await inbox.failed(id, problem)).toMatchObject({ state: 'pending' });
        expect(await inbox.pending(9)).toEqual([]);
        clock.advance(seconds * 1000);
        expect(await inbox.pending(9)).toHaveLength(1);
      }
      expect(await inbox.failed(id, problem)).toMatchObject({
        state: 'poisoned',
        tries: mostTries,
        problems: [problem],
      });
      clock.advance(86_400_000);
      expect(await inbox.pending(9)).toEqual([]);
      expect(await inbox.held(9)).toMatchObject([{ id }]);
    });

    it('waits as patiently as it is told to, showing meanwhile why and until when', async () => {
      const { inbox, taken, clock } = fresh();
      const { id } = await taken('m1');
      expect(await inbox.failed(id, problem, [3600])).toMatchObject({
        state: 'pending',
        problems: [problem],
        nextTryAt: '2027-04-12T19:00:00.000Z',
      });
      expect(await inbox.list({ state: 'pending' })).toMatchObject([{ id, tries: 1 }]);
      clock.advance(3_600_000);
      expect(await inbox.pending(9)).toHaveLength(1);
      expect(await inbox.failed(id, problem, [3600])).toMatchObject({ state: 'poisoned', nextTryAt: null });
    });
  });

  describe('a person', () => {
    it('runs a held one again', async () => {
      const { inbox, taken } = fresh();
      const { id } = await taken('m1');
      await inbox.quarantine(id, [problem]);
      expect(await inbox.held(9)).toMatchObject([{ id, state: 'quarantined', problems: [problem] }]);
      expect(await inbox.rerun(id, 'ana')).toMatchObject({
        state: 'pending',
        tries: 0,
        decision: { by: 'ana', what: 'rerun' },
      });
      expect(await inbox.pending(9)).toHaveLength(1);
      expect(await inbox.held(9)).toEqual([]);
    });

    it('says what one means, which is kept until its body goes', async () => {
      const { inbox, taken, clock } = fresh();
      const { id } = await taken('m1');
      await inbox.quarantine(id, [problem]);
      const after = await inbox.correct(id, correction, 'ana');
      expect(after).toMatchObject({ state: 'pending', correction, decision: { by: 'ana', what: 'correct' } });
      clock.advance(1000);
      await inbox.eraseUnclaimed('2027-04-12T18:00:01.000Z');
      expect(await inbox.find(id)).toMatchObject({ correction: null });
      expect((await refused(inbox.correct(id, correction, 'ana'))).code).toBe('delivery-erased');
    });

    it('puts one away with a reason, and can take that back', async () => {
      const { inbox, taken, state } = fresh();
      const delivery = await taken('m1');
      await inbox.quarantine(delivery.id, [problem]);
      await inbox.discard(delivery.id, 'ana', 'a test of theirs');
      expect(await inbox.find(delivery.id)).toMatchObject({
        state: 'discarded',
        problems: [problem],
        decision: { by: 'ana', what: 'discard', reason: 'a test of theirs', at: '2027-04-12T18:00:00.000Z' },
      });
      expect(await inbox.pending(9)).toEqual([]);
      await inbox.rerun(delivery.id, 'ana');
      expect(await state(delivery)).toBe('pending');
    });

    it('cannot put away what is part of a booking', async () => {
      const { inbox, taken } = fresh();
      const { id } = await taken('m1');
      await inbox.markDone(id, { kind: 'created', booking: 'bkg_1', revision: 1 });
      expect((await refused(inbox.discard(id, 'ana', 'no'))).code).toBe('delivery-recorded');
    });

    it('is told when there is no such delivery', async () => {
      const { inbox } = fresh();
      expect((await refused(inbox.rerun('dlv_none', 'ana'))).code).toBe('delivery-unknown');
      expect((await refused(inbox.discard('dlv_none', 'ana', ''))).code).toBe('delivery-unknown');
      expect(await inbox.find('dlv_none')).toBeNull();
      expect(await inbox.body('dlv_none')).toBeNull();
    });

    it('lists by source and state, newest first', async () => {
      const { inbox, arrive, taken, clock } = fresh();
      const { id } = await taken('m1');
      clock.advance(1000);
      await taken('m2');
      clock.advance(1000);
      await arrive('m3', 'x', { source: 'other' });
      await inbox.quarantine(id, [problem]);
      const ids = async (filter: Parameters<Inbox['list']>[0]) =>
        (await inbox.list(filter)).map(one => one.messageId).join(' ');
      expect(await ids({})).toBe('m3 m2 m1');
      expect(await ids({ source: 'market' })).toBe('m2 m1');
      expect(await ids({ state: 'pending', source: 'market' })).toBe('m2');
      expect(await ids({ limit: 1 })).toBe('m3');
    });
  });
}

const correction: Correction = { ...whole, guestEmail: null, guestPhone: null };
