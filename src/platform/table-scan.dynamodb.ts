import { createHash } from 'node:crypto';
import { type DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { Unavailable } from '#lib/refusal.ts';
import type { Place } from './table.ts';

export type Scanned = Place & { readonly value: unknown };

/**
 * Reads a whole table, item by item, in no order that means anything: for taking everything elsewhere, never to answer
 * somebody. `mark` names the state in which the items were read: two readings with the same mark show one moment, the one
 * between them, because a version is never there twice. Sessions and turns come and go and are not in it.
 */
export function tableScan(it: {
  client: DynamoDBDocumentClient;
  name: string;
  /** First words of partitions that do not count as a change. */
  fleeting: ReadonlySet<string>;
}): { items: AsyncGenerator<Scanned>; mark: () => string } {
  const sum = new Uint8Array(32);
  async function* items() {
    let start: Record<string, unknown> | undefined;
    do {
      const page = await it.client
        .send(
          new ScanCommand({
            TableName: it.name,
            ConsistentRead: true,
            ProjectionExpression: 'pk, sk, v, body',
            ...(start ? { ExclusiveStartKey: start } : {}),
          }),
        )
        .catch((cause: Error) => {
          throw new Unavailable('table-unavailable', `The table did not answer: ${cause.name}.`, { cause });
        });
      for (const item of page.Items ?? []) {
        const { pk, sk, v, body } = item as Place & { v: string; body: string };
        if (it.fleeting.has(pk.split('#')[0] ?? '')) continue;
        const digest = createHash('sha256').update(`${pk}\0${sk}\0${v}`).digest();
        for (const [index, byte] of digest.entries()) sum[index] = (sum[index] ?? 0) ^ byte;
        yield { pk, sk, value: JSON.parse(body) as unknown };
      }
      start = page.LastEvaluatedKey;
    } while (start);
  }
  return { items: items(), mark: () => Buffer.from(sum).toString('hex') };
}
