import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { settableClock } from '#lib/clock.ts';
import { restoreBackup } from '#main/embedded/restore.ts';
import type { Held } from '#main/operations/held-letters.ts';
import type { Reconciled } from '#main/operations/reconcile.ts';
import {
  beliefsOf,
  bookedAt,
  bookingsOf,
  type House,
  knock,
  listeningMailer,
  message,
  openHouse,
  type Said,
} from './house.ts';
import type { Proven, Violation } from './prove.ts';
import { diceOf } from './sim/dice.ts';
import { simulated } from './sim/fleet.ts';
import { inSlices } from './slices.ts';

/** F15: a backup taken at a random moment of a busy installation, which then goes on, is lost, and is restored. */
export const restores = inSlices({
  name: 'restores',
  promise: 'What is restored from a backup under load writes to nobody twice, and its pages come back.',
  unit: 'restore points',
  gate: 20,
  full: 200,
  chunk: 1,
  async slice(from, to) {
    const figures = { 'bookings back': 0, 'letters held': 0, 'letters that were sent after the backup': 0 };
    const violations: Violation[] = [];
    for (let seed = from; seed < to; seed++) {
      const root = mkdtempSync(join(tmpdir(), 'gangway-restore-'));
      try {
        const seen = await oneRestore(seed, root);
        figures['bookings back'] += seen.bookings;
        figures['letters held'] += seen.held;
        figures['letters that were sent after the backup'] += seen.unknown;
        for (const what of seen.wrong) violations.push({ seed, what });
      } finally {
        rmSync(root, { recursive: true, force: true });
      }
    }
    return { done: to - from, figures, violations } satisfies Proven;
  },
});

const hour = 3_600_000;

async function oneRestore(seed: number, root: string) {
  const dice = diceOf(seed);
  const clock = settableClock(bookedAt);
  const life = listeningMailer(() =>
    dice.chance(0.2) ? { kind: 'later', reason: 'busy', blocks: 'letter' } : { kind: 'sent' },
  );
  const house = await openHouse({
    folder: join(root, 'lost'),
    clock,
    seed: `lost ${seed}`,
    mailer: life.mailer,
  });

  const story = storyOf(dice);
  const backupAt = dice.below(story.length);
  let backup: Promise<unknown> = Promise.resolve();
  let sentBefore = 0;
  for (const [at, [id, body]] of story.entries()) {
    const status = await knock(house, id, body);
    if (status !== 202) throw new Error(`the lost house answered ${status}`);
    // Somewhere in what this message makes happen, never at rest on purpose.
    for (let turns = dice.below(40); turns > 0; turns--) await new Promise(resolve => setImmediate(resolve));
    if (at === backupAt) {
      sentBefore = life.sent.length;
      backup = house.app.operate('backup', { folder: join(root, 'backup') });
      if (dice.chance(0.3)) await backup;
    }
    if (dice.chance(0.3)) await house.app.settle();
    if (dice.chance(0.3)) await pass(house, dice.below(6) * hour);
  }
  await backup;
  await house.app.settle();
  await pass(house, 2 * hour);
  const known = new Set(life.sent.map(({ id }) => id));
  const facts = await factsOf(house);
  await house.app.close();

  clock.advance(dice.below(20) * hour);
  const restored = await restoreBackup({
    config: simulated,
    from: join(root, 'backup'),
    to: join(root, 'back'),
    clock,
  });
  const after = listeningMailer();
  const back = await openHouse({
    folder: join(root, 'back'),
    clock,
    seed: `back ${seed}`,
    mailer: after.mailer,
  });
  const wrong: string[] = restored.drift.map(
    ({ surface, kind }) => `after the restore the ${surface} is ${kind}`,
  );
  const noneTwice = (when: string) => {
    for (const { id } of after.sent) if (known.has(id)) wrong.push(`sent again ${when}: ${id}`);
  };
  await pass(back, 24 * hour);
  noneTwice('by itself');
  if (after.sent.some(({ kind }) => kind !== 'reminder'))
    wrong.push('something but a reminder of the day went out by itself');
  const { drift } = (await back.app.operate('reconcile')) as Reconciled;
  wrong.push(...drift.map(({ surface, kind }) => `a day later the ${surface} is ${kind}`));
  const pages = readdirSync(join(root, 'back', 'pages'), { recursive: true, encoding: 'utf8' });
  const bookings = await bookingsOf(back);
  const there = pages.filter(name => name.endsWith('.html')).length;
  // One that was called off before its page was up never gets one.
  const needed = bookings.filter(({ status }) => status !== 'cancelled').length;
  if (there < needed || there > bookings.length)
    wrong.push(`${there} pages are there; ${bookings.length} bookings are known, ${needed} of them on`);

  const { count } = (await back.app.operate('post held')) as Held;
  if (count !== restored.held) wrong.push(`${restored.held} letters were held, a day later ${count}`);
  if (count > 0) await back.app.operate('post release', { all: true, sent: true });
  await pass(back, hour);
  noneTwice('after the held ones were counted as sent');
  for (const { id } of bookings) {
    const open = (await beliefsOf(back, id)).filter(
      ({ state }) => state !== 'stated' && state !== 'withdrawn',
    );
    wrong.push(...open.map(({ surface, state }) => `${id}: ${surface} is ${state} in the end`));
  }

  // The marketplace says everything again.
  for (const [id, body] of story) await knock(back, id, body);
  await back.app.settle();
  const again = await factsOf(back);
  if (JSON.stringify(again) !== JSON.stringify(facts))
    wrong.push('told everything again, it knows something else');
  await back.app.close();
  return { wrong, bookings: bookings.length, held: restored.held, unknown: known.size - sentBefore };
}

async function pass({ app, clock }: House, ms: number) {
  clock.advance(ms);
  await app.tick();
  await app.settle();
}

/** What the bookings are, whatever their ids. */
const factsOf = async (house: House) =>
  (await bookingsOf(house))
    .map(({ names, start, end, partySize, status, vessel }) => ({
      name: names[0]?.externalId,
      start: start.local,
      end: end.local,
      partySize,
      status,
      vessel,
    }))
    .sort((a, b) => String(a.name).localeCompare(String(b.name)));

/** Ten to twenty messages about up to six trips, in the order in which they happened. */
function storyOf(dice: ReturnType<typeof diceOf>): [id: string, body: string][] {
  const trips = new Map<number, Said>();
  const told: [string, string][] = [];
  const messages = 10 + dice.below(11);
  for (let n = 0; n < messages; n++) {
    const trip = dice.below(6);
    const before = trips.get(trip);
    if (before?.kind === 'cancelled') continue;
    const day = String(10 + trip * 3).padStart(2, '0');
    const hours = 9 + dice.below(4);
    const at = (hour: number) => `2027-05-${day}T${String(hour).padStart(2, '0')}:00`;
    const said: Said = {
      id: `trip${trip}`,
      version: (before?.version ?? 0) + 1,
      kind: !before ? 'created' : dice.chance(0.2) ? 'cancelled' : 'changed',
      start: at(hours),
      end: at(hours + 3),
      party: 1 + dice.below(4),
    };
    trips.set(trip, said);
    told.push([`msg_${n}`, message(said)]);
  }
  return told;
}
