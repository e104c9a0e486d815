import {
  type DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  TransactGetCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Dice, diceOf } from '../prove/sim/dice.ts';
import { memoryDynamo } from '../prove/table/memory-dynamo.ts';
import { type DynamoStandIn, openDynamo } from '../stand-ins/dynamodb.ts';

type Command = GetCommand | QueryCommand | TransactGetCommand | TransactWriteCommand;

const TableName = 'gangway';
const partitions = ['A', 'B', 'C'];
const places = ['-', 'a', 'a#1', 'a#2', 'b', 'ü', 'z', '\u{1f6a2}', '￿'];

/** A command such as the table sends, among few enough items that they meet. Tokens are used again, rightly and wrongly. */
function randomCommand(dice: Dice, versions: string[]): Command {
  const key = () => ({ pk: dice.pick(partitions), sk: dice.pick(places) });
  const version = () => (versions.length > 0 && dice.chance(0.8) ? dice.pick(versions.slice(-30)) : 'never');
  const condition = () =>
    dice.weighed({ none: 2, absent: 2, version: 3 }) === 'none'
      ? {}
      : dice.chance(0.4)
        ? { ConditionExpression: 'attribute_not_exists(pk)' }
        : { ConditionExpression: 'v = :v', ExpressionAttributeValues: { ':v': version() } };
  const checked = () => ({
    ConditionExpression: 'attribute_not_exists(pk)',
    ...condition(),
  });
  const write = () => {
    const Key = key();
    const v = `v${versions.push(`v${versions.length}`)}`;
    const body = JSON.stringify({ n: dice.below(1000) });
    return dice.weighed({
      put: 5,
      delete: 2,
      check: 2,
    }) === 'put'
      ? { Put: { TableName, Item: { ...Key, v: versions.at(-1) ?? v, body }, ...condition() } }
      : dice.chance(0.5)
        ? { Delete: { TableName, Key, ...condition() } }
        : { ConditionCheck: { TableName, Key, ...checked() } };
  };
  const bounds = () => {
    const [low, high] = [dice.pick(places), dice.pick(places)].sort((a, b) =>
      Buffer.compare(Buffer.from(a), Buffer.from(b)),
    );
    return dice.pick([
      { says: '', of: {} },
      { says: ' AND begins_with(sk, :prefix)', of: { ':prefix': dice.pick(['a', 'a#', 'ü', 'x']) } },
      { says: ' AND sk BETWEEN :from AND :to', of: { ':from': low, ':to': high } },
      { says: ' AND sk >= :from', of: { ':from': low } },
      { says: ' AND sk <= :to', of: { ':to': high } },
    ]);
  };
  switch (dice.weighed({ get: 2, query: 4, both: 1, write: 6 })) {
    case 'get':
      return new GetCommand({ TableName, Key: key(), ConsistentRead: true });
    case 'both':
      return new TransactGetCommand({
        TransactItems: places
          .slice(0, dice.between(1, 4))
          .map(sk => ({ Get: { TableName, Key: { pk: 'A', sk } } })),
      });
    case 'query': {
      const { says, of } = bounds();
      const pk = dice.pick(partitions);
      return new QueryCommand({
        TableName,
        ConsistentRead: true,
        KeyConditionExpression: `pk = :pk${says}`,
        ExpressionAttributeValues: { ':pk': pk, ...of },
        ScanIndexForward: dice.chance(0.5),
        ...(dice.chance(0.5) ? { Limit: dice.between(1, 5) } : {}),
        ...(dice.chance(0.3) && says === '' ? { ExclusiveStartKey: { pk, sk: dice.pick(places) } } : {}),
      });
    }
    case 'write': {
      // The table asks for each item once; what is asked of one twice is looked at by itself.
      const writes = Array.from({ length: dice.between(1, 4) }, write);
      const idOf = ({ Put, Delete, ConditionCheck }: (typeof writes)[number]) =>
        JSON.stringify([
          Put?.Item.pk ?? Delete?.Key.pk ?? ConditionCheck?.Key.pk,
          Put?.Item.sk ?? Delete?.Key.sk ?? ConditionCheck?.Key.sk,
        ]);
      return new TransactWriteCommand({
        TransactItems: [...new Map(writes.map(each => [idOf(each), each])).values()],
      });
    }
  }
}

