import { expect, it } from 'vitest';
import { testFleet } from '#booking/booking.fixture.ts';
import type { Fields } from '#booking/message.ts';
import type { Delivery } from '#intake/inbox.ts';
import { seededRandom } from '#lib/random.ts';
import { Refusal } from '#lib/refusal.ts';
import { expected, fixture, vendorFolders, vendorSource } from './vendor.fixture.ts';

/** Messages with something changed for each marketplace; more with MUTATIONS=… */
const many = Number(process.env.MUTATIONS ?? 400);

const delivery: Delivery = {
  id: 'dlv_0000000000000000',
  source: 'market',
  messageId: 'm1',
  via: 'signed',
  headers: {},
  receivedAt: '2027-04-12T18:00:00.000Z',
  state: 'pending',
  problems: [],
  outcome: null,
  tries: 0,
  nextTryAt: null,
  conflictsWith: null,
  decision: null,
  vouched: null,
  correction: null,
  erasedAt: null,
};

const odd: readonly unknown[] = [
  null,
  '',
  '{}',
  {},
  [],
  [[]],
  -1,
  0,
  1e21,
  1.5,
  'NaN',
  true,
  '2027-13-45T99:99',
  '<b>',
  '\u0000',
  'x'.repeat(2000),
  { a: { b: { c: 1 } } },
];

for (const folder of vendorFolders) {
  it(`${folder}: ${many} messages with something changed break nothing, and whatever is booked is what the message says`, () => {
    const random = seededRandom(`mutated ${folder}`);
    const dice = (below: number) => Buffer.from(random.bytes(4, 'dice')).readUInt32BE(0) % below;
    const source = vendorSource(expected(folder), true);
    const files = expected(folder)
      .stories.flatMap(({ steps }) => steps)
      .flatMap(({ file, api = {} }) => (Object.keys(api).length > 0 ? Object.values(api) : [file]))
      .filter(file => file.endsWith('.json'));
    const reading = { settings: source.settings, fleet: testFleet };

    for (let round = 0; round < many; round++) {
      const file = files[dice(files.length)] ?? '';
      const value: unknown = JSON.parse(fixture(folder, file).toString());
      for (let changes = 1 + dice(3); changes > 0; changes--) mutate(value, dice);
      const isAnswer = file.startsWith('answer');
      const sent = isAnswer ? { notice: { eventName: 'order.create' }, answers: [value, value] } : value;
      const text = JSON.stringify(sent);
      try {
        const read = source.read(
          { ...delivery, via: isAnswer ? 'asked' : 'signed' },
          Buffer.from(text),
          reading,
        );
        if ('message' in read) expectSaid(read.message.fields, text);
        else if ('problems' in read)
          expect(read.problems.every(({ code, cure }) => code !== '' && cure !== '')).toBe(true);
      } catch (error) {
        if (!(error instanceof Refusal))
          throw new Error(`${file} with ${text.slice(0, 2000)}`, { cause: error });
      }
    }
  });
}

/** Names, addresses and numbers that were not in the message cannot be in the booking. */
function expectSaid({ guestName, guestEmail, partySize }: Fields, text: string): void {
  for (const word of (guestName ?? '').split(' ')) expect(text).toContain(JSON.stringify(word).slice(1, -1));
  if (guestEmail) expect(text).toContain(JSON.stringify(guestEmail).slice(1, -1));
  if (partySize !== undefined) expect(Number.isInteger(partySize)).toBe(true);
}

/** Takes away, doubles, swaps or replaces something somewhere. */
function mutate(root: unknown, dice: (below: number) => number): void {
  const holders: [Record<string, unknown> | unknown[], string | number][] = [];
  const walk = (value: unknown): void => {
    if (value === null || typeof value !== 'object') return;
    for (const key of Object.keys(value)) {
      holders.push([value as Record<string, unknown>, key]);
      walk(Reflect.get(value, key));
    }
  };
  walk(root);
  const [holder, key] = holders[dice(holders.length || 1)] ?? [];
  if (holder === undefined || key === undefined) return;
  const [other, otherKey] = holders[dice(holders.length)] ?? [holder, key];
  switch (dice(4)) {
    case 0:
      Reflect.deleteProperty(holder, key);
      return;
    case 1:
      Reflect.set(holder, key, structuredClone(Reflect.get(other, otherKey)));
      return;
    case 2:
      Reflect.set(holder, key, structuredClone(odd[dice(odd.length)]));
      return;
    default:
      Reflect.set(holder, key, [Reflect.get(holder, key), structuredClone(Reflect.get(holder, key))]);
  }
}
