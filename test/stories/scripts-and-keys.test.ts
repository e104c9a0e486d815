import { hashSync } from 'bcryptjs';
import ICAL from 'ical.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Booking } from '#booking/booking.ts';
import { sha256 } from '#lib/digest.ts';
import { type Answer, example, type Init, openWorld, type World } from '../world.ts';

type Event = {
  event_id: string;
  event_name: string;
  start_time: string;
  end_time: string;
  notes: string;
  status: string;
  booking_id: string | null;
  crew: { id: string; answer: string; magic_link?: string | null }[];
};
type Problem = { code: string; detail: string; cure: string };

const json = (method: string, headers: Record<string, string>, body?: unknown): Init => ({
  method,
  headers: { ...headers, 'content-type': 'application/json' },
  ...(body === undefined ? {} : { body: JSON.stringify(body) }),
});

describe('the scripts of an operator', () => {
  let world: World;
  let key: Record<string, string>;
  let token: Record<string, string>;
  const ask = (path: string, init?: Init): Promise<Answer> => world.http(world.house + path, init);
  const problem = (answer: Answer) => ({ status: answer.status, ...answer.json<Problem>() });

  beforeAll(async () => {
    world = await openWorld();
    key = { 'x-service-key': world.keys.serviceKey };
    token = { 'x-dashboard-token': world.keys.dashboardToken };
  });
  afterAll(() => world.close());

  describe('that make crew events', () => {
    const asked = {
      event_name: 'Haul-out day',
      start_time: '2027-06-02T09:00',
      end_time: '2027-06-02T12:00',
      notes: 'Bring gloves.',
      crew: [{ id: 'captain-ana' }, { id: 'kim' }],
    };
    let event: Event;

    it('are given a link for each of the crew, which opens the event and asks for an answer', async () => {
      const answer = await ask('/api/events', json('POST', key, asked));
      expect(answer.status).toBe(201);
      event = answer.json<Event>();
      expect(answer.headers.location).toBe(`/api/events/${event.event_id}`);
      expect(event).toMatchObject({ event_name: 'Haul-out day', start_time: '2027-06-02T09:00:00-07:00' });
      const links = event.crew.map(({ id, magic_link }) => [id, magic_link ?? ''] as const);
      expect(links.map(([id]) => id)).toEqual(['captain-ana', 'kim']);
      for (const [, link] of links) {
        const phone = await world.onBoard(link);
        const page = (await phone.get(phone.landed)).body;
        expect(page).toContain('09:00');
        expect(page).toContain('Bring gloves.');
        expect(page).toContain('Are you coming?');
      }
    });

    it('find it under either name, with either header, and see what was answered', async () => {
      const kim = await world.onBoard(event.crew.find(({ id }) => id === 'kim')?.magic_link ?? '');
      const done = await kim.press(kim.landed, `/c/events/${event.event_id}/answer`, { answer: 'accepted' });
      expect(done.status).toBe(303);
      await world.settle();
      const alias = { 'x-api-key': world.keys.serviceKey };
      for (const path of ['/api/events', '/events']) {
        for (const headers of [key, alias]) {
          const one = (await ask(`${path}/${event.event_id}`, { headers })).json<Event>();
          expect(one.crew.map(({ id, answer }) => [id, answer])).toEqual([
            ['captain-ana', 'unknown'],
            ['kim', 'accepted'],
          ]);
          const { events } = (await ask(path, { headers })).json<{ events: Event[] }>();
          expect(events.map(({ event_id }) => event_id)).toEqual([event.event_id]);
          expect(JSON.stringify(events)).not.toContain('#');
        }
      }
    });

    it('change it; a new time opens the answers again, and the crew is told', async () => {
      const moved = await ask(
        `/events/${event.event_id}`,
        json('PATCH', key, { start_time: '2027-06-02T08:00', end_time: '2027-06-02T11:00' }),
      );
      expect(moved.status).toBe(200);
      expect(moved.json<Event>()).toMatchObject({
        start_time: '2027-06-02T08:00:00-07:00',
        notes: 'Bring gloves.',
      });
      expect(moved.json<Event>().crew.map(({ answer }) => answer)).toEqual(['unknown', 'unknown']);
      await world.settle();
      const [told] = await world.letters({ to: 'kim@crew.example', subject: /^Changed/ });
      expect(told?.text).toContain('09:00 → 08:00 PDT');
    });

    it('make it once however often they send it, if they say that it is the same', async () => {
      const again = { ...key, 'idempotency-key': 'haul-out-2028' };
      const body = { ...asked, start_time: '2028-06-02T09:00', end_time: '2028-06-02T12:00' };
      const first = await ask('/api/events', json('POST', again, body));
      const second = await ask('/api/events', json('POST', again, body));
      expect(second.json<Event>().event_id).toBe(first.json<Event>().event_id);
      expect(second.headers['idempotency-replayed']).toBe('true');
      expect(problem(await ask('/api/events', json('POST', again, asked)))).toMatchObject({
        status: 409,
        code: 'idempotency-key-reused',
      });
    });

    it('are told what is wrong with what they send, and nothing is made of it', async () => {
      const before = (await ask('/api/events', { headers: key })).body;
      const wrong: [unknown, number, string][] = [
        [{ ...asked, crew: [{ id: 'nobody' }] }, 422, 'crew-unknown'],
        [{ ...asked, event_name: undefined }, 422, 'field-missing'],
        [{ ...asked, end_time: '2027-06-02T08:00' }, 422, 'end-before-start'],
        [{ ...asked, start_time: 'tomorrow' }, 422, 'time-unreadable'],
        [{ ...asked, price: 12 }, 422, 'field-unknown'],
        [{ ...asked, notes: 'We get $840.75 for this' }, 422, 'notes-look-like-money'],
      ];
      for (const [body, status, code] of wrong) {
        const answer = problem(await ask('/api/events', json('POST', key, body)));
        expect([code, answer.status, answer.code]).toEqual([code, status, code]);
        expect(answer.cure.length).toBeGreaterThan(10);
      }
      expect((await ask('/api/events', { headers: key })).body).toBe(before);
    });
  });

  describe('that come with the wrong key or none', () => {
    const doors: [string, string, string][] = [
      ['/api/events', 'x-service-key', 'X-Service-Key'],
      ['/events', 'x-service-key', 'X-Service-Key'],
      ['/api/calendar', 'x-dashboard-token', 'X-Dashboard-Token'],
      ['/calendar', 'x-dashboard-token', 'X-Dashboard-Token'],
    ];
    for (const [path, header, name] of doors) {
      it(`are turned away at ${path}, with the header named and the cure`, async () => {
        for (const init of [{}, { headers: { [header]: '  ' } }]) {
          const missing = problem(await ask(path, init));
          expect([missing.status, missing.code]).toEqual([401, expect.stringMatching(/-missing$/)]);
          expect(missing.detail).toContain(name);
          expect(missing.cure).toMatch(/CDN or proxy in between stripped it: call the origin URL directly/);
        }
        for (const guess of [
          'gwk_wrong',
          'changeme',
          'null',
          `${world.keys.serviceKey}x`,
          sha256(world.keys.serviceKey),
        ]) {
          const unknown = problem(await ask(path, { headers: { [header]: guess } }));
          expect([guess, unknown.status]).toEqual([guess, 401]);
          expect(unknown.detail).toContain(name);
          expect(unknown.cure).toContain('gangway key create');
          expect(JSON.stringify(unknown)).not.toContain(guess);
        }
      });
    }

    it('cannot use the key of one door at the other', async () => {
      const crossed = await ask('/api/events', { headers: { 'x-service-key': world.keys.dashboardToken } });
      expect(problem(crossed)).toMatchObject({ status: 403, code: 'service-key-scope' });
      const back = await ask('/api/calendar', { headers: { 'x-dashboard-token': world.keys.serviceKey } });
      expect(back.status).toBe(401);
    });
  });

  describe('that keep the owner’s calendar', () => {
    it('enter a day, read it back, change it, and are told of a day that is entered already', async () => {
      const entered = await ask(
        '/api/calendar',
        json('POST', token, { date: '2027-08-14', charter_id: 'dock-77', title: 'Survey', vessel: 'jada' }),
      );
      expect(entered.status).toBe(201);
      const { id } = entered.json<{ id: string }>();
      const again = await ask(
        '/calendar',
        json('POST', token, { date: '2027-08-14', charter_id: 'dock-77', title: 'Survey', vessel: 'jada' }),
      );
      expect([again.status, again.json<{ id: string }>().id]).toEqual([200, id]);
      const changed = await ask(`/api/calendar/${id}`, json('PATCH', token, { title: 'Survey and polish' }));
      expect(changed.json()).toMatchObject({ id, title: 'Survey and polish', charter_id: 'dock-77' });
      const { entries } = (await ask('/calendar?month=2027-08', { headers: token })).json<{
        entries: object[];
      }>();
      expect(entries).toMatchObject([{ id, date: '2027-08-14', title: 'Survey and polish' }]);
    });

    it('are told what is wrong with a day or a field', async () => {
      for (const [path, init] of [
        ['/api/calendar', json('POST', token, { date: '2027-02-30', charter_id: 'x', title: 'Survey' })],
        ['/api/calendar?month=2027-13', { headers: token }],
        ['/api/calendar?moth=2027-12', { headers: token }],
        ['/api/calendar/cal_0000000000000000', { headers: token }],
      ] as [string, Init][]) {
        const answer = problem(await ask(path, init));
        expect([path, answer.status >= 400 && answer.status < 500]).toEqual([path, true]);
        expect(answer.cure.length).toBeGreaterThan(5);
      }
    });
  });

  it('are moved from one key to the next while both work, and the old one ends at once', async () => {
    type Made = { id: string; key: string };
    const make = () => world.operate<Made>('key create', { label: 'crew sync', scopes: ['events'] });
    const works = async (made: Made) =>
      (await ask('/api/events', { headers: { 'x-service-key': made.key } })).status;
    const [old, next] = [await make(), await make()];
    expect([await works(old), await works(next)]).toEqual([200, 200]);
    await expect(make()).rejects.toMatchObject({ code: 'two-keys-active' });
    await world.operate('key revoke', { id: old.id });
    expect([await works(old), await works(next)]).toEqual([401, 200]);
    const keys = await world.operate<{ id: string; revokedAt: string | null }[]>('key list');
    expect(keys.find(({ id }) => id === old.id)?.revokedAt).not.toBeNull();
    expect(JSON.stringify(keys)).not.toContain(old.key);
    expect(JSON.stringify(keys)).not.toContain(sha256(next.key));
    await world.restart();
    expect([await works(old), await works(next)]).toEqual([401, 200]);
  });
});

