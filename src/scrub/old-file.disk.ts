import { closeSync, fsyncSync, openSync, readFileSync, renameSync, statSync, writeSync } from 'node:fs';
import { sha256 } from '#lib/digest.ts';
import { Refusal } from '#lib/refusal.ts';
import { readCsv, writeCsv } from './old-csv.ts';
import { at, fieldsIn, keyIn, readJsonFile, recordsIn, setAt, writeJsonFile } from './old-json.ts';
import type { Change, OldRecord, OldStore } from './old-store.ts';

/** An export on disk, JSON or CSV by its name. It is written anew in one go, and only if nobody wrote it meanwhile. */
export function oldFile(file: string): OldStore {
  const bytes = readFileSync(file);
  const digest = sha256(bytes);
  const content = /\.csv$/i.test(file)
    ? csvContent(bytes.toString('utf8'))
    : jsonContent(bytes.toString('utf8'));
  let isChanged = false;
  return {
    what: file,
    async *records() {
      yield* content.records();
    },
    async change(change) {
      const outcome = content.change(change);
      if (outcome === 'changed') isChanged = true;
      return outcome;
    },
    async finish() {
      if (!isChanged) return;
      if (sha256(readFileSync(file)) !== digest) {
        throw new Refusal(
          'scrub-file-changed',
          `${file} was written by somebody else meanwhile; nothing was changed.`,
          'See that nobody writes it, then run this again.',
        );
      }
      const whole = `${file}.scrubbed`;
      const out = openSync(whole, 'w', statSync(file).mode & 0o777);
      writeSync(out, content.text());
      fsyncSync(out);
      closeSync(out);
      renameSync(whole, file);
    },
    remains: async () => [
      'This file is a copy. The store it was exported from says what it said: scrub that too, or delete it.',
      'Other exports, backups and copies of it, on this machine and elsewhere.',
      ...alsoRemains,
    ],
  };
}

/** True of every old store. */
export const alsoRemains: readonly string[] = [
  'Mails that were sent from these records: in the mailboxes of the crew, in yours, and in the logs of the mail service. Nobody can take those back; tell whom they reached.',
  'Logs of the programs that wrote and read the records, and screenshots or calendars that people made of them.',
];

type Content = {
  records: () => Iterable<OldRecord>;
  change: (change: Change) => 'changed' | 'conflict';
  text: () => string;
};

function jsonContent(text: string): Content {
  const read = readJsonFile(text);
  const places = new Map<string, (string | number)[]>();
  for (const { place, record } of recordsIn(read.value)) {
    const key = keyIn(record, place);
    // Two records of one key are told apart by where they stand.
    places.set(places.has(key) ? `${key} (${place.join('.')})` : key, [...place]);
  }
  return {
    *records() {
      for (const [key, place] of places) yield { key, fields: fieldsIn(at(read.value, place)) };
    },
    change({ key, path, before, after }) {
      const place = places.get(key);
      if (!place || at(read.value, [...place, ...path]) !== before) return 'conflict';
      setAt(read.value, [...place, ...path], after);
      return 'changed';
    },
    text: () => writeJsonFile(read),
  };
}

function csvContent(text: string): Content {
  const [head = [], ...rows] = readCsv(text);
  const idAt = head.findIndex(name => /^(?:event_?id|id|pk)$/i.test(name));
  const keyOf = (row: readonly string[], index: number) => row[idAt] || `line ${index + 2}`;
  const byKey = new Map(rows.map((row, index) => [keyOf(row, index), row]));
  return {
    *records() {
      for (const [key, row] of byKey)
        yield { key, fields: row.map((value, column) => ({ path: [head[column] ?? column], value })) };
    },
    change({ key, path: [name], before, after }) {
      const row = byKey.get(key);
      const column = head.indexOf(String(name));
      if (!row || column < 0 || row[column] !== (before ?? '')) return 'conflict';
      row[column] = String(after ?? '');
      return 'changed';
    },
    text: () => writeCsv([head, ...rows]),
  };
}
