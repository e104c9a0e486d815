import { setTimeout as later } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Fulfilling } from '#fulfilment/fulfilment.ts';
import { systemClock } from '#lib/clock.ts';
import { Refusal } from '#lib/refusal.ts';
import { holdDynamoLetters } from '#mail/held-letters.dynamodb.ts';
import { s3PictureFiles } from '#photos/picture-files.s3.ts';
import { silentLog } from '#platform/log.ts';
import { emfMetrics } from '#platform/metrics.emf.ts';
import { ssmParameters } from '#platform/parameters.ssm.ts';
import { within } from '#platform/table.ts';
import { loadConfigWith } from '../config/config.ts';
import { closedMailer } from '../embedded/restore.ts';
import { hostOf, photoStoreOf } from '../lambda/beside.ts';
import { meansFrom } from '../lambda/boot.ts';
import { callsFrom } from '../lambda/calls-from.ts';
import { functions } from '../lambda/functions.ts';
import type { Means } from '../lambda/means.ts';
import { s3Of } from '../lambda/s3-of.ts';
import { variablesOf } from '../lambda/secret-uses.ts';
import { parameterOf } from '../lambda/secrets.ts';
import { readSurroundings, surroundingsVariable } from '../lambda/surroundings.ts';
import { type WholeSide, wholeSide } from '../lambda/whole-side.ts';
import { operate } from '../operations/operations.ts';
import { type Reconciled, reconcileOperation } from '../operations/reconcile.ts';
import type { Arriving, CaughtUp, Leaving } from './house.ts';
import { tableArriving, tableLeaving } from './table-house.dynamodb.ts';

/** A function that may reach all there is; its environment says what the stack made. */
const houseFunction = 'gangway-house';

/**
 * What the deployed house works with, for a terminal with credentials of the account: what its stack told its functions,
 * and its secrets from SSM. Refusals: those of the configuration, `aws-house-unreachable`.
 */
export async function deployedMeans(file: string): Promise<Means> {
  let told: string | undefined;
  const config = await loadConfigWith(file, async shape => {
    const { region } = shape.aws;
    // The clients of the SDK, here as in a function, take it from there.
    process.env.AWS_REGION = region;
    try {
      const lambda = new LambdaClient({});
      const found = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: houseFunction }));
      told = found.Environment?.Variables?.[surroundingsVariable];
    } catch (error) {
      throw new Refusal(
        'aws-house-unreachable',
        `The function ${houseFunction} in ${region} does not say what the house works with: ${(error as Error).name}.`,
        'Set credentials of the account and look at aws.region of the configuration; deploy it first with gangway deploy.',
      );
    }
    const { secrets } = readSurroundings({ [surroundingsVariable]: told }, shape.brands);
    const variables = [...new Set(functions.flatMap(each => variablesOf(shape, each)))];
    const parameter = (name: string) => parameterOf(secrets, name, shape.aws.secretsManager);
    const read = ssmParameters({
      region,
      credentials: () => new DynamoDBClient({}).config.credentials(),
      clock: systemClock,
      ...(process.env.AWS_ENDPOINT_URL_SSM ? { endpoint: process.env.AWS_ENDPOINT_URL_SSM } : {}),
    });
    const found = await read(variables.map(parameter));
    return Object.fromEntries(variables.map(name => [name, found.get(parameter(name))]));
  });
  return meansFrom(
    config,
    { [surroundingsVariable]: told },
    { origin: [], log: silentLog, numbers: emfMetrics({ write: () => {}, clock: systemClock }) },
  );
}

/** The deployed house, to be taken elsewhere. */
export const deployedLeaving = (means: Means): Leaving => tableLeaving(partsOf(means));

/** The deployed house, empty, to be put into. `settle` waits until no workflow is under way. */
export const deployedArriving = (means: Means, settle = settled): Arriving =>
  tableArriving({ ...partsOf(means), catchUp: leftAt => catchUp(means, leftAt, settle) });

const partsOf = ({ surroundings, table }: Means) => ({
  client: DynamoDBDocumentClient.from(new DynamoDBClient({})),
  name: surroundings.table,
  table,
  pictures: s3PictureFiles({ s3: s3Of(), ...surroundings }),
});

async function catchUp(
  means: Means,
  leftAt: string,
  settle: (side: WholeSide) => Promise<void>,
): Promise<CaughtUp> {
  const side = wholeSide(means, {
    mailer: closedMailer,
    host: hostOf(means),
    photoStore: photoStoreOf(means),
  });
  const { of, after } = side;
  const fulfil: Pick<Fulfilling, 'reconcile' | 'mend'> = side.fulfil;
  const reconcile = reconcileOperation({
    fleet: means.config.fleet,
    pages: of.pages,
    host: of.host,
    fulfil,
    settle: async () => {
      await after.done();
      await settle(side);
    },
  });
  const { drift } = (await operate(
    { reconcile },
    'reconcile',
    { repair: true },
    'command line',
  )) as Reconciled;
  const sides = [means.table, within(means.table, 'MONEY')];
  for (const table of sides) await holdDynamoLetters(table, leftAt);
  // Photos that came whole and were not developed any more: of no picture that arrived was anything thought.
  await callsFrom(means).handOver('photos', { Records: [] }, 'until Lambda has it');
  const held = await Promise.all([of.open.held.count(), of.owner.held.count()]);
  return { held: held.reduce((sum, count) => sum + count, 0), drift: drift.length };
}

const longestWaitMs = 10 * 60_000;

/** Until nothing is under way, or for ten minutes: then what is left shows as drift. */
async function settled({ of }: WholeSide): Promise<void> {
  const until = systemClock.now() + longestWaitMs;
  while (systemClock.now() < until) {
    const running = await Promise.all([of.open.drives.underWay(1), of.owner.drives.underWay(1)]);
    if (running.flat().length === 0) return;
    // A timer of the clock's own would let the command end while it waits.
    await later(1000);
  }
}
