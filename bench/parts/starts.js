import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { at, mb, ms } from '../figures.js';
import { freshFolder, openGangway } from '../gangway.js';

/** From the command to serving, and memory at rest. */
export async function emptyStart({ row, saw }) {
  const { after, cpu, rest } = await starts(freshFolder(), 5);
  saw('start', { after, rest });
  row('start to serving, empty store (median of 5)', ms(after), `goal 300 ms; ${ms(cpu)} of processor time`);
  row('memory at rest', mb(rest), 'goal 110 MB');
}

/** The same with a store as it is after years, all its trips still ahead. The bookings are copies of a few real ones, row by row. */
export async function fullStart({ row, saw }, { many, count }) {
  const gangway = await openGangway();
  for (let i = 0; i < few; i++) await gangway.deliver();
  await gangway.settled(few);
  const alone = await costOfOne(gangway, count);
  await gangway.close();
  const folder = freshFolder();
  const files = ['gangway.db', 'money.db', 'engine.db'];
  for (const file of files) {
    cpSync(join(gangway.folder, file), join(folder, file));
    multiply(join(folder, file), Math.ceil(many / (few + 2 * count)), few + 2 * count);
  }
  const { after, cpu, rest } = await starts(folder, 3);
  const name = `${many.toLocaleString('en-US')} bookings`;
  if (many >= 100_000) saw('store', { after, rest });
  row(
    `start to serving, ${name} (median of 3)`,
    ms(after),
    `goal 1,000 ms for 100,000; ${ms(cpu)} of processor time`,
  );
  row(`memory at rest, ${name}`, mb(rest), 'goal 50 MB more than empty for 100,000');
  const full = await openGangway(folder);
  const beside = await costOfOne(full, count);
  await full.close();
  if (many >= 100_000) saw('store', { share: beside / alone });
  row(
    `processor time for a booking, ${name}`,
    ms(beside),
    `${(beside / alone).toFixed(2)} of that with hardly any; goal 1.1 for 100,000`,
  );
}

/** How many bookings there are before anything is copied, and how many days apart the copies of one begin. */
const few = 20;
const firstCopy = 2_000;

/** Processor time for a booking, told one at a time, after as many that warm the program up. Days that no copy has. */
async function costOfOne(gangway, count) {
  let before = 0;
  const first = gangway.ask('gangway.db', 'SELECT count(*) FROM bookings') > 1_000 ? 1_000 : few;
  for (let i = 1; i <= 2 * count; i++) {
    if (i === count + 1) before = gangway.usage().cpu;
    const { booking } = await gangway.deliver(`bench${first + i}`);
    await gangway.told(booking, 1);
  }
  return (gangway.usage().cpu - before) / count;
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

function multiply(file, times, apart) {
  const db = new DatabaseSync(file);
  db.exec('PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-100000; BEGIN');
  const tables = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all();
  for (const { name } of tables.filter(({ name }) => !kept.includes(name))) {
    const copy = copier(db, name);
    for (let i = 1; i <= times; i++) copy(`x${i}x`, name === 'claims' ? firstCopy + i * apart : 0);
  }
  db.exec('COMMIT');
  db.close();
}

const kept = ['schema_steps', 'sqlite_sequence', 'journal'];

/** Copies the rows that a table has now, under other names. `days` later: no copy may take the vessel from another, or the house would be told of each. */
function copier(db, table) {
  const columns = db.prepare(`PRAGMA table_info(${table})`).all();
  const keys = columns.filter(({ pk }) => pk > 0);
  const counted = keys.length === 1 && keys[0].type === 'INTEGER' ? keys[0].name : null;
  const insert = db.prepare(`INSERT OR IGNORE INTO ${table} VALUES (${columns.map(() => '?').join()})`);
  const originals = db.prepare(`SELECT * FROM ${table}`).all();
  return (mark, days) => {
    for (const row of originals) {
      const values = columns.map(({ name }) => {
        if (name === counted) return null;
        const value = row[name];
        if (typeof value !== 'string') return value;
        return days > 0 && /^\d{4}-\d\d-\d\dT/.test(value)
          ? later(value, days)
          : value.replace(names, `$1${mark}`);
      });
      insert.run(...values);
    }
  };
}

const later = (instant, days) => new Date(Date.parse(instant) + days * 86_400_000).toISOString();
