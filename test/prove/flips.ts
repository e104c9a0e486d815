import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { settableClock } from '#lib/clock.ts';
import { Refusal, Unavailable } from '#lib/refusal.ts';
import { checkBackup } from '#main/operations/backup.ts';
import type { Reconciled } from '#main/operations/reconcile.ts';
import { paths } from '#ui/paths.ts';
import {
  beliefsOf,
  bookedAt,
  bookingsOf,
  type House,
  knock,
  listeningMailer,
  message,
  openHouse,
} from './house.ts';
import type { Proven, Violation } from './prove.ts';
import { diceOf } from './sim/dice.ts';
import { serviceKey } from './sim/fleet.ts';
import { inSlices } from './slices.ts';

/** F14: one bit of a file turns while nobody looks. */
export const flips = inSlices({
  name: 'bit-flips',
  promise:
    'A bit that turned in a database, a page or a backup is noticed or does no harm: nothing wrong is told.',
  unit: 'turned bits',
  gate: 300,
  full: 5_000,
  chunk: 50,
  slice: turnBits,
});

type Figures = Record<
  | 'noticed at the start'
  | 'noticed when read'
  | 'noticed by the backup'
  | 'pages made anew'
  | 'harmless'
  | 'last writes undone',
  number
>;

export async function turnBits(from: number, to: number): Promise<Proven> {
  const root = mkdtempSync(join(tmpdir(), 'gangway-flips-'));
  const figures: Figures = {
    'noticed at the start': 0,
    'noticed when read': 0,
    'noticed by the backup': 0,
    'pages made anew': 0,
    harmless: 0,
    'last writes undone': 0,
  };
  const violations: Violation[] = [];
  try {
    const whole = await installation(root);
    for (let seed = from; seed < to; seed++) {
      const seen = await turnOne(root, whole, seed);
      if (seen.kind === 'wrong') violations.push({ seed, what: `${seen.where}: ${seen.what}` });
      else figures[seen.kind]++;
    }
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
  return { done: to - from, figures, violations };
}

type Whole = {
  readonly truth: string;
  /** The files in which bits are turned: of a folder closed politely, of one whose process was killed, of a backup. */
  readonly whole: readonly string[];
  readonly killed: readonly string[];
  readonly backup: readonly string[];
  readonly pages: readonly string[];
};

/** A few bookings in every state: closed politely, as a kill leaves them, and as a backup. */
async function installation(root: string): Promise<Whole> {
  const house = await openHouse({ folder: join(root, 'whole'), mailer: listeningMailer().mailer });
  const said = [
    message({ id: 'a', version: 1 }),
    message({ id: 'b', version: 1, guest: 'Mei Tanaka', start: '2027-06-02T10:00', end: '2027-06-02T13:00' }),
    message({
      id: 'b',
      version: 2,
      kind: 'changed',
      guest: 'Mei Tanaka',
      start: '2027-06-03T10:00',
      end: '2027-06-03T13:00',
    }),
    message({ id: 'c', version: 1, guest: 'Bruno Okafor', vessel: 'pelican' }),
    message({
      id: 'd',
      version: 1,
      guest: 'Zoë O’Neill',
      start: '2027-06-09T10:00',
      end: '2027-06-09T12:00',
    }),
    message({ id: 'd', version: 2, kind: 'cancelled' }),
  ];
  for (const [n, body] of said.entries()) {
    await knock(house, `msg_${n}`, body);
    await house.app.settle();
  }
  await house.app.operate('backup', { folder: join(root, 'backup') });
  const truth = await everything(house);
  // As a kill leaves it, with what was written last in the log beside.
  cpSync(join(root, 'whole'), join(root, 'killed'), { recursive: true });
  await house.app.close();
  const inUse = (name: string) => /^(gangway|money|engine)\.db(-wal)?$/.test(name);
  return {
    truth,
    killed: readdirSync(join(root, 'killed')).filter(inUse),
    whole: readdirSync(join(root, 'whole')).filter(inUse),
    pages: readdirSync(join(root, 'whole', 'pages'), { recursive: true, encoding: 'utf8' })
      .filter(name => name.endsWith('.html'))
      .map(name => join('pages', name)),
    backup: readdirSync(join(root, 'backup')).filter(name => name.includes('.')),
  };
}

type Seen = { kind: keyof Figures } | { kind: 'wrong'; where: string; what: string };

async function turnOne(root: string, whole: Whole, seed: number): Promise<Seen> {
  const dice = diceOf(seed);
  const from = dice.weighed({ whole: 50, killed: 15, backup: 20, pages: 15 });
  const folder = join(root, 'turned');
  rmSync(folder, { recursive: true, force: true });
  cpSync(join(root, from === 'pages' ? 'whole' : from), folder, { recursive: true });
  const name = dice.pick(whole[from]);
  const where = turnBit(join(folder, name), dice.part());
  if (from === 'backup') {
    const refused = await checkBackup(folder).then(() => null, codeOf);
    return refused
      ? { kind: 'noticed by the backup' }
      : { kind: 'wrong', where, what: 'the backup was taken for whole' };
  }
  return start(folder, where, name, whole);
}

async function start(folder: string, where: string, name: string, { truth }: Whole): Promise<Seen> {
  const { mailer, sent } = listeningMailer();
  let house: House;
  try {
    house = await openHouse({ folder, mailer, clock: settableClock(bookedAt) });
  } catch (error) {
    return codeOf(error) ? { kind: 'noticed at the start' } : { kind: 'wrong', where, what: String(error) };
  }
  try {
    const found = await everything(house);
    if (found === truth) return { kind: 'harmless' };
    if (name.startsWith('pages')) {
      // Not there, rather than wrong; reconciling puts the same bytes up again.
      const { repaired } = (await house.app.operate('reconcile', { repair: true })) as Reconciled;
      if (repaired.length > 0 && (await everything(house)) === truth && found.includes('page-unknown'))
        return { kind: 'pages made anew' };
    }
    if (name.endsWith('-wal')) return { kind: 'last writes undone' };
    const wrote = sent.map(({ to, subject }) => `${to.address}: ${subject}`).join('; ');
    return {
      kind: 'wrong',
      where,
      what: `${firstDifference(truth, found)}${wrote && `; letters: ${wrote}`}`,
    };
  } catch (error) {
    return codeOf(error) ? { kind: 'noticed when read' } : { kind: 'wrong', where, what: String(error) };
  } finally {
    await house.app.close().catch(() => {});
  }
}

/** What anybody is told: bookings, beliefs, pages, events, ledgers and feeds. Throws where something cannot be read. */
async function everything(house: House): Promise<string> {
  const { app } = house;
  const told: unknown[] = [];
  const get = async (url: string, headers: Record<string, string> = {}) => {
    const answer = await app.fetch(new Request(url, { headers: { host: new URL(url).host, ...headers } }));
    const body = await answer.text();
    if (answer.status >= 500) throw new Unavailable('data-damaged', body.slice(0, 200));
    told.push(url, answer.status, body);
  };
  const bookings = await bookingsOf(house);
  told.push(bookings);
  await get(`https://sailjada.com${paths.events}`, { 'x-service-key': serviceKey });
  for (const { id } of bookings) {
    const beliefs = await beliefsOf(house, id);
    told.push(
      beliefs.map(({ at: _, ...belief }) => belief),
      await app.operate('money show', { booking: id }),
    );
    for (const { surface, url } of beliefs) if (surface === 'guest page' && url) await get(url);
  }
  for (const of of ['captain-ana', 'jada', 'pelican']) {
    const { url } = (await app.operate('feed show', { of })) as { url: string };
    await get(url);
  }
  return JSON.stringify(told);
}

/** Turns one bit, at a share of the file's length; returns what was turned, in words. */
function turnBit(file: string, share: number): string {
  const bytes = readFileSync(file);
  const bit = Math.floor(share * statSync(file).size * 8);
  bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  writeFileSync(file, bytes);
  return `${file.split('/').at(-1)}, bit ${bit & 7} of byte ${bit >> 3}`;
}

const codeOf = (error: unknown): string | null =>
  error instanceof Refusal || error instanceof Unavailable ? error.code : null;

function firstDifference(a: string, b: string): string {
  let at = 0;
  while (a[at] === b[at]) at++;
  return `${JSON.stringify(a.slice(Math.max(0, at - 80), at + 30))} / ${JSON.stringify(b.slice(at, at + 30))}`;
}
