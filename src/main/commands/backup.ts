import { resolve } from 'node:path';
import type { Command } from 'commander';
import { systemClock } from '#lib/clock.ts';
import { loadConfig } from '../config/config.ts';
import { checkBackup, type Manifest } from '../operations/backup.ts';
import { output } from '../output.ts';
import { type DataOptions, dataFolderMeant, onData, reach } from '../reach.ts';

export function backupCommands(program: Command): void {
  onData(program.command('backup <folder>'))
    .description('copy everything into a new folder, while the server runs')
    .action((folder: string, options: DataOptions) =>
      reach(options, async ({ call, out }) => {
        const to = resolve(folder);
        const { takenAt } = await call<Manifest>('backup', { folder: to });
        // Read again from the disk, here and not in the server: that has others to serve.
        const { files } = await checkBackup(to);
        const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
        out.answer({ folder: to, takenAt, files: files.length, bytes }, () =>
          [
            `Backed up to ${to} as of ${takenAt}: ${files.length} files, ${Math.ceil(bytes / 1e6)} MB, read back and whole.`,
            'Not in it: gangway.config.ts and the keys in gangway.env. Keep them elsewhere; links work with the same keys only.',
          ].join('\n'),
        );
      }),
    );

  onData(program.command('restore <folder>'))
    .description('make an installation from a backup, in an empty data folder, with the post held')
    .action(async (folder: string, options: DataOptions) => {
      const out = output(options.json ?? false);
      const config = await loadConfig(options.config);
      const to = dataFolderMeant(options.data);
      const { restoreBackup } = await import('../embedded/restore.ts');
      out.remark(`Restoring ${resolve(folder)} into ${to}. The post is closed meanwhile.`);
      const restored = await restoreBackup({ config, from: resolve(folder), to, clock: systemClock });
      const { takenAt, bookings, held, stuck, drift } = restored;
      out.answer({ folder: to, ...restored }, () =>
        [
          `Restored as of ${takenAt}: ${bookings} bookings, their pages made again.`,
          ...(held > 0
            ? [
                `${held} letters are held, because they may have gone out after the backup. Look: gangway post held`,
              ]
            : ['No letter is held.']),
          ...(stuck > 0
            ? [`${stuck} bookings could not be made true everywhere; the desk says why. Retry them there.`]
            : []),
          ...(drift.length > 0 ? ['Not everything says what it should: gangway reconcile'] : []),
          'What came in after the backup is not known here: have the marketplace send it again.',
        ].join('\n'),
      );
    });
}
