import { styleText } from 'node:util';
import type { Command } from 'commander';
import { systemClock } from '#lib/clock.ts';
import { Refusal } from '#lib/refusal.ts';
import { awsFindings } from '../aws/doctor-aws.ts';
import { notDeployed } from '../aws/stack-folder.ts';
import { loadShape } from '../config/config.ts';
import { findings } from '../doctor/doctor.ts';
import type { Finding } from '../doctor/finding.ts';
import { output } from '../output.ts';

type Options = {
  config: string;
  data: string;
  url?: string;
  aws?: boolean;
  origin?: string;
  json?: boolean;
};

export function doctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('check every setting and dependency; each failure with its cure')
    .option('--config <file>', 'configuration', 'gangway.config.ts')
    .option('--data <folder>', 'data folder', 'data')
    .option(
      '--url <address>',
      'also call this address from outside and name the headers that get lost on the way',
    )
    .option('--aws', 'look at the AWS edition instead: from outside, and at what its stack says')
    .option('--origin <address>', 'with --aws: the address of the API behind the distributions')
    .option('--json', 'answer with one JSON value')
    .addHelpText('after', `\n${notDeployed}`)
    .action(async (options: Options) => {
      const found = options.aws ? await lookAtAws(options) : await findings(options);
      const out = output(options.json ?? false);
      out.answer(found, () => found.map(line).join('\n'));
      const failed = found.filter(finding => finding.state === 'failing').length;
      if (failed > 0) {
        throw new Refusal(
          'doctor-found',
          `${failed} of ${found.length} checks failed.`,
          'The cures stand beside them.',
        );
      }
    });
}

/** With the credentials of the environment, where there are any. */
async function lookAtAws({ config, url, origin }: Options): Promise<Finding[]> {
  const { aws } = await loadShape(config);
  const { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret, AWS_SESSION_TOKEN: token } = process.env;
  const { ssmParameters } = await import('#platform/parameters.ssm.ts');
  const parameters =
    id && secret
      ? ssmParameters({
          region: aws.region,
          credentials: async () => ({ accessKeyId: id, secretAccessKey: secret, sessionToken: token }),
          clock: systemClock,
        })
      : null;
  return awsFindings({ config, parameters, ...(url ? { url } : {}), ...(origin ? { origin } : {}) });
}

const marks = { ok: ['green', '✓'], warning: ['yellow', '!'], failing: ['red', '✗'] } as const;

const line = ({ state, what, detail, cure }: Finding) => {
  const [colour, mark] = marks[state];
  return `${styleText(colour, mark, { stream: process.stdout })} ${what}: ${detail}${cure ? `\n    ${cure}` : ''}`;
};