describe('keys that the configuration knows by their hashes', () => {
  const [now, soon] = [
    'a key from an older house, kept as bcrypt',
    'the key that will replace it before long',
  ];

  it('may be old bcrypt hashes, two at a time, and nothing else opens', async () => {
    const world = await openWorld({
      keys: { SERVICE_KEY_HASH: `${hashSync(now, 4).replace('$2b$', '$2a$')},${sha256(soon)}` },
    });
    const ask = (presented: string) =>
      world.http(`${world.house}/api/events`, { headers: { 'x-service-key': presented } });
    expect((await ask(now)).status).toBe(200);
    expect((await ask(now)).status).toBe(200);
    expect((await ask(soon)).status).toBe(200);
    expect((await ask(`${now} `.repeat(2))).status).toBe(401);
    expect((await ask('')).status).toBe(401);
    await world.close();
  });

  it('are not tried out by the thousand, and guessing keeps nobody else out', async () => {
    const world = await openWorld({ keys: { SERVICE_KEY_HASH: hashSync(now, 4) } });
    const ask = (presented: string) =>
      world.http(`${world.house}/api/events`, { headers: { 'x-service-key': presented } });
    expect((await ask(now)).status).toBe(200);
    const guesses: number[] = [];
    for (let n = 0; n < 20; n++) guesses.push((await ask(`guess number ${n} of a stranger`)).status);
    expect(guesses.slice(0, 9).every(status => status === 401)).toBe(true);
    expect(guesses.slice(11).every(status => status === 429)).toBe(true);
    expect((await ask(now)).status).toBe(200);
    await world.close();
  });
});

