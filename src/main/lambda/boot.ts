import { readFileSync } from 'node:fs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { systemClock } from '#lib/clock.ts';
import { systemRandom } from '#lib/random.ts';
import { lineLog } from '#platform/log-line.ts';
import { emfMetrics } from '#platform/metrics.emf.ts';
import type { Outside } from '#platform/outside.ts';
import { ssmParameters } from '#platform/parameters.ssm.ts';
import { dynamoTable } from '#platform/table.dynamodb.ts';
import { dynamoTurns } from '#platform/turns.dynamodb.ts';
import { type Config, checkConfig, shapeOf } from '../config/config.ts';
import type { Environment } from '../config/problem.ts';
import { systemDns } from '../system-dns.ts';
import type { Means } from './means.ts';
import { originSecret, originValues } from './past-the-edge.ts';
import { parameterOf, secretSource } from './secrets.ts';
import { readSurroundings } from './surroundings.ts';

/** The configuration as it lies beside the bundle, checked when it was deployed and again here. */
const configFile = 'gangway.config.json';

/** Loaded when somebody outside is first spoken to. */
const speakingOutside: Outside = async asked => (await import('#platform/outside.ts')).outside()(asked);

/** CloudWatch takes whatever is written here, a line at a time. */
const write = (line: string) => void process.stdout.write(`${line}\n`);

/** What this function works with, from its environment. Refuses surroundings that are another brand's. */
export function meansFrom(
  config: Config,
  environment: Environment,
  over: Partial<Means> & Pick<Means, 'origin'>,
): Means {
  const surroundings = readSurroundings(environment, config.fleet.brands);
  const { clock = systemClock, random = systemRandom } = over;
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));
  // Waiting for others is the machine's time, whatever the house's clock says.
  const table = dynamoTable({ client, name: surroundings.table, clock: systemClock, random: systemRandom });
  return {
    config,
    surroundings,
    clock,
    random,
    log: lineLog({ write, clock }),
    numbers: emfMetrics({ write, clock }),
    table,
    inTurn: dynamoTurns({ table, clock: systemClock, random: systemRandom }),
    outside: speakingOutside,
    dns: systemDns(),
    ...over,
  };
}

/** A handler as Lambda calls it. */
export type Handler<Event, Result> = (event: Event, context: never) => Promise<Result>;

/**
 * Builds a function at its first call and keeps it until its secrets are others. Nothing is answered before it has started;
 * what keeps it from that is tried again by the next call.
 */
export function booted<Event, Result>(
  make: (means: Means) => Handler<Event, Result>,
): Handler<Event, Result> {
  let start: (() => Promise<Handler<Event, Result>>) | null = null;
  return async (event, context) => {
    start ??= starting(make);
    return (await start())(event, context);
  };
}

function starting<Event, Result>(make: (means: Means) => Handler<Event, Result>) {
  const written: unknown = JSON.parse(readFileSync(new URL(configFile, import.meta.url), 'utf8'));
  const shape = shapeOf(written, configFile);
  const { secrets: prefix, reads, isBehindTheEdge } = readSurroundings(process.env, shape.brands);
  const checked = (found: Environment) => ({
    config: checkConfig(written, configFile, found, { isRead: variable => reads.includes(variable) }),
    origin: isBehindTheEdge ? originValues(found[originSecret]) : [],
  });
  const log = lineLog({ write, clock: systemClock });
  const secrets = secretSource({
    read: ssmParameters({
      region: process.env.AWS_REGION ?? '',
      credentials: () => new DynamoDBClient({}).config.credentials(),
      clock: systemClock,
      ...(process.env.AWS_ENDPOINT_URL_SSM ? { endpoint: process.env.AWS_ENDPOINT_URL_SSM } : {}),
    }),
    variables: isBehindTheEdge ? [...reads, originSecret] : reads,
    spelled: variable =>
      variable === originSecret ? variable : parameterOf(prefix, variable, shape.aws.secretsManager),
    check: found => void checked(found),
    clock: systemClock,
    onKept: error => log.error('secrets could not be read anew; the last ones stay in use', { error }),
  });
  let made: { of: Environment; handler: Handler<Event, Result> } | null = null;
  return async () => {
    const current = await secrets.current();
    if (made?.of !== current) {
      const { config, origin } = checked(current);
      made = { of: current, handler: make(meansFrom(config, process.env, { origin })) };
    }
    return made.handler;
  };
}
