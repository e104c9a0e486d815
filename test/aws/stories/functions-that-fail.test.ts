import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { functions } from '#main/lambda/functions.ts';
import { type DynamoStandIn, openDynamo } from '../../stand-ins/dynamodb.ts';
import { example } from '../../story-world.ts';
import { type AwsWorld, openAwsWorld } from '../aws-world.ts';
import type { Killing } from '../sandboxes.ts';

/** What Lambda may do to a function at any moment: end it in the middle, or have it done twice. */
describe('in the AWS edition', { timeout: 60_000 }, () => {
  let dynamo: DynamoStandIn;
  let world: AwsWorld;
  beforeAll(async () => {
    dynamo = await openDynamo();
  }, 300_000);
  afterAll(() => dynamo?.stop());
  afterEach(() => world?.close());

  const booked = example('boatsetter-created');

  /** Until nothing is left to be said, however long that takes. */
  const atRest = async () => {
    for (let minutes = 0; minutes < 30; minutes++) {
      await world.later(60_000);
      const [booking] = await world.bookings();
      if (!booking) continue;
      const surfaces = await world.beliefs(booking.id);
      if (surfaces.length === 14 && surfaces.every(({ state }) => state === 'stated')) return booking;
    }
    throw new Error('it never came to rest');
  };

  /** The marketplace sends again what was not acknowledged, as all of them do. */
  const delivered = async () => {
    for (let time = 0; time < 5; time++) {
      const answer = await world.deliver(booked, { id: 'msg_first' }).catch(() => null);
      if (answer?.status === 202) return world.settle();
    }
    throw new Error('it was never acknowledged');
  };

  const crewEvents = () =>
    world.http(`${world.house}/api/events`, { headers: { 'x-service-key': world.keys.serviceKey } });

  const asIfNothingHappened = async () => {
    const { id } = await atRest();
    expect(await world.operate('money show', { booking: id })).toMatchObject({
      ledger: { state: 'settled', net: '289.41' },
    });
    const events = await crewEvents();
    expect(events.json<{ events: unknown[] }>().events).toHaveLength(1);
    const { url } = await world.belief(id, 'guest page');
    expect((await world.http(url ?? '')).body).toContain('16:30');
    // A letter whose sender died over it goes out once more under the same name, which mail programs show once.
    const letters = new Set((await world.letters()).map(({ messageId }) => messageId));
    expect(letters.size).toBe(6);
    expect(world.lambda.deadLetters).toEqual([]);
  };

  const killings: Killing[] = [
    { name: 'gangway-intake', write: 1, when: 'before' },
    { name: 'gangway-intake', write: 1, when: 'after' },
    { name: 'gangway-intake', write: 3, when: 'after' },
    { name: 'gangway-fulfil', write: 2, when: 'before' },
    { name: 'gangway-fulfil', write: 3, when: 'after' },
    { name: 'gangway-fulfil', write: 9, when: 'after' },
    { name: 'gangway-fulfil', write: 17, when: 'before' },
    { name: 'gangway-open-books', write: 1, when: 'after' },
    { name: 'gangway-books', write: 4, when: 'after' },
  ];
  it.each(killings)('$name killed $when its write $write leaves what would be there without', async plan => {
    world = await openAwsWorld(dynamo);
    world.sandboxes.killAt(plan);
    await delivered();
    await asIfNothingHappened();
    expect(world.sandboxes.killed).toEqual([plan.name]);
  });

  it('every invocation that comes twice does what it does once', async () => {
    world = await openAwsWorld(dynamo);
    world.lambda.deliverEach(2);
    await delivered();
    await world.minute();
    await asIfNothingHappened();
    expect(await world.letters()).toHaveLength(6);
  });

  it('a workflow is started under one name however often it is asked for, with ids and nothing else', async () => {
    world = await openAwsWorld(dynamo);
    await delivered();
    const { id } = await atRest();
    const executions = await world.lambda.executions();
    expect(executions.map(({ workflow, name, status }) => `${workflow} ${name} ${status}`).sort()).toEqual([
      `fulfil-booking@1 ${id}-1-1 SUCCEEDED`,
      expect.stringMatching(new RegExp(`^keep-books@1 ${id}-1-[\\w-]+-1 SUCCEEDED$`)),
    ]);
    const [first] = executions.filter(({ workflow }) => workflow === 'fulfil-booking@1');
    expect(first?.input).toEqual({ bookingId: id, revision: 1, run: 1, workflow: 'fulfil-booking@1' });
  });

  it('no function that speaks to crew or guests ever asks for a partition of money', async () => {
    world = await openAwsWorld(dynamo);
    await delivered();
    await atRest();
    expect((await crewEvents()).status).toBe(200);
    const { url = '' } = await world.belief((await world.booking()).id, 'guest page');
    await world.http(`${url}/letters`);
    const asking = functions.filter(({ money }) => money !== 'reads and writes').map(({ name }) => name);
    const reached = asking.map(name => [name, world.reached(name)] as const);
    expect(reached.filter(([, partitions]) => partitions.length > 0).map(([name]) => name)).toEqual(
      expect.arrayContaining(['crew', 'guest', 'fulfil', 'tick']),
    );
    for (const [name, partitions] of reached)
      expect(
        partitions.filter(pk => pk.startsWith('MONEY#')),
        name,
      ).toEqual([]);
    expect(world.reached('books').some(pk => pk.startsWith('MONEY#'))).toBe(true);
  });
});
