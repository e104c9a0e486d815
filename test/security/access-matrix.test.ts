import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { example, type World } from '../world.ts';
import {
  brandTable,
  expected,
  type Principal,
  principals,
  type Relation,
  type Row,
  relations,
  table,
} from './access-table.ts';
import {
  amounts,
  cookieBy,
  deskCookie,
  eventOf,
  formTokenOf,
  payCookie,
  threeBookings,
  twoBrands,
} from './fleet-of-two.ts';

type Hand = { headers: Record<string, string>; cookie?: string };

const nameOf = ({ method, path }: { method: string; path: string }) => `${method} ${path}`;
const routesOn = (world: World, face: string) =>
  [
    ...new Set(
      world
        .app()
        .mounted.filter(route => route.face === face)
        .map(nameOf),
    ),
  ].filter(name => face === 'brand' || !name.startsWith('ALL '));

/** Everything each principal has in hand, and the id that each relation asks for, by the kind of thing. */
async function opened() {
  const world = await twoBrands();
  const bookings = await threeBookings(world);
  // One that is held for a person, so that the quarantine has something to show.
  await world.deliver({ ...example('boatsetter-created', { id: 'held-1', vessel: 'no such vessel' }) });
  await world.settle();
  const [mine, other, brands] = await Promise.all(
    [bookings.own, bookings['other event'], bookings['other brand']].map(booking => eventOf(world, booking)),
  );
  if (!mine || !other || !brands) throw new Error('no events');

  const ana = await cookieBy(world, mine.linkOf('captain-ana'), true);
  const kim = await cookieBy(world, mine.linkOf('kim'), true);
  const luis = await cookieBy(world, other.linkOf('luis'), true);
  await world.operate('crew release', { booking: bookings.own.id, person: 'kim' });
  const owner = await deskCookie(world, 'owner-joan');
  const operator = await deskCookie(world, 'pat');
  const made = (label: string, scopes: string[]) =>
    world.operate<{ id: string; key: string }>('key create', { label, scopes });
  const pay = await payCookie(world, 'kim@crew.example');
  const events = await made('events', ['events']);
  const calendar = await made('calendar', ['calendar']);
  const wrong = await made('wrong scope', ['operations']);
  const dead = await made('dead', ['events', 'calendar']);
  await world.operate('key revoke', { id: dead.id });
  const both = (key: string) => ({ 'x-service-key': key, 'x-dashboard-token': key });
  const { url: page } = await world.belief(bookings.own.id, 'guest page');
  const slug = new URL(page ?? '').pathname.slice('/g/'.length);

  const hands: Record<Principal, Hand> = {
    nobody: { headers: {} },
    'guest with the address of a page': {
      headers: {
        cookie: `gangway=${slug}; gangway_crew=${slug}`,
        authorization: `Bearer ${slug}`,
        referer: page ?? '',
      },
    },
    'crew of this event': { headers: { cookie: ana }, cookie: ana },
    'crew of another event': { headers: { cookie: luis }, cookie: luis },
    'released crew': { headers: { cookie: kim }, cookie: kim },
    payee: { headers: { cookie: pay }, cookie: pay },
    operator: { headers: { cookie: operator }, cookie: operator },
    owner: { headers: { cookie: owner }, cookie: owner },
    'service key': { headers: { 'x-service-key': events.key } },
    'dashboard token': { headers: { 'x-dashboard-token': calendar.key } },
    'key of another scope': { headers: both(wrong.key) },
    'revoked key': { headers: both(dead.key) },
    "owner at a brand's host": {
      headers: { cookie: `${owner}; ${ana}`, 'x-service-key': events.key, 'x-dashboard-token': calendar.key },
      cookie: owner,
    },
  };

  const list = await world.http(`${world.house}/api/calendar?from=2027-05-01&to=2027-06-30`, {
    headers: { 'x-dashboard-token': calendar.key },
  });
  const entries = list.json<{ entries: { id: string; booking: string }[] }>().entries;
  const desk = (path: string) =>
    world.http(`${world.house}${path}`, { headers: { cookie: owner, accept: 'text/html' } });
  const delivery = /\/desk\/quarantine\/([\w-]+)/.exec((await desk('/desk/quarantine')).body)?.[1] ?? '';
  const letter = /\/mailbox\/([^"/]+)"/.exec((await desk('/mailbox')).body)?.[1] ?? '';
  const things = { own: 0, 'other event': 1, 'other brand': 2 } as const;
  const thing = (relation: Relation) => (relation in things ? (relation as keyof typeof things) : 'own');
  const idFor = (path: string, relation: Relation): string => {
    const booking = bookings[thing(relation)];
    if (/^\/(api\/)?events/.test(path) || path.startsWith('/c/'))
      return [mine.id, other.id, brands.id][things[thing(relation)]] ?? '';
    if (/calendar/.test(path)) return entries.find(entry => entry.booking === booking.id)?.id ?? '';
    if (path.startsWith('/desk/quarantine')) return delivery;
    if (path.startsWith('/mailbox')) return letter;
    return booking.id;
  };
  return { world, bookings, hands, idFor, keys: [events.id, calendar.id, wrong.id], page: page ?? '' };
}

type Opened = Awaited<ReturnType<typeof opened>>;

function ask({ world, hands, idFor }: Opened, route: string, it: Row, who: Principal, relation: Relation) {
  const [method = '', path = ''] = route.split(' ');
  const hand = hands[who];
  const at = path
    .replace(':id', idFor(path, relation))
    .replace(':source', 'boatsetter')
    .replace(':secret', 'guessed')
    .replace(':file', 'guessed.ics')
    .replace(':name', 'money show')
    .replace(':photo', 'pho_aaaaaaaaaaaaaaaaaaaa');
  const origin = who === "owner at a brand's host" ? world.brand('queenofsandiego') : world.house;
  const form = method === 'POST' && !it.json;
  const fields = {
    ...it.body,
    ...(hand.cookie ? { formToken: formTokenOf(hand.cookie.split(';')[0] ?? '') } : {}),
  };
  // Doors are limited per minute; nobody here is to be turned away for that.
  world.clock.advance(3000);
  return world.http(`${origin}${at}`, {
    method,
    // The board of a booking at rest goes on being watched.
    ...(path.endsWith('/progress') ? { until: 'event: settled' } : {}),
    headers: {
      ...hand.headers,
      ...(method === 'GET' ? {} : { origin }),
      ...(form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
      ...(it.json ? { 'content-type': 'application/json' } : {}),
    },
    ...(form
      ? { body: new URLSearchParams(fields).toString() }
      : it.json
        ? { body: JSON.stringify(it.json) }
        : {}),
  });
}

const codeOf = (body: string) => {
  try {
    return (JSON.parse(body) as { code?: string }).code;
  } catch {
    return undefined;
  }
};

const owners: ReadonlySet<Principal> = new Set(['owner']);
const mayReadNames: ReadonlySet<Principal> = new Set([
  'owner',
  'operator',
  'service key',
  'dashboard token',
  'crew of this event',
  'crew of another event',
]);

async function sweep(all: Opened, relation: Relation): Promise<{ wrong: string[]; asked: number }> {
  const wrong: string[] = [];
  let asked = 0;
  const rows = Object.entries(table).sort(
    ([a], [b]) => Number(a.includes('sign-out')) - Number(b.includes('sign-out')),
  );
  for (const [route, row] of rows) {
    // Theirs is open for a quarter of an hour only, and every request here takes three seconds.
    if (row.door === 'payee' && relation !== 'expired' && relation !== 'revoked') {
      const cookie = await payCookie(all.world, 'kim@crew.example');
      all.hands.payee = { headers: { cookie }, cookie };
    }
    for (const who of principals) {
      // Signing out would end what the rest of the table is about; that it does is another test.
      if (route === 'POST /desk/sign-out' && (who === 'owner' || who === 'operator')) continue;
      if (route === 'POST /pay/sign-out' && who === 'payee') continue;
      if (route === 'POST /c/sign-out' && who.startsWith('crew of')) continue;
      const answer = await ask(all, route, row, who, relation);
      asked++;
      const want = expected(row, who, relation);
      const cell = `${route} by ${who}, ${relation}`;
      const code = codeOf(answer.body);
      if (answer.status !== want.status || (want.code && code !== want.code))
        wrong.push(`${cell}: ${answer.status} ${code ?? ''}, expected ${want.status} ${want.code ?? ''}`);
      if (amounts.test(answer.body) && !owners.has(who)) wrong.push(`${cell}: an amount`);
      if (answer.body.includes('Quandt') && !mayReadNames.has(who)) wrong.push(`${cell}: a guest's name`);
    }
  }
  return { wrong, asked };
}

describe('who may do what', () => {
  let all: Opened;
  beforeAll(async () => {
    all = await opened();
  });
  afterAll(() => all.world.close());

  it('is written down for every route that is mounted, and for none that is not', () => {
    expect(routesOn(all.world, 'house').sort()).toEqual(Object.keys(table).sort());
    expect(
      routesOn(all.world, 'brand')
        .filter(name => name !== 'ALL /*')
        .sort(),
    ).toEqual(Object.keys(brandTable).sort());
  });

  it('hides amounts that are there: the owner sees them', async () => {
    const { world, hands } = all;
    const seen = await world.http(`${world.house}/desk/money.csv?month=2027-05`, {
      headers: hands.owner.headers,
    });
    expect(seen.body).toMatch(amounts);
  });

  for (const relation of relations.slice(0, 3)) {
    it(`is kept at every route by everybody, asking for ${relation}`, async () => {
      const { wrong, asked } = await sweep(all, relation);
      expect(wrong).toEqual([]);
      expect(asked).toBe(principals.length * Object.keys(table).length - 5);
    }, 150_000);
  }

  it('is kept when what somebody holds was taken back', async () => {
    const { world, hands, bookings, keys } = all;
    for (const id of keys) await world.operate('key revoke', { id });
    for (const [booking, person] of [
      [bookings.own, 'captain-ana'],
      [bookings['other event'], 'luis'],
    ] as const)
      await world.operate('crew release', { booking: booking.id, person });
    await world.operate('key sign-out', { person: 'kim' });
    for (const who of ['owner', 'operator'] as const) {
      const cookie = hands[who].cookie ?? '';
      const out = await world.http(`${world.house}/desk/sign-out`, {
        method: 'POST',
        headers: { cookie, origin: world.house, 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ formToken: formTokenOf(cookie) }).toString(),
      });
      expect(out.status).toBe(303);
    }
    expect((await sweep(all, 'revoked')).wrong).toEqual([]);
  });
});

it('is kept when what somebody holds has run out', async () => {
  const all = await opened();
  try {
    await all.world.later(60 * 24 * 3_600_000);
    expect((await sweep(all, 'expired')).wrong).toEqual([]);
  } finally {
    await all.world.close();
  }
});

describe('a form that another site sends along with somebody’s cookie', () => {
  it('does nothing, at every route that takes forms', async () => {
    const all = await opened();
    const { world, hands, idFor } = all;
    try {
      const before = JSON.stringify([
        await world.bookings(),
        await world.http(`${world.house}/api/events`, {
          headers: { 'x-service-key': world.keys.serviceKey },
        }),
      ]);
      const wrong: string[] = [];
      const forms = Object.entries(table).filter(
        ([route, { door }]) =>
          route.startsWith('POST ') && ['staff', 'owner', 'crew', 'way in'].includes(door),
      );
      expect(forms.length).toBeGreaterThan(10);
      for (const [route, row] of forms) {
        const cookie = hands[row.door === 'crew' ? 'crew of this event' : 'owner'].cookie ?? '';
        const path = route.split(' ')[1] ?? '';
        for (const from of [
          { origin: 'https://elsewhere.example' },
          { origin: 'null' },
          { 'sec-fetch-site': 'cross-site', origin: world.house },
          { 'sec-fetch-site': 'same-site' },
          {},
        ] as Record<string, string>[]) {
          world.clock.advance(3000);
          const answer = await world.http(`${world.house}${path.replace(':id', idFor(path, 'own'))}`, {
            method: 'POST',
            headers: { ...from, cookie, 'content-type': 'application/x-www-form-urlencoded' },
            body: new URLSearchParams({
              ...row.body,
              formToken: formTokenOf(cookie),
              answer: 'accepted',
              reason: 'x',
              revision: '1',
            }).toString(),
          });
          if (answer.status !== 403 || codeOf(answer.body) !== 'form-from-elsewhere')
            wrong.push(`${route} from ${JSON.stringify(from)}: ${answer.status} ${codeOf(answer.body)}`);
        }
      }
      expect(wrong).toEqual([]);
      expect(
        JSON.stringify([
          await world.bookings(),
          await world.http(`${world.house}/api/events`, {
            headers: { 'x-service-key': world.keys.serviceKey },
          }),
        ]).replaceAll(/"date":"[^"]*"/g, ''),
      ).toBe(before.replaceAll(/"date":"[^"]*"/g, ''));
    } finally {
      await world.close();
    }
  });
});
