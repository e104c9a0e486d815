import { join } from 'node:path';
import { Refusal } from '#lib/refusal.ts';
import { cloudFolder, outputsFile } from './stack-folder.ts';
import { inRegion, runIn, type Synthesised } from './synthesise.ts';

/** The CDK's command line, on what was synthesised and nothing else; it speaks on standard error. */
const cdk = (folder: string, region: string, args: readonly string[]) =>
  runIn(
    folder,
    {
      module: join('node_modules', 'aws-cdk', 'bin', 'cdk'),
      args: [...args, '--app', cloudFolder(folder), '--no-notices'],
    },
    inRegion(region),
    'shown',
  );

/** Shows on standard error what would change in the account. Throws the refusal `deploy-failed`. */
export async function showDiff(folder: string, { region, stack }: Synthesised): Promise<void> {
  const { code } = await cdk(folder, region, ['diff', stack]);
  if (code !== 0) throw failed('What would change could not be found out.');
}

/** Deploys what was shown. Returns the file with the addresses. Throws the refusal `deploy-failed`. */
export async function deploy(folder: string, { region, stack }: Synthesised): Promise<string> {
  const outputs = outputsFile(folder);
  const { code } = await cdk(folder, region, [
    'deploy',
    stack,
    '--require-approval',
    'never',
    '--outputs-file',
    outputs,
  ]);
  if (code !== 0)
    throw failed('The deployment did not go through; CloudFormation has gone back to what was.');
  return outputs;
}

const failed = (what: string) =>
  new Refusal(
    'deploy-failed',
    what,
    'The lines above say why. Credentials: aws sts get-caller-identity; a first time: deploy/aws/node_modules/.bin/cdk bootstrap aws://ACCOUNT/REGION',
  );
