import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { subscribe } from '../subscriber.ts';
import { example, openWorld, type World } from '../world.ts';

const zone = 'America/Los_Angeles';

describe('feeds in programs that are not ours', () => {
  let world: World;
  const subscribers: ReturnType<typeof subscribe>[] = [];

  beforeEach(async () => {
    world = await openWorld();
    await world.deliver(example('boatsetter-created'));
    await world.settle();
  });
  afterEach(async () => {
    for (const subscriber of subscribers.splice(0)) subscriber.close();
    await world.close();
  });

  const subscribeTo = async (of: string) => {
    const { url } = await world.operate<{ url: string }>('feed show', { of });
    const subscriber = subscribe(url, zone);
    subscribers.push(subscriber);
    await subscriber.refresh();
    return subscriber;
  };

  it('show when a vessel is busy, follow a move, say that it is off, and end when the address is renewed', async () => {
    const { id } = await world.booking();
    const harbour = await subscribeTo('jada');
    expect(await harbour.shown('2027-05-29')).toEqual([
      '2027-05-30 16:30 to 2027-05-30 19:30 JADA: booked, CONFIRMED',
    ]);

    await world.operate('booking move', { booking: id, start: '15:30' });
    await world.settle();
    await harbour.refresh();
    expect(await harbour.shown('2027-05-29')).toEqual([
      '2027-05-30 15:30 to 2027-05-30 18:30 JADA: booked, CONFIRMED',
    ]);

    await world.operate('booking cancel', { booking: id });
    await world.settle();
    await harbour.refresh();
    expect(await harbour.shown('2027-05-29')).toEqual([
      '2027-05-30 15:30 to 2027-05-30 18:30 Cancelled: JADA: booked, CANCELLED',
    ]);

    await world.operate('feed renew', { of: 'jada' });
    await expect(harbour.refresh()).rejects.toThrow();
  });

  it('show a person what is theirs, and that it is not certain yet', async () => {
    const luis = await subscribeTo('luis');
    const [line, ...more] = await luis.shown('2027-05-29');
    expect([line, more]).toEqual([
      '2027-05-30 16:30 to 2027-05-30 19:30 JADA: charter (crew), TENTATIVE',
      [],
    ]);
  });
});
