import { describe, expect, it } from 'vitest';
import { testFleet, wall } from '#booking/booking.fixture.ts';
import type { Booking } from '#booking/booking.ts';
import { fleet } from '#booking/fleet.ts';
import { moveBooking } from '#booking/move-booking.ts';
import { Unavailable } from '#lib/refusal.ts';
import { waits } from './inbox.ts';
import { cancelled, changed, created, payload, testIntake } from './intake.fixture.ts';
import { createIntake } from './process-delivery.ts';
import { source, sources } from './sources.ts';

const rebooked = created({
  id: 'second',
  replaces: 'xhqgmdh',
  start: '2027-06-06T15:30',
  end: '2027-06-06T18:30',
});

describe('a delivery', () => {
  it('becomes a booking', async () => {
    const { deliver, bookings } = testIntake();
    const delivery = await deliver(created());
    expect(delivery).toMatchObject({ state: 'recorded', outcome: { kind: 'created', revision: 1 } });
    expect(await bookings.byName('market', 'xhqgmdh')).toMatchObject({
      id: delivery.outcome?.booking,
      vessel: 'heron',
      status: 'confirmed',
      start: wall('2027-05-30T16:30'),
      end: wall('2027-05-30T19:30'),
      guest: { name: 'Carole Whitfield', email: 'carole@example.org', phone: '+1 619 555 0142' },
      partySize: 4,
    });
  });

  it('is read once, however often it is asked for', async () => {
    const { deliver, intake, bookings, notes } = testIntake();
    const { id } = await deliver(created());
    await Promise.all([intake.process(id), intake.process(id), intake.processPending()]);
    expect(await bookings.messages((await bookings.byName('market', 'xhqgmdh'))?.id ?? 'bkg_')).toHaveLength(
      1,
    );
    expect(notes).toHaveLength(0);
  });

  it('tells fulfilment of a booking, not of a repeat', async () => {
    const told: string[] = [];
    const { deliver } = testIntake({
      onRecorded: ({ revision, status }) => told.push(`${revision} ${status}`),
    });
    await deliver(created());
    await deliver(changed(2));
    await deliver(changed(3, { party_size: 5 }));
    await deliver(cancelled(4));
    await deliver(changed(5, { party_size: 6 }));
    expect(told).toEqual(['1 confirmed', '2 confirmed', '3 cancelled']);
  });

  it('that was still waiting at a crash is read at the next start', async () => {
    const { inbox, intake, bookings } = testIntake();
    for (const n of Array.from({ length: 100 }, (_, index) => index)) {
      await inbox.receive({
        source: 'market',
        messageId: `m${n}`,
        via: 'signed',
        headers: {},
        body: Buffer.from(JSON.stringify(created({ id: `x${n}` }))),
      });
    }
    await intake.processPending();
    expect(await bookings.count()).toBe(100);
    expect(await inbox.pending(9)).toEqual([]);
  });
});

