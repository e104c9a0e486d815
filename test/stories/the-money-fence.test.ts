import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Booking } from '#booking/booking.ts';
import { addressSecret, dnsOf, sampleMail, signedBy } from '#intake/mail/mail.fixture.ts';
import { paths } from '#ui/paths.ts';
import { engineRowsOf, rowsOf } from '../rows.ts';
import { example, openWorld, type World } from '../world.ts';
import { withMails } from './fleet-with-mails.ts';

type Payout = Record<string, unknown> | undefined;
type Leaf = { body: string };

/** Plays one whole story with a given payout and notes every byte that crew, guests and the public can get at. */
async function play(payout: Payout, note?: string): Promise<Map<string, string>> {
  // Public addresses, because the port of a test server would make the bytes differ.
  const world = await openWorld({
    seed: 'money fence',
    config: config => ({ ...config, server: { url: 'https://sailjada.com' } }),
  });
  try {
    const body = { ...example('boatsetter-created', note === undefined ? {} : { note }), payout };
    expect((await world.deliver(body)).status).toBe(202);
    await world.settle();
    const { id } = await world.booking();
    await world.later(60_000);
    await world.operate('booking move', { booking: id, start: '15:30' });
    await world.settle();
    const seen = await everythingSeen(world, id);
    await world.later(60_000);
    await world.operate('booking cancel', { booking: id });
    await world.settle();
    for (const [what, bytes] of await everythingSeen(world, id)) seen.set(`after the cancel: ${what}`, bytes);
    return seen;
  } finally {
    await world.close();
  }
}

async function everythingSeen(world: World, id: string): Promise<Map<string, string>> {
  const seen = new Map<string, string>();
  const keep = (what: string, bytes: string) => seen.set(what, bytes);

  const fenced = world.tapped.filter(({ audience }) =>
    ['guest', 'crew', 'public', 'operator'].includes(audience),
  );
  const spoken = fenced.map(({ audience, channel, body }) => `${audience} ${channel} ${String(body)}`).sort();
  keep('what passed the egress', spoken.join('\n---\n'));

  const outbox = join(world.folder, 'outbox');
  for (const file of readdirSync(outbox)
    .filter(name => name.endsWith('.eml'))
    .sort()) {
    keep(`letter ${file}`, readFileSync(join(outbox, file), 'utf8'));
  }
  const { url } = await world.belief(id, 'guest page');
  const crew = await world.http(`${world.house}/api/events`, {
    headers: { 'x-service-key': world.keys.serviceKey },
  });
  keep('events API', crew.body);
  const [event] = crew.json<{ events: { event_id: string }[] }>().events;
  const one = await world.http(`${world.house}/api/events/${event?.event_id}`, {
    headers: { 'x-service-key': world.keys.serviceKey },
  });
  keep('one event', one.body);
  if (url) {
    const page = await world.http(url);
    keep(
      'guest page',
      JSON.stringify([page.status, page.headers.etag, page.headers['content-length'], page.body]),
    );
  }
  keep('every row of gangway.db', rowsOf(join(world.folder, 'gangway.db')));
  keep('every row of engine.db', engineRowsOf(join(world.folder, 'engine.db')));
  return seen;
}

describe('what crew and guests get is a function of everything but money', () => {
  let base: Map<string, string>;
  beforeAll(async () => {
    base = await play({ gross: '840.75', currency: 'USD' });
  }, 60_000);

  const others: [string, Payout, string?][] = [
    ['a hundred times as much', { gross: '84075.00', currency: 'USD' }],
    ['a cent', { gross: '0.01', currency: 'USD' }],
    ['nothing at all', { gross: '0', currency: 'USD' }],
    ['less than nothing', { gross: '-840.75', currency: 'USD' }],
    ['another currency', { gross: '840.75', currency: 'EUR' }],
    ['no word about money', undefined],
    ['nonsense for an amount', { gross: 'a lot', currency: '???' }],
    [
      'another note by the guest',
      { gross: '840.75', currency: 'USD' },
      'We paid 99,999.99 and expect champagne.',
    ],
  ];
  for (const [what, payout, note] of others) {
    it(`byte for byte, with ${what}`, async () => {
      const other = await play(payout, note);
      expect([...other.keys()]).toEqual([...base.keys()]);
      for (const [name, bytes] of base) {
        const theirs = other.get(name) ?? '';
        const at = [...bytes].findIndex((char, index) => char !== theirs[index]);
        expect([name, bytes.slice(Math.max(0, at - 80), at + 80)]).toEqual([
          name,
          theirs.slice(Math.max(0, at - 80), at + 80),
        ]);
        expect(theirs.length).toBe(bytes.length);
      }
    }, 60_000);
  }
});

const perry = {
  id: 'perry',
  firstName: 'Perry',
  name: 'Perry Quill',
  email: 'perry@sailjada.example',
  roles: ['operator'],
};

