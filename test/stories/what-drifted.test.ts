import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Booking } from '#booking/booking.ts';
import type { Reconciled } from '#main/operations/reconcile.ts';
import { example, openWorld, type World } from '../world.ts';

/** What somebody did to the installation behind its back is found by reading back, and set right without a word to anybody. */
describe('what drifted', () => {
  let world: World;
  let booking: Booking;
  const reconcile = (repair = false) => world.operate<Reconciled>('reconcile', { repair });
  let file: string | undefined;
  const pageFile = () => {
    const home = join(world.folder, 'pages', booking.brand);
    file ??= readdirSync(home, { recursive: true, encoding: 'utf8' }).find(name => name.endsWith('.html'));
    return join(home, file ?? '');
  };
  const meddle = (sql: string) => {
    const db = new DatabaseSync(join(world.folder, 'gangway.db'));
    db.exec(sql);
    db.close();
  };
  const found = ({ drift }: Reconciled) => drift.map(({ surface, kind }) => `${surface}: ${kind}`).sort();

  beforeAll(async () => {
    world = await openWorld();
    await world.deliver(example('boatsetter-created'));
    await world.settle();
    booking = await world.booking();
  });
  afterAll(() => world.close());

  it('is nothing after a booking was fulfilled', async () => {
    expect(await reconcile()).toEqual({ bookings: 1, underWay: 0, drift: [], repaired: [] });
  });

  it('is a page that was deleted, a calendar row and a feed that were altered: named, mended, and nobody hears of it', async () => {
    const page = readFileSync(pageFile());
    const letters = (await world.letters()).map(({ file }) => file);
    rmSync(pageFile());
    // Whoever writes a row by hand leaves its seal off: one that is wrong is damage, which nobody mends.
    const unsealed = `substr(body, 1, length(body) - length(',"seal":"00000000"}')) || '}'`;
    for (const table of ['calendar_entries', 'feed_entries'])
      meddle(`UPDATE ${table} SET body = replace(${unsealed}, 'T16:30', 'T09:30')`);

    const before = await reconcile();
    expect(found(before)).toEqual([
      'calendar entry: altered',
      'guest page: missing',
      'person feed: altered',
      'person feed: altered',
      'person feed: altered',
      'vessel feed: altered',
    ]);
    expect(await reconcile()).toEqual(before);

    const mended = await reconcile(true);
    expect(mended.drift).toEqual([]);
    expect(mended.repaired).toHaveLength(before.drift.length);
    expect(readFileSync(pageFile())).toEqual(page);
    expect((await world.letters()).map(({ file }) => file)).toEqual(letters);
    const beliefs = await world.beliefs(booking.id);
    expect(beliefs.filter(({ state }) => state !== 'stated')).toEqual([]);
  });

  it('is a page whose bytes are others, and a page that is no booking’s', async () => {
    const page = readFileSync(pageFile());
    writeFileSync(pageFile(), page.toString().replace('16:30', '15:30'));
    const stray = 'nobody-4fT9xQ2mZ8LwK0sVbN7rYa.html';
    const beside = join(pageFile(), '..', stray);
    writeFileSync(beside, '<p>left behind</p>');
    expect(found(await reconcile())).toEqual(['guest page: missing', 'guest page: stray']);
    expect((await reconcile(true)).drift).toEqual([]);
    expect(readFileSync(pageFile())).toEqual(page);
    expect(readdirSync(join(pageFile(), '..'))).not.toContain(stray);
  });

  it('is the notice that a trip is off, when that was deleted', async () => {
    await world.operate('booking cancel', { booking: booking.id });
    await world.settle();
    expect((await reconcile()).drift).toEqual([]);
    const notice = readFileSync(pageFile());
    const letters = await world.letters();
    rmSync(pageFile());
    expect(found(await reconcile())).toEqual(['guest page: missing']);
    expect((await reconcile(true)).drift).toEqual([]);
    expect(readFileSync(pageFile())).toEqual(notice);
    expect(await world.letters()).toHaveLength(letters.length);
  });

  it('is no longer looked for once the guest is forgotten', async () => {
    await world.later(800 * 86_400_000);
    expect(await reconcile()).toMatchObject({ bookings: 0, drift: [] });
  });
});
