import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Refusal } from '#lib/refusal.ts';
import { readCsv } from './old-csv.ts';
import { oldFile } from './old-file.disk.ts';
import { scrub, unscrub } from './scrub.ts';
import { openUndoFile, readUndoFile } from './undo-file.disk.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gangway-scrub-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const notes = 'Call 15:30 at slip 12. Net to captain: 289.41. Ring +1 619 555 0142.';
const clean = 'Call 15:30 at slip 12. Net to captain: [amount removed]. Ring +1 619 555 0142.';

const typed = (id: string) => ({
  pk: { S: `EVENT#${id}` },
  notes: { S: notes },
  revenue: { N: '840.50' },
  party_size: { N: '4' },
  start_time: { S: '2026-05-30T15:30:00-07:00' },
  crew: { L: [{ M: { name: { S: 'Ana' }, task: { S: 'fee 150' } } }] },
});
const plain = (id: string) => ({
  event_id: id,
  notes,
  revenue: 840.75,
  head_count: 4,
  crew: [{ task: 'fee 150' }],
});

const exports_: Record<string, { file: string; text: string; key: string; fields: string[] }> = {
  'aws dynamodb scan': {
    file: 'scan.json',
    text: `${JSON.stringify({ Items: [typed('1'), typed('2')], Count: 2 }, null, 4)}\n`,
    key: 'EVENT#1',
    fields: ['notes', 'revenue', 'crew.0.task'],
  },
  'an export to S3': {
    file: 'export.json',
    text: `${JSON.stringify({ Item: typed('1') })}\n${JSON.stringify({ Item: typed('2') })}\n`,
    key: 'EVENT#1',
    fields: ['notes', 'revenue', 'crew.0.task'],
  },
  'plain JSON': {
    file: 'events.json',
    text: `${JSON.stringify([plain('evt_1'), plain('evt_2')], null, 2)}\n`,
    key: 'evt_1',
    fields: ['notes', 'revenue', 'crew.0.task'],
  },
  CSV: {
    file: 'events.csv',
    text: `event_id,notes,revenue,party_size\nevt_1,"${notes}",840.75,4\nevt_2,"Said ""hello"", bring soft shoes",,6\n`,
    key: 'evt_1',
    fields: ['notes', 'revenue'],
  },
};

describe.each(Object.entries(exports_))('%s', (_what, { file, text, key, fields }) => {
  const write = () => {
    const path = join(folder, file);
    writeFileSync(path, text, { mode: 0o640 });
    return path;
  };

  it('is only reported on unless it is applied, with the amounts covered', async () => {
    const path = write();
    const report = await scrub(oldFile(path), { apply: null });
    expect(readFileSync(path, 'utf8')).toBe(text);
    expect(report.findings.filter(finding => finding.key === key).map(({ field }) => field)).toEqual(fields);
    expect(JSON.stringify(report)).not.toMatch(/840|289|150/);
    expect(report.remains.join(' ')).toMatch(/Mails that were sent/);
  });

  it('is cleaned, and what was no amount stays; and put back as it was', async () => {
    const path = write();
    const undoName = join(folder, 'undo.jsonl');
    const undo = openUndoFile(undoName);
    await scrub(oldFile(path), { apply: undo.keep });
    undo.close();
    const cleaned = readFileSync(path, 'utf8');
    expect(cleaned).not.toMatch(/840|289|fee 150/);
    expect(cleaned).toContain(clean);
    expect(cleaned).toMatch(/619 555 0142/);
    expect(statSync(path).mode & 0o777).toBe(0o640);
    expect(statSync(undoName).mode & 0o777).toBe(0o600);
    expect((await scrub(oldFile(path), { apply: null })).findings).toEqual([]);

    const store = oldFile(path);
    const { conflicts, restored } = await unscrub(store, readUndoFile(undoName));
    expect([conflicts, restored > 0]).toEqual([[], true]);
    expect(JSON.stringify(content(path))).toBe(JSON.stringify(parsed(text, file)));
  });

  it('that was changed since is left alone by the undo', async () => {
    const path = write();
    const undo = openUndoFile(join(folder, 'undo.jsonl'));
    await scrub(oldFile(path), { apply: undo.keep });
    undo.close();
    writeFileSync(path, readFileSync(path, 'utf8').replace('Net to captain', 'What the captain gets'));
    const store = oldFile(path);
    const { conflicts } = await unscrub(store, readUndoFile(join(folder, 'undo.jsonl')));
    expect(conflicts.map(change => change.path[0])).toEqual(['notes']);
  });

  it('that somebody writes meanwhile is not written over', async () => {
    const path = write();
    const store = oldFile(path);
    writeFileSync(path, `${text} `);
    await expect(scrub(store, { apply: async () => {} })).rejects.toThrow(Refusal);
    expect(readFileSync(path, 'utf8')).toBe(`${text} `);
  });
});

it('an undo file is never written over, and nothing else is taken for one', () => {
  const path = join(folder, 'undo.jsonl');
  openUndoFile(path).close();
  expect(() => openUndoFile(path)).toThrow(/is there already/);
  writeFileSync(path, '{"no": "change"}\n');
  expect(() => readUndoFile(path)).toThrow(/no undo file/);
});

it('a file that is neither JSON nor CSV is refused', () => {
  const [json, csv] = [join(folder, 'x.json'), join(folder, 'x.csv')];
  writeFileSync(json, 'hello');
  writeFileSync(csv, 'a,b\n1,2,3\n');
  expect(() => oldFile(json)).toThrow(/neither JSON/);
  expect(() => oldFile(csv)).toThrow(/another number of cells/);
});

const parsed = (text: string, file: string): unknown =>
  file.endsWith('.csv')
    ? readCsv(text)
    : file === 'export.json'
      ? text
          .trim()
          .split('\n')
          .map(line => JSON.parse(line))
      : JSON.parse(text);
const content = (path: string) =>
  parsed(readFileSync(path, 'utf8'), path.endsWith('export.json') ? 'export.json' : path);
