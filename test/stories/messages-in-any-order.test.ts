import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { example, openWorld, type World } from '../world.ts';

describe('what marketplaces send', () => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld();
  });
  afterEach(() => world.close());

  const said = (type: string, at: string, changes: Record<string, unknown>) => ({
    ...example('boatsetter-created', changes),
    type,
    occurred_at: at,
  });
  const created = said('booking.created', '2027-04-01T10:00:00Z', { version: 1 });
  const changed = said('booking.changed', '2027-04-02T10:00:00Z', {
    version: 2,
    start: '2027-05-30T15:30',
    end: '2027-05-30T18:30',
  });
  const cancelled = { ...said('booking.cancelled', '2027-04-03T10:00:00Z', { version: 3 }) };

  it('makes one booking of the same webhook sent three times', async () => {
    for (let i = 0; i < 3; i++) expect((await world.deliver(created, { id: 'msg_same' })).status).toBe(202);
    await world.deliver(created, { id: 'msg_other' });
    await world.settle();
    expect(await world.booking()).toMatchObject({ revision: 1 });
    expect(await world.letters({ to: 'carole.whitfield@example.org' })).toHaveLength(1);
    const events = await world.http(`${world.house}/api/events`, {
      headers: { 'x-service-key': world.keys.serviceKey },
    });
    expect(events.json<{ events: unknown[] }>().events).toHaveLength(1);
  });

  it('refuses the same id with another body, keeps the first, and shows the conflict on the desk', async () => {
    await world.deliver(created, { id: 'msg_same' });
    const second = await world.deliver(changed, { id: 'msg_same' });
    expect(second.status).toBe(409);
    expect(second.json<{ code: string }>().code).toBe('delivery-conflict');
    await world.settle();
    expect(await world.booking()).toMatchObject({ start: { local: '2027-05-30T16:30' } });
    expect((await world.http(`${world.house}/metrics`)).body).toMatch(/gangway_deliveries_held 1/);
  });

  it('does not publish what was cancelled before it was created, nor revive it', async () => {
    for (const message of [cancelled, created, changed]) await world.deliver(message);
    await world.settle();
    expect((await world.bookings()).filter(({ status }) => status !== 'cancelled')).toEqual([]);
    expect(await world.letters()).toEqual([]);
  });

  it('lets a late change not overtake a newer one', async () => {
    await world.deliver(changed);
    await world.settle();
    await world.deliver(created);
    await world.settle();
    expect(await world.booking()).toMatchObject({ start: { local: '2027-05-30T15:30' } });
  });

  it('takes a cancel and a create under a new id as one booking that moved, in either order', async () => {
    const rebooked = example('boatsetter-rescheduled-new-id');
    const cancelOld = { ...cancelled, occurred_at: rebooked.occurred_at };
    await world.deliver(created);
    await world.settle();
    const { id } = await world.booking();
    await world.deliver(rebooked);
    await world.deliver(cancelOld);
    await world.settle();
    const booking = await world.booking();
    expect(booking).toMatchObject({ id, status: 'confirmed' });
    expect(booking.names.map(name => name.externalId)).toHaveLength(2);
    expect(
      (await world.beliefs(id)).filter(
        ({ surface, state }) => surface === 'guest page' && state === 'stated',
      ),
    ).toHaveLength(1);
  });

  it('takes two bookings that turn out to be one without telling anybody that the trip is off', async () => {
    await world.deliver(created);
    const rebooked = example('boatsetter-rescheduled-new-id');
    const { replaces: _link, ...unlinked } = rebooked.booking;
    await world.deliver({ ...rebooked, booking: { ...unlinked, version: 1 } });
    await world.settle();
    expect(await world.bookings()).toHaveLength(2);
    await world.deliver({
      ...rebooked,
      type: 'booking.changed',
      booking: { ...rebooked.booking, version: 2 },
    });
    await world.settle();
    expect(await world.bookings()).toHaveLength(1);
    expect(await world.letters({ subject: /cancel|off/i })).toEqual([]);
    const gone = (await world.letters({ to: 'carole.whitfield@example.org' })).length;
    expect(gone).toBeLessThanOrEqual(3);
  });
});

