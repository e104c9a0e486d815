import { readFileSync } from 'node:fs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { systemClock } from '#lib/clock.ts';
import { systemRandom } from '#lib/random.ts';
import { pinoLog } from '#platform/log.pino.ts';
import { outside } from '#platform/outside.ts';
import { dynamoTable } from '#platform/table.dynamodb.ts';
import { dynamoTurns } from '#platform/turns.dynamodb.ts';
import { checkConfig } from '../config.ts';
import type { Environment } from '../config-problem.ts';
import { systemDns } from '../system-dns.ts';
import type { Means } from './means.ts';
import { readSurroundings } from './surroundings.ts';

/** The configuration as it lies beside the bundle, checked when it was deployed and again here. */
const configFile = 'gangway.config.json';

/**
 * What this function works with, from its environment: once for each cold start. Refuses what the embedded edition refuses
 * at boot, and surroundings that are another brand's. `over` replaces parts, for the stand-ins.
 */
export async function meansFrom(
  environment: Environment,
  written: unknown,
  over: Partial<Means> = {},
): Promise<Means> {
  const config = over.config ?? checkConfig(written, configFile, environment);
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
    log: pinoLog(),
    table,
    inTurn: dynamoTurns({ table, clock: systemClock, random: systemRandom }),
    lambda: new LambdaClient({}),
    outside: outside(),
    dns: systemDns(),
    ...over,
  };
}

/** A handler as Lambda calls it. */
export type Handler<Event, Result> = (event: Event, context: never) => Promise<Result>;

/** Builds a function at its first call and keeps it; what fails to start is tried again by the next call. */
export function booted<Event, Result>(
  make: (means: Means) => Handler<Event, Result>,
): Handler<Event, Result> {
  let ready: Promise<Handler<Event, Result>> | null = null;
  return async (event, context) => {
    ready ??= meansFrom(
      process.env,
      JSON.parse(readFileSync(new URL(configFile, import.meta.url), 'utf8')),
    ).then(make);
    const handler = await ready.catch((error: unknown) => {
      ready = null;
      throw error;
    });
    return handler(event, context);
  };
}
