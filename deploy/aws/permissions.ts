import { Aws } from 'aws-cdk-lib';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { ConfigShape } from '../../src/main/config/shape.ts';
import type { FunctionName, LambdaFunction, Place } from '../../src/main/lambda/function-parts.ts';
import { originSecret } from '../../src/main/lambda/past-the-edge.ts';
import { variablesOf } from '../../src/main/lambda/secret-uses.ts';
import { parameterOf } from '../../src/main/lambda/secrets.ts';
import type { BrandEdge } from './brand-edge.ts';
import { isBehindTheEdge, isWorkflow } from './bundles.ts';
import {
  bucketArn,
  bucketName,
  configurationSetName,
  functionArn,
  functionName,
  liveAlias,
  originSecretName,
  secretsPrefix,
  tableName,
} from './names.ts';

const tableArn = `arn:aws:dynamodb:${Aws.REGION}:${Aws.ACCOUNT_ID}:table/${tableName}`;

/** Partitions of amounts and of raw deliveries: `docs/reference/dynamodb.md`. */
const moneyPartitions = 'MONEY#*';

/** All that the table's adapter asks of DynamoDB; a scan, PartiQL and the stream are not among it. */
const tableActions = ['GetItem', 'Query', 'PutItem', 'DeleteItem', 'ConditionCheckItem'];

/** Functions that need a few partitions, and those to read only. Whoever is not here uses the table as the stores do. */
export const readsOnly: Readonly<Partial<Record<FunctionName, readonly string[]>>> = {
  leaks: ['EVENT', 'MONEY#AMOUNTS', 'MONEY#LEDGERS'],
};

const allow = (sid: string, actions: readonly string[], resources: readonly string[], conditions = {}) =>
  new PolicyStatement({ sid, actions: [...actions], resources: [...resources], conditions });
const deny = (sid: string, actions: readonly string[], resources: readonly string[], conditions = {}) =>
  new PolicyStatement({
    sid,
    effect: Effect.DENY,
    actions: [...actions],
    resources: [...resources],
    conditions,
  });

/**
 * What the role of a function may do, from what the list of functions says of it. Whoever speaks to crew or guests is
 * denied the money's partitions, the raw mails, and every way of reading the table that has no leading key.
 */
export function permissionsOf(
  it: LambdaFunction,
  {
    edges,
    functions,
    senders,
    shape,
  }: {
    edges: readonly BrandEdge[];
    functions: readonly LambdaFunction[];
    senders: readonly string[];
    shape: ConfigShape;
  },
): PolicyStatement[] {
  const isFenced = it.money !== 'reads and writes';
  const invoked = it.invokes.map(name => {
    const other = functions.find(each => each.name === name);
    return other && isWorkflow(other) ? `${functionArn(name)}:${liveAlias}` : functionArn(name);
  });
  return [
    allow(
      'Log',
      ['logs:CreateLogStream', 'logs:PutLogEvents'],
      [`arn:aws:logs:${Aws.REGION}:${Aws.ACCOUNT_ID}:log-group:/aws/lambda/${functionName(it.name)}:*`],
    ),
    mayUseTable(it.name),
    ...mayReadSecrets(it, shape),
    ...it.reaches.flatMap(place => mayReach(place, edges)),
    ...(it.sendsMail ? [maySend(senders)] : []),
    ...(invoked.length > 0 ? [allow('Invoke', ['lambda:InvokeFunction'], invoked)] : []),
    ...(isWorkflow(it)
      ? [
          allow(
            'OwnExecutions',
            ['lambda:CheckpointDurableExecution', 'lambda:GetDurableExecutionState'],
            [`${functionArn(it.name)}:*`],
          ),
        ]
      : []),
    ...(isFenced ? fence() : []),
  ];
}

