import { Unavailable } from '#lib/refusal.ts';
import { outside } from '#platform/outside.ts';
import type { Violation } from '../prove.ts';
import { type Dice, diceOf } from '../sim/dice.ts';
import { inSlices } from '../slices.ts';

export const strangeHosts = inSlices({
  name: 'strange-hosts',
  promise: 'No spelling of an address leads a calendar or a marketplace’s address into a private network.',
  unit: 'addresses',
  gate: 600,
  full: 50_000,
  chunk: 100,
  async slice(from, to) {
    const violations: Violation[] = [];
    const figures = { 'refused before anything was asked': 0 };
    for (let seed = from; seed < to; seed++) {
      const dice = diceOf(seed);
      const inner = dice.pick(targets)(dice);
      const url = spelled(inner, dice);
      // A name leads where its owner likes: inside at once, or inside beside a public address.
      const ask = outside(async () =>
        dice.chance(0.5) ? [inner.join('.')] : ['93.184.215.14', inner.join('.')],
      );
      const code = await ask({ url, method: 'GET', headers: {}, timeoutMs: 1000, mostBytes: 1000 }).then(
        () => 'answered',
        (error: unknown) => (error instanceof Unavailable ? error.code : String(error)),
      );
      if (code === 'address-forbidden') figures['refused before anything was asked']++;
      else violations.push({ seed, what: `${code}: ${url}` });
    }
    return { done: to - from, figures, violations };
  },
});

type Quad = readonly [number, number, number, number];

const targets: readonly ((dice: Dice) => Quad)[] = [
  ({ below }) => [127, below(256), below(256), below(256)],
  ({ below }) => [10, below(256), below(256), below(256)],
  ({ below, between }) => [172, between(16, 31), below(256), below(256)],
  ({ below }) => [192, 168, below(256), below(256)],
  () => [169, 254, 169, 254],
  ({ below }) => [100, 64 + below(64), below(256), below(256)],
  ({ below }) => [0, below(256), below(256), below(256)],
  ({ below }) => [224 + below(32), below(256), below(256), below(256)],
];

function spelled(quad: Quad, { pick, chance, below }: Dice): string {
  const [a, b, c, d] = quad;
  const number = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
  const hex = (n: number) => `0x${n.toString(16)}`;
  const octal = (n: number) => `0${n.toString(8)}`;
  const part = (n: number) => pick([String, hex, octal])(n);
  const [high, low] = [((a << 8) | b).toString(16), ((c << 8) | d).toString(16)];
  const host = pick([
    quad.join('.'),
    quad.map(part).join('.'),
    String(number),
    hex(number),
    octal(number),
    `${part(a)}.${part((b << 16) | (c << 8) | d)}`,
    `${part(a)}.${part(b)}.${part((c << 8) | d)}`,
    `${quad.join('.')}.`,
    `[::ffff:${quad.join('.')}]`,
    `[::ffff:${high}:${low}]`,
    `[::${quad.join('.')}]`,
    `[64:ff9b::${high}:${low}]`,
    `[64:ff9b:1::${high}:${low}]`,
    `[2002:${high}:${low}::1]`,
    `[fe80::${low}]`,
    `[fd${below(90) + 10}::${low}]`,
    '[::1]',
    '[::]',
    'calendar.market.example',
    quad
      .map(n => [...String(n)].map(digit => String.fromCodePoint(0xff10 + Number(digit))).join(''))
      .join('。'),
  ]);
  const scheme = pick(['https://', 'https://', 'https://', 'HTTPS://', 'https:', 'https:\\\\']);
  return `${scheme}${chance(0.1) ? 'user:pass@' : ''}${host}${chance(0.1) ? ':443' : ''}/calendar.ics`;
}
