import { existsSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { Clock } from '#lib/clock.ts';
import { systemRandom } from '#lib/random.ts';
import { Refusal } from '#lib/refusal.ts';
import { diskPictureFiles } from '#photos/picture-files.disk.ts';
import { silentLog } from '#platform/log.ts';
import { writeThrough } from '#platform/whole-file.ts';
import type { Config } from '../config/config.ts';
import { type DataFolder, importMark } from '../embedded/data-folder.ts';
import { type Files, openFiles } from '../embedded/files.ts';
import { catchUp, closedMailer, refuseUnlessEmpty } from '../embedded/restore.ts';
import { embeddedStores } from '../embedded/stores.ts';
import { notHere } from '../not-here.ts';
import { syncFolder } from '../whole-folder.ts';
import type { Arriving, Leaving } from './house.ts';
import { kinds } from './kinds.ts';

/** A house in a data folder that nobody else works with. Close it in the end. */
export function embeddedLeaving(it: { config: Config; data: Pick<DataFolder, 'file'>; clock: Clock }) {
  const files = openHouse(it);
  return { ...leaving(files), close: files.close } satisfies Leaving & { close: () => void };
}

/** A data folder, held by `data`, that a house is put into. */
export function embeddedArriving(it: { config: Config; data: DataFolder; clock: Clock }): Arriving {
  const { config, data, clock } = it;
  const mark = data.file(importMark);
  let files: Files | null = null;
  const house = () => {
    files ??= openHouse(it);
    return files;
  };
  return {
    edition: 'embedded',
    records: take => leaving(house()).records(take),
    pictures: diskPictureFiles(data.file('photos')),
    async begin(id) {
      if (existsSync(mark)) {
        const [begun, stage] = readFileSync(mark, 'utf8').split(' ');
        if (begun === id) return stage === 'put' ? 'put' : 'begun';
        throw new Refusal(
          'import-other-unfinished',
          `Another export was being put into ${data.path}, and that did not end.`,
          'Import that one again: it goes on where it was. Or delete the folder and begin anew.',
        );
      }
      refuseUnlessEmpty(data.path);
      await writeThrough(mark, Buffer.from(id), 0o600);
      await syncFolder(data.path);
      return 'fresh';
    },
    isPut: id => writeThrough(mark, Buffer.from(`${id} put`), 0o600),
    async put(kind, records) {
      const db = kind.side === 'money' ? house().money : house().open;
      await db.write(tx => {
        for (const record of records) kind.sqlite.put(tx, record);
      });
    },
    async catchUp(leftAt) {
      files?.close();
      files = null;
      const { held, drift, stuck } = await catchUp({ config, data, clock, takenAt: leftAt });
      return { held, drift: drift.length + stuck };
    },
    async end() {
      await syncFolder(data.path);
      await rm(mark);
      await syncFolder(data.path);
    },
  };
}

const leaving = (files: Files): Leaving => ({
  edition: 'embedded',
  pictures: diskPictureFiles(files.photos),
  async records(take) {
    for (const kind of kinds)
      for (const record of kind.sqlite.all(kind.side === 'money' ? files.money : files.open))
        take(kind, record);
  },
});

function openHouse({ data, clock }: { data: Pick<DataFolder, 'file'>; clock: Clock }): Files {
  const files = openFiles(data, error => {
    throw error;
  });
  makeTables(files, clock);
  return files;
}

/** Brings the tables of every store up to date, and does nothing else with the stores. */
export function makeTables(files: Files, clock: Clock): void {
  const { open, money } = embeddedStores({
    files,
    mailer: closedMailer,
    linkKey: '',
    clock,
    random: systemRandom,
    log: silentLog,
    host: notHere('pages'),
  });
  for (const side of [open, money])
    side.post({ egress: notHere('egress'), onChange: async () => {}, onSettled: () => {} });
}