/** Its own secrets, each by its name. One in Secrets Manager is read through SSM, which asks for both rights. */
function mayReadSecrets(it: LambdaFunction, shape: ConfigShape): PolicyStatement[] {
  const { secretsManager: rotated } = shape.aws;
  const variables = variablesOf(shape, it);
  const parameters = variables.map(variable => parameterOf(secretsPrefix, variable, rotated));
  const secrets = variables
    .filter(each => rotated.includes(each))
    .map(each => `${secretsPrefix}${each}`.slice(1));
  if (isBehindTheEdge(it)) {
    parameters.push(originSecret);
    secrets.push(originSecretName);
  }
  const at = (service: string, resource: string) =>
    `arn:aws:${service}:${Aws.REGION}:${Aws.ACCOUNT_ID}:${resource}`;
  return [
    ...(parameters.length > 0
      ? [
          allow(
            'Secrets',
            ['ssm:GetParameters'],
            parameters.map(name => at('ssm', `parameter${name}`)),
          ),
        ]
      : []),
    // Secrets Manager ends the name of each with six signs of its own.
    ...(secrets.length > 0
      ? [
          allow(
            'SecretsManager',
            ['secretsmanager:GetSecretValue'],
            secrets.map(name => at('secretsmanager', `secret:${name}-??????`)),
          ),
        ]
      : []),
  ];
}

function mayUseTable(name: FunctionName): PolicyStatement {
  const few = readsOnly[name];
  return few
    ? allow('Table', ['dynamodb:GetItem', 'dynamodb:Query'], [tableArn], {
        'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': few.map(partition => `${partition}#*`) },
      })
    : allow(
        'Table',
        tableActions.map(action => `dynamodb:${action}`),
        [tableArn],
      );
}

const fence = () => [
  deny('NoMoney', ['dynamodb:*'], [tableArn, `${tableArn}/*`], {
    'ForAnyValue:StringLike': { 'dynamodb:LeadingKeys': [moneyPartitions] },
  }),
  deny(
    'NoWayAround',
    [
      'dynamodb:Scan',
      'dynamodb:PartiQL*',
      'dynamodb:ExportTableToPointInTime',
      'dynamodb:GetRecords',
      'dynamodb:RestoreTable*',
      'dynamodb:CreateBackup',
    ],
    [tableArn, `${tableArn}/*`],
  ),
  deny('NoRawMails', ['s3:*'], [bucketArn(bucketName('mails')), bucketArn(`${bucketName('mails')}/*`)]),
];

function mayReach(place: Place, edges: readonly BrandEdge[]): PolicyStatement[] {
  const kept = { 'photo originals': 'originals', 'photo renditions': 'renditions', mails: 'mails' } as const;
  if (place !== 'pages') {
    const name = bucketName(kept[place]);
    const sid = { 'photo originals': 'Originals', 'photo renditions': 'Renditions', mails: 'Mails' }[place];
    return [
      allow(sid, ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], [bucketArn(`${name}/*`)]),
      allow(`${sid}List`, ['s3:ListBucket'], [bucketArn(name)]),
    ];
  }
  const prefixes = [...new Set(edges.map(({ place: { prefix } }) => prefix))];
  return [
    allow(
      'Pages',
      ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'],
      edges.map(({ place: { bucket, prefix } }) => bucketArn(`${bucket}/${prefix}*`)),
    ),
    ...prefixes.map((prefix, index) =>
      allow(
        `PagesList${index}`,
        ['s3:ListBucket'],
        edges.filter(({ place }) => place.prefix === prefix).map(({ place }) => bucketArn(place.bucket)),
        { StringLike: { 's3:prefix': [`${prefix}*`] } },
      ),
    ),
    allow(
      'Withdraw',
      ['cloudfront:CreateInvalidation'],
      edges.map(({ place }) => `arn:aws:cloudfront::${Aws.ACCOUNT_ID}:distribution/${place.distribution}`),
    ),
  ];
}

const maySend = (senders: readonly string[]) =>
  allow(
    'Send',
    ['ses:SendEmail', 'ses:SendRawEmail'],
    [
      ...senders.map(domain => `arn:aws:ses:${Aws.REGION}:${Aws.ACCOUNT_ID}:identity/${domain}`),
      `arn:aws:ses:${Aws.REGION}:${Aws.ACCOUNT_ID}:configuration-set/${configurationSetName}`,
    ],
  );