describe('deliveries in any order', () => {
  const final = async (bodies: readonly unknown[]) => {
    const { deliver, bookings } = testIntake();
    for (const body of bodies) expect((await deliver(body)).state).toBe('recorded');
    const booking = await bookings.byName('market', 'xhqgmdh');
    const count = await bookings.count();
    return {
      count,
      booking: booking && {
        status: booking.status,
        start: booking.start.local,
        party: booking.partySize,
        names: booking.names.length,
      },
    };
  };
  function* orders<T>(items: readonly T[]): Generator<readonly T[]> {
    if (items.length <= 1) return yield items;
    for (const [index, item] of items.entries()) {
      for (const rest of orders(items.toSpliced(index, 1))) yield [item, ...rest];
    }
  }

  it.each([
    [
      'duplicates',
      [created(), created(), changed(2, { party_size: 5 }), created()],
      { status: 'confirmed', start: '2027-05-30T16:30', party: 5, names: 1 },
    ],
    [
      'a late change',
      [created(), changed(2, { party_size: 5 }), changed(3, { party_size: 6 })],
      { status: 'confirmed', start: '2027-05-30T16:30', party: 6, names: 1 },
    ],
    [
      'a change after the cancel',
      [created(), cancelled(2), changed(3, { party_size: 5 })],
      { status: 'cancelled', start: '2027-05-30T16:30', party: 4, names: 1 },
    ],
    [
      'a reschedule under a new name',
      [created(), cancelled(2), rebooked],
      { status: 'confirmed', start: '2027-06-06T15:30', party: 4, names: 2 },
    ],
    [
      'a reschedule that is cancelled',
      [created(), cancelled(2), rebooked, cancelled(2, 'second')],
      { status: 'cancelled', start: '2027-06-06T15:30', party: 4, names: 2 },
    ],
  ])('%s: one booking, the same in the end', async (_what, bodies, expected) => {
    for (const order of orders(bodies)) expect(await final(order)).toEqual({ count: 1, booking: expected });
  });

  it('a cancel before its booking is remembered, and nothing is ever told', async () => {
    const told: Booking[] = [];
    const { deliver, bookings } = testIntake({ onRecorded: booking => told.push(booking) });
    expect(await deliver(cancelled(2))).toMatchObject({
      state: 'recorded',
      outcome: { kind: 'remembered', booking: null },
    });
    expect(await deliver(created())).toMatchObject({
      state: 'recorded',
      outcome: { kind: 'remembered', revision: 1 },
    });
    expect(told).toEqual([]);
    expect(await bookings.unfulfilled(9)).toEqual([]);
  });

  it("the operator's move survives the marketplace repeating itself", async () => {
    const { deliver, bookings, desk } = testIntake();
    const { outcome } = await deliver(created());
    await moveBooking(desk, outcome?.booking ?? 'bkg_', { start: '15:30' });
    expect(await deliver(changed(2))).toMatchObject({ outcome: { kind: 'unchanged', revision: 2 } });
    expect((await bookings.byName('market', 'xhqgmdh'))?.start.local).toBe('2027-05-30T15:30');
  });
});

describe('held back', () => {
  it('is taken when it is run again after the configuration was mended', async () => {
    const { deliver, room, bookings, desk, inbox } = testIntake();
    const held = await deliver(payload({ vessel: 'Kestrel 38' }));
    expect(held.problems[0]).toMatchObject({ field: 'vessel', code: 'vessel-unknown' });
    const heron = testFleet.vessel('heron');
    if (!heron) throw new Error('no heron');
    const mended = createIntake({
      ...room,
      desk: {
        ...desk,
        fleet: fleet({ ...testFleet, vessels: [...testFleet.vessels, { ...heron, id: 'Kestrel 38' }] }),
      },
    });
    expect(await mended.rerun(held.id, 'ana')).toMatchObject({
      state: 'recorded',
      outcome: { kind: 'created' },
      problems: [],
      decision: { by: 'ana' },
    });
    expect(await bookings.byName('market', 'xhqgmdh')).toMatchObject({ vessel: 'Kestrel 38' });
    expect(await inbox.held(9)).toEqual([]);
  });

  it('stays so when nothing was mended', async () => {
    const { deliver, intake } = testIntake();
    const held = await deliver(payload({ party_size: 7 }));
    expect(await intake.rerun(held.id, 'ana')).toMatchObject({
      state: 'quarantined',
      problems: [{ code: 'party-over-limit' }],
    });
  });

  it('revives nothing when the booking was cancelled meanwhile', async () => {
    const { deliver, room, desk, bookings } = testIntake();
    const held = await deliver(payload({ vessel: 'Kestrel 38' }));
    await deliver(cancelled(2));
    const heron = testFleet.vessel('heron');
    const mended = createIntake({ ...room, desk: { ...desk, fleet: { ...testFleet, vessel: () => heron } } });
    expect(await mended.rerun(held.id, 'ana')).toMatchObject({
      state: 'recorded',
      outcome: { kind: 'remembered' },
    });
    expect(await bookings.byName('market', 'xhqgmdh')).toMatchObject({ status: 'cancelled' });
  });

  it('is what comes from a source that is no longer configured', async () => {
    const { deliver, room } = testIntake({ sourcesNow: [] });
    expect(await deliver(created())).toMatchObject({
      state: 'quarantined',
      problems: [{ code: 'source-unknown', field: 'source' }],
    });
    expect(room.sources('market')).toBeNull();
  });

  it('is what comes without a signature, where the operator wants to see that first', async () => {
    const careful = source({
      id: 'market',
      kind: 'boatsetter',
      times: 'local',
      urlSecrets: ['a secret'],
      holdUnsigned: true,
    });
    const { inbox, intake, deliver } = testIntake({ sources: sources([careful]) });
    const body = Buffer.from(JSON.stringify(payload({ vessel: 'heron' })));
    const { delivery } = await inbox.receive({
      source: 'market',
      messageId: 'm',
      via: 'url-secret',
      headers: {},
      body,
    });
    expect(await intake.process(delivery.id)).toMatchObject({
      state: 'quarantined',
      problems: [{ code: 'unsigned-held' }],
    });
    expect(await intake.rerun(delivery.id, 'ana')).toMatchObject({ state: 'recorded' });
    expect(await deliver(payload({ vessel: 'heron', id: 'signed' }), 'n')).toMatchObject({
      state: 'recorded',
    });
  });

  it('is the second body under one id, which a person may take as a further message', async () => {
    const { deliver, inbox, intake, bookings } = testIntake();
    await deliver(created(), 'same');
    await deliver(changed(2, { party_size: 5 }), 'same').catch(() => null);
    const [conflict] = await inbox.held(9);
    expect(await intake.rerun(conflict?.id ?? 'dlv_', 'ana')).toMatchObject({
      state: 'recorded',
      outcome: { kind: 'changed' },
    });
    expect(await bookings.byName('market', 'xhqgmdh')).toMatchObject({ partySize: 5 });
  });
});

