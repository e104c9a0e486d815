import { type DynamoDBDocumentClient, QueryCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { TableMistake } from './faulty-table.ts';

const sending = (
  send: (command: unknown, go: (command: unknown) => Promise<object>) => Promise<unknown>,
): NonNullable<TableMistake['client']> => {
  return client =>
    ({
      send: (command: unknown) => send(command, each => client.send(each as QueryCommand) as Promise<object>),
    }) as unknown as DynamoDBDocumentClient;
};

const failed = (name: string) => (error: Error) => {
  if (error.name === name) return {};
  throw error;
};

/** Mistakes one could make, each of which some history must notice. */
export const tableMistakes: readonly TableMistake[] = [
  {
    name: 'a write that timed out counts as done',
    client: sending((command, go) =>
      command instanceof TransactWriteCommand ? go(command).catch(failed('TimeoutError')) : go(command),
    ),
  },
  {
    name: 'a write that was throttled counts as done',
    client: sending((command, go) =>
      command instanceof TransactWriteCommand
        ? go(command).catch(failed('ThrottlingException'))
        : go(command),
    ),
  },
  {
    name: 'what was read is no condition of what is written',
    client: sending((command, go) => {
      if (!(command instanceof TransactWriteCommand)) return go(command);
      const TransactItems = (command.input.TransactItems ?? [])
        .filter(({ ConditionCheck }) => !ConditionCheck)
        .map(({ Put, Delete }) => {
          const { ConditionExpression: _c, ExpressionAttributeValues: _v, ...rest } = Put ?? Delete ?? {};
          return Put ? { Put: rest } : { Delete: rest };
        });
      return go(new TransactWriteCommand({ TransactItems } as TransactWriteCommand['input']));
    }),
  },
  {
    name: 'a lost race counts as won',
    client: sending((command, go) => go(command).catch(failed('TransactionCanceledException'))),
  },
  {
    name: 'the first page of a list is taken for all of it',
    client: sending(async (command, go) => {
      const answer = await go(command);
      return command instanceof QueryCommand ? { ...answer, LastEvaluatedKey: undefined } : answer;
    }),
  },
  {
    name: 'brands share the pages of a slug',
    at: place => ({ ...place, pk: place.pk.replace(/BRAND#\w+#/, 'BRAND#') }),
  },
  {
    name: 'a message is known by its first characters',
    at: place => ({ ...place, pk: place.pk.replace(/(MESSAGE#\["market","m\d)\d+/, '$1') }),
  },
];
