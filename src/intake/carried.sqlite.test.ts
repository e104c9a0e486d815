import { expect, it } from 'vitest';
import { settableClock } from '#lib/clock.ts';
import { seededRandom } from '#lib/random.ts';
import { openSqlite } from '#platform/sqlite.ts';
import { carriedDeliveries, carriedFeedsIn } from './carried.sqlite.ts';
import { sqliteFeedInStore } from './feeds-in/feed-in-store.sqlite.ts';
import { sqliteInbox } from './inbox.sqlite.ts';
import { correction, created, payload, testIntake } from './intake.fixture.ts';

const house = () => {
  const db = openSqlite(':memory:');
  const clock = settableClock('2027-04-12T18:00:00Z');
  return { db, clock, inbox: sqliteInbox(db, { clock, random: seededRandom('carried') }) };
};

it('every delivery goes to another house as it stands, whatever became of it', async () => {
  const from = house();
  const { intake } = testIntake({ inbox: from.inbox });
  const receive = async (messageId: string, body: string) => {
    const arrival = {
      source: 'market',
      messageId,
      via: 'signed',
      headers: { 'user-agent': 'them' },
    } as const;
    return (await from.inbox.receive({ ...arrival, body: Buffer.from(body) })).delivery.id;
  };
  const read = async (messageId: string, body: object) => {
    const id = await receive(messageId, JSON.stringify(body));
    await intake.process(id);
    return id;
  };
  await read('taken', created());
  const held = await read('held', payload({ id: 'other', vessel: 'kayak' }));
  await from.inbox.vouch(held, { by: 'nobody', why: 'not signed' } as never);
  const meant = await read('meant', payload({ id: 'third', vessel: 'kayak' }));
  await intake.correct(meant, { ...correction, externalId: 'third' }, 'ana');
  await receive('waiting', '{}');
  await receive('taken', '{"another":"body"}').catch(() => null);

  const to = house();
  const carried = [...carriedDeliveries.all(from.db)];
  expect(carried).toHaveLength(5);
  await to.db.write(tx => {
    for (const delivery of carried) carriedDeliveries.put(tx, delivery);
    for (const delivery of carried) carriedDeliveries.put(tx, delivery);
  });
  expect([...carriedDeliveries.all(to.db)]).toEqual(carried);
  expect(await to.inbox.list({ limit: 99 })).toEqual(await from.inbox.list({ limit: 99 }));
  for (const { delivery } of carried) {
    expect(await to.inbox.body(delivery.id)).toEqual(await from.inbox.body(delivery.id));
  }
  const [first] = carried;
  const booking = first?.delivery.outcome?.booking;
  expect(booking).toBeDefined();
  expect(await to.inbox.list({ booking: booking ?? 'bkg_', limit: 9 })).toHaveLength(1);
  expect((await to.inbox.pending(9)).map(({ messageId }) => messageId)).toEqual(['waiting']);
});

it('what each calendar said last goes along', async () => {
  const [from, to] = [house().db, house().db];
  const [store, other] = [sqliteFeedInStore(from), sqliteFeedInStore(to)];
  expect([...carriedFeedsIn.all(from)]).toEqual([]);
  const state = { feed: 'market', checkedAt: '2027-04-12T18:00:00Z' } as never;
  await store.put(state);
  const carried = [...carriedFeedsIn.all(from)];
  await to.write(tx => {
    for (const one of carried) carriedFeedsIn.put(tx, one);
  });
  expect(carried).toEqual([state]);
  expect([...carriedFeedsIn.all(to)]).toEqual(carried);
  expect(await other.find('market')).toEqual(state);
});
