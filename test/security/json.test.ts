import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { diceOf } from '../prove/sim/dice.ts';
import { rowsOf } from '../rows.ts';
import { example, openWorld, type World } from '../world.ts';

const forbidden = ['__proto__', 'constructor', 'prototype'];

describe('JSON that means harm', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());

  const doors = () => [
    { at: '/api/events', method: 'POST', key: { 'x-service-key': world.keys.serviceKey } },
    { at: '/api/calendar', method: 'POST', key: { 'x-dashboard-token': world.keys.dashboardToken } },
  ];

  it('is refused at every door that takes JSON, and changes nothing: no row, no prototype', async () => {
    const store = () => rowsOf(join(world.folder, 'gangway.db'));
    const before = store();
    const keysBefore = Object.getOwnPropertyNames(Object.prototype).sort().join();
    const wrong: string[] = [];
    let asked = 0;
    const expectRefused = async (body: string) => {
      for (const { at, method, key } of doors()) {
        asked++;
        const { status } = await world.http(`${world.house}${at}`, {
          method,
          headers: { ...key, 'content-type': 'application/json' },
          body,
        });
        if (status < 400 || status >= 500) wrong.push(`${at} answered ${status} to ${body.slice(0, 120)}`);
      }
      asked++;
      const { status } = await world.deliver(body);
      if (status < 400 || status >= 500)
        wrong.push(`a webhook was answered ${status} to ${body.slice(0, 120)}`);
    };
    const good = JSON.stringify(example('boatsetter-created'));
    for (const key of forbidden) {
      await expectRefused(`{"${key}":{"isAdmin":true},${good.slice(1)}`);
      await expectRefused(good.replace('"booking":{', `"booking":{"${key}":{"isAdmin":true},`));
      await expectRefused(`{"a":[{"b":{"\\u005f${key.slice(1)}":1,"${key}":1}}]}`);
    }
    await expectRefused(good.replace('"booking":{', '"booking":{"id":"other","id":"again",'));
    await expectRefused('['.repeat(200) + ']'.repeat(200));
    await expectRefused(`{"a":${'{"a":'.repeat(100)}1${'}'.repeat(100)}}`);
    await expectRefused('{"a":1e999}');
    await expectRefused('{"a":"\\ud800"}');
    for (const text of [
      '',
      'null x',
      '{"a":1,}',
      "{'a':1}",
      'NaN',
      '{"a":01}',
      '\ufeff{}',
      '{}{}',
      '{"a":1}\u0000',
    ])
      await expectRefused(text);
    // Bytes changed at random in a good message: it may still be JSON, but never anything the server breaks on.
    for (let seed = 0; seed < 150; seed++) {
      const dice = diceOf(seed);
      const bytes = Buffer.from(good);
      for (let n = dice.between(1, 4); n > 0; n--) bytes[dice.below(bytes.length)] = dice.below(256);
      for (const { at, method, key } of doors()) {
        asked++;
        const { status } = await world.http(`${world.house}${at}`, {
          method,
          headers: { ...key, 'content-type': 'application/json' },
          body: bytes,
        });
        if (status < 400 || status >= 500) wrong.push(`${at} answered ${status} for seed ${seed}`);
      }
    }
    await world.settle();
    expect(wrong).toEqual([]);
    expect(asked).toBeGreaterThan(300);
    expect(store()).toBe(before);
    expect(Object.getOwnPropertyNames(Object.prototype).sort().join()).toBe(keysBefore);
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  });

  it('is not even read when it is larger than any message is', async () => {
    const body = `{"a":"${'x'.repeat(300 * 1024)}"}`;
    for (const { at, method, key } of [...doors(), { at: '/webhooks/boatsetter', method: 'POST', key: {} }]) {
      // Past the socket, because who is refused early may hear of it only as a closed connection.
      const { status } = await world.app().fetch(
        new Request(`${world.house}${at}`, {
          method,
          headers: {
            ...(key as Record<string, string>),
            host: 'localhost',
            'content-type': 'application/json',
            'content-length': String(body.length),
          },
          body,
        }),
      );
      expect([at, status]).toEqual([at, 413]);
    }
  });

  it('leaves nothing behind of what nobody asked for', async () => {
    const { booking, ...rest } = example('boatsetter-created', { surprise: 'unasked-for-4711' });
    expect((await world.deliver({ ...rest, booking, beside: 'unasked-for-4711' })).status).toBe(202);
    await world.settle();
    expect(await world.bookings()).toHaveLength(1);
    for (const file of ['gangway.db', 'engine.db'])
      expect(rowsOf(join(world.folder, file))).not.toContain('unasked-for-4711');
  });
});
