import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Refusal } from '#lib/refusal.ts';

/** Said by every command that makes or changes something on AWS. */
export const notDeployed =
  'The AWS edition is synthesised and tested against stand-ins, not deployed: nobody has run it on an account yet.';

/** The CDK app's folder in a checkout, seen from the bundle or from the sources. */
const usual = ['../deploy/aws', '../../../deploy/aws']
  .map(path => fileURLToPath(new URL(path, import.meta.url)))
  .find(path => existsSync(join(path, 'app.ts')));

/**
 * Where the CDK app is, with its packages installed. Throws the refusals `aws-stack-missing`, where this is no checkout, and
 * `aws-packages-missing`, with the one line that installs them.
 */
export function stackFolder(folder: string | undefined = usual): string {
  if (folder === undefined || !existsSync(join(folder, 'app.ts'))) {
    throw new Refusal(
      'aws-stack-missing',
      'The stack for AWS is in the repository and not in the installed package.',
      'Clone the repository and run this command there.',
    );
  }
  if (!existsSync(join(folder, 'node_modules', 'aws-cdk-lib'))) {
    throw new Refusal(
      'aws-packages-missing',
      'The packages of the stack for AWS are not installed; the embedded edition needs none of them.',
      `Install them: npm ci --prefix ${folder}`,
    );
  }
  return folder;
}

/** What `gangway deploy` lays down of a deployment: addresses and ids, no secret. */
export const outputsFile = (folder: string) => join(folder, 'dist', 'outputs.json');

/** Where the synthesised templates are. */
export const cloudFolder = (folder: string) => join(folder, 'dist', 'cloud');
