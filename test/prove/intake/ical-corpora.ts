import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { feedReader } from '#intake/feeds-in/feed-reader.thread.ts';
import type { Job, Proof, Proven, Violation } from '../prove.ts';

/** Where Debian's python3-icalendar keeps the calendars it is tested with. */
const installed = '/usr/lib/python3/dist-packages/icalendar/tests';

/**
 * Calendars that other programs' tests are made of: those of python3-icalendar where it is installed, and every folder named
 * in `ICAL_CORPORA`, separated by colons. None is kept here; they are their authors'.
 */
export const icalCorpora: Proof = {
  name: 'ical-corpora',
  promise: "The calendars that other readers' tests are made of are read or refused; none breaks the reader.",
  unit: 'calendars',
  gate: 10_000,
  full: 10_000,
  async run({ report }: Job): Promise<Proven> {
    const folders = [installed, ...(process.env.ICAL_CORPORA ?? '').split(':')].filter(
      folder => folder !== '' && existsSync(folder),
    );
    const calendars = folders.flatMap(calendarsIn);
    if (calendars.length === 0)
      return { done: 0, figures: {}, violations: [], leftOut: 'no calendars here; set ICAL_CORPORA' };
    const read = feedReader({ ms: 5000 });
    const figures = { read: 0, refused: 0, entries: 0, 'entries not taken': 0 };
    const violations: Violation[] = [];
    for (const [at, { file, bytes }] of calendars.entries()) {
      try {
        const seen = await read(bytes, 'America/Los_Angeles');
        if (seen.kind === 'unreadable') {
          figures.refused++;
          if (/broke off/.test(seen.reason)) violations.push({ seed: at, what: `${file}: ${seen.reason}` });
        } else {
          figures.read++;
          figures.entries += seen.events.length;
          figures['entries not taken'] += seen.unread;
        }
      } catch (error) {
        violations.push({ seed: at, what: `${file}: ${String(error)}` });
      }
      report(at + 1);
    }
    return { done: calendars.length, figures, violations, notes: folders.map(folder => `from ${folder}`) };
  },
};

const calendarsIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && /\.(ics|ical|ifb)$/i.test(entry.name))
    .map(({ parentPath, name }) => ({
      file: join(parentPath, name),
      bytes: readFileSync(join(parentPath, name)),
    }));
