import { describe, expect, it } from 'vitest';
import type { Delivery, Inbox } from './inbox.ts';
import { changed, correction, created, payload, testIntake } from './intake.fixture.ts';
import { createIntake } from './process-delivery.ts';
import { apiOf, expected, fixture, vendorSource } from './vendors/vendor.fixture.ts';

const answer = '/booking.json/booking/4711';

/** Takes something in and leaves it there. */
async function receive(inbox: Inbox, messageId: string, body: Uint8Array, from = 'market') {
  const arrival = { source: from, messageId, via: 'signed', headers: {}, body } as const;
  return (await inbox.receive(arrival)).delivery.id;
}

const bodyOf = (sent: unknown) => Buffer.from(JSON.stringify(sent));

/** A marketplace whose notices say nothing, and what its API answers now. */
function asking(said: Record<string, string> = { [answer]: 'answer.json' }) {
  const noted: string[] = [];
  const counted: string[] = [];
  const world = testIntake({
    sourcesNow: [vendorSource(expected('bokun'), true)],
    outside: apiOf('bokun', () => said),
    count: (name: string, labels: { source: string; state?: string }) =>
      void counted.push(`${name} ${labels.source} ${labels.state}`),
    onNoted: async booking => void noted.push(booking),
  });
  const notice = (file = 'notice.json') => world.deliver(fixture('bokun', file).toString());
  const arrived = () => receive(world.inbox, 'notice', fixture('bokun', 'notice.json'));
  const answers = async () =>
    (await world.inbox.list({ limit: 99 })).filter(({ via }: Delivery) => via === 'asked');
  return { ...world, notice, arrived, answers, noted, counted };
}

describe('a notice that the marketplace was asked after', () => {
  it('is part of the booking that the answer is about, as is the answer', async () => {
    const { notice, answers, bookings, noted, counted } = asking();
    const kept = await notice();
    const [came] = await answers();
    const booking = (await bookings.unfulfilled(9))[0];
    expect(kept).toMatchObject({
      state: 'recorded',
      outcome: { kind: 'asked', booking: booking?.id, revision: 1 },
      erasedAt: null,
    });
    expect(came).toMatchObject({
      state: 'recorded',
      outcome: { kind: 'created', booking: booking?.id, revision: 1 },
      erasedAt: null,
    });
    expect(noted).toEqual([booking?.id]);
    expect(counted).toEqual(['deliveries market recorded', 'deliveries market recorded']);
  });

  it('belongs to no booking while the answer is held back, and to its booking once that is taken', async () => {
    const { room, inbox, arrived, answers } = asking();
    const { source: declared, ...rest } = expected('bokun');
    const unlisted = vendorSource({ ...rest, source: { ...declared, listings: {} } }, true);
    const kept = await arrived();
    expect(await createIntake({ ...room, sources: () => unlisted }).process(kept)).toMatchObject({
      state: 'recorded',
      outcome: { kind: 'asked', booking: null },
    });
    const [held] = await answers();
    expect(held).toMatchObject({ state: 'quarantined' });
    const taken = await createIntake(room).rerun(held?.id ?? 'dlv_', 'ana');
    expect(taken).toMatchObject({ state: 'recorded', outcome: { kind: 'created' } });
    expect(await inbox.find(kept)).toMatchObject({
      outcome: { kind: 'asked', booking: taken.outcome?.booking, revision: 1 },
    });
  });

  it('is not asked after where a person says what it means', async () => {
    const { intake, notice, answers } = asking({});
    const held = await notice();
    expect(held).toMatchObject({ state: 'quarantined', problems: [{ code: 'api-unknown-there' }] });
    expect(await intake.correct(held.id, correction, 'ana')).toMatchObject({
      state: 'recorded',
      outcome: { kind: 'created' },
    });
    expect(await answers()).toEqual([]);
  });

  it('is held back where it cannot even be opened: there is nothing to ask for', async () => {
    const { deliver, answers } = asking();
    expect(await deliver('{')).toMatchObject({
      state: 'quarantined',
      problems: [{ code: 'json-malformed' }],
    });
    expect(await answers()).toEqual([]);
  });

  it('is tried again where asking fails through a fault of our own', async () => {
    const { room, arrived } = asking();
    const broken = createIntake({ ...room, lookUp: () => Promise.reject(new TypeError('a defect')) });
    expect(await broken.process(await arrived())).toMatchObject({ state: 'pending', tries: 1 });
  });
});

describe('of a guest who is forgotten', () => {
  it('what comes in later is not kept, nor a word of it in the books', async () => {
    const { deliver, bookings, notes, inbox } = testIntake();
    const { outcome, id } = await deliver(created());
    expect((await inbox.find(id))?.erasedAt).toBeNull();
    await bookings.forget(outcome?.booking ?? 'bkg_');
    const later = { ...changed(2, { party_size: 5, note: 'with my dog' }), payout: { gross: '840.75' } };
    const after = await deliver(later);
    expect(after).toMatchObject({ state: 'recorded', erasedAt: expect.any(String) });
    expect(await inbox.body(after.id)).toHaveLength(0);
    expect(notes).toMatchObject([{ booking: outcome?.booking, note: { gross: '840.75', note: null } }]);
    expect(await bookings.byName('market', 'xhqgmdh')).toMatchObject({ guest: { name: 'Name erased' } });
  });

  it('the notice goes with the answer', async () => {
    const said: Record<string, string> = { [answer]: 'answer.json' };
    const { notice, answers, bookings } = asking(said);
    const { outcome } = await notice();
    await bookings.forget(outcome?.booking ?? 'bkg_');
    said[answer] = 'answer-moved.json';
    const after = await notice('notice-of-change.json');
    expect(after).toMatchObject({
      outcome: { kind: 'asked', booking: outcome?.booking },
      erasedAt: expect.any(String),
    });
    expect((await answers()).filter(({ erasedAt }) => erasedAt !== null)).toHaveLength(1);
  });
});

describe('a tick', () => {
  it('reads everything that is due once, whatever else cannot be read', async () => {
    const { inbox, room, bookings } = testIntake();
    const tries: string[] = [];
    const broken = createIntake({
      ...room,
      sources: id => {
        if (id === 'market') return room.sources(id);
        tries.push(id);
        throw new TypeError('a defect');
      },
      // Nothing is noted either, so that all of it stays due.
      inbox: { ...inbox, failed: () => Promise.reject(new TypeError('another')) },
    });
    for (let n = 0; n < 45; n++) {
      await receive(inbox, `m${n}`, bodyOf(created({ id: `x${n}` })), n < 40 ? 'broken' : 'market');
    }
    await broken.processPending();
    expect(tries).toHaveLength(40);
    expect(await bookings.count()).toBe(5);
    expect(await inbox.pending(99)).toHaveLength(40);
  });

  it('reads no more than 32 beside each other', async () => {
    const { inbox, room } = testIntake();
    let now = 0;
    let most = 0;
    const counting = createIntake({
      ...room,
      inbox: {
        ...inbox,
        async body(id) {
          most = Math.max(most, ++now);
          await new Promise(resolve => setImmediate(resolve));
          now--;
          return inbox.body(id);
        },
      },
    });
    for (let n = 0; n < 70; n++) await receive(inbox, `m${n}`, bodyOf(payload({ id: `x${n}` })));
    await counting.processPending();
    expect(most).toBeLessThanOrEqual(32);
    expect(await inbox.pending(99)).toEqual([]);
  });
});

it('a delivery that does not exist is read as nothing', async () => {
  expect(await testIntake().intake.process('dlv_nothing')).toBeNull();
});
