import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  TransactGetCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import type { Clock } from '#lib/clock.ts';
import { newSecret, type Random } from '#lib/random.ts';
import { Unavailable } from '#lib/refusal.ts';
import type { Place, Placed, PutOptions, Stretch, Table, TableReader } from './table.ts';

/** An item as it is stored: `v` names its version, never the same twice; `body` is JSON; `ends` is the table's time to live (epoch seconds). */
type Item = Place & { v: string; body: string; bytes?: Uint8Array; ends?: number };

type Change = { place: Place; item: Omit<Item, 'v'> | null };
type Write = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

const mostTries = 12;
const mostItems = 100;

/**
 * A table on DynamoDB. One unit is one TransactWriteItems: each item that was read is a condition on its version, and the
 * client's own request token makes a lost answer harmless within its retries. Reads are strongly consistent; there is no
 * secondary index. Waits between tries are random, doubling from 10 ms.
 */
export function dynamoTable(it: {
  client: DynamoDBDocumentClient;
  name: string;
  clock: Clock;
  random: Random;
}): Table {
  const { client, name, clock, random } = it;

  const item = async (place: Place): Promise<Item | null> => {
    const { Item } = await asked(() =>
      client.send(new GetCommand({ TableName: name, Key: keyOf(place), ConsistentRead: true })),
    );
    return (Item as Item | undefined) ?? null;
  };

  const list = async <T>(stretch: Stretch): Promise<readonly Placed<T>[]> => {
    const found: Placed<T>[] = [];
    let start: Record<string, unknown> | undefined;
    do {
      const page = await asked(() =>
        client.send(
          new QueryCommand({
            TableName: name,
            ConsistentRead: true,
            ScanIndexForward: !stretch.descending,
            ...boundsOf(stretch),
            ...(stretch.limit === undefined ? {} : { Limit: stretch.limit - found.length }),
            ...(start ? { ExclusiveStartKey: start } : {}),
          }),
        ),
      );
      for (const { sk, body } of (page.Items ?? []) as Item[]) found.push({ sk, value: JSON.parse(body) });
      start = page.LastEvaluatedKey;
    } while (start && found.length < (stretch.limit ?? Number.POSITIVE_INFINITY));
    return found;
  };

  const reader: TableReader = {
    async get<T>(place: Place) {
      const found = await item(place);
      return found ? (JSON.parse(found.body) as T) : null;
    },
    list,
  };

  const waited = (tries: number) =>
    new Promise<void>(resolve => {
      const [share = 0] = random.bytes(1, 'table back-off');
      clock.after((10 * 2 ** Math.min(tries, 7) * share) / 255, resolve);
    });

  return {
    ...reader,
    async bytes(place) {
      return (await item(place))?.bytes ?? null;
    },
    async unit(work) {
      for (let tries = 0; tries < mostTries; tries++) {
        if (tries > 0) await waited(tries);
        const seen = new Map<string, { place: Place; item: Item | null }>();
        const changes = new Map<string, Change>();
        const change = (place: Place, made: Change['item']) =>
          void changes.set(idOf(place), { place, item: made });
        const done = await attempted(() =>
          work({
            list,
            async get<T>(place: Place) {
              const changed = changes.get(idOf(place));
              if (changed) return changed.item && (JSON.parse(changed.item.body) as T);
              const known = seen.get(idOf(place)) ?? { place, item: await item(place) };
              seen.set(idOf(place), known);
              return known.item && (JSON.parse(known.item.body) as T);
            },
            put: (place, value, options = {}) => change(place, made(place, value, options)),
            remove: place => change(place, null),
          }),
        );
        const isTrue =
          'error' in done || changes.size === 0 ? await holds(seen) : await commit(seen, changes);
        if (!isTrue) continue;
        if ('error' in done) throw done.error;
        return done.result;
      }
      throw new Unavailable('table-busy', 'Others kept changing the same records.');
    },
  };

  /** Whether what was seen was ever true at one moment; without a write nothing else would notice that it was not. */
  async function holds(seen: ReadonlyMap<string, { place: Place; item: Item | null }>): Promise<boolean> {
    if (seen.size < 2) return true;
    const read = [...seen.values()];
    const TransactItems = read.map(({ place }) => ({ Get: { TableName: name, Key: keyOf(place) } }));
    try {
      const { Responses = [] } = await client.send(new TransactGetCommand({ TransactItems }));
      return read.every(({ item }, index) => item?.v === (Responses[index]?.Item as Item | undefined)?.v);
    } catch (error) {
      if (isLostRace(error)) return false;
      throw unavailable(error);
    }
  }

  /** Whether it was written; false when a condition no longer holds. */
  async function commit(
    seen: ReadonlyMap<string, { place: Place; item: Item | null }>,
    changes: ReadonlyMap<string, Change>,
  ): Promise<boolean> {
    const writes: Write[] = [...changes.values()].map(({ place, item: after }) => {
      const before = seen.get(idOf(place));
      const v = newSecret(random, 'table version', 72);
      return after
        ? { Put: { TableName: name, Item: { ...after, v }, ...conditionOf(before?.item, before) } }
        : { Delete: { TableName: name, Key: keyOf(place), ...conditionOf(before?.item, before) } };
    });
    for (const [id, { place, item: found }] of seen) {
      if (changes.has(id)) continue;
      writes.push({
        ConditionCheck: {
          TableName: name,
          Key: keyOf(place),
          ...(conditionOf(found, true) as { ConditionExpression: string }),
        },
      });
    }
    if (writes.length > mostItems) {
      throw new Unavailable(
        'table-unit-too-large',
        `${writes.length} items in one write; ${mostItems} at most.`,
        {
          retryable: false,
        },
      );
    }
    try {
      await client.send(new TransactWriteCommand({ TransactItems: writes }));
      return true;
    } catch (error) {
      if (isLostRace(error)) return false;
      throw unavailable(error);
    }
  }
}

