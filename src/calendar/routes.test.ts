import { Hono } from 'hono';
import { beforeEach, describe, expect, it } from 'vitest';
import { wall } from '#booking/booking.fixture.ts';
import type { Booking } from '#booking/booking.ts';
import { settableClock } from '#lib/clock.ts';
import { seededRandom } from '#lib/random.ts';
import { Refusal } from '#lib/refusal.ts';
import { egress, lookingFor, type Outgoing } from '#platform/egress.ts';
import { openSqlite } from '#platform/sqlite.ts';
import { movedBooking, testBooking, testFleet } from './calendar.fixture.ts';
import { sqliteCalendarStore } from './calendar-store.sqlite.ts';
import { calendarSurface } from './calendar-surface.ts';
import { calendarRoutes } from './routes.ts';

const booking = testBooking();

let scene: ReturnType<typeof open>;
beforeEach(() => {
  scene = open();
});

function open() {
  const clock = settableClock('2027-05-10T12:00:00Z');
  const store = sqliteCalendarStore(openSqlite(':memory:'), { clock, random: seededRandom('calendar') });
  const bookings: Booking[] = [];
  const left: Outgoing[] = [];
  const deps = {
    store,
    fleet: testFleet,
    clock,
    roster: async () => [{ person: 'ana', role: 'captain' as const }],
    findBooking: async (name: string) =>
      bookings.find(each => each.id === name || each.names.some(({ externalId }) => externalId === name)) ??
      null,
    looksLikeMoney: (text: string) => /[$€]|\d[.,]\d\d\b/.test(text),
    egress: egress({
      leaks: lookingFor(about => (about.includes(booking.id) ? ['84075'] : [])),
      onRefused: () => {},
      tap: outgoing => left.push(outgoing),
    }),
    requireDashboardToken: (c: { req: { header(name: string): string | undefined } }) => {
      if (c.req.header('x-dashboard-token') !== 'token')
        throw new Refusal('dashboard-token-missing', 'No.', 'Send it.');
    },
  };
  const app = new Hono().route('/', calendarRoutes(deps));
  app.onError((error, c) => {
    if (!(error instanceof Refusal)) throw error;
    return c.json({ code: error.code, cure: error.cure, message: error.message, ...error.data }, 422);
  });
  return { app, store, bookings, left, surface: calendarSurface(deps) };
}

