import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, expect, it } from 'vitest';
import type { Booking } from '#booking/booking.ts';
import { example, openWorld, type World } from '../world.ts';

/** What the trip would leave if nobody had to be paid: a net that nobody may ever read. */
const withoutPay = /689[.,]41/;
const minute = 60_000;

let world: World;
afterEach(() => world.close());

const meddle = (sql: string) => {
  const db = new DatabaseSync(join(world.folder, 'gangway.db'));
  db.exec(sql);
  db.close();
};

const { payout, ...silent } = example('boatsetter-created');
const priced = { ...silent, type: 'booking.changed', booking: { ...silent.booking, version: 2 }, payout };

type Ledger = { state: string; net: string | null; problems: { code: string }[] };
const money = (id: Booking['id']) =>
  world.operate<{ ledger: Ledger; history: Ledger[] }>('money show', { booking: id });

/** What the books wait for and what changes meanwhile. */
const happenings: Record<string, (id: Booking['id']) => unknown> = {
  'the crew event is made': () => meddle('DROP TRIGGER no_crew_event'),
  'the price is said': () => world.deliver(priced),
  'the trip moves': id => world.operate('booking move', { booking: id, start: '15:30' }),
};

const orders = (all: readonly string[]): string[][] =>
  all.length < 2
    ? [[...all]]
    : all.flatMap(first => orders(all.filter(other => other !== first)).map(rest => [first, ...rest]));

/** The books have their own workflow, so they may be open before the crew event is there; no figure may come of it. */
it.each(orders(Object.keys(happenings)).map(order => [order.join(', then '), order] as const))(
  'leaves the same 289.41 when the books are open first, then %s',
  async (_title, order) => {
    world = await openWorld();
    meddle(
      `CREATE TRIGGER no_crew_event BEFORE INSERT ON crew_events BEGIN SELECT RAISE(FAIL, 'not yet'); END`,
    );
    await world.deliver(silent);
    await world.settle();
    const { id } = await world.booking();
    expect(await world.belief(id, 'crew event')).toMatchObject({ state: 'failing' });
    // Quick retries first; then the rest goes on without the event, and the books with it.
    while (!(await money(id)).ledger) await world.later(10_000);
    expect((await money(id)).ledger).toMatchObject({ state: 'open', net: null });

    for (const happens of order) {
      await happenings[happens]?.(id);
      await world.settle();
      await world.later(10_000);
    }
    const board = () => world.operate<{ settled: boolean }>('beliefs', { booking: id });
    while (!(await board()).settled) await world.later(minute);

    const { ledger, history } = await money(id);
    expect(ledger).toMatchObject({ state: 'settled', net: '289.41', problems: [] });
    expect(history.map(({ net }) => net).filter(net => net !== null)).toEqual(['289.41']);
    const said = (await world.letters()).map(letter => `${letter.text} ${letter.html}`);
    expect(said.filter(text => withoutPay.test(text))).toEqual([]);
    expect(said.some(text => /289[.,]41/.test(text))).toBe(true);
  },
);