const keyOf = ({ pk, sk }: Place): Place => ({ pk, sk });
const idOf = ({ pk, sk }: Place) => `${pk}\0${sk}`;

const made = (place: Place, value: unknown, { bytes, endsAt }: PutOptions): Omit<Item, 'v'> => ({
  ...keyOf(place),
  body: JSON.stringify(value),
  ...(bytes ? { bytes } : {}),
  ...(endsAt === undefined ? {} : { ends: Math.ceil(endsAt / 1000) }),
});

/** The item is as it was seen; nothing is asked of one that was not looked at. */
const conditionOf = (item: Item | null | undefined, wasSeen: unknown) => {
  if (!wasSeen) return {};
  return item
    ? { ConditionExpression: 'v = :v', ExpressionAttributeValues: { ':v': item.v } }
    : { ConditionExpression: 'attribute_not_exists(pk)' };
};

function boundsOf({ pk, prefix, from, to }: Stretch) {
  const values: Record<string, string> = { ':pk': pk };
  let within = '';
  if (prefix !== undefined) {
    within = ' AND begins_with(sk, :prefix)';
    values[':prefix'] = prefix;
  } else if (from !== undefined && to !== undefined) {
    within = ' AND sk BETWEEN :from AND :to';
    values[':from'] = from;
    values[':to'] = to;
  } else if (from !== undefined) {
    within = ' AND sk >= :from';
    values[':from'] = from;
  } else if (to !== undefined) {
    within = ' AND sk <= :to';
    values[':to'] = to;
  }
  return { KeyConditionExpression: `pk = :pk${within}`, ExpressionAttributeValues: values };
}

const attempted = <T>(work: () => Promise<T>): Promise<{ result: T } | { error: unknown }> =>
  work().then(
    result => ({ result }),
    (error: unknown) => ({ error }),
  );

const raceCodes = ['ConditionalCheckFailed', 'TransactionConflict'];

const isLostRace = (error: unknown): boolean =>
  error instanceof TransactionCanceledException &&
  (error.CancellationReasons ?? []).some(({ Code }) => raceCodes.includes(Code ?? ''));

const asked = <T>(ask: () => Promise<T>): Promise<T> =>
  ask().catch((error: unknown) => {
    throw unavailable(error);
  });

const unavailable = (cause: unknown) =>
  new Unavailable('table-unavailable', `The table did not answer: ${(cause as Error).name}.`, { cause });
