import { beforeEach, describe, expect, it } from 'vitest';
import { schemeOfUrl, sessionCookie } from '#access/cookies.ts';
import { sqliteLinks } from '#access/links.sqlite.ts';
import { payees } from '#access/payees.ts';
import { sqliteSessionStore } from '#access/session-store.sqlite.ts';
import { settableClock } from '#lib/clock.ts';
import { seededRandom } from '#lib/random.ts';
import { egress, lookingFor, type Outgoing } from '#platform/egress.ts';
import { openSqlite } from '#platform/sqlite.ts';
import { allThree, testBooking, testFleet, testNote, testRules, wall } from './books.fixture.ts';
import { sqliteMoneyCanaries } from './canaries.sqlite.ts';
import { drawLedger } from './draw-ledger.ts';
import { rulesFrom } from './fee-rules.ts';
import { sqliteFinanceStore } from './finance-store.sqlite.ts';
import { payDoor, payRoutes } from './pay-routes.tsx';
import { seen } from './seen.fixture.ts';

const booking = testBooking();
const next = { start: wall('2027-05-31T10:00'), end: wall('2027-05-31T13:00') } as const;

/** The door on real books and sessions, and everything that left through it. */
function open() {
  const db = openSqlite(':memory:');
  const store = sqliteFinanceStore(db);
  const clock = settableClock('2027-05-31T02:00:00Z');
  const people = payees({
    store: sqliteSessionStore(db),
    links: sqliteLinks({ db, clock, key: 'Zk3v0QpXy7RtBn5WcJ8mLd2GhS6fUa9e' }),
    clock,
    random: seededRandom('pay'),
    isKnown: () => true,
  });
  const left: Outgoing[] = [];
  const asked: unknown[] = [];
  const routes = payRoutes({
    store,
    payees: people,
    cookie: sessionCookie('gangway_pay', schemeOfUrl),
    fleet: testFleet,
    currency: 'USD',
    egress: egress({
      leaks: lookingFor(sqliteMoneyCanaries(db, () => null)),
      onRefused: () => {},
      tap: outgoing => left.push(outgoing),
    }),
    clock,
    months: {
      asked(text, today) {
        asked.push([text, today]);
        return text ?? '2027-05';
      },
      around: () => ({ previous: '2027-04', next: '2027-06' }),
      text: month => `month ${month}`,
    },
  });
  const keep = (changes: Parameters<typeof testBooking>[0], rules = testRules) =>
    store.keep({
      ...drawLedger(testBooking(changes), [testNote()], allThree, rules),
      at: booking.recordedAt,
    });
  const enter = async (person: string) => {
    const session = await people.signIn((await people.signInLink(person)).token);
    return `gangway_pay=${session?.id}`;
  };
  const get = async (path: string, cookie = '') =>
    routes.request(`http://localhost${path}`, { headers: { cookie } });
  return { store, people, left, asked, keep, enter, get };
}

let door: ReturnType<typeof open>;
beforeEach(() => {
  door = open();
});

describe("everybody's own pay", () => {
  it('is a page of their own trips, roles and amounts, and of nobody else’s', async () => {
    const byMarketplace = rulesFrom({
      currency: 'USD',
      fees: [],
      pay: [{ from: '2026-01-01', person: 'ana', perTrip: '160.00', paidBy: 'marketplace' }],
    });
    await door.keep({});
    await door.keep({ ...next, id: 'bkg_0000000000000002', vessel: 'sold' }, byMarketplace);
    const page = await door.get('/pay', await door.enter('ana'));
    expect(page.headers.get('cache-control')).toBe('no-store');
    const html = await page.text();
    expect(seen(html.slice(html.indexOf('<main')))).toMatchInlineSnapshot(`
      "[/c/trips] ← My tripsYour pay in month 2027-05
      Yours alone. This page closes at 19:15 PDT.
      ← month 2027-04month 2027-06 →
      Together *$310.00. Tips are not in it, and what lies ahead can still change.
      2 trips
      Day | Vessel | As | Paid by | Pay |
      Sun 30 May |
      JADA |
      captain |
      Sail JADA |
      $150.00 |
      Mon 31 May |
      sold |
      captain |
      the marketplace |
      $160.00 | Sail JADA. Questions: [mailto:crew@sailjada.example] crew@sailjada.example"
    `);
    expect(html).toContain('<title>Your pay, month 2027-05');
    expect(html).toMatch(/<form[^>]*action="\/pay\/sign-out".*name="formToken"/s);
    expect(html).toContain('Ana');
    expect(html).toMatch(/href="[^"]*month=2027-04"/);
    expect(html).toMatch(/href="[^"]*month=2027-06"/);
    expect(html).not.toMatch(/125\.00|840\.75|Luis/);
    expect(door.left).toMatchObject([
      { audience: 'payee', channel: 'page', about: [booking.id, 'bkg_0000000000000002', 'ana'] },
    ]);
    expect(door.asked).toEqual([[undefined, '2027-05-30']]);
  });

  it('keeps a trip that is off in the list, and pays nothing for it', async () => {
    await door.keep({});
    const entry = await door.store.ledger(booking.id);
    if (entry) await door.store.keep({ ...entry, state: 'reversed' });
    const html = await (await door.get('/pay', await door.enter('kim'))).text();
    expect(seen(html.slice(html.indexOf('<main')))).toContain('called off');
    expect(html).toContain('<strong>$0.00</strong>');
    expect(html).toContain('1 trip<');
  });

  it('says of a month without any where to ask', async () => {
    await door.keep({});
    const html = await (await door.get('/pay?month=2027-07', await door.enter('ana'))).text();
    expect(door.asked).toEqual([['2027-07', '2027-05-30']]);
    expect(seen(html.slice(html.indexOf('<main')))).toMatchInlineSnapshot(`
      "[/c/trips] ← My tripsYour pay in month 2027-07
      Yours alone. This page closes at 19:15 PDT.
      ← month 2027-04month 2027-06 →
      No pay of yours in month 2027-07
      Trips stand in the month they sail, once the books have them. Is one missing? Ask Sail JADA.Sail JADA. Questions: [mailto:crew@sailjada.example] crew@sailjada.example"
    `);
    const joans = await (await door.get('/pay', await door.enter('joan'))).text();
    expect(joans).toContain('No pay of yours in month 2027-05');
  });

  it('leads to the sign-in without a session, after it, and for whoever is not in the fleet', async () => {
    const left = await door.enter('ana');
    await door.people.revokeAll('ana');
    for (const cookie of ['', left, 'gangway_pay=x', await door.enter('stranger')]) {
      const answer = await door.get('/pay', cookie);
      expect([answer.status, answer.headers.get('location')]).toEqual([303, '/pay/sign-in']);
      expect(answer.headers.get('cache-control')).toBe('no-store');
    }
    expect(door.left).toEqual([]);
  });

  it('has a door whose words say how long it is open and to whom', () => {
    expect(payDoor(door.people).words).toEqual({
      title: 'Your pay',
      heading: 'Your pay',
      lede: 'It opens for a quarter of an hour, with a link that goes to your own address only.',
      who: 'crew',
    });
    expect(payDoor(door.people).cure).toBe('Ask for a new one below: it works for a quarter of an hour.');
    expect(payDoor(door.people).at.inside).toBe('/pay');
  });
});
