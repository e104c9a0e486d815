import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { rowsOf } from '../../rows.ts';
import { openWorld, type World } from '../../world.ts';
import { message } from '../house.ts';
import type { Violation } from '../prove.ts';
import { type Dice, diceOf } from '../sim/dice.ts';
import { inSlices } from '../slices.ts';
import { type Signed, signedWith, spoil } from './spoil.ts';

const honest = 12;

type Try = { sent: Signed; how: string; status: number };

/** Over a real port: forged, replayed and contradicting messages among honest ones, with a restart in between. */
export const atTheDoor = inSlices({
  name: 'forgeries-http',
  promise:
    'Forged and replayed messages have no effect: not one row, page or letter differs, before a restart or after.',
  unit: 'requests',
  gate: 2_000,
  full: 100_000,
  chunk: 1_000,
  async slice(from, to) {
    const world = await openWorld({ seed: `door ${from}` });
    const agent = new Agent({ keepAlive: true, maxSockets: 8 });
    const violations: Violation[] = [];
    const figures = { forged: 0, replayed: 0, contradicting: 0 };
    try {
      const secret = world.keys.environment.BOATSETTER_WEBHOOK_SECRET ?? '';
      const known = Array.from({ length: honest }, (_, n) => signed(world, secret, `msg_${n}`, body(n)));
      for (const each of known)
        expectStatus(violations, from, 'an honest message', await send(world, agent, each), 202);
      await world.settle();
      const before = await effects(world);

      for (let seed = from; seed < to; seed++) {
        if (seed === from + Math.floor((to - from) / 2)) await world.restart();
        const dice = diceOf(seed);
        const kind = dice.weighed({ forged: 60, replayed: 30, contradicting: 10 });
        figures[kind]++;
        const { sent, how, status } = tries[kind](world, secret, dice.pick(known), dice);
        const got = await send(world, agent, sent);
        if (status === 401 ? got < 400 || got >= 500 : got !== status)
          violations.push({ seed, what: `${kind}, ${how}: answered ${got}` });
      }
      await world.settle();
      const after = await effects(world);
      for (const [what, rows] of Object.entries(before))
        if (after[what] !== rows) violations.push({ seed: from, what: `${what} differs` });
      // A door that has broken lets nobody in either.
      const last = signed(world, secret, 'msg_last', body(honest));
      expectStatus(violations, to, 'the last honest message', await send(world, agent, last), 202);
      await world.settle();
      if ((await world.bookings()).length !== honest + 1)
        violations.push({ seed: to, what: 'the honest messages are not one booking each' });
    } finally {
      agent.destroy();
      await world.close();
    }
    return { done: to - from, figures: { ...figures, restarts: 1 }, violations };
  },
});

const body = (n: number) =>
  Buffer.from(
    message({
      id: `door-${n}`,
      version: 1,
      start: `2027-06-${10 + n}T10:00`,
      end: `2027-06-${10 + n}T13:00`,
    }),
  );

const signed = (world: World, secret: string, id: string, bytes: Buffer) =>
  signedWith(secret, { id, timestamp: String(Math.floor(world.clock.now() / 1000)), body: bytes });

const year = 366 * 24 * 3600;

const tries: Record<
  'forged' | 'replayed' | 'contradicting',
  (world: World, secret: string, good: Signed, dice: Dice) => Try
> = {
  forged: (world, _secret, good, dice) => ({ ...spoil(good, dice, world.clock.now()), status: 401 }),
  replayed(world, secret, good, dice) {
    // The clock stands still, so what a replay sees a year on is what one signed a year ago sees now.
    const offset = dice.chance(0.5)
      ? dice.between(-300, 300)
      : dice.between(301, year) * (dice.chance(0.5) ? 1 : -1);
    const timestamp = String(Math.floor(world.clock.now() / 1000) + offset);
    const sent = dice.chance(0.3) ? good : signedWith(secret, { ...good, timestamp });
    const isFresh = sent === good || Math.abs(offset) <= 300;
    return { sent, how: sent === good ? 'byte for byte' : `${offset} s off`, status: isFresh ? 202 : 401 };
  },
  contradicting(world, secret, good, dice) {
    const other = Buffer.from(
      good.body.toString().replace('"party_size":4', `"party_size":${dice.between(1, 3)}`),
    );
    return { sent: signed(world, secret, good.id, other), how: 'same id, other booking', status: 409 };
  },
};

async function effects(world: World): Promise<Record<string, string>> {
  return {
    'the store': rowsOf(join(world.folder, 'gangway.db')),
    'the books': rowsOf(join(world.folder, 'money.db'), ['deliveries']),
    letters: JSON.stringify((await world.letters()).map(({ file }) => file)),
  };
}

function expectStatus(violations: Violation[], seed: number, what: string, got: number, want: number) {
  if (got !== want) violations.push({ seed, what: `${what} was answered ${got}` });
}

function send(world: World, agent: Agent, { headers, body }: Signed): Promise<number> {
  return new Promise((resolve, reject) => {
    const it = request(
      {
        agent,
        host: '127.0.0.1',
        port: world.port,
        path: '/webhooks/boatsetter',
        method: 'POST',
        headers: [
          ...['host', `localhost:${world.port}`, 'content-type', 'application/json'],
          ...['content-length', String(body.length)],
          ...headers.flat(),
        ],
      },
      answer => {
        answer.resume();
        answer.on('end', () => resolve(answer.statusCode ?? 0));
      },
    );
    it.on('error', reject);
    it.end(body);
  });
}