/** A booking that comes in by mail, is changed by another, and one whose mail is held back; all that an operator sees included. */
async function playMails(amount: string, note: string): Promise<Map<string, string>> {
  const world = await openWorld({
    seed: 'money in mails',
    config: config => ({
      ...(withMails()(config) as object),
      server: { url: 'https://sailjada.com' },
      people: [...config.people, perry],
    }),
    dns: dnsOf(['boatsetter.com']),
    keys: { BOATSETTER_MAIL_ADDRESS: addressSecret },
  });
  try {
    const money = { '$840.75': amount, "It is my mother's 60th. Can we bring a cake?": note };
    const htmlNote = { 'It is my mother&#x27;s 60th. Can we bring a cake?': note };
    const mail = sampleMail('boatsetter-new', { ...money, ...htmlNote });
    await world.bring('boatsetter', await signedBy('boatsetter.com', mail));
    await world.settle();
    const { id } = await world.booking();
    const held = sampleMail('boatsetter-changed', { 'Guests:': 'On board:' });
    await world.bring(
      'boatsetter',
      await signedBy('boatsetter.com', Buffer.from(held.toString().replaceAll('$840.75', amount))),
    );
    await world.settle();
    const desk = await world.atDesk(perry.id);
    for (const page of [paths.desk, paths.deskInbox(), paths.deskQuarantine, paths.deskBooking(id)])
      await desk.get(page);
    const delivery =
      /\/desk\/quarantine\/dlv_\w+/.exec((await desk.get(paths.deskQuarantine)).body)?.[0] ?? '';
    expect((await desk.get(delivery)).status).toBe(200);
    // The letter about a device not seen before.
    await world.settle();
    return await everythingSeen(world, id);
  } finally {
    await world.close();
  }
}

describe('a booking that came in by mail', () => {
  it('shows crew, guests, the public and operators the same bytes, whatever the mail says of money', async () => {
    const base = await playMails('$840.75', 'Can we bring a cake?');
    for (const [amount, note] of [
      ['$12,345.60', 'Can we bring a cake?'],
      ['to be told', 'We paid 99,999.99 and expect champagne.'],
    ] as const) {
      const other = await playMails(amount, note);
      expect([...other.keys()]).toEqual([...base.keys()]);
      for (const [name, bytes] of base) {
        const theirs = other.get(name) ?? '';
        const at = [...bytes].findIndex((char, index) => char !== theirs[index]);
        expect([name, bytes.slice(Math.max(0, at - 80), at + 80), bytes.length]).toEqual([
          name,
          theirs.slice(Math.max(0, at - 80), at + 80),
          theirs.length,
        ]);
      }
    }
  }, 120_000);
});

describe('the owner’s side of the fence', () => {
  let world: World;
  let booking: Booking;
  beforeAll(async () => {
    world = await openWorld();
    await world.deliver(example('boatsetter-created'));
    await world.settle();
    booking = await world.booking();
  });
  afterAll(() => world.close());

  it('comes to 289.41: 840.75 less 18 % port fee, 150.00 for the captain and 250.00 for the crew', async () => {
    const { ledger } = await world.operate<{
      ledger: { gross: string; net: string; lines: { label: string; amount: string }[] };
    }>('money show', { booking: booking.id });
    expect(ledger).toMatchObject({ gross: '840.75', net: '289.41' });
    const amounts = ledger.lines.map(line => line.amount);
    expect(amounts).toContain('151.34');
    expect(amounts).toContain('150.00');
    expect(amounts.filter(amount => amount === '125.00')).toHaveLength(2);
  });

  it('writes the breakdown to the owner, and to the captain no more than the captain’s own pay', async () => {
    const letters = (await world.letters()).filter(letter => letter.owner);
    const toOwner = letters.find(letter => letter.to?.[0]?.address === 'joan@sailjada.example');
    const toCaptain = letters.find(letter => letter.to?.[0]?.address === 'ana@crew.example');
    expect(toOwner?.text).toMatch(/289\.41/);
    expect(toOwner?.html).toMatch(/151\.34/);
    expect(toCaptain?.text).toMatch(/150\.00/);
    for (const amount of ['840.75', '289.41', '151.34', '125.00'])
      expect(toCaptain?.text).not.toContain(amount);
  });

  it('keeps amounts and the guest’s own words out of every file but the books', () => {
    for (const file of ['gangway.db', 'gangway.db-wal', 'engine.db', 'engine.db-wal']) {
      let bytes: Leaf;
      try {
        bytes = { body: readFileSync(join(world.folder, file)).toString('latin1') };
      } catch {
        continue;
      }
      for (const secret of ['840.75', '84075', '289.41', '28941', '60th'])
        expect([file, bytes.body.includes(secret)]).toEqual([file, false]);
    }
  });

  it('holds back a crew note that names an amount of the booking', async () => {
    const headers = { 'x-service-key': world.keys.serviceKey, 'content-type': 'application/json' };
    const { events } = (await world.http(`${world.house}/api/events`, { headers })).json<{
      events: { event_id: string }[];
    }>();
    const answer = await world.http(`${world.house}/api/events/${events[0]?.event_id}`, {
      method: 'PATCH',
      headers,
      body: JSON.stringify({ notes: 'They gave us 840.75 for this' }),
    });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(['notes-look-like-money', 'money-in-output']).toContain(answer.json<{ code: string }>().code);
  });
});