const outcome = async (ask: () => unknown) => {
  try {
    const { Item, Items, Responses, LastEvaluatedKey } = (await ask()) as Record<string, unknown>;
    return { Item, Items, Responses, LastEvaluatedKey };
  } catch (error) {
    const { name, CancellationReasons } = error as { name: string; CancellationReasons?: { Code: string }[] };
    return { name, reasons: CancellationReasons?.map(({ Code }) => Code) };
  }
};

describe('the table of the proofs', () => {
  let dynamo: DynamoStandIn;
  let client: DynamoDBDocumentClient;
  beforeAll(async () => {
    dynamo = await openDynamo();
    client = dynamo.client;
  }, 60_000);
  afterAll(() => dynamo?.stop());

  it('answers 1,000 random commands as Amazon’s DynamoDB Local does, tokens that come again included', async () => {
    const dice = diceOf(1);
    const memory = memoryDynamo({ now: () => 0 });
    const versions: string[] = [];
    const sent: { command: Command; token: string }[] = [];
    const seen = new Map<string, number>();
    for (let n = 0; n < 1000; n++) {
      const writes = sent.filter(({ command }) => command instanceof TransactWriteCommand);
      const isAgain = writes.length > 0 && dice.chance(0.05);
      const before = dice.pick(writes);
      const command = isAgain && before ? before.command : randomCommand(dice, versions);
      // A token that was used for something else is refused; so is none of ours, but a client might.
      const token = isAgain && before ? before.token : dice.chance(0.02) && before ? before.token : `t${n}`;
      if (command instanceof TransactWriteCommand) command.input.ClientRequestToken = token;
      const real = await outcome(() => client.send(command as GetCommand));
      const ours = await outcome(() => memory.handle(command, token));
      // That there may be more is allowed to be said where there is nothing more.
      if (command instanceof QueryCommand && real.LastEvaluatedKey && !ours.LastEvaluatedKey) {
        const next = new QueryCommand({
          ...command.input,
          ExclusiveStartKey: real.LastEvaluatedKey as object,
        });
        expect((await client.send(next)).Items).toEqual([]);
        real.LastEvaluatedKey = undefined;
      }
      expect([n, command.constructor.name, command.input, ours]).toEqual([
        n,
        command.constructor.name,
        command.input,
        real,
      ]);
      sent.push({ command, token });
      const kind = 'name' in real ? String(real.name) : command.constructor.name;
      seen.set(kind, (seen.get(kind) ?? 0) + 1);
    }
    for (const kind of [
      'GetCommand',
      'QueryCommand',
      'TransactGetCommand',
      'TransactWriteCommand',
      'TransactionCanceledException',
      'IdempotentParameterMismatchException',
    ])
      expect([kind, seen.get(kind) ?? 0]).not.toEqual([kind, 0]);
  }, 120_000);

  it('refuses as it does what touches an item twice, or more than a hundred', async () => {
    const memory = memoryDynamo({ now: () => 0 });
    const put = (sk: string) => ({ Put: { TableName, Item: { pk: 'D', sk, v: 'v', body: '{}' } } });
    for (const TransactItems of [
      [put('a'), put('b'), put('a')],
      Array.from({ length: 101 }, (_, n) => put(`${n}`)),
      Array.from({ length: 100 }, (_, n) => put(`${n}`)),
    ]) {
      const command = new TransactWriteCommand({ TransactItems });
      expect(await outcome(() => memory.handle(command))).toEqual(await outcome(() => client.send(command)));
    }
  });
});
