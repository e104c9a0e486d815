import { randomBytes } from 'node:crypto';
import { sqliteLinks } from '#access/links.sqlite.ts';
import { sqliteServiceKeyStore } from '#access/service-key-store.sqlite.ts';
import { compareBcrypt } from '#access/service-keys.bcrypt.ts';
import { serviceKeys } from '#access/service-keys.ts';
import { settableClock } from '#lib/clock.ts';
import { seededRandom } from '#lib/random.ts';
import { openSqlite } from '#platform/sqlite.ts';
import type { Proof, Violation } from '../prove.ts';

/** T16: does it take longer to refuse a guess that is nearly right? */
export const timing: Proof = {
  name: 'timing',
  promise: 'How long it takes to refuse a guess says nothing about how near it was.',
  unit: 'pairs of guesses',
  gate: 20_000,
  full: 200_000,
  async run({ count, seed, report }) {
    const doors = await secretsAndDoors();
    const violations: Violation[] = [];
    const figures: Record<string, number> = {};
    for (const { name, real, ask, isNaive } of doors) {
      const z = await compare(real, ask, count, report);
      figures[`hundredths of z, ${name}`] = Math.round(Math.abs(z) * 100);
      if (!isNaive && Math.abs(z) >= 4) violations.push({ seed, what: `${name}: z = ${z.toFixed(1)}` });
      // What must show, or this shows nothing: a comparison of one character after the other.
      if (isNaive && Math.abs(z) <= 20)
        violations.push({ seed, what: `${name} was not noticed: z = ${z.toFixed(1)}` });
    }
    return { done: count, figures, violations };
  },
};

type Door = { name: string; real: string; ask: (guess: string) => unknown; isNaive?: boolean };

async function secretsAndDoors(): Promise<readonly Door[]> {
  const db = openSqlite(':memory:');
  const clock = settableClock('2027-05-01T19:00:00Z');
  const random = seededRandom('timing');
  const links = sqliteLinks({ db, clock, key: 'p9Vw3kQzR7tLx2Nf8HcJ5mYb4Gd6SaEu' });
  const link = await links.issue({
    purpose: 'person feed',
    subject: 'luis',
    holder: 'luis',
    expiresAt: null,
  });
  const keys = serviceKeys({
    store: sqliteServiceKeyStore(db),
    configured: [],
    compareLegacy: compareBcrypt,
    clock,
    random,
  });
  const { key } = await keys.create('dashboard', ['events']);
  return [
    { name: 'links', real: link, ask: guess => links.open(guess) },
    { name: 'service keys', real: key, ask: guess => keys.verify(guess) },
    {
      name: 'a naive comparison',
      real: key.repeat(20),
      ask: guess => naive(guess, key.repeat(20)),
      isNaive: true,
    },
  ];
}

function naive(guess: string, real: string): boolean {
  for (let at = 0; at < real.length; at++) if (guess[at] !== real[at]) return false;
  return true;
}

/** Near and far guesses in random order, and a sign test on which of the two took longer: free of any shape of the noise. */
async function compare(
  real: string,
  ask: Door['ask'],
  pairs: number,
  report: (done: number) => void,
): Promise<number> {
  const last = real.at(-1) === 'A' ? 'B' : 'A';
  const near = real.slice(0, -1) + last;
  const shape = real.replace(/[A-Za-z0-9]/g, 'x');
  let [nearSlower, farSlower] = [0, 0];
  for (let n = 0; n < pairs; n++) {
    const chance = randomBytes(real.length + 1);
    // Of the same letters as a real one, and wrong from the first.
    const far = [...shape]
      .map((sign, at) => (sign === 'x' ? letters[(chance[at] ?? 0) % 62] : sign))
      .join('');
    const nearFirst = (chance[real.length] ?? 0) < 128;
    const [first, second] = nearFirst ? [near, far] : [far, near];
    const a = await timed(() => ask(first));
    const b = await timed(() => ask(second));
    const [nearTook, farTook] = nearFirst ? [a, b] : [b, a];
    if (nearTook > farTook) nearSlower++;
    else if (farTook > nearTook) farSlower++;
    if (n % 1000 === 0) report(n);
  }
  return (nearSlower - farSlower) / Math.sqrt(Math.max(1, nearSlower + farSlower));
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

async function timed(work: () => unknown): Promise<bigint> {
  const began = process.hrtime.bigint();
  await work();
  return process.hrtime.bigint() - began;
}
