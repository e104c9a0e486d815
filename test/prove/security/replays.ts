import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { settableClock } from '#lib/clock.ts';
import { rowsOf } from '../../rows.ts';
import { bookedAt, type House, listeningMailer, message, openHouse } from '../house.ts';
import type { Proven, Violation } from '../prove.ts';
import { diceOf } from '../sim/dice.ts';
import { secrets } from '../sim/fleet.ts';
import { inSlices } from '../slices.ts';
import { type Signed, signedWith } from './spoil.ts';

/** T2: what came in once comes again, word for word or signed anew, from a year before to a year after. */
export const replays = inSlices({
  name: 'replays',
  promise:
    'A message that came in once has no effect again: not from a year before to a year after, nor over a restart.',
  unit: 'replays',
  gate: 10_000,
  full: 100_000,
  chunk: 2_500,
  slice: replay,
});

const year = 366 * 24 * 3600;
const tolerated = 300;

export async function replay(from: number, to: number): Promise<Proven> {
  const folder = mkdtempSync(join(tmpdir(), 'gangway-replays-'));
  const begun = Date.parse(bookedAt);
  let now = begun;
  // Only what the program reads as the time is moved: nothing falls due meanwhile.
  const clock = { ...settableClock(bookedAt), now: () => now };
  const { mailer, sent } = listeningMailer();
  const figures = { 'let in as known': 0, 'refused by their age': 0, restarts: 1 };
  const violations: Violation[] = [];
  let house = await openHouse({ folder, clock, mailer });
  try {
    const known = Array.from({ length: 12 }, (_, n) => signedAt(begun, n));
    for (const each of known) {
      const status = await post(house, each);
      if (status !== 202) violations.push({ seed: from, what: `an honest message was answered ${status}` });
    }
    await house.app.settle();
    const before = { rows: effects(folder), letters: sent.length };

    for (let seed = from; seed < to; seed++) {
      if (seed === from + Math.floor((to - from) / 2)) {
        now = begun;
        await house.app.close();
        house = await openHouse({ folder, clock, mailer, untouched: true });
      }
      const dice = diceOf(seed);
      const nth = dice.below(known.length);
      const offset = dice.chance(0.2) ? dice.between(-tolerated, tolerated) : dice.between(-year, year);
      now = begun + offset * 1000;
      const anew = dice.chance(0.3);
      const status = await post(house, anew ? signedAt(now, nth) : (known[nth] as Signed));
      const isFresh = anew || Math.abs(offset) <= tolerated;
      figures[isFresh ? 'let in as known' : 'refused by their age']++;
      if (status !== (isFresh ? 202 : 401))
        violations.push({
          seed,
          what: `${anew ? 'signed anew' : 'word for word'} ${offset} s off: ${status}`,
        });
    }
    now = begun;
    await house.app.settle();
    if (effects(folder) !== before.rows) violations.push({ seed: from, what: 'a row differs' });
    if (sent.length !== before.letters) violations.push({ seed: from, what: 'a letter was sent' });
  } finally {
    await house.app.close();
    rmSync(folder, { recursive: true, force: true });
  }
  return { done: to - from, figures, violations };
}

const effects = (folder: string) =>
  ['gangway.db', 'money.db', 'engine.db'].map(name => rowsOf(join(folder, name))).join('\n');

/** The nth message, signed at this instant. */
const signedAt = (instant: number, nth: number): Signed =>
  signedWith(secrets.BOATSETTER_WEBHOOK_SECRET, {
    id: `msg_${nth}`,
    timestamp: String(Math.floor(instant / 1000)),
    body: Buffer.from(
      message({
        id: `replay-${nth}`,
        version: 1,
        start: `2027-06-${10 + nth}T10:00`,
        end: `2027-06-${10 + nth}T13:00`,
      }),
    ),
  });

async function post({ app }: House, { headers, body }: Signed): Promise<number> {
  const request = new Request('https://sailjada.com/webhooks/boatsetter', {
    method: 'POST',
    headers: [
      ['content-type', 'application/json'],
      ...headers.map(([name, value]): [string, string] => [name, value]),
    ],
    body: new Uint8Array(body),
  });
  return (await app.fetch(request)).status;
}
