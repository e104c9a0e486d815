import { readdirSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Drive } from '#fulfilment/drives.ts';
import type { CarriedPage } from '#guest-page/carried.ts';
import type { CarriedDelivery } from '#intake/carried.ts';
import { type Clock, isoInstant } from '#lib/clock.ts';
import { sha256 } from '#lib/digest.ts';
import { Refusal } from '#lib/refusal.ts';
import type { CarriedLetter } from '#mail/carried.ts';
import { writeThrough } from '#platform/whole-file.ts';
import { makeFolder } from '../embedded/make-folder.ts';
import { programVersion } from '../version.ts';
import { emptyFolder, writeManifest } from '../whole-folder.ts';
import type { Leaving } from './house.ts';
import { type Kind, kinds, partOf } from './kinds.ts';
import { exportFormat, linkKeyMark, type Manifest, manifestName } from './manifest.ts';
import { partWriter } from './parts.ts';

/**
 * Writes everything a house is into a new folder, in the form that either edition takes. `withoutMoney` leaves the books
 * out: something to look at, of which no house can be made. What goes wrong leaves nothing behind.
 * Refusals: `export-folder-not-empty`, `export-not-quiet`.
 */
export async function exportHouse(it: {
  from: Leaving;
  folder: string;
  linkKey: string;
  withoutMoney?: boolean;
  clock: Clock;
  remark?: (line: string) => void;
}): Promise<Manifest> {
  const { from, folder, linkKey, withoutMoney = false, clock, remark = () => {} } = it;
  makeEmpty(folder);
  try {
    const takenAt = isoInstant(clock.now());
    const taken = kinds.filter(({ side }) => side === 'open' || !withoutMoney);
    const parts = new Map(taken.map(kind => [kind, partWriter(folder, partOf(kind))]));
    const seen = tally();
    let records = 0;
    await from.records((kind, record) => {
      parts.get(kind)?.add(kind.keyOf(record as never), record);
      seen.note(kind, record);
      if (++records % 5000 === 0) remark(`${records} records`);
    });
    const manifest: Manifest = {
      format: exportFormat,
      gangway: programVersion(),
      edition: from.edition,
      takenAt,
      linkKey: linkKeyMark(linkKey),
      ...seen.told(),
      money: !withoutMoney,
      parts: [...parts.values()].map(part => part.end()),
      pictures: await copyPictures(from, folder, remark),
    };
    const files = [...manifest.parts, ...manifest.pictures];
    await writeManifest({ folder, name: manifestName, manifest, files });
    return manifest;
  } catch (error) {
    emptyFolder(folder);
    throw error;
  }
}

/** What is said of the house as a whole, gathered while its records pass. */
function tally() {
  const brands = new Set<string>();
  const underWay = { letters: 0, runs: 0, deliveries: 0 };
  const notes: Readonly<Record<string, (record: never) => void>> = {
    page: ({ publications }: CarriedPage) => {
      for (const { brand } of publications) brands.add(brand);
    },
    letter: ({ posted }: CarriedLetter) => {
      if (posted.state === 'waiting') underWay.letters++;
    },
    drive: ({ state }: Drive) => {
      if (state !== 'done') underWay.runs++;
    },
    delivery: ({ delivery }: CarriedDelivery) => {
      if (delivery.state === 'pending') underWay.deliveries++;
    },
  };
  return {
    note: ({ name }: Kind, record: object) => notes[name]?.(record as never),
    told: () => ({ brands: [...brands].sort(), underWay }),
  };
}

async function copyPictures(
  { pictures }: Leaving,
  folder: string,
  remark: (line: string) => void,
): Promise<Manifest['pictures']> {
  const names = await pictures.names();
  const copied: Manifest['pictures'] = [];
  for (const name of names) {
    const bytes = await pictures.read(name);
    await mkdir(dirname(join(folder, name)), { recursive: true, mode: 0o700 });
    await writeThrough(join(folder, name), bytes, 0o600);
    copied.push({ name, bytes: bytes.byteLength, sha256: sha256(bytes) });
    if (copied.length % 100 === 0) remark(`${copied.length} of ${names.length} pictures`);
  }
  return copied;
}

function makeEmpty(folder: string): void {
  const why = (() => {
    try {
      makeFolder(folder);
      return readdirSync(folder).length > 0 ? 'has something in it' : null;
    } catch (error) {
      return `cannot be made or read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`;
    }
  })();
  if (why === null) return;
  throw new Refusal(
    'export-folder-not-empty',
    `The folder ${folder} ${why}.`,
    'Name a folder that does not exist yet, where this user has the right to write.',
  );
}
