import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as later } from 'node:timers/promises';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { systemClock } from '#lib/clock.ts';
import { systemRandom } from '#lib/random.ts';
import { dynamoTable } from '#platform/table.dynamodb.ts';
import { type Table, through, within } from '#platform/table.ts';
import { dynamodbLocal } from '../../scripts/dynamodb-local.ts';

export type DynamoStandIn = {
  client: DynamoDBDocumentClient;
  endpoint: string;
  name: string;
  /** A table of its own, for a whole installation; returns its name. */
  freshTable: () => Promise<string>;
  table: Table;
  fresh: () => Table;
  /** The same, and the word its partitions begin with. */
  freshName: () => { name: string; table: Table };
  /** The first word of every partition that was asked for so far. */
  partitions: ReadonlySet<string>;
  stop: () => void;
};

/** Amazon's DynamoDB Local in memory, with one table of the shape that is deployed. `fresh` is a part of it that nobody used before. */
export async function openDynamo(): Promise<DynamoStandIn> {
  const { home, missing } = dynamodbLocal();
  if (!home) throw new Error(`DynamoDB Local is not here: ${missing}`);
  const port = await freePort();
  const java = spawn(
    'java',
    [
      '-Xmx256m',
      // It lives a minute: to compile it well and to collect garbage on many threads costs as much as its work.
      ...['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'],
      '-Djava.library.path=DynamoDBLocal_lib',
      '-jar',
      'DynamoDBLocal.jar',
      '-inMemory',
      '-port',
      String(port),
    ],
    { cwd: home, stdio: 'ignore' },
  );
  const endpoint = `http://127.0.0.1:${port}`;
  const bare = new DynamoDBClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
    maxAttempts: 3,
  });
  const name = 'gangway';
  const create = (TableName: string) =>
    bare.send(
      new CreateTableCommand({
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [
          { AttributeName: 'pk', AttributeType: 'S' },
          { AttributeName: 'sk', AttributeType: 'S' },
        ],
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
      }),
    );
  for (let isUp = false; !isUp; ) {
    if (java.exitCode !== null) throw new Error(`DynamoDB Local ended with ${java.exitCode}`);
    isUp = await create(name).then(
      () => true,
      () => false,
    );
    if (!isUp) await later(100);
  }
  const client = DynamoDBDocumentClient.from(bare);
  const table = dynamoTable({ client, name, clock: systemClock, random: systemRandom });
  let parts = 0;
  const partitions = new Set<string>();
  return {
    client,
    endpoint,
    name,
    async freshTable() {
      const own = `${name}-${++parts}`;
      await create(own);
      return own;
    },
    table,
    freshName() {
      const part = `T${++parts}`;
      return { name: part, table: within(table, part) };
    },
    fresh: () => watched(within(table, `T${++parts}`), pk => partitions.add(firstWord(pk))),
    partitions,
    stop: () => {
      bare.destroy();
      java.kill('SIGKILL');
    },
  };
}

const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });

/** Partitions of money keep their fence in the name. */
const firstWord = (pk: string) => pk.split('#', pk.startsWith('MONEY#') ? 2 : 1).join('#');

const watched = (table: Table, saw: (pk: string) => void): Table =>
  through(table, place => {
    saw(place.pk);
    return place;
  });
