import type { Command } from 'commander';
import { deploy, showDiff } from '../aws/deploy.ts';
import { notDeployed, stackFolder } from '../aws/stack-folder.ts';
import { type Synthesised, synthesise } from '../aws/synthesise.ts';
import { costText } from '../cost/cost-text.ts';
import { estimate } from '../cost/estimate.ts';
import { output, table } from '../output.ts';
import { sure } from '../sure.ts';
import { bookingsNumber } from './bookings-number.ts';

type Options = { config: string; json?: boolean };

export function stackCommands(program: Command): void {
  const onStack = (command: Command) =>
    command
      .option('--config <file>', 'configuration', 'gangway.config.ts')
      .option('--json', 'answer with one JSON value')
      .addHelpText('after', `\n${notDeployed}`);

  onStack(program.command('synth'))
    .description('write the CloudFormation template of the AWS edition; needs no account and no network')
    .action(async ({ config, json = false }: Options) => {
      const made = await synthesise({ config, folder: stackFolder() });
      output(json).answer(made, () => said(made));
    });

  onStack(program.command('deploy'))
    .description(
      'bring the AWS edition into your account: shows what would change and what it would cost, and asks',
    )
    .option('--bookings <number>', 'bookings a month, for the estimate', bookingsNumber, 1000)
    .option('--yes', 'do not ask')
    .action(
      async ({
        config,
        json = false,
        bookings,
        yes = false,
      }: Options & { bookings: number; yes?: boolean }) => {
        const folder = stackFolder();
        const out = output(json);
        const made = await synthesise({ config, folder });
        out.remark(`${said(made)}\n`);
        await showDiff(folder, made);
        const cost = estimate(bookings);
        out.remark(`\n${costText(cost)}\n`);
        if (!yes) await sure(`Change the account like this, in ${made.region}?`, 'Nothing was changed.');
        const outputs = await deploy(folder, made);
        out.answer({ ...made, outputs, cost: { bookings, total: cost.total } }, () => after(made, outputs));
      },
    );
}

function said({ template, resources, region, brands, functions, notWritten, seconds }: Synthesised): string {
  return [
    table(
      ['brand', 'host', 'bucket'],
      brands.map(({ brand, host, bucket }) => [brand, host, bucket]),
    ),
    '',
    `${resources} resources for ${region}, in ${seconds} s: ${template}`,
    `${functions.length} functions${notWritten.length > 0 ? `; not written yet: ${notWritten.join(', ')}` : ''}.`,
    notDeployed,
  ].join('\n');
}

const after = ({ brands }: Synthesised, outputs: string) =>
  [
    `Deployed. Addresses: ${outputs}`,
    `Point ${brands.map(({ host }) => host).join(', ')} there, then: gangway doctor --aws`,
  ].join('\n');
