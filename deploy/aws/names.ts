import { Aws, Fn } from 'aws-cdk-lib';
import type { FunctionName } from '../../src/main/lambda/function-parts.ts';

/** One installation in an account and region; spelled out, so that a person finds things and roles can name them before they are there. */
export const tableName = 'gangway';
export const configurationSetName = 'gangway';
export const secretsPrefix = '/gangway/';
/** What distributions show to the API, in Secrets Manager. */
export const originSecretName = 'gangway/origin';
export const functionsPrefix = 'gangway-';

/** The alias of a workflow: an execution stays on the version it was started on. */
export const liveAlias = 'live';

export const functionName = (name: FunctionName) => `${functionsPrefix}${name}`;
export const functionArn = (name: FunctionName) =>
  `arn:aws:lambda:${Aws.REGION}:${Aws.ACCOUNT_ID}:function:${functionName(name)}`;

/** A bucket of the installation, not of a brand; the account in its name makes it one of its kind in the world. */
export const bucketName = (of: 'originals' | 'renditions' | 'mails') =>
  Fn.join('', ['gangway-', of, '-', Aws.ACCOUNT_ID]);
export const bucketArn = (name: string) => Fn.join('', ['arn:aws:s3:::', name]);
