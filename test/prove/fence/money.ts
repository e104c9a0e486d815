import type { Dice } from '../sim/dice.ts';

/** Everything about money and free text that a marketplace may say in one message: what crew and guests must not depend on. */
export type Money = {
  /** Undefined where nothing is said. */
  readonly payout: unknown;
  readonly note: string | undefined;
};

/** What money does behind the fence while the story is told. */
export type Trouble = 'none' | 'books fail' | 'books are slow' | 'owner mail fails' | 'owner mail is slow';

/** One side of a pair: what the messages of a story say about money, message by message, and how the books fare. */
export type Side = { readonly money: (message: number) => Money; readonly trouble: Trouble };

/**
 * How the tellings of one story differ. `apart`: in anything about money. `one in trouble`: also in how the books fare.
 * `alike`: in the amounts alone, which are sound in each, so that even behind the fence the same things happen.
 */
export type Kind = 'apart' | 'one in trouble' | 'alike';

/** The first telling of a story, and others that differ from it in money alone. Now and then one does not differ at all: then nothing else may, either. */
export function sidesOf(dice: Dice, kind: Kind, others: number): readonly [Side, ...Side[]] {
  const troubles = {
    none: 0,
    'books fail': 7,
    'books are slow': 7,
    'owner mail fails': 5,
    'owner mail is slow': 5,
  };
  const shared = kind === 'alike' ? dice.weighed<Trouble>({ ...troubles, none: 16 }) : 'none';
  const hasNote = dice.chance(0.6);
  const side = (trouble: Trouble) =>
    sideOf(trouble, kind === 'alike' ? () => soundMoney(dice, hasNote) : () => moneyOf(dice));
  const first = side(shared);
  const rest = Array.from({ length: others }, () => {
    if (dice.chance(0.01)) return first;
    return side(kind === 'one in trouble' ? dice.weighed<Trouble>(troubles) : shared);
  });
  return [first, ...rest];
}

function sideOf(trouble: Trouble, one: () => Money): Side {
  const said = Array.from({ length: 4 }, one);
  return { money: message => said[message % said.length] as Money, trouble };
}

/** An amount that the books can always be opened with. */
const soundMoney = (dice: Dice, hasNote: boolean): Money => ({
  payout: { gross: logUniform(dice, 1, 1_000_000), currency: 'USD' },
  note: hasNote ? `We paid ${logUniform(dice, 1, 1_000_000)} and expect champagne.` : undefined,
});

function moneyOf(dice: Dice): Money {
  return { payout: payoutOf(dice), note: noteOf(dice) };
}

function payoutOf(dice: Dice): unknown {
  switch (dice.weighed({ whole: 74, bare: 5, null: 4, absent: 9, schedule: 8 })) {
    case 'bare':
      return amountOf(dice);
    case 'null':
      return null;
    case 'absent':
      return undefined;
    case 'schedule':
      return {
        gross: amountOf(dice),
        currency: 'USD',
        schedule: Array.from({ length: dice.between(1, 4) }, (_, n) => ({
          on: `2041-0${n + 4}-01`,
          amount: amountOf(dice),
        })),
      };
    case 'whole':
      return {
        gross: amountOf(dice),
        ...(dice.chance(0.9)
          ? { currency: dice.pick(['USD', 'USD', 'USD', 'USD', 'EUR', 'JPY', '???']) }
          : {}),
        ...(dice.chance(0.3) ? { lines: linesOf(dice) } : {}),
      };
  }
}

const linesOf = (dice: Dice) =>
  Array.from({ length: dice.between(1, 5) }, () => ({
    kind: dice.pick(['tip', 'charge']),
    label: dice.pick(['Gratuity', 'Service fee', 'Insurance', '']),
    amount: logUniform(dice, 1, 1_000_000),
  }));

/** Mostly log-uniform from $1 to $1M, so that every order of size and every threshold between is met. */
function amountOf(dice: Dice): unknown {
  switch (dice.weighed({ usual: 80, zero: 4, negative: 4, boundary: 8, odd: 4 })) {
    case 'usual':
      return logUniform(dice, 1, 1_000_000);
    case 'zero':
      return dice.pick(['0', '0.00', '-0']);
    case 'negative':
      return `-${logUniform(dice, 1, 1_000_000)}`;
    case 'boundary':
      return dice.pick(boundaries);
    case 'odd':
      return dice.pick(odd);
  }
}

const boundaries = [
  '0.01',
  '0.99',
  '1.00',
  '9.99',
  '10.00',
  '99.99',
  '100.00',
  '999.99',
  '1000.00',
  '9999.99',
  '10000.00',
  '999999.99',
  '1000000.00',
  '21474836.47',
  '42949672.96',
  '90071992547409.92',
  '999999999999999.99',
];

const odd = ['a lot', '', '1,234.56', '1e3', '12.345', ' 7 ', 840.75, true, {}, [], 'NaN', '٨٤٠'];

function logUniform(dice: Dice, least: number, most: number): string {
  return Math.exp(Math.log(least) + dice.part() * Math.log(most / least)).toFixed(2);
}

/** What guests and marketplaces type: theirs alone, whatever it says. */
function noteOf(dice: Dice): string | undefined {
  if (dice.chance(0.4)) return undefined;
  return dice.pick([
    'It is her 60th birthday.',
    `We paid ${logUniform(dice, 1, 1_000_000)} and expect champagne.`,
    `Payout ${logUniform(dice, 1, 1_000_000)} USD after fees`,
    '',
    'Please call before.',
    `${'very '.repeat(dice.below(400))}long`,
    '<b>bold</b>\r\nBcc: someone@example.org',
  ]);
}