async function ask(method: string, path: string, body?: unknown, token = 'token') {
  const response = await scene.app.request(path, {
    method,
    headers: { 'x-dashboard-token': token },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const json = (await response.json()) as Record<string, never>;
  return { status: response.status, json, headers: response.headers };
}

const post = (body: unknown) => ask('POST', '/api/calendar', body);
const patch = (id: string, body: unknown) => ask('PATCH', `/api/calendar/${id}`, body);
const problems = (answer: { json: Record<string, unknown> }) =>
  (answer.json.problems as { field: string; code: string }[]).map(({ field, code }) => [field, code]);

async function knownBooking(about = booking) {
  scene.bookings.splice(0, 1, about);
  const [wanted] = await scene.surface.desired(about);
  if (wanted) await scene.surface.state(about, wanted, null);
  return (await scene.store.ofBooking(about.id))?.id ?? '';
}

describe('whoever comes', () => {
  it.each([
    ['POST', '/api/calendar'],
    ['GET', '/api/calendar'],
    ['GET', '/api/calendar/cal_1'],
    ['PATCH', '/api/calendar/cal_1'],
    ['GET', '/calendar'],
    ['PATCH', '/calendar/cal_1'],
  ])('needs the token for %s %s', async (method, path) => {
    const { status, json } = await ask(method, path, method === 'GET' ? undefined : {}, 'wrong');
    expect([status, json.code]).toEqual([422, 'dashboard-token-missing']);
  });
});

describe('a charter nobody booked with us', () => {
  it('is entered with as little as a date and a name', async () => {
    const { status, json, headers } = await post({ date: '2027-05-30', charter_id: 'owner-trip' });
    expect(status).toBe(201);
    expect(headers.get('location')).toBe(`/api/calendar/${json.id}`);
    expect(json).toMatchObject({
      booking: null,
      charter_id: 'owner-trip',
      date: '2027-05-30',
      start: null,
      title: 'Charter',
      status: 'confirmed',
      zone: 'America/Los_Angeles',
      revision: 1,
    });
  });

  it('is entered with times in the zone of the vessel', async () => {
    const { json } = await post({
      date: '2027-05-30',
      charter_id: 'x',
      start: '15:30',
      end: '18:30',
      vessel: 'Tern',
      captain: 'ana',
      title: 'Family  day',
      status: 'tentative',
      note: 'Ice\r\nand lemons',
    });
    expect(json).toMatchObject({
      vessel: 'tern',
      captain: 'Ana Reyes',
      zone: 'America/New_York',
      start: '15:30',
      starts_at: '2027-05-30T15:30:00-04:00',
      ends_at: '2027-05-30T18:30:00-04:00',
      title: 'Family day',
      note: 'Ice\nand lemons',
    });
  });

  it('is one entry under its name, however often it is sent', async () => {
    const first = await post({ date: '2027-05-30', charter_id: 'x', note: 'Ice' });
    const again = await post({ date: '2027-05-30', charter_id: 'x', note: 'Ice' });
    const moved = await post({ date: '2027-06-01', charter_id: 'x' });
    expect([first.status, again.status, moved.status]).toEqual([201, 200, 200]);
    expect(again.json).toEqual(first.json);
    expect(moved.json).toMatchObject({ id: first.json.id, revision: 2, date: '2027-06-01', note: 'Ice' });
  });

  it('answers under the old address as well', async () => {
    const { json } = await ask('POST', '/calendar', { date: '2027-05-30' });
    expect((await ask('GET', `/calendar/${json.id}`)).json).toEqual(json);
    expect((await ask('GET', `/api/calendar/${json.id}`)).json).toEqual(json);
  });

  it('moves as a whole when only the date changes, past midnight too', async () => {
    const { json } = await post({ date: '2027-05-30', start: '20:00', end: '2027-05-31T01:00' });
    expect(json.end).toBe('2027-05-31T01:00');
    const moved = await patch(json.id ?? '', { date: '2027-06-05' });
    expect(moved.json).toMatchObject({ start: '20:00', end: '2027-06-06T01:00', revision: 2 });
    expect((await patch(json.id ?? '', { start: null, end: null })).json).toMatchObject({
      start: null,
      end: null,
    });
  });

  it('is cancelled and noted by a change, and stays under its name', async () => {
    const { json } = await post({ date: '2027-05-30', charter_id: 'x' });
    const off = await patch(json.id ?? '', { status: 'cancelled', note: null });
    expect(off.json).toMatchObject({ status: 'cancelled', revision: 2 });
    expect((await patch(json.id ?? '', { charter_id: 'y' })).json).toMatchObject({
      code: 'calendar-charter-fixed',
      field: 'charter_id',
    });
    expect((await patch(json.id ?? '', {})).json.revision).toBe(2);
  });
});

describe('a booking', () => {
  it('keeps its one entry when a script enters it under its name or id', async () => {
    const id = await knownBooking();
    for (const charter of ['xhqgmdh', booking.id]) {
      const { status, json } = await post({
        date: '2027-05-30',
        charter_id: charter,
        note: 'Ice',
        start: '16:30',
      });
      expect(status).toBe(200);
      expect(json).toMatchObject({ id, booking: booking.id, note: 'Ice', captain: 'Ana Reyes' });
    }
    expect(await scene.store.list('2027-01-01', '2027-12-31')).toHaveLength(1);
  });

  it('takes the entry of a script that was faster', async () => {
    const early = await post({ date: '2027-05-30', charter_id: 'xhqgmdh', note: 'Ice' });
    const id = await knownBooking();
    expect(id).toBe(early.json.id);
    expect(await scene.store.find(id as `cal_${string}`)).toMatchObject({
      note: 'Ice',
      title: 'Maya Lindqvist, party of 5',
    });
  });

  it('is entered at once when its own surface has not come to it yet', async () => {
    scene.bookings.push(booking);
    const { status, json } = await post({ date: '2027-05-30', charter_id: 'xhqgmdh' });
    expect([status, json.title]).toEqual([201, 'Maya Lindqvist, party of 5']);
  });

  it('is not moved by a script that knows an older time', async () => {
    await knownBooking(movedBooking);
    const answer = await post({ date: '2027-05-30', charter_id: 'xhqgmdh', start: '16:30', end: '19:30' });
    expect(problems(answer)).toEqual([
      ['start', 'calendar-differs-from-booking'],
      ['end', 'calendar-differs-from-booking'],
    ]);
    expect(answer.json.message).toContain('The booking says 2027-05-30T15:30 for start');
    expect(answer.json.cure).toContain('change the booking itself');
  });

  it('takes a note by a change of its entry, and nothing else', async () => {
    const id = await knownBooking();
    expect((await patch(id, { note: 'Fuel first' })).json).toMatchObject({ note: 'Fuel first', revision: 2 });
    expect(problems(await patch(id, { status: 'cancelled', title: 'Mine', vessel: 'tern' }))).toEqual([
      ['vessel', 'calendar-differs-from-booking'],
      ['title', 'calendar-differs-from-booking'],
      ['status', 'calendar-differs-from-booking'],
    ]);
    expect((await patch(id, { charter_id: 'other' })).json.code).toBe('calendar-charter-fixed');
  });

  it('can be noted on while its time lies in a repeated hour', async () => {
    const late = { local: '2027-11-07T01:30', zone: 'America/Los_Angeles', at: '2027-11-07T09:30:00Z' };
    const id = await knownBooking(testBooking({ start: late, end: wall('2027-11-07T04:00') }));
    expect((await patch(id, { note: 'Second half past one' })).json).toMatchObject({
      starts_at: '2027-11-07T01:30:00-08:00',
      note: 'Second half past one',
    });
  });
});

describe('an amount', () => {
  it.each([
    ['note', { note: 'Collect $50 in cash' }],
    ['note', { note: 'owes 840.75' }],
    ['title', { title: 'Trip for 1,200.00' }],
    ['captain', { captain: 'Ana €150' }],
  ])('is refused in the %s', async (field, body) => {
    expect(problems(await post({ date: '2027-05-30', ...body }))).toEqual([[field, 'notes-look-like-money']]);
    expect(await scene.store.list('2027-01-01', '2027-12-31')).toEqual([]);
  });

  it('of the booking itself is held back even without anything that looks like money', async () => {
    const id = await knownBooking();
    expect((await patch(id, { note: 'ref 84075' })).json.code).toBe('money-in-output');
    expect((await scene.store.find(id as `cal_${string}`))?.note).toBeNull();
  });
});

describe('wrong input', () => {
  it.each([
    [{}, [['date', 'field-missing']]],
    [{ date: '30.5.2027' }, [['date', 'field-wrong']]],
    [{ date: '2027-02-30' }, [['date', 'field-wrong']]],
    [{ date: 20270530 }, [['date', 'field-wrong']]],
    [{ date: '2027-05-30', revenue: 840.75 }, [['revenue', 'field-unknown']]],
    [{ date: '2027-05-30', start: '3pm' }, [['start', 'field-wrong']]],
    [{ date: '2027-05-30', start: '25:00' }, [['start', 'time-unreadable']]],
    [{ date: '2027-05-30', start: '2027-05-31T10:00' }, [['start', 'start-on-another-day']]],
    [{ date: '2027-05-30', end: '18:00' }, [['end', 'end-without-start']]],
    [{ date: '2027-05-30', start: '15:00', end: '15:00' }, [['end', 'end-before-start']]],
    [{ date: '2027-05-30', start: '15:00', end: '2027-09-01T10:00' }, [['end', 'entry-too-long']]],
    [{ date: '2027-03-14', start: '02:30' }, [['start', 'time-does-not-exist']]],
    [{ date: '2027-11-07', start: '01:30' }, [['start', 'time-ambiguous']]],
    [{ date: '2027-05-30', vessel: 'titanic' }, [['vessel', 'vessel-unknown']]],
    [{ date: '2027-05-30', status: 'maybe' }, [['status', 'field-wrong']]],
    [{ date: '2027-05-30', note: 'x'.repeat(2001) }, [['note', 'field-wrong']]],
    [
      { date: 1, title: '', extra: 1 },
      [
        ['date', 'field-wrong'],
        ['title', 'field-wrong'],
        ['extra', 'field-unknown'],
      ],
    ],
    [[], [['the body', 'field-wrong']]],
  ])('%j is refused with field and cure', async (body, expected) => {
    const answer = await post(body);
    expect(problems(answer)).toEqual(expected);
    expect(answer.json.cure).toBeTruthy();
  });

  it('is told what is wrong with the JSON itself', async () => {
    expect((await post('{"date":')).json.code).toBe('json-malformed');
    expect((await post('{"date":"2027-05-30","date":"2027-05-31"}')).json.code).toBe('json-duplicate-key');
  });

  it('can be answered by choosing an offset when the clock repeats the hour', async () => {
    const { json } = await post({ date: '2027-11-07', start: '01:30-08:00' });
    expect(json.starts_at).toBe('2027-11-07T01:30:00-08:00');
  });

  it('names an entry that is not there', async () => {
    expect((await ask('GET', '/api/calendar/cal_1')).json.code).toBe('calendar-entry-unknown');
    expect((await patch('cal_1', {})).json.code).toBe('calendar-entry-unknown');
  });
});

describe('a list', () => {
  beforeEach(async () => {
    for (const date of ['2027-04-30', '2027-05-01', '2027-05-31', '2027-06-01'])
      await post({ date, title: date });
  });
  const listed = async (query: string) => {
    const { json } = await ask('GET', `/api/calendar${query}`);
    return (
      (json.entries as { title: string }[] | undefined)?.map(entry => entry.title) ?? [json.code, json.field]
    );
  };

  it.each([
    ['', ['2027-05-01', '2027-05-31']],
    ['?month=2027-04', ['2027-04-30']],
    ['?month=2027-12', []],
    ['?from=2027-05-31&to=2027-06-01', ['2027-05-31', '2027-06-01']],
    ['?from=2027-05-31', ['2027-05-31', '2027-06-01']],
    ['?to=2027-05-01', ['2027-05-01']],
    ['?month=2027-13', ['field-wrong', 'month']],
    ['?month=2027-05&from=2027-05-01', ['field-wrong', 'month']],
    ['?from=yesterday', ['field-wrong', 'from']],
    ['?from=2027-02-30', ['field-wrong', 'from']],
    ['?from=2027-06-01&to=2027-05-01', ['field-wrong', 'to']],
    ['?from=2020-06-01&to=2027-05-01', ['field-wrong', 'to']],
    ['?vessel=heron', ['field-unknown', 'vessel']],
  ])('asked for with %j gives %j', async (query, expected) => {
    expect(await listed(query)).toEqual(expected);
  });

  it('leaves by the one way out, with the bookings it is about', async () => {
    await knownBooking();
    scene.left.length = 0;
    await ask('GET', '/api/calendar');
    expect(scene.left).toEqual([
      { audience: 'machine', channel: 'http', about: [booking.id], body: expect.stringContaining('Maya') },
    ]);
  });
});
