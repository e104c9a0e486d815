import { afterAll, beforeAll, expect, it } from 'vitest';
import { openWorld, type World } from '../world.ts';

let world: World;
const day = 24 * 3_600_000;

beforeAll(async () => {
  world = await openWorld({
    now: '2027-01-01T20:00:00Z',
    config: fleet => ({
      ...fleet,
      people: fleet.people.map(person =>
        person.id === 'captain-ana'
          ? { ...person, credentials: [{ kind: 'mmc', expires: '2027-05-29', neededAs: ['captain'] }] }
          : person,
      ),
    }),
  });
});
afterAll(() => world.close());

const warned = async (to: string) =>
  (await world.letters({ to, subject: /mmc/ })).map(({ subject }) => subject ?? '');

it('a captain’s credential is warned of 180, 60 and 14 days ahead, each once, to captain and house', async () => {
  // Already within the longest warning when the program first ran.
  await world.later(0);
  await world.later(60_000);
  expect(await warned('ana@crew.example')).toEqual(['Your mmc runs out in 148 days']);
  await world.restart();
  await world.later(30 * day);
  expect(await warned('ana@crew.example')).toHaveLength(1);
  world.clock.set('2027-03-30T19:00:00Z');
  for (const _ of [1, 2]) await world.later(60_000);
  world.clock.set('2027-05-15T19:00:00Z');
  for (const _ of [1, 2]) await world.later(60_000);
  expect(await warned('ana@crew.example')).toEqual([
    'Your mmc runs out in 148 days',
    'Your mmc runs out in 60 days',
    'Your mmc runs out in 14 days',
  ]);
  expect(await warned('joan@sailjada.example')).toHaveLength(3);
  const { body } = await (await world.atDesk()).get('/desk');
  expect(body).toContain('Credentials that run out');
  expect(body).toContain('runs out in 14 days');
});
