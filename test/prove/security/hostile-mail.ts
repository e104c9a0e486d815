import { csv } from '#finances/csv.ts';
import { settableClock } from '#lib/clock.ts';
import type { Letter } from '#mail/letter.ts';
import { aLetter } from '#mail/letters.testing.ts';
import { keepingServer, mailerTo } from '#mail/smtp-servers.testing.ts';
import { formulaEnds, formulaStarts, hostile, isFormula } from '../../security/hostile-text.ts';
import { readCsv } from '../../security/read-csv.ts';
import type { Proven, Violation } from '../prove.ts';
import { type Dice, diceOf } from '../sim/dice.ts';
import { inSlices } from '../slices.ts';

/** T14: names, subjects and addresses of strangers, through a real mail server. */
export const hostileMail = inSlices({
  name: 'hostile-mail',
  promise: 'Nobody’s text becomes a mail header or a recipient.',
  unit: 'letters',
  gate: 2_000,
  full: 20_000,
  chunk: 500,
  slice: sendHostile,
});

/** T13: the same kind of text in the cells of the owner's CSV file. */
export const hostileCells = inSlices({
  name: 'hostile-cells',
  promise: 'Nobody’s text is a formula in a CSV file, and each cell comes back as it was.',
  unit: 'cells',
  gate: 20_000,
  full: 200_000,
  chunk: 5_000,
  slice: async (from, to) => writeCells(from, to),
});

const breaks = [
  ...[
    '\r\n',
    '\n',
    '\r',
    '\u0000',
    '\u2028',
    '\u0085',
    '\v',
    ', ',
    '; ',
    '" ',
    '<',
    '>',
    '(',
    ')',
    '\\',
    ':',
  ],
  ...[
    'Bcc: evil@example.org',
    'To: evil@example.org',
    'X-Evil: 1',
    'evil@example.org',
    '\r\n.\r\n',
    'RCPT TO:<evil@example.org>',
  ],
  ...[
    '=?utf-8?q?=0ABcc:_evil@example.org?=',
    '=?utf-8?b?DQpCY2M6IGV2aWxAZXhhbXBsZS5vcmc=?=',
    'Zoë',
    '🛥',
    ' ',
  ],
];

/** A few pieces of what means no good, in any order. */
const madeUp = (dice: Dice, first: readonly string[]) =>
  [dice.pick(first), ...Array.from({ length: dice.between(0, 5) }, () => dice.pick(breaks))].join('');

const addressed = (dice: Dice) => {
  const [mailbox, host] = ['guest', 'example.org'];
  const at = dice.below(3);
  const spoilt = dice.pick(breaks);
  return at === 0
    ? `${spoilt}${mailbox}@${host}`
    : at === 1
      ? `${mailbox}${spoilt}@${host}`
      : `${mailbox}@${host}${spoilt}`;
};

export async function sendHostile(from: number, to: number): Promise<Proven> {
  const server = await keepingServer();
  const mailer = mailerTo(server.port, settableClock('2027-05-01T19:00:00Z'));
  const figures = { arrived: 0, refused: 0 };
  const violations: Violation[] = [];
  let head: string | null = null;
  try {
    for (let seed = from; seed < to; seed++) {
      const dice = diceOf(seed);
      const text = madeUp(dice, hostile);
      const changes: Readonly<Record<string, Partial<Letter>>> = {
        name: { to: { name: text, address: 'guest@example.org' } },
        subject: { subject: text },
        sender: { from: { name: text, address: 'hello@sailjada.com' } },
        'reply to': { replyTo: { name: text, address: 'hello@sailjada.com' } },
        address: { to: { name: 'Guest', address: addressed(dice) } },
      };
      const change = changes[dice.pick(Object.keys(changes))] ?? {};
      const before = server.arrived.length;
      const letter = {
        ...aLetter({ id: `hostile/${seed}`, replyTo: { name: 'House', address: 'hello@sailjada.com' } }),
        ...change,
      };
      await mailer.send(letter as Letter).catch(() => {});
      const fresh = server.arrived.slice(before);
      const wrong = (what: string) => violations.push({ seed, what: `${what}: ${JSON.stringify(change)}` });
      if (fresh.length === 0) {
        figures.refused++;
        continue;
      }
      figures.arrived++;
      const [one] = fresh;
      if (fresh.length > 1 || one?.to.length !== 1) wrong('more than one letter or recipient');
      const meant = (letter as Letter).to.address;
      if (one?.to[0] !== meant || meant.includes('evil')) wrong(`went to ${one?.to[0]}`);
      const headers = headersOf(one?.bytes);
      head ??= headers;
      if (headers !== head) wrong(`has other headers, ${headers}`);
    }
  } finally {
    await mailer.close();
    await server.close();
  }
  return { done: to - from, figures, violations };
}

/** The names of a letter's headers in order. */
const headersOf = (bytes: Buffer | undefined): string => {
  const head = (bytes?.toString('latin1') ?? '').split('\r\n\r\n')[0] ?? '';
  return [...head.matchAll(/^([!-9;-~]+):/gm)].map(match => match[1]?.toLowerCase()).join(',');
};

export function writeCells(from: number, to: number): Proven {
  const cells = Array.from({ length: to - from }, (_, n) => {
    const dice = diceOf(from + n);
    return [dice.pick(formulaStarts), madeUp(dice, formulaEnds)].join(
      dice.pick(['', '', ' ', '\u00a0', '\u2007']),
    );
  });
  const read = readCsv(csv(cells.map(cell => [cell, 'next'])));
  const violations: Violation[] = [];
  let quoted = 0;
  for (const [n, cell] of cells.entries()) {
    const [back = '', next] = read[n] ?? [];
    const wrong = (what: string) =>
      violations.push({ seed: from + n, what: `${what}: ${JSON.stringify(cell)} / ${JSON.stringify(back)}` });
    if (next !== 'next') wrong('the row has other cells');
    if (back !== cell && back !== `'${cell}`) wrong('another text came back');
    if (back.startsWith("'") && !cell.startsWith("'")) quoted++;
    if (isFormula(back)) wrong('a formula');
  }
  return { done: to - from, figures: { 'with an apostrophe': quoted }, violations };
}
