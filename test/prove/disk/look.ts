import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { settableClock } from '#lib/clock.ts';
import { databases } from '#main/embedded/files.ts';
import type { Reconciled } from '#main/operations/reconcile.ts';
import { bookedAt, bookingsOf, openHouse } from '../house.ts';
import { ownerAddress } from '../sim/fleet.ts';
import { type Message, play, script, unsettled, untilSettled } from './script.ts';

/** What SQLite finds wrong in the databases of a folder that nobody has open. Opening recovers them as a start would. */
export function damageIn(folder: string): string[] {
  return databases.flatMap(name => {
    if (!existsSync(join(folder, name))) return [];
    try {
      return withDatabase(folder, name, database => damageOf(database, name));
    } catch (error) {
      return [`${name}: ${error instanceof Error ? error.message : String(error)}`];
    }
  });
}

/** What SQLite finds wrong in a database that is open. */
export function damageOf(database: DatabaseSync, name: string): string[] {
  const rows = database.prepare('PRAGMA integrity_check').all() as { integrity_check: string }[];
  const bad = rows.map(row => row.integrity_check).filter(line => line !== 'ok');
  return bad.map(line => `${name}: ${line}`);
}

export function withDatabase<T>(folder: string, name: string, work: (database: DatabaseSync) => T): T {
  const database = new DatabaseSync(join(folder, name));
  try {
    return work(database);
  } finally {
    database.close();
  }
}

/** Every value of the first column, or nothing where there is no such table yet. */
export function column(folder: string, name: string, sql: string): string[] {
  return withDatabase(folder, name, database => {
    try {
      return database
        .prepare(sql)
        .all()
        .map(row => String(Object.values(row)[0]));
    } catch (error) {
      if (/no such table/.test(String(error))) return [];
      throw error;
    }
  });
}

/** What there is of everything when the script has been played to its end, however often that was begun. */
export type Outcome = Readonly<Record<string, unknown>>;

/**
 * Starts anew on a folder, as after a crash, lets the marketplace repeat everything in order and compares what came of it.
 * `acked` is what was acknowledged before; `expected` what an undisturbed run comes to, nothing while that is being found out.
 */
export async function recovered(
  folder: string,
  acked: readonly string[],
  expected: Outcome | null,
  messages: readonly Message[] = script,
): Promise<{ wrong: string[]; outcome: Outcome }> {
  const wrong = damageIn(folder);
  if (wrong.length > 0) return { wrong, outcome: {} };
  const clock = settableClock(Date.parse(bookedAt) + 4 * 24 * 3_600_000);
  const house = await openHouse({ folder, clock, seed: 'after' });
  try {
    const known = column(folder, 'money.db', 'SELECT messageId FROM deliveries');
    wrong.push(...acked.filter(id => !known.includes(id)).map(id => `${id} was acknowledged and is lost`));
    if (acked.length > 0) await untilSettled(house);
    const told = messages.filter(([id]) => known.includes(id)).length;
    const revisions = (await bookingsOf(house)).map(({ revision }) => revision);
    if (told > 0 && revisions.reduce((sum, revision) => sum + revision, 0) !== told)
      wrong.push(`${told} messages are known, the bookings are at revisions ${revisions}`);

    await play(house, () => {}, messages);
    const { drift } = (await house.app.operate('reconcile')) as Reconciled;
    wrong.push(...drift.map(({ surface, kind }) => `${surface} is ${kind}`));
    wrong.push(...(await unsettled(house)));
    const outcome = outcomeOf(folder, await bookingsOf(house));
    for (const key of Object.keys(expected ?? {})) {
      const [is, should] = [outcome[key], expected?.[key]].map(value => JSON.stringify(value));
      if (is !== should) wrong.push(`${key}: ${is} instead of ${should}`);
    }
    return { wrong, outcome };
  } finally {
    await house.app.close();
  }
}

function outcomeOf(folder: string, bookings: Awaited<ReturnType<typeof bookingsOf>>): Outcome {
  const letter = "kind || ' to ' || recipient || ', ' || state";
  const count = (name: string, table: string) =>
    Number(column(folder, name, `SELECT count(*) FROM ${table}`)[0]);
  const files = (place: string, ending: string) =>
    readdirSync(join(folder, place), { recursive: true, encoding: 'utf8' }).filter(name =>
      name.endsWith(ending),
    ).length;
  return {
    bookings: bookings.map(({ status, start, revision, partySize }) => [
      status,
      start.local,
      revision,
      partySize,
    ]),
    letters: column(folder, 'gangway.db', `SELECT ${letter} FROM letters`).sort(),
    // The owner hears of what is known already, and then of what the disk held up: a change more, in other words.
    'letters about money': column(
      folder,
      'money.db',
      `SELECT ${letter} FROM letters
       GROUP BY CASE WHEN kind = 'change' AND recipient = '${ownerAddress}' THEN about ELSE id END`,
    ).sort(),
    'letters not in the outbox':
      count('gangway.db', 'letters') + count('money.db', 'letters') - files('outbox', '.eml'),
    'crew events': count('gangway.db', 'crew_events'),
    'calendar entries': count('gangway.db', 'calendar_entries'),
    pages: count('gangway.db', 'guest_pages'),
    'page files': files('pages', '.html'),
    slugs: count('gangway.db', 'guest_page_slugs'),
    deliveries: count('money.db', 'deliveries'),
    'unfinished workflows': column(folder, 'engine.db', 'SELECT name FROM executions WHERE endedAt IS NULL'),
  };
}
