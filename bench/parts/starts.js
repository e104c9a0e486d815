import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { at, mb, ms } from '../figures.js';
import { freshFolder, openGangway } from '../gangway.js';

/** From the command to serving, and memory at rest. */
export async function emptyStart({ row }) {
  const { after, cpu, rest } = await starts(freshFolder(), 5);
  row('start to serving, empty store (median of 5)', ms(after), `goal 300 ms; ${ms(cpu)} of processor time`);
  row('memory at rest', mb(rest), 'goal 110 MB');
}

/** The same with a store as it is after years. The bookings are copies of a few real ones, row by row. */
export async function fullStart({ row }, { many }) {
  const gangway = await openGangway();
  const few = 20;
  for (let i = 0; i < few; i++) await gangway.deliver();
  await gangway.settled(few);
  await gangway.close();
  const folder = freshFolder();
  for (const file of ['gangway.db', 'money.db', 'engine.db'])
    cpSync(join(gangway.folder, file), join(folder, file));
  for (let i = 1; i <= many / few; i++) copyAll(folder, `x${i}x`, i * few);
  const { after, cpu, rest } = await starts(folder, 3);
  const name = many.toLocaleString('en-US');
  row(
    `start to serving, ${name} bookings (median of 3)`,
    ms(after),
    `goal 1,000 ms; ${ms(cpu)} of processor time`,
  );
  row(`memory at rest, ${name} bookings`, mb(rest));
}

async function starts(folder, times) {
  const after = [];
  const cpu = [];
  let rest = Number.NaN;
  for (let i = 0; i < times; i++) {
    const gangway = await openGangway(folder);
    after.push(gangway.startedAfter);
    cpu.push(gangway.usage().cpu);
    await sleep(1000);
    rest = gangway.usage().now;
    await gangway.close();
  }
  return { after: at(after, 0.5), cpu: at(cpu, 0.5), rest };
}

/** What names something of its own: each copy gets other ones, and with them rows of its own. */
const names = /\b(bkg_|evt_|cal_|dlv_|msg_bench|bench|guest-jada-)(?=[0-9a-zA-Z_-])/g;

function copyAll(folder, mark, days) {
  for (const file of ['gangway.db', 'money.db', 'engine.db']) {
    const db = new DatabaseSync(join(folder, file));
    db.exec('PRAGMA synchronous=OFF; BEGIN');
    for (const { name } of db.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all()) {
      if (['schema_steps', 'sqlite_sequence', 'journal'].includes(name)) continue;
      copyTable(db, name, mark, name === 'claims' ? days : 0);
    }
    db.exec('COMMIT');
    db.close();
  }
}

/** `days` later: no copy may take the vessel from another, or the house would be told of each. */
function copyTable(db, table, mark, days) {
  const columns = db.prepare(`PRAGMA table_info(${table})`).all();
  const counted = columns.filter(({ pk, type }) => pk === 1 && type === 'INTEGER').map(({ name }) => name);
  const insert = db.prepare(`INSERT OR IGNORE INTO ${table} VALUES (${columns.map(() => '?').join()})`);
  for (const row of originals(db, table)) {
    const values = columns.map(({ name }) => {
      if (counted.includes(name) && columns.filter(({ pk }) => pk > 0).length === 1) return null;
      const value = row[name];
      if (typeof value !== 'string') return value;
      return days > 0 && /^\d{4}-\d\d-\d\dT/.test(value)
        ? later(value, days)
        : value.replace(names, `$1${mark}`);
    });
    insert.run(...values);
  }
}

const later = (instant, days) => new Date(Date.parse(instant) + days * 86_400_000).toISOString();

/** Read once per table and file, before there are copies. */
const known = new Map();
function originals(db, table) {
  const key = `${db.location()} ${table}`;
  if (!known.has(key)) known.set(key, db.prepare(`SELECT * FROM ${table}`).all());
  return known.get(key);
}
