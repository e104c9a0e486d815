import { DatabaseSync } from 'node:sqlite';
import { sha256 } from '#lib/digest.ts';

/** Every row of every table of a database file, order aside; blobs by their digest. For comparing two states whole. */
export function rowsOf(file: string, except: readonly string[] = []): string {
  const database = new DatabaseSync(file, { readOnly: true });
  const tables = database
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    .all() as { name: string }[];
  const rows = tables
    .filter(({ name }) => !except.includes(name))
    .flatMap(({ name }) =>
      database
        .prepare(`SELECT * FROM "${name}"`)
        .all()
        .map(
          row =>
            `${name} ${JSON.stringify(row, (_key, value) => (value instanceof Uint8Array ? sha256(value) : value))}`,
        ),
    );
  database.close();
  return rows.sort().join('\n');
}

/**
 * The same of the engine's file, with each change of its journal by itself: which changes share a row hangs on which of
 * several writes to the disk is done first.
 */
export function engineRowsOf(file: string): string {
  const database = new DatabaseSync(file, { readOnly: true });
  const changes = database
    .prepare('SELECT execution, outside, value FROM journal, json_each(journal.entries)')
    .all()
    .map(row => `journal ${JSON.stringify(row)}`);
  database.close();
  return [rowsOf(file, ['journal']), ...changes.sort()].join('\n');
}
