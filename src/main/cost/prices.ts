/** One thing AWS charges for, in US dollars, us-east-1. */
export type Price = {
  readonly service: Service;
  readonly per: string;
  /** Dollars for one `unit`. */
  readonly usd: number;
  readonly unit: string;
  /** Units a month that cost nothing, for good and not only in an account's first year. */
  readonly free: number;
  readonly source: string;
  /** The day somebody read it there; null where it is known and was not read again. */
  readonly read: string | null;
};

/** What a bill is divided into, in the order it is shown. */
export const services = [
  'HTTP API',
  'Lambda',
  'durable workflows',
  'DynamoDB',
  'S3, requests',
  'S3, photos kept',
  'CloudFront',
  'SES',
  'logs and alarms',
  'secrets',
] as const;
export type Service = (typeof services)[number];

const million = 1_000_000;
const lambda = 'https://aws.amazon.com/lambda/pricing/';
const cloudFront = 'https://aws.amazon.com/cloudfront/pricing/';
const dynamo = 'https://aws.amazon.com/dynamodb/pricing/on-demand/';
const s3 = 'https://aws.amazon.com/s3/pricing/';
const ses = 'https://aws.amazon.com/ses/pricing/';
const secretsManager = 'https://aws.amazon.com/secrets-manager/pricing/';
const cloudWatch = 'https://aws.amazon.com/cloudwatch/pricing/';

const price = (
  service: Service,
  per: string,
  [usd, of]: readonly [number, number],
  unit: string,
  [source, read]: readonly [string, string | null],
  free = 0,
): Price => ({ service, per, usd: usd / of, unit, free, source, read });

/** The price table. Prices change: each has the page it is from and the day it was read there. */
export const prices = {
  apiRequest: price('HTTP API', 'request', [1, million], 'request', [
    'https://aws.amazon.com/api-gateway/pricing/',
    null,
  ]),
  invocation: price('Lambda', 'invocation', [0.2, million], 'invocation', [lambda, null], million),
  gbSecond: price('Lambda', 'memory and time, arm64', [13.33, million], 'GB-s', [lambda, null], 400_000),
  durableOperation: price('durable workflows', 'operation', [8, million], 'operation', [
    lambda,
    '2026-09-20',
  ]),
  durableWritten: price('durable workflows', 'data written', [0.25, 1], 'GB', [lambda, null]),
  durableKept: price('durable workflows', 'history kept', [0.15, 1], 'GB-month', [lambda, null]),
  write: price('DynamoDB', 'write unit', [0.625, million], 'unit', [dynamo, null]),
  read: price('DynamoDB', 'read unit', [0.125, million], 'unit', [dynamo, null]),
  tableKept: price('DynamoDB', 'storage', [0.25, 1], 'GB-month', [dynamo, null], 25),
  recovery: price('DynamoDB', 'recovery to any second', [0.2, 1], 'GB-month', [dynamo, null]),
  put: price('S3, requests', 'PUT', [0.005, 1000], 'request', [s3, null]),
  get: price('S3, requests', 'GET', [0.0004, 1000], 'request', [s3, null]),
  toCold: price('S3, requests', 'move to Glacier Instant Retrieval', [0.02, 1000], 'request', [s3, null]),
  kept: price('S3, photos kept', 'Standard', [0.023, 1], 'GB-month', [s3, null]),
  keptCold: price('S3, photos kept', 'Glacier Instant Retrieval', [0.004, 1], 'GB-month', [s3, null]),
  edgeRequest: price(
    'CloudFront',
    'HTTPS request',
    [0.01, 10_000],
    'request',
    [cloudFront, '2026-11-21'],
    10 * million,
  ),
  edgeOut: price('CloudFront', 'data to guests', [0.085, 1], 'GB', [cloudFront, '2026-11-21'], 1000),
  edgeFunction: price(
    'CloudFront',
    'function',
    [0.1, million],
    'run',
    [cloudFront, '2026-11-21'],
    2 * million,
  ),
  invalidation: price(
    'CloudFront',
    'invalidated path',
    [0.005, 1],
    'path',
    ['https://docs.aws.amazon.com/whitepapers/latest/how-aws-pricing-works/cloudfront.html', '2026-11-21'],
    1000,
  ),
  letter: price('SES', 'letter out, plan Essentials', [0.16, 1000], 'letter', [ses, '2026-07-22']),
  attachment: price('SES', 'attachments', [0.12, 1], 'GB', [ses, '2026-07-22']),
  mail: price('SES', 'mail in', [0.1, 1000], 'mail', [ses, '2026-07-22']),
  mailChunk: price('SES', '256 kB of a mail in', [0.09, 1000], 'chunk', [ses, '2026-07-22']),
  logs: price('logs and alarms', 'log lines', [0.5, 1], 'GB', [cloudWatch, null], 5),
  alarm: price('logs and alarms', 'alarm', [0.1, 1], 'alarm', [cloudWatch, null], 10),
  metric: price('logs and alarms', 'metric of our own', [0.3, 1], 'metric', [cloudWatch, null], 10),
  secret: price('secrets', 'secret in Secrets Manager', [0.4, 1], 'secret', [secretsManager, null]),
  secretRead: price('secrets', 'read', [0.05, 10_000], 'read', [secretsManager, null]),
} as const satisfies Record<string, Price>;

export type Priced = keyof typeof prices;
