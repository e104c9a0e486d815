import { resolve } from 'node:path';
import type { Command } from 'commander';
import { systemClock } from '#lib/clock.ts';
import { Refusal } from '#lib/refusal.ts';
import { silentLog } from '#platform/log.ts';
import { notDeployed } from '../aws/stack-folder.ts';
import { loadConfig } from '../config/config.ts';
import { takeDataFolder } from '../embedded/data-folder.ts';
import type { Manifest } from '../moving/manifest.ts';
import { type Output, output } from '../output.ts';
import { dataFolderMeant } from '../reach.ts';

type Options = { data?: string; config: string; aws?: boolean; json?: boolean };

const onHouse = (command: Command): Command =>
  command
    .option('--data <folder>', 'data folder of the embedded edition (default: $GANGWAY_DATA, else ./data)')
    .option('--aws', 'the deployed AWS edition instead, with the credentials of this terminal')
    .option('--config <file>', 'configuration', 'gangway.config.ts')
    .option('--json', 'answer with one JSON value')
    .addHelpText('after', `\n${notDeployed}`);

export function movingCommands(program: Command): void {
  onHouse(program.command('export'))
    .description(
      'write everything this house is into a new folder that either edition takes; its server is stopped',
    )
    .requiredOption('--to <folder>', 'folder that does not exist yet')
    .option('--without-money', 'leave the books out: something to look at, of which no house can be made')
    .action(async (options: Options & { to: string; withoutMoney?: boolean }) => {
      const out = output(options.json ?? false);
      const folder = resolve(options.to);
      const manifest = await (options.aws ? exportFromAws : exportFromHere)(options, folder, out);
      out.answer({ folder, ...manifest }, () => told(folder, manifest));
    });

  onHouse(program.command('import <folder>'))
    .description('make a house of an export, in an empty data folder or an empty table, with the post held')
    .action(async (from: string, options: Options) => {
      const out = output(options.json ?? false);
      const { checkExport } = await import('../moving/manifest.ts');
      const { importHouse } = await import('../moving/import-house.ts');
      out.remark(`Comparing every byte of ${resolve(from)} with its manifest.`);
      const checked = await checkExport(resolve(from));
      const { into, config, release } = await (options.aws ? awsToTake : folderToTake)(options);
      try {
        const imported = await importHouse({
          from: checked,
          into,
          fleet: config.fleet,
          linkKey: config.secret('link key') ?? '',
          remark: out.remark,
        });
        const { records, pictures, held, drift } = imported;
        out.answer(imported, () =>
          [
            ...Object.entries(records).map(([part, count]) => `${String(count).padStart(8)}  ${part}`),
            `${String(pictures).padStart(8)}  pictures`,
            'As many as the export says, read back and the same; pages were made anew under their old addresses.',
            held > 0
              ? `${held} letters are held, because they waited when the house moved. Look: ${options.aws ? 'Failures, at the desk' : 'gangway post held'}`
              : 'No letter is held.',
            ...(drift > 0 ? [`${drift} statements do not say what they should; the desk says which.`] : []),
            'People sign in once more. Lead the hosts and the marketplaces here, and leave the old house stopped.',
          ].join('\n'),
        );
      } finally {
        release();
      }
    });
}

/** Of a server that is stopped: it is opened once more and finishes what it is at, so that little is under way. */
async function exportFromHere(
  options: Options & { withoutMoney?: boolean },
  folder: string,
  out: Output,
): Promise<Manifest> {
  const { embeddedLeaving } = await import('../moving/embedded-house.ts');
  const { exportHouse } = await import('../moving/export-house.ts');
  const { composeEmbedded } = await import('../embedded/embedded.ts');
  const config = await loadConfig(options.config);
  const data = takeDataFolder(dataFolderMeant(options.data));
  try {
    const app = await composeEmbedded({ config, data, log: silentLog });
    await app.resume();
    await app.settle();
    await app.close();
    const from = embeddedLeaving({ config, data, clock: systemClock });
    try {
      return await exportHouse({
        from,
        folder,
        linkKey: config.secret('link key') ?? '',
        withoutMoney: options.withoutMoney ?? false,
        clock: systemClock,
        remark: out.remark,
      });
    } finally {
      from.close();
    }
  } finally {
    data.release();
  }
}

async function exportFromAws(
  options: Options & { withoutMoney?: boolean },
  folder: string,
  out: Output,
): Promise<Manifest> {
  const { deployedLeaving, deployedMeans } = await deployedHouse();
  const { exportHouse } = await import('../moving/export-house.ts');
  const means = await deployedMeans(options.config);
  return exportHouse({
    from: deployedLeaving(means),
    folder,
    linkKey: means.config.secret('link key') ?? '',
    withoutMoney: options.withoutMoney ?? false,
    clock: systemClock,
    remark: out.remark,
  });
}

/** What speaks to the account needs AWS's client libraries, which the installed package does without. */
const deployedHouse = () =>
  import('../moving/deployed-house.lambda.ts').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new Refusal(
      'aws-stack-missing',
      'What speaks to AWS is in the repository and not in the installed package.',
      'Clone the repository and run this command there.',
    );
  });

async function folderToTake(options: Options) {
  const { embeddedArriving } = await import('../moving/embedded-house.ts');
  const config = await loadConfig(options.config);
  const data = takeDataFolder(dataFolderMeant(options.data), true);
  return { config, into: embeddedArriving({ config, data, clock: systemClock }), release: data.release };
}

async function awsToTake(options: Options) {
  const { deployedArriving, deployedMeans } = await deployedHouse();
  const means = await deployedMeans(options.config);
  return { config: means.config, into: deployedArriving(means), release: () => {} };
}

function told(folder: string, { edition, parts, pictures, underWay, money, takenAt }: Manifest): string {
  const records = parts.reduce((sum, part) => sum + part.records, 0);
  const { letters, runs, deliveries } = underWay;
  return [
    `Exported the ${edition} house as of ${takenAt} to ${folder}: ${records} records in ${parts.length} parts, ${pictures.length} pictures.`,
    ...(letters + runs + deliveries > 0
      ? [
          `Not finished, and going on where it arrives: ${letters} letters that wait, ${runs} bookings being made true, ${deliveries} deliveries to be read.`,
        ]
      : []),
    money
      ? 'It holds guests’ addresses and, under money/, every amount: keep it as you keep the data folder.'
      : 'Without its books: no house can be made of it.',
    'Not in it: the configuration and the keys. The house that takes it needs the same link key. From here on nothing may work with this house.',
  ].join('\n');
}
