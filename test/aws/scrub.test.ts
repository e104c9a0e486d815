import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Change } from '#scrub/old-store.ts';
import { oldTable } from '#scrub/old-table.dynamodb.ts';
import { scrub, unscrub } from '#scrub/scrub.ts';
import { type DynamoStandIn, openDynamo } from '../stand-ins/dynamodb.ts';

let dynamo: DynamoStandIn;
beforeAll(async () => {
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'none', AWS_SECRET_ACCESS_KEY: 'none' });
  dynamo = await openDynamo();
});
afterAll(() => dynamo.stop());

it('a live table is cleaned under conditions, and put back where nobody wrote since', async () => {
  const config = dynamo.client.config as unknown as {
    endpoint: () => Promise<{ hostname: string; port: number }>;
  };
  const { hostname, port } = await config.endpoint();
  const at = {
    table: 'crew-events',
    region: 'us-east-1',
    endpoint: `http://${hostname}:${port}`,
    pageSize: 10,
  };
  await new DynamoDBClient({
    endpoint: at.endpoint,
    region: at.region,
    credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
  }).send(
    new CreateTableCommand({
      TableName: at.table,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    }),
  );
  const event = (id: string) => ({
    id,
    notes: 'Captain fee 150, slip 12',
    revenue: 840.75,
    crew: [{ task: 'paid 90 €' }],
  });
  const put = (id: string) => dynamo.client.send(new PutCommand({ TableName: at.table, Item: event(id) }));
  const read = async (id: string) =>
    (await dynamo.client.send(new GetCommand({ TableName: at.table, Key: { id } }))).Item;
  for (let number = 0; number < 25; number++) await put(`evt_${number}`);

  const changes: Change[] = [];
  const report = await scrub(await oldTable(at), {
    apply: async change => {
      changes.push(change);
      // Somebody edits a record between our reading and our writing.
      if (change.key.includes('"evt_7"') && change.path[0] === 'notes')
        await dynamo.client.send(
          new UpdateCommand({
            TableName: at.table,
            Key: { id: 'evt_7' },
            UpdateExpression: 'SET notes = :n',
            ExpressionAttributeValues: { ':n': 'Bring a jacket' },
          }),
        );
    },
  });
  expect([report.records, report.findings.length]).toEqual([25, 75]);
  expect(report.findings.filter(({ outcome }) => outcome === 'conflict').map(({ key }) => key)).toEqual([
    '{"id":"evt_7"}',
  ]);
  expect(await read('evt_0')).toEqual({
    id: 'evt_0',
    notes: 'Captain fee [amount removed], slip 12',
    revenue: null,
    crew: [{ task: 'paid [amount removed]' }],
  });
  expect(await read('evt_7')).toMatchObject({ notes: 'Bring a jacket' });

  const { restored, conflicts } = await unscrub(await oldTable(at), changes);
  expect([restored, conflicts.length]).toEqual([74, 1]);
  expect(await read('evt_0')).toEqual(event('evt_0'));
});

it('a table that is not there is refused with what to check', async () => {
  const config = dynamo.client.config as unknown as {
    endpoint: () => Promise<{ hostname: string; port: number }>;
  };
  const { hostname, port } = await config.endpoint();
  const missing = oldTable({ table: 'no-such', region: 'us-east-1', endpoint: `http://${hostname}:${port}` });
  await expect(missing).rejects.toMatchObject({ code: 'scrub-table-unreachable' });
});
