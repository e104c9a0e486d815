import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { jsonSchema, type SchemaName } from '#web/openapi/schemas.ts';
import { operations } from '#web/openapi.ts';
import { type Answer, example, type Init, openWorld, type World } from '../world.ts';

let world: World;
let serviceKey: string;
let dashboardToken: string;

beforeAll(async () => {
  world = await openWorld();
  ({ serviceKey, dashboardToken } = world.keys);
  await world.deliver(example('boatsetter-created'));
  await world.settle();
});
afterAll(() => world.close());

const ask = (path: string, init: Init = {}, body?: unknown): Promise<Answer> =>
  world.http(world.house + path, {
    ...init,
    headers: { 'x-service-key': serviceKey, 'x-dashboard-token': dashboardToken, ...init.headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

const fits = (schema: SchemaName, answer: Answer) => {
  const checked = z.fromJSONSchema(jsonSchema(schema) as never).safeParse(answer.json());
  expect([schema, checked.error?.issues ?? [], answer.status]).toEqual([schema, [], answer.status]);
};

const bodyOf = (id: string, name: string) =>
  structuredClone(operations.find(operation => operation.id === id)?.body?.examples[name]) as Record<
    string,
    unknown
  >;

describe('the running server answers as documented', () => {
  it('to its own document and reference', async () => {
    expect((await ask('/openapi.json')).json()).toMatchObject({ openapi: '3.1.1' });
    for (const path of ['/docs', '/docs/errors']) {
      const page = await ask(path);
      expect(page.status).toBe(200);
      expect(page.headers['content-security-policy']).toContain("default-src 'none'");
    }
  });

  it('to every operation with something else than that nothing is there', async () => {
    for (const { id, method, path, alias, onBrandHost } of operations) {
      if (onBrandHost) continue;
      for (const each of alias ? [path, alias] : [path]) {
        const answer = await world.http(world.house + each.replaceAll(/\{\w+\}/g, 'x'), {
          method: method.toUpperCase(),
        });
        expect([id, each, answer.body.includes('"not-found"')]).toEqual([id, each, false]);
      }
    }
  });

  it('about health', async () => {
    fits('Alive', await ask('/healthz'));
    fits('Readiness', await ask('/readyz'));
    fits('HeadersReceived', await ask('/healthz/headers'));
  });

  it('to a webhook, taken or refused', async () => {
    const taken = await world.deliver(example('boatsetter-changed'));
    expect(taken.status).toBe(202);
    fits('Accepted', taken);
    fits(
      'Problem',
      await ask(
        '/webhooks/boatsetter',
        { method: 'POST', headers: { 'content-type': 'application/json' } },
        {},
      ),
    );
  });

  it('about crew events', async () => {
    const asked = {
      ...bodyOf('createEvent', 'a sunset sail'),
      vessel: 'jada',
      crew: [{ id: 'captain-ana' }],
    };
    const made = await ask('/api/events', { method: 'POST' }, asked);
    expect(made.status).toBe(201);
    fits('CrewEvent', made);
    const path = made.headers.location ?? '';
    fits('CrewEvent', await ask(path));
    fits('CrewEvent', await ask(path, { method: 'PATCH' }, bodyOf('changeEvent', 'an hour earlier')));
    fits('CrewEvent', await ask(path, { method: 'PATCH' }, bodyOf('changeEvent', 'called off')));
    fits('CrewEventList', await ask('/api/events?from=2027-05-01'));
    fits('Problem', await ask(path, { method: 'PATCH' }, { notes: 'too late' }));
  });

  it('about the calendar', async () => {
    const asked = { ...bodyOf('enterInCalendar', 'a haul-out'), vessel: 'jada', captain: 'captain-ana' };
    const entered = await ask('/api/calendar', { method: 'POST' }, asked);
    expect(entered.status).toBe(201);
    fits('CalendarEntry', entered);
    expect((await ask('/api/calendar', { method: 'POST' }, asked)).status).toBe(200);
    fits(
      'CalendarEntry',
      await ask('/api/calendar', { method: 'POST' }, bodyOf('enterInCalendar', 'only the day')),
    );
    const path = entered.headers.location ?? '';
    fits('CalendarEntry', await ask(path));
    fits('CalendarEntry', await ask(path, { method: 'PATCH' }, bodyOf('changeCalendarEntry', 'a day later')));
    fits('CalendarEntryList', await ask('/api/calendar?month=2027-06'));
    fits('CalendarEntryList', await ask('/api/calendar?month=2027-05'));
    fits('Problem', await ask('/api/calendar/cal_x'));
  });
});
