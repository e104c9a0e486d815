import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { paths } from '#ui/paths.ts';
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

  describe('two bookings that turn out to be one', () => {
    const rebooked = example('boatsetter-rescheduled-new-id');
    const { replaces: _link, ...unlinked } = rebooked.booking;
    const linked = {
      ...rebooked,
      type: 'booking.changed',
      occurred_at: '2026-03-10T08:00:00Z',
      booking: { ...rebooked.booking, version: 2 },
    };
    const first = { ...rebooked, booking: { ...unlinked, version: 1 } };

    /** The id that speaks for both in the end. */
    const merged = async (): Promise<string> => {
      await world.deliver(created);
      await world.settle();
      await world.later(60_000);
      await world.deliver(first);
      await world.settle();
      expect(await world.bookings()).toHaveLength(2);
      await world.later(60_000);
      await world.deliver(linked);
      await world.settle();
      await world.later(60_000);
      return (await world.booking()).id;
    };

    it('are announced as off to nobody', async () => {
      await merged();
      expect(await world.letters({ subject: /cancel|\boff\b/i })).toEqual([]);
      const guest = await world.letters({ to: 'carole.whitfield@example.org' });
      expect(guest.length).toBeLessThanOrEqual(3);
    });

    it('are told to each of the crew exactly once, with the one time that counts and its link', async () => {
      const kept = await merged();
      const { event } = await world.operate<{ event: string }>('crew list', { booking: kept });
      for (const to of ['ana@crew.example', 'luis@crew.example', 'kim@crew.example']) {
        const [letter, ...more] = await world.letters({ to, subject: /one trip, not two/i });
        expect(more).toEqual([]);
        expect(letter?.subject).toContain('Sunday 6 June 2027, call time 14:30 PDT');
        expect(letter?.text).toContain('Sunday 6 June 2027, 15:30–18:30 PDT');
        const [link = ''] = world.links(letter as never).filter(url => url.includes('/c#'));
        const phone = await world.onBoard(link);
        expect(phone.landed).toBe(`${world.house}${paths.crewEvent(event)}`);
        expect((await phone.get(phone.landed)).body).toContain('15:30');
        // The entry that the first invitation put into their calendar is taken out of it.
        const calendar = letter?.attachments.find(({ mimeType }) => mimeType === 'text/calendar');
        expect(new TextDecoder().decode(calendar?.content as ArrayBuffer)).toContain('METHOD:CANCEL');
      }
      for (const restarted of [false, true]) {
        if (restarted) await world.restart();
        await world.later(60_000);
        expect(await world.letters({ subject: /one trip, not two/i })).toHaveLength(3);
      }
      expect((await world.beliefs(kept)).filter(({ state }) => state !== 'stated')).toEqual([]);
    });

    it('are told to the guest once, where what was promised no longer holds', async () => {
      await merged();
      const guest = 'carole.whitfield@example.org';
      const [letter, ...more] = await world.letters({ to: guest, subject: /^Changed: JADA/ });
      expect(more).toEqual([]);
      expect(letter?.subject).toBe('Changed: JADA, now Sunday June 6, 2027, 15:30 PDT');
      const [page = ''] = world.links(letter as never).filter(url => url.includes('/g/'));
      expect((await world.http(page)).body).toContain('15:30');
      await world.restart();
      await world.later(60_000);
      expect(await world.letters({ to: guest, subject: /^Changed: JADA/ })).toHaveLength(1);
    });

    it('lead whoever holds the link of one that was called off before to the one that speaks for both', async () => {
      await world.deliver(first);
      await world.settle();
      await world.later(60_000);
      const { id: kept } = await world.booking();
      await world.deliver(created);
      await world.settle();
      const other = (await world.bookings()).find(({ id }) => id !== kept);
      const old = (await world.belief(other?.id ?? '', 'guest page')).url ?? '';
      await world.later(60_000);
      await world.deliver(cancelled);
      await world.settle();
      expect((await world.http(old)).body).toContain('This charter is off');
      await world.later(60_000);
      await world.deliver(linked);
      await world.settle();
      await world.later(60_000);
      const { url } = await world.belief((await world.booking()).id, 'guest page');
      const led = await world.http(old);
      expect(led.body).toContain('Your charter has a new page');
      expect(led.body).toContain(`href="${url}"`);
    });

    it('leave the guest with the right day when the earlier one is taken into the later', async () => {
      // Heard of first, the booking under the new name is the one that stays.
      await world.deliver(first);
      await world.settle();
      await world.later(60_000);
      await world.deliver(created);
      await world.settle();
      await world.later(60_000);
      await world.deliver(linked);
      await world.settle();
      await world.later(60_000);
      expect(await world.booking()).toMatchObject({ start: { local: '2027-06-06T15:30' } });
      const guest = 'carole.whitfield@example.org';
      const [letter, ...more] = await world.letters({ to: guest, subject: /^Changed: JADA/ });
      expect(more).toEqual([]);
      const calendar = letter?.attachments.find(({ mimeType }) => mimeType === 'text/calendar');
      const ics = new TextDecoder().decode(calendar?.content as ArrayBuffer);
      expect(ics).toContain('METHOD:CANCEL');
      expect(ics).toContain('20270530T');
      expect(letter?.text).toContain('Sunday June 6, 2027');
    });

    it('are told to the owner and the captain as one, and count once', async () => {
      await merged();
      expect(
        await world.letters({ to: 'joan@sailjada.example', subject: /: the same as Sunday 6 June/ }),
      ).toHaveLength(1);
      expect(
        await world.letters({ to: 'ana@crew.example', subject: /is the trip of Sunday 6 June/ }),
      ).toHaveLength(1);
      const { csv } = await world.operate<{ csv: string }>('money report', { month: '2027-06' });
      expect(csv.trim().split('\n').at(-1)).toContain('289.41');
    });
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
