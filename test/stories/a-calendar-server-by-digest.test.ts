import { afterEach, beforeEach, expect, it } from 'vitest';
import { seededRandom } from '#lib/random.ts';
import { calendarServerFindings } from '#main/rooms/calendar-servers.ts';
import { outside } from '#platform/outside.ts';
import { openRadicale, type Radicale } from '../radicale.ts';
import { digestDoor } from '../stand-ins/digest-door.ts';
import { example, openWorld, type World } from '../world.ts';

let radicale: Radicale;
let door: Awaited<ReturnType<typeof digestDoor>>;
let world: World;
beforeEach(async () => {
  radicale = await openRadicale();
  door = await digestDoor(radicale, { requestsPerNonce: 2 });
  world = await openWorld({
    keys: { CHARTERS: radicale.password },
    outside: outside(),
    config: jada => ({
      ...jada,
      calendarServers: [
        { id: 'charters', url: door.url, user: radicale.user, password: { env: 'CHARTERS' }, isNearby: true },
      ],
    }),
  });
});
afterEach(async () => {
  await world.close();
  door.stop();
  await radicale.close();
});

it('writes to a calendar server that takes passwords as a digest only, and goes on when a nonce has run out', async () => {
  await world.deliver(example('boatsetter-created'));
  await world.settle();
  const { id } = await world.booking();
  await world.operate('booking move', { booking: id, start: '15:30' });
  await world.settle();
  const [entry = '', ...more] = radicale.entries();
  expect(entry).toContain('DTSTART:20270530T223000Z');
  expect(more).toEqual([]);
  expect(await world.belief(id, 'calendar server')).toMatchObject({ state: 'stated', statedRevision: 2 });
  expect(door.seen.filter(text => text.startsWith('Basic'))).toEqual(['Basic out']);
  expect(door.seen).toContain('Digest out');
});

it('says in the doctor’s words whether such a server lets it in', async () => {
  const look = () => calendarServerFindings(world.config, outside(), seededRandom('doctor'));
  expect(await look()).toMatchObject([{ what: 'calendar server charters', state: 'ok' }]);
  expect(door.seen).toEqual(['Basic out', 'Digest in']);
});
