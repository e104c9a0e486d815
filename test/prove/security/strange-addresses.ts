import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Violation } from '../prove.ts';
import { type Dice, diceOf } from '../sim/dice.ts';
import { inSlices } from '../slices.ts';
import { manyBrands } from './brands.ts';
import { rawAsker } from './raw.ts';

const canary = 'canary-of-the-files-5b1f';

/** Guesses at addresses, and addresses that try to climb out of a brand's folder; answered by the same bytes all of them. */
export const strangeAddresses = inSlices({
  name: 'strange-addresses',
  promise:
    'An address that is no page is answered with the same bytes and headers, whatever it tries; no other file is ever read.',
  unit: 'addresses',
  gate: 5_000,
  full: 50_000,
  chunk: 2_500,
  async slice(from, to) {
    const { world, slugs, hostOf } = await manyBrands(2, `addresses ${from}`);
    const { ask, close } = rawAsker(world.port);
    const violations: Violation[] = [];
    let malformed = 0;
    try {
      for (const folder of ['', 'pages', 'pages/brand-0', 'pages/brand-1', 'pages/brand-0/g'])
        for (const file of ['canary.html', 'canary', '.env']) {
          mkdirSync(join(world.folder, folder), { recursive: true });
          writeFileSync(join(world.folder, folder, file), canary);
        }
      const [mine = '', other = ''] = slugs;
      const nothing = await ask(hostOf(0), '/g/nobody-AAAAAAAAAAAAAAAAAAAAAA');
      for (let seed = from; seed < to; seed++) {
        const path = strange(diceOf(seed), mine, other);
        const { status, headers, body } = await ask(hostOf(0), path);
        // What is no address at all does not get as far as a brand.
        if (status === 400 && path.includes('\\') && body === '') malformed++;
        else if (status !== 404 || headers !== nothing.headers || body !== nothing.body)
          violations.push({ seed, what: `${status} to ${path.slice(0, 200)}` });
      }
      const own = await ask(hostOf(0), `/g/${mine}`);
      if (own.status !== 200) violations.push({ seed: from, what: 'the page itself is gone' });
    } finally {
      close();
      await world.close();
    }
    return { done: to - from, figures: { malformed }, violations };
  },
});

const climbing = [
  '..',
  '%2e%2e',
  '.%2e',
  '%252e%252e',
  '..%2f',
  '..%5c',
  '%c0%ae%c0%ae',
  '....',
  '.',
  '%00',
  '%u002e',
  ';',
  '..;',
  '\\..',
];
const targets = [
  'canary.html',
  'canary',
  '.env',
  'gangway.db',
  'gangway.env',
  'outbox',
  'pages',
  'etc/passwd',
  'index.html',
];
const alphabet = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'];

function strange(dice: Dice, mine: string, other: string): string {
  const { below, between, pick } = dice;
  const random = (length: number) => Array.from({ length }, () => pick(alphabet)).join('');
  const prefix = mine.slice(0, -22);
  const path = pick([
    () => `/g/${prefix}${random(22)}`,
    () => `/g/${other}`,
    () => {
      const at = mine.length - 1 - below(22);
      return `/g/${mine.slice(0, at)}${mine[at] === 'x' ? 'y' : 'x'}${mine.slice(at + 1)}`;
    },
    () => `/g/${mine.slice(0, -1 - below(20))}`,
    () => `/g/${mine.toUpperCase()}`,
    () => `/g/${random(between(1, 4000))}`,
    () =>
      `/${pick(['g', 'guests', 'pages', ''])}/${Array.from({ length: between(1, 8) }, () => pick(climbing)).join('/')}/${pick(targets)}`,
    () => `/g/${mine}/${pick(climbing)}/${pick(climbing)}/${pick(targets)}`,
    () => `/g/${pick(climbing)}${mine}`,
    () =>
      `/g/${mine}${pick(['%00', '%0a', '%20', '%2f', '//', '/x', '.html/', '.htm', '/index.html', '.html.br', '.br', '~'])}`,
    () => `//${pick(targets)}`,
    () => `/${pick(targets)}`,
    () => `/g/%${random(2)}${random(10)}`,
  ])();
  return path === `/g/${mine}` ? '/g/' : path;
}