describe('a calendar program that follows a feed', () => {
  let world: World;
  let booking: Booking;
  let feed: string;
  let sequence: number;
  beforeAll(async () => {
    world = await openWorld();
    await world.deliver(example('boatsetter-created'));
    await world.settle();
    booking = await world.booking();
    feed = (await world.operate<{ url: string }>('feed show', { of: 'kim' })).url;
  });
  afterAll(() => world.close());

  const read = async (url = feed) => {
    const answer = await world.http(url);
    expect([answer.status, answer.headers['content-type']]).toEqual([200, 'text/calendar; charset=utf-8']);
    const [event, ...others] = new ICAL.Component(ICAL.parse(answer.body)).getAllSubcomponents('vevent');
    expect(others).toEqual([]);
    const text = (name: string) => String(event?.getFirstPropertyValue(name));
    return {
      etag: answer.headers.etag ?? '',
      uid: text('uid'),
      sequence: Number(text('sequence')),
      start: text('dtstart'),
      status: text('status'),
    };
  };

  it('sees the trip, and asks again at no cost', async () => {
    const event = await read();
    expect(event).toMatchObject({
      start: '2027-05-30T23:30:00Z',
      status: expect.stringMatching(/TENTATIVE|CONFIRMED/),
    });
    sequence = event.sequence;
    expect((await world.http(feed, { headers: { 'if-none-match': event.etag } })).status).toBe(304);
  });

  it('sees a move as a later version of the same event', async () => {
    const { uid } = await read();
    await world.operate('booking move', { booking: booking.id, start: '15:30' });
    await world.settle();
    const event = await read();
    expect(event).toMatchObject({ uid, start: '2027-05-30T22:30:00Z' });
    expect(event.sequence).toBeGreaterThan(sequence);
    sequence = event.sequence;
  });

  it('sees that the trip is off, as a later version too', async () => {
    await world.operate('booking cancel', { booking: booking.id });
    await world.settle();
    const event = await read();
    expect(event.status).toBe('CANCELLED');
    expect(event.sequence).toBeGreaterThan(sequence);
  });

  it('sees nothing more under an address that was renewed, and no other address says why', async () => {
    const { url } = await world.operate<{ url: string }>('feed renew', { of: 'kim' });
    expect(url).not.toBe(feed);
    await read(url);
    const gone = await world.http(feed);
    const never = await world.http(`${world.house}/feeds/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.ics`);
    expect([gone.status, gone.body]).toEqual([404, never.body]);
    const other = await world.operate<{ url: string }>('feed show', { of: 'luis' });
    expect((await world.http(other.url)).status).toBe(200);
  });
});
