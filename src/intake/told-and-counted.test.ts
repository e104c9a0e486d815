import { describe, expect, it } from 'vitest';
import { Refusal, Unavailable } from '#lib/refusal.ts';
import type { Log } from '#platform/log.ts';
import { created, payload, testIntake } from './intake.fixture.ts';
import { stumble } from './stumble.ts';

/** A log as lines: how loud, what, and the fields without the error's words. */
function kept() {
  const lines: unknown[] = [];
  const at =
    (level: string) =>
    (what: string, { error, ...fields }: { error?: unknown } = {}) =>
      void lines.push([level, what, fields, error instanceof Error]);
  const log: Log = { info: at('info'), warn: at('warn'), error: at('error') };
  return { lines, log };
}

describe('what is counted of deliveries', () => {
  it('is each one that was read, by its source and how it stands then', async () => {
    const counted: unknown[] = [];
    const count = (...it: readonly unknown[]) => void counted.push(it);
    const { deliver, intake } = testIntake({ count });
    const { id } = await deliver(created());
    await deliver('no JSON');
    await intake.process(id);
    expect(counted).toEqual([
      ['deliveries', { source: 'market', state: 'recorded' }],
      ['deliveries', { source: 'market', state: 'quarantined' }],
    ]);
  });
});

describe('what the log says of deliveries', () => {
  it('names the booking whose note the books refuse, and the code alone', async () => {
    const { lines, log } = kept();
    const books = { note: () => Promise.reject(new Refusal('currency-unknown', 'No.', 'Yes.')) };
    const { deliver } = testIntake({ books, log });
    const { outcome } = await deliver(payload({}, { payout: { gross: '1.00' } }));
    expect(lines).toEqual([
      ['warn', 'the books refused a note', { booking: outcome?.booking, code: 'currency-unknown' }, false],
    ]);
  });

  it('is loud about a fault of our own, each time, and once more when it is given up', async () => {
    const { lines, log } = kept();
    const books = { note: () => Promise.reject(new TypeError('a defect')) };
    const { clock, deliver, intake } = testIntake({ books, log });
    const { id } = await deliver(payload({}, { payout: { gross: '1.00' } }));
    for (let tries = 1; tries < 6; tries++) {
      clock.advance(3_600_000);
      await intake.processPending();
    }
    const fields = { delivery: id, source: 'market' };
    expect(lines).toEqual([
      ...Array(5).fill(['error', 'reading a delivery failed', fields, true]),
      ['error', 'a delivery was given up', fields, false],
    ]);
  });

  it('is quieter about a marketplace that does not answer, and patient with it', async () => {
    const { lines, log } = kept();
    const { inbox, deliver } = testIntake();
    for (const code of [
      'api-unavailable',
      'outside-unreachable',
      'outside-too-long',
      'address-forbidden',
      'disk-full',
    ])
      await stumble({ inbox, log }, await deliver('no JSON'), new Unavailable(code, 'No answer.'));
    expect(lines.map(line => (line as unknown[]).slice(0, 2))).toEqual([
      ...Array(4).fill(['warn', 'a marketplace did not answer']),
      ['error', 'reading a delivery failed'],
    ]);
  });

  it('says so when not even a failure can be noted, and throws nothing', async () => {
    const { lines, log } = kept();
    const { inbox, deliver } = testIntake();
    const delivery = await deliver('no JSON');
    const full = { ...inbox, failed: () => Promise.reject(new Unavailable('disk-full', 'Full.')) };
    await stumble({ inbox: full, log }, delivery, new TypeError('a defect'));
    const fields = { delivery: delivery.id, source: 'market' };
    expect(lines).toEqual([
      ['error', 'reading a delivery failed', fields, true],
      ['error', 'a failure could not be noted', fields, true],
    ]);
  });
});

describe('everything that is due', () => {
  it('is read in one go, some at a time, though the first of it goes on failing', async () => {
    let failing = true;
    const seen: string[] = [];
    const books = {
      async note(booking: string) {
        if (failing) throw new TypeError('a defect');
        seen.push(booking);
      },
    };
    const { inbox, intake, bookings, clock } = testIntake({ books });
    for (let n = 0; n < 70; n++)
      await inbox.receive({
        source: 'market',
        messageId: `m${n}`,
        via: 'signed',
        headers: {},
        body: Buffer.from(
          JSON.stringify(payload({ id: `x${n}` }, n < 40 ? { payout: { gross: '1.00' } } : {})),
        ),
      });
    await intake.processPending();
    expect(await bookings.count()).toBe(70);
    const states = async () => (await inbox.list({ limit: 100 })).map(({ state }) => state);
    expect((await states()).filter(state => state === 'pending')).toHaveLength(40);
    failing = false;
    clock.advance(3_600_000);
    await intake.processPending();
    expect(new Set(await states())).toEqual(new Set(['recorded']));
    expect(seen).toHaveLength(40);
  });
});