describe('a fault of our own', () => {
  it('is tried again later, and after five times held back as poisoned', async () => {
    let isBroken = true;
    const { deliver, intake, clock, inbox, bookings, notes, room } = testIntake();
    const breaking = createIntake({
      ...room,
      books: {
        note: async (booking, note) =>
          isBroken ? Promise.reject(new TypeError('a defect')) : notes.push({ booking, note }),
      },
    });
    const { delivery } = await inbox.receive({
      source: 'market',
      messageId: 'm',
      via: 'signed',
      headers: {},
      body: Buffer.from(JSON.stringify(created({ note: 'hello' }))),
    });
    expect(await breaking.process(delivery.id)).toMatchObject({ state: 'pending', tries: 1 });
    expect(await bookings.count()).toBe(1);
    await breaking.processPending();
    expect(await inbox.find(delivery.id)).toMatchObject({ tries: 1 });
    for (const seconds of waits) {
      clock.advance(seconds * 1000);
      await breaking.processPending();
    }
    expect(await inbox.find(delivery.id)).toMatchObject({
      state: 'poisoned',
      tries: 5,
      problems: [{ code: 'delivery-poisoned' }],
    });
    expect(await deliver(created({ id: 'other' }))).toMatchObject({ state: 'recorded' });

    isBroken = false;
    expect(await breaking.rerun(delivery.id, 'ana')).toMatchObject({
      state: 'recorded',
      outcome: { kind: 'unchanged' },
    });
    expect(notes).toHaveLength(1);
    expect(await bookings.count()).toBe(2);
    expect(intake).toBeDefined();
  });

  it('of the disk leaves it pending', async () => {
    const { inbox, room } = testIntake();
    const full = new Unavailable('disk-full', 'The disk is full: nothing was stored.');
    const broken = createIntake({
      ...room,
      inbox: { ...inbox, markDone: () => Promise.reject(full), failed: () => Promise.reject(full) },
    });
    const { delivery } = await inbox.receive({
      source: 'market',
      messageId: 'm',
      via: 'signed',
      headers: {},
      body: Buffer.from(JSON.stringify(created())),
    });
    expect(await broken.process(delivery.id)).toMatchObject({ state: 'pending' });
    await createIntake(room).processPending();
    expect(await inbox.find(delivery.id)).toMatchObject({
      state: 'recorded',
      outcome: { kind: 'unchanged' },
    });
  });
});