describe('bad input', () => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld();
  });
  afterEach(() => world.close());

  const held = async () =>
    (await world.http(`${world.house}/metrics`)).body.match(/gangway_deliveries_held (\d+)/)?.[1];
  const post = (headers: Record<string, string>, body: string | Uint8Array) =>
    world.http(`${world.house}/webhooks/boatsetter`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });

  it('turns away what is not signed, wrongly signed or too old, and books nothing', async () => {
    const text = JSON.stringify(example('boatsetter-created'));
    const now = String(Math.floor(world.clock.now() / 1000));
    const answers = [
      await post({}, text),
      await post({ 'webhook-id': 'msg_x', 'webhook-timestamp': now, 'webhook-signature': 'v1,AAAA' }, text),
    ];
    expect(answers.map(answer => answer.status)).toEqual([401, 401]);
    expect(answers.map(answer => answer.headers['content-type'])).toEqual(
      Array(2).fill('application/problem+json'),
    );
    world.clock.advance(-3_600_000);
    const stale = world.deliver(example('boatsetter-created'));
    world.clock.advance(3_600_000);
    expect([202, 400, 401]).toContain((await stale).status);
    expect((await world.http(`${world.house}/metrics`)).body).toMatch(
      /gangway_webhooks_total\{source="boatsetter",outcome="signature-missing"\} 1/,
    );
  });

  const quarantined: [string, Record<string, unknown>, string][] = [
    ['an unknown vessel', { vessel: 'flying-dutchman' }, 'vessel'],
    ['a date that has passed', { start: '2020-05-30T16:30', end: '2020-05-30T19:30' }, 'start'],
    ['an end before the start', { end: '2027-05-30T15:30' }, 'end'],
    ['a party of nobody', { party_size: 0 }, 'partySize'],
    ['a seventh passenger on a time charter', { party_size: 7 }, 'partySize'],
    ['a time that the clocks skip', { start: '2028-03-12T02:30', end: '2028-03-12T05:30' }, 'start'],
  ];
  for (const [what, changes, field] of quarantined) {
    it(`holds back ${what}, names the field and the cure, and publishes nothing`, async () => {
      const answer = await world.deliver(example('boatsetter-created', changes));
      expect(answer.status).toBe(202);
      await world.settle();
      expect(await world.bookings()).toEqual([]);
      expect(await world.letters()).toEqual([]);
      expect(await held()).toBe('1');
      const fed = await world.operate<{ text: string; problems: { field: string; cure: string }[] }>(
        'intake',
        {
          source: 'boatsetter',
          body: Buffer.from(JSON.stringify(example('boatsetter-created', changes))).toString('base64'),
        },
      );
      expect(
        fed.problems.some(
          problem =>
            problem.field.replaceAll('_', '').toLowerCase().includes(field.toLowerCase()) &&
            problem.cure.length > 10,
        ),
      ).toBe(true);
    });
  }

  it('refuses what is no proper JSON with the right status', async () => {
    const deep = '['.repeat(40) + ']'.repeat(40);
    const cases: [string, number][] = [
      ['{"type": "booking.created",', 400],
      [deep, 400],
      ['{"a":1,"a":2}', 400],
      ['{"__proto__":{"x":1}}', 400],
    ];
    for (const [body, status] of cases)
      expect([body.slice(0, 20), (await world.deliver(body)).status]).toEqual([body.slice(0, 20), status]);
    expect((await world.deliver(JSON.stringify({ pad: 'x'.repeat(300_000) }))).status).toBe(413);
    await world.settle();
    expect(await world.bookings()).toEqual([]);
  });
});
