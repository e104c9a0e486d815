import { describe, expect, it } from 'vitest';
import { aBooking, crewWorld, hourLater } from './crew.fixture.ts';

const whole = {
  event_name: 'Deck day',
  start_time: '2027-05-30T10:00',
  end_time: '2027-05-30T12:00',
  notes: 'Bring gloves.',
  crew: [{ id: 'luis' }, { id: 'ana' }],
};

function caller(world = crewWorld()) {
  const call = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const response = await world.app.request(path, {
      method,
      headers: { 'x-service-key': 'good', ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return { status: response.status, headers: response.headers, body: await response.json() };
  };
  return {
    world,
    call,
    post: (body: unknown, headers?: Record<string, string>) => call('POST', '/api/events', body, headers),
  };
}

describe('POST /api/events', () => {
  it('makes an event, writes to its crew and answers with their magic links', async () => {
    const { world, post } = caller();
    const { status, body, headers } = await post(whole);
    expect(status).toBe(201);
    expect(headers.get('location')).toBe(`/api/events/${body.event_id}`);
    expect(body).toMatchObject({
      event_name: 'Deck day',
      start_time: '2027-05-30T10:00:00-07:00',
      end_time: '2027-05-30T12:00:00-07:00',
      zone: 'America/Los_Angeles',
      notes: 'Bring gloves.',
      status: 'on',
      booking_id: null,
      crew: [
        { id: 'luis', name: 'Luis Ortega', role: 'crew', answer: 'unknown' },
        { id: 'ana', name: 'Ana Reyes', role: 'captain', answer: 'unknown' },
      ],
    });
    const token = /^https:\/\/crew\.example\/c#([\w-]+)$/.exec(body.crew[0].magic_link)?.[1] ?? '';
    expect(await world.links.open(token)).toMatchObject({ subject: body.event_id, holder: 'luis' });
    expect(world.lettersTo('luis')[0]?.subject).toBe(
      'Can you sail on Sunday 30 May 2027? Deck day, call time 10:00 PDT',
    );
    expect(world.lettersTo('luis')[0]?.text).toContain(body.crew[0].magic_link);
  });

  it('takes the call time, berth and zone of a vessel', async () => {
    const { post } = caller();
    const { body } = await post({ ...whole, vessel: 'heron' });
    expect(body).toMatchObject({
      call_time: '2027-05-30T09:00:00-07:00',
      berth: 'Harbor Island, dock C, slip 12',
      vessel: 'heron',
    });
  });

  it.each([
    ['2027-05-30T15:30', '2027-05-30T15:30:00-07:00'],
    ['2027-05-30T22:30:00Z', '2027-05-30T15:30:00-07:00'],
    ['2027-05-31T00:30:00+02:00', '2027-05-30T15:30:00-07:00'],
    ['2027-05-31T00:30:00+0200', '2027-05-30T15:30:00-07:00'],
    [1811716200, '2027-05-30T15:30:00-07:00'],
    [1811716200000, '2027-05-30T15:30:00-07:00'],
    ['1811716200', '2027-05-30T15:30:00-07:00'],
  ])('reads the time %s', async (start_time, expected) => {
    const { post } = caller();
    const { body } = await post({ ...whole, start_time, end_time: '2027-05-31T20:00' });
    expect(body.start_time).toBe(expected);
  });

  it('reads naive times in the zone that is named', async () => {
    const { post } = caller();
    const { body } = await post({ ...whole, zone: 'Europe/Berlin' });
    expect(body.start_time).toBe('2027-05-30T10:00:00+02:00');
  });

  it.each([
    ['field-missing', { event_name: undefined }, 'event_name'],
    ['field-missing', { start_time: undefined }, 'start_time'],
    ['field-unknown', { revenue: 840.75, venue: 'x' }, 'revenue, venue'],
    ['field-wrong', { event_name: 7 }, 'event_name'],
    ['field-wrong', { event_name: ' ' }, 'event_name'],
    ['field-wrong', { event_name: 'Deck\u202Eday' }, 'event_name'],
    ['field-wrong', { crew: 'luis' }, 'crew'],
    ['field-wrong', { crew: ['luis'] }, 'crew[0]'],
    ['field-wrong', { crew: [{ id: 'luis', role: 'owner' }] }, 'crew[0].role'],
    ['field-unknown', { crew: [{ id: 'luis', fee: 1 }] }, 'crew[0].fee'],
    ['crew-unknown', { crew: [{ id: 'luis' }, { id: 'zoe' }] }, 'zoe'],
    ['crew-unknown', { crew: [{ id: 'joan' }] }, 'joan'],
    ['crew-repeated', { crew: [{ id: 'luis' }, { id: 'luis' }] }, 'luis'],
    ['vessel-unknown', { vessel: 'bounty' }, 'bounty'],
    ['zone-unknown', { zone: 'Mars/Olympus' }, 'Mars/Olympus'],
    ['booking-unknown', { booking_id: 'bkg_none' }, 'bkg_none'],
    ['end-before-start', { end_time: '2027-05-30T09:00' }, 'before'],
    ['end-before-start', { end_time: '2027-05-30T10:00' }, 'before'],
    ['time-unreadable', { start_time: 'tomorrow' }, 'tomorrow'],
    ['time-does-not-exist', { start_time: '2027-03-14T02:30' }, 'skip'],
    ['time-ambiguous', { start_time: '2027-11-07T01:30', end_time: '2027-11-07T09:00' }, 'twice'],
    ['notes-look-like-money', { notes: 'Net to captain: 289.41' }, 'notes'],
    ['notes-look-like-money', { event_name: 'Sunset $840' }, 'event_name'],
  ])('refuses with %s and stores nothing: %j', async (code, change, named) => {
    const { world, post, call } = caller();
    const { status, body } = await post({ ...whole, ...change });
    expect([status, body.code]).toEqual([422, code]);
    expect(body.detail).toContain(named);
    expect(body.cure).not.toBe('');
    expect((await call('GET', '/api/events')).body.events).toEqual([]);
    expect(world.sent).toEqual([]);
  });

  it('refuses what is no JSON object, and whoever has no key', async () => {
    const { world, post } = caller();
    expect((await post('{')).body.code).toBe('json-malformed');
    expect((await post('[]')).body.code).toBe('field-wrong');
    expect((await post('{"notes":"a","notes":"b"}')).body.code).toBe('json-duplicate-key');
    const stranger = await world.app.request('/api/events', { method: 'POST', body: JSON.stringify(whole) });
    expect(await stranger.json()).toMatchObject({ code: 'service-key-missing' });
  });

  it('makes one event of a request that is sent again with its Idempotency-Key', async () => {
    const { world, post } = caller();
    const key = { 'idempotency-key': 'a1' };
    const [first, second] = [await post(whole, key), await post(whole, key)];
    expect(second.body).toEqual(first.body);
    expect([second.status, second.headers.get('idempotency-replayed')]).toEqual([201, 'true']);
    expect(world.sent).toHaveLength(2);
    const other = await post({ ...whole, notes: 'Other.' }, key);
    expect(other.body.code).toBe('idempotency-key-reused');
    expect((await post(whole, { 'idempotency-key': 'a b' })).body.code).toBe('idempotency-key-malformed');
  });

  it('makes one event for a booking, whoever comes first', async () => {
    const { world, post } = caller();
    const { body } = await post({ ...whole, vessel: 'heron', booking_id: 'bkg_7zk3' });
    await world.converge(aBooking());
    const event = await world.eventOf(aBooking());
    expect(event).toMatchObject({
      id: body.event_id,
      title: 'Charter: Carole, party of 4',
      notes: 'Bring gloves.',
    });
    expect(event.roster.map(({ person }) => person)).toEqual(['luis', 'ana']);
    const again = await post({ ...whole, booking_id: 'bkg_7zk3' });
    expect(again.body).toMatchObject({ code: 'booking-has-event', event_id: body.event_id });
  });

  it('still answers when no letter can be written, and the tick writes them later', async () => {
    const { world, post } = caller();
    world.mail.isShut = true;
    const { status, body } = await post(whole);
    expect(status).toBe(201);
    expect(await world.store.untold(9)).toEqual([body.event_id]);
    await expect(world.telling.tellUntold()).rejects.toMatchObject({ code: 'disk-full' });
    world.mail.isShut = false;
    for (const _ of [1, 2]) await world.telling.tellUntold();
    await world.post.deliverDue();
    expect(world.sent).toHaveLength(2);
    expect(await world.store.untold(9)).toEqual([]);
  });

  it('refuses an amount of the booking in the notes before it is stored', async () => {
    const { world, post } = caller(crewWorld({ amounts: ['84075', '840.75'] }));
    const { body } = await post({ ...whole, notes: 'Locker code 84075', booking_id: 'bkg_7zk3' });
    expect(body.code).toBe('money-in-output');
    expect(await world.store.ofBooking('bkg_7zk3')).toBeNull();
  });
});

describe('GET /api/events', () => {
  it('lists what is ahead without the magic links, by either name of the address', async () => {
    const { call, post } = caller();
    await post({
      ...whole,
      event_name: 'Second',
      start_time: '2027-06-02T10:00',
      end_time: '2027-06-02T12:00',
    });
    await post(whole);
    await post({
      ...whole,
      event_name: 'Long ago',
      start_time: '2027-01-02T10:00',
      end_time: '2027-01-02T12:00',
    });
    for (const path of ['/api/events', '/events']) {
      const { body } = await call('GET', path);
      expect(body.events.map((event: { event_name: string }) => event.event_name)).toEqual([
        'Deck day',
        'Second',
      ]);
      expect(JSON.stringify(body)).not.toContain('magic_link');
    }
    expect((await call('GET', '/events?from=2027-01-01&until=2027-02-01')).body.events).toHaveLength(1);
    expect((await call('GET', '/events?limit=1')).body).toMatchObject({ more: true });
    expect((await call('GET', '/events?limit=0')).body.code).toBe('field-wrong');
    expect((await call('GET', '/events?from=soon')).body.code).toBe('field-wrong');
  });

  it('shows one event, and says when there is none', async () => {
    const { call, post } = caller();
    const { body } = await post(whole);
    expect((await call('GET', `/events/${body.event_id}`)).body).toEqual(body);
    expect((await call('GET', '/events/evt_none')).body.code).toBe('event-unknown');
  });

  it('gives out no links when the trip is long over', async () => {
    const { world, call, post } = caller();
    const { body } = await post(whole);
    world.clock.set('2027-06-10T00:00:00Z');
    const over = await call('GET', `/events/${body.event_id}`);
    expect(over.body.crew[0].magic_link).toBeNull();
  });
});

describe('PATCH /api/events/{id}', () => {
  it('changes what is named, tells the crew, and leaves the rest', async () => {
    const { world, call, post } = caller();
    const { body } = await post(whole);
    await world.byHand.answerFor(body.event_id, 'luis', 'accepted', { by: 'luis' });
    const noted = await call('PATCH', `/api/events/${body.event_id}`, { notes: 'Bring lunch.' });
    expect(noted.body).toMatchObject({ notes: 'Bring lunch.', revision: 2, event_name: 'Deck day' });
    expect(noted.body.crew[0].answer).toBe('accepted');
    expect(world.lettersTo('luis').map(({ kind }) => kind)).toEqual(['invitation', 'answer']);
    const moved = await call('PATCH', `/events/${body.event_id}`, { start_time: '2027-05-30T11:00' });
    expect(moved.body).toMatchObject({ start_time: '2027-05-30T11:00:00-07:00', revision: 3 });
    expect(moved.body.crew[0].answer).toBe('unknown');
    expect(world.lettersTo('luis')[2]?.text).toContain('Start: 10:00 → 11:00 PDT');
  });

  it('replaces the roster: who goes loses the link, who comes is asked, who stays keeps the answer', async () => {
    const { world, call, post } = caller();
    const { body } = await post(whole);
    await world.byHand.answerFor(body.event_id, 'luis', 'accepted', { by: 'luis' });
    const token = body.crew[1].magic_link.split('#')[1];
    const changed = await call('PATCH', `/events/${body.event_id}`, {
      crew: [{ id: 'luis' }, { id: 'kim' }],
    });
    expect(changed.body.crew.map(({ id, answer }: { id: string; answer: string }) => [id, answer])).toEqual([
      ['luis', 'accepted'],
      ['kim', 'unknown'],
    ]);
    expect(await world.links.open(token)).toBeNull();
    expect(world.lettersTo('ana').map(({ kind }) => kind)).toEqual(['invitation', 'cancel']);
    expect(world.lettersTo('kim').map(({ kind }) => kind)).toEqual(['invitation']);
    expect(world.lettersTo('luis').map(({ kind }) => kind)).toEqual(['invitation', 'answer']);
  });

  it('changes nothing, and writes nothing, for what is so already', async () => {
    const { world, call, post } = caller();
    const { body } = await post(whole);
    const { booking_id: _, ...same } = { ...whole, booking_id: null };
    expect((await call('PATCH', `/events/${body.event_id}`, same)).body).toEqual(body);
    expect(world.sent).toHaveLength(2);
  });

  it('cancels once; after that nothing changes any more', async () => {
    const { world, call, post } = caller();
    const { body } = await post(whole);
    const path = `/events/${body.event_id}`;
    for (const _ of [1, 2])
      expect((await call('PATCH', path, { status: 'cancelled' })).body.status).toBe('cancelled');
    expect(world.lettersTo('luis').map(({ kind }) => kind)).toEqual(['invitation', 'cancel']);
    expect((await call('PATCH', path, { notes: 'x' })).body.code).toBe('event-cancelled');
    expect((await call('PATCH', path, { status: 'on' })).body.code).toBe('event-cancelled');
  });

  it('refuses what a POST would refuse, and changes nothing then', async () => {
    const { call, post } = caller();
    const { body } = await post(whole);
    const path = `/events/${body.event_id}`;
    for (const [code, change] of [
      ['end-before-start', { end_time: '2027-05-30T09:00' }],
      ['crew-unknown', { crew: [{ id: 'zoe' }] }],
      ['notes-look-like-money', { notes: 'Payout 840' }],
      ['field-unknown', { booking_id: 'bkg_7zk3' }],
      ['field-wrong', { status: 'maybe' }],
    ] as const) {
      expect((await call('PATCH', path, change)).body.code).toBe(code);
    }
    expect((await call('GET', path)).body).toEqual(body);
    expect((await call('PATCH', '/events/evt_none', { notes: '' })).body.code).toBe('event-unknown');
  });

  it('leaves to a booking what follows the booking', async () => {
    const { world, call } = caller();
    await world.converge(aBooking());
    const { id } = await world.eventOf(aBooking());
    expect((await call('PATCH', `/events/${id}`, { start_time: '2027-05-30T12:00' })).body.code).toBe(
      'event-follows-booking',
    );
    expect((await call('PATCH', `/events/${id}`, { status: 'cancelled' })).body.code).toBe(
      'event-follows-booking',
    );
    const noted = await call('PATCH', `/events/${id}`, { notes: 'Spare jib.', crew: [{ id: 'kim' }] });
    expect(noted.status).toBe(200);
    await world.converge(hourLater(aBooking()));
    const event = await world.eventOf(aBooking());
    expect(event).toMatchObject({ notes: 'Spare jib.', roster: [{ person: 'kim' }] });
  });
});

it('keeps amounts and the guest out of every answer', async () => {
  const { world, call } = caller(crewWorld({ amounts: ['84075', '840.75'] }));
  await world.converge(aBooking());
  const { id } = await world.eventOf(aBooking());
  await world.store.change(id, event => ({ event: { ...event, notes: 'Locker 84075' }, entries: [] }));
  for (const path of ['/events', `/events/${id}`]) {
    const { status, body } = await call('GET', path);
    expect(status).toBe(200);
    expect(JSON.stringify(body)).not.toMatch(/84075|Whitfield|carole@|0142/);
    expect((body.events?.[0] ?? body).notes).toBeNull();
  }
});
