import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { GetCommand, QueryCommand, TransactGetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';

type Key = { pk: string; sk: string };
type Item = Key & Record<string, unknown>;
type Condition = { ConditionExpression?: string; ExpressionAttributeValues?: Record<string, unknown> };
type Write = {
  Put?: Condition & { Item: Item };
  Delete?: Condition & { Key: Key };
  ConditionCheck?: Condition & { Key: Key };
};

/** An error as the service sends it. */
export const serviceError = (name: string): Error => Object.assign(new Error(name), { name });

const tokenLivesMs = 10 * 60_000;
const mostItems = 100;

/**
 * As much of DynamoDB as the table of the AWS edition asks of it, in memory: items by two keys in the order of their bytes,
 * pages of a query, transactions that happen together or not at all, conditions on a version or an absence, request tokens
 * that live ten minutes. Held to Amazon's own by `test/aws/memory-dynamo.test.ts`. `shortPage` may end a page of a query
 * after that many items, as the service does after a megabyte.
 */
export function memoryDynamo(options: { now: () => number; shortPage?: () => number | null }) {
  const { now, shortPage = () => null } = options;
  const partitions = new Map<string, { order: string[]; items: Map<string, Item> }>();
  const tokens = new Map<string, { at: number; writes: string }>();

  const partition = (pk: string) => {
    const found = partitions.get(pk) ?? { order: [], items: new Map<string, Item>() };
    partitions.set(pk, found);
    return found;
  };
  const found = ({ pk, sk }: Key): Item | undefined => partitions.get(pk)?.items.get(sk);
  const put = (item: Item) => {
    const { order, items } = partition(item.pk);
    if (!items.has(item.sk)) order.splice(placeOf(order, item.sk), 0, item.sk);
    items.set(item.sk, structuredClone(item));
  };
  const remove = ({ pk, sk }: Key) => {
    const { order, items } = partition(pk);
    if (items.delete(sk)) order.splice(placeOf(order, sk), 1);
  };

  const holds = (
    item: Item | undefined,
    { ConditionExpression: says, ExpressionAttributeValues: of }: Condition,
  ) => {
    if (says === undefined) return true;
    if (says === 'attribute_not_exists(pk)') return item === undefined;
    if (says === 'v = :v') return item?.v === of?.[':v'];
    throw new Error(`a condition that the table never used: ${says}`);
  };

  const query = (ask: QueryCommand['input']) => {
    const { KeyConditionExpression: says = '', ExpressionAttributeValues: of = {}, Limit } = ask;
    const text = (name: string) => String(of[name]);
    const { order, items } = partition(text(':pk'));
    const fits = (sk: string) =>
      (!says.includes('begins_with') || sk.startsWith(text(':prefix'))) &&
      (!says.includes(':from') || compare(sk, text(':from')) >= 0) &&
      (!says.includes(':to') || compare(sk, text(':to')) <= 0);
    const forward = ask.ScanIndexForward !== false;
    const after = (ask.ExclusiveStartKey as Key | undefined)?.sk;
    const isLeft = (sk: string) => after === undefined || compare(sk, after) * (forward ? 1 : -1) > 0;
    const all = order.filter(sk => fits(sk) && isLeft(sk));
    if (!forward) all.reverse();
    const short = shortPage();
    const page = all.slice(0, Math.min(Limit ?? Number.POSITIVE_INFINITY, short ?? Number.POSITIVE_INFINITY));
    const last = page.at(-1);
    // The service may say that there is more where there is nothing; so does a short page.
    const mayGoOn = page.length < all.length || short === page.length;
    return {
      Items: page.map(sk => structuredClone(items.get(sk))),
      ...(last !== undefined && mayGoOn ? { LastEvaluatedKey: { pk: text(':pk'), sk: last } } : {}),
    };
  };

  const transactWrite = (writes: readonly Write[], token: string | undefined) => {
    const asked = JSON.stringify(writes, (_name, value) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value,
    );
    const before = token === undefined ? undefined : tokens.get(token);
    if (before && now() - before.at < tokenLivesMs) {
      if (before.writes === asked) return {};
      throw serviceError('IdempotentParameterMismatchException');
    }
    const touched = writes.map(write => JSON.stringify([keyIn(write).pk, keyIn(write).sk]));
    if (writes.length > mostItems || new Set(touched).size < touched.length)
      throw serviceError('ValidationException');
    const reasons = writes.map(write => ({
      Code: holds(found(keyIn(write)), conditionIn(write)) ? 'None' : 'ConditionalCheckFailed',
    }));
    if (reasons.some(({ Code }) => Code !== 'None')) throw cancelled(reasons);
    for (const { Put, Delete } of writes) {
      if (Put) put(Put.Item);
      if (Delete) remove(Delete.Key);
    }
    if (token !== undefined) tokens.set(token, { at: now(), writes: asked });
    return {};
  };

  return {
    /** Does what a command says, at once and as a whole. `token` is what the client makes up for a transaction. */
    handle(command: unknown, token?: string): unknown {
      if (command instanceof GetCommand) return { Item: structuredClone(found(command.input.Key as Key)) };
      if (command instanceof QueryCommand) return query(command.input);
      if (command instanceof TransactGetCommand) {
        const keys = (command.input.TransactItems ?? []).map(({ Get }) => Get?.Key as Key);
        return { Responses: keys.map(key => ({ Item: structuredClone(found(key)) })) };
      }
      if (command instanceof TransactWriteCommand)
        return transactWrite((command.input.TransactItems ?? []) as unknown as Write[], token);
      throw new Error('a command that the table never used');
    },
    /** Everything that lies there, for whoever looks at the end. */
    items: () => [...partitions.values()].flatMap(({ items }) => [...items.values()]),
  };
}

export type MemoryDynamo = ReturnType<typeof memoryDynamo>;

/** That a transaction did not happen, with a reason for each of its items. */
export const cancelled = (reasons: { Code: string }[]) =>
  new TransactionCanceledException({
    message: 'Transaction cancelled',
    $metadata: {},
    CancellationReasons: reasons,
  });

const keyIn = ({ Put, Delete, ConditionCheck }: Write): Key =>
  (Put?.Item ?? Delete?.Key ?? ConditionCheck?.Key) as Key;
const conditionIn = ({ Put, Delete, ConditionCheck }: Write): Condition =>
  Put ?? Delete ?? ConditionCheck ?? {};

/** By the bytes of UTF-8, as DynamoDB compares; the same as by characters where there is nothing beyond ASCII. */
function compare(a: string, b: string): number {
  const isPlain = /^[\0-\x7f]*$/;
  if (isPlain.test(a) && isPlain.test(b)) return a < b ? -1 : a > b ? 1 : 0;
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** Where a key stands, or would. */
function placeOf(order: readonly string[], sk: string): number {
  let [from, to] = [0, order.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (compare(order[middle] ?? '', sk) < 0) from = middle + 1;
    else to = middle;
  }
  return from;
}
