import { describe, expect, it } from 'vitest';
import { allThree, testBooking, testNote, testRules } from './books.fixture.ts';
import { drawLedger } from './draw-ledger.ts';
import { booksTag, ledgerDigest } from './ledger-surface.ts';
import { openScene, say, withdraw } from './letters.fixture.ts';
import { money } from './money.ts';
import type { Sailing } from './settle.ts';

const booking = testBooking();

describe('the name of a run of the books', () => {
  const tag = async (notes: number, sailing: readonly Sailing[] | null, gross = '840.75') => {
    const { world } = await openScene();
    for (let n = 0; n < notes; n++)
      await world.store.note(booking.id, testNote({ message: `msg_${n}`, gross }));
    return booksTag({ store: world.store, sailing: async () => sailing })(booking);
  };

  it('counts what was said about amounts and tells who sails', async () => {
    expect(await tag(2, allThree)).toMatch(/^2\.[0-9a-f]{8}$/);
    const tags = await Promise.all([tag(1, allThree), tag(2, allThree), tag(1, []), tag(1, null)]);
    expect(new Set(tags).size).toBe(4);
  });

  it('says nothing about amounts', async () => {
    expect(await tag(1, allThree, '1.00')).toBe(await tag(1, allThree, '999999.00'));
  });
});

describe('two ledgers', () => {
  const drawn = drawLedger(
    booking,
    [testNote({ lines: [{ kind: 'tip', label: 'Tip', amount: '60.00' }] })],
    allThree,
    testRules,
  );
  const usd = money('1.00', 'USD');

  it('say the same whichever revision they were drawn from, and however a problem is worded', () => {
    const problem = { code: 'pay-unknown', message: 'Nobody knows.', cure: 'Ask.' } as const;
    const worded = { ...problem, message: 'Not known.' };
    expect(ledgerDigest({ ...drawn, revision: 9 })).toBe(ledgerDigest(drawn));
    expect(ledgerDigest({ ...drawn, problems: [worded] })).toBe(
      ledgerDigest({ ...drawn, problems: [problem] }),
    );
  });

  it.each([
    ['day', { on: '2027-05-31' }],
    ['vessel', { vessel: 'pelican' }],
    ['source', { source: null }],
    ['state', { state: 'open' as const }],
    ['problem', { problems: [{ code: 'pay-unknown' as const, message: '', cure: '' }] }],
    ['other problem', { problems: [{ code: 'gross-missing' as const, message: '', cure: '' }] }],
    ['price', { gross: usd }],
    ['missing price', { gross: null }],
    ['net', { net: usd }],
    ['missing net', { net: null }],
    ['tip', { tips: usd }],
    ['missing tip', { tips: null }],
    ['line less', { lines: drawn.lines.slice(1) }],
    ['amount of a line', { lines: drawn.lines.map(line => ({ ...line, amount: usd })) }],
    ['label of a line', { lines: drawn.lines.map(line => ({ ...line, label: 'Other' })) }],
    ['payer of a line', { lines: drawn.lines.map(line => ({ ...line, paidBy: 'marketplace' as const })) }],
  ])('differ in their %s', (_what, change) => {
    const digests = [drawn, { ...drawn, ...change }].map(ledgerDigest);
    expect(digests[0]).not.toBe(digests[1]);
  });

  it('all differ from each other that say different things', () => {
    const each = [
      {},
      { gross: usd },
      { gross: null },
      { net: usd },
      { net: null },
      { tips: usd },
      { tips: null },
    ];
    expect(new Set(each.map(change => ledgerDigest({ ...drawn, ...change }))).size).toBe(each.length);
    const [code, other] = (['pay-unknown', 'gross-missing'] as const).map(is => [
      { code: is, message: '', cure: '' },
    ]);
    expect(ledgerDigest({ ...drawn, problems: code ?? [] })).not.toBe(
      ledgerDigest({ ...drawn, problems: other ?? [] }),
    );
  });
});

describe("the books' own page on a booking", () => {
  it('says at once what it says, also that a trip is off', async () => {
    const scene = await openScene();
    await scene.world.store.note(booking.id, testNote());
    const [statement] = await scene.ledger.desired(booking);
    if (!statement) throw new Error('a ledger is wanted');
    expect(await scene.ledger.state(booking, statement, null)).toEqual({ state: 'stated' });
    expect(await withdraw(scene, scene.ledger, booking, '-')).toEqual({ state: 'stated' });
  });

  it('reverses a ledger once: it keeps the moment at which it was, and the revision', async () => {
    const scene = await openScene();
    await say(scene, scene.ledger, booking);
    const off = testBooking({ revision: 2, status: 'cancelled' });
    await withdraw(scene, scene.ledger, off, '-');
    const reversed = await scene.world.store.ledger(booking.id);
    expect(reversed).toMatchObject({ state: 'reversed', revision: 2, at: '2027-05-01T12:00:00.000Z' });
    scene.world.clock.advance(60_000);
    await withdraw(scene, scene.ledger, { ...off, revision: 3 }, '-');
    expect(await scene.world.store.ledger(booking.id)).toMatchObject({ revision: 2, at: reversed?.at });
  });

  it('has nothing to reverse where nothing was entered', async () => {
    const scene = await openScene();
    expect(await withdraw(scene, scene.ledger, booking, '-')).toEqual({ state: 'stated' });
    expect(await scene.world.store.ledger(booking.id)).toBeNull();
  });
});
