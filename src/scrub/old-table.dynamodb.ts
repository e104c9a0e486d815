import {
  ConditionalCheckFailedException,
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ListBackupsCommand,
} from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, ScanCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { Refusal } from '#lib/refusal.ts';
import { alsoRemains } from './old-file.disk.ts';
import { fieldsIn } from './old-json.ts';
import type { OldStore } from './old-store.ts';

/**
 * A live table, read page by page and changed field by field: each update has the condition that the field still says what
 * was read. Credentials are the machine's own. Throws the refusal `scrub-table-unreachable`.
 */
export async function oldTable(it: {
  table: string;
  region?: string;
  endpoint?: string;
  pageSize?: number;
}): Promise<OldStore> {
  const bare = new DynamoDBClient({
    ...(it.region ? { region: it.region } : {}),
    ...(it.endpoint ? { endpoint: it.endpoint } : {}),
  });
  const client = DynamoDBDocumentClient.from(bare);
  const description = await bare
    .send(new DescribeTableCommand({ TableName: it.table }))
    .catch((error: Error) => {
      throw new Refusal(
        'scrub-table-unreachable',
        `The table ${it.table} cannot be read (${error.name}: ${error.message}).`,
        'Check the name, --region and the credentials of this machine (AWS_PROFILE); they have to allow DescribeTable, Scan and UpdateItem.',
      );
    });
  const keys = (description.Table?.KeySchema ?? []).map(({ AttributeName = '' }) => AttributeName);
  const keyOf = (item: Record<string, unknown>) =>
    JSON.stringify(Object.fromEntries(keys.map(name => [name, item[name]])));

  return {
    what: `the table ${it.table}`,
    async *records() {
      let start: Record<string, unknown> | undefined;
      do {
        const page = await client.send(
          new ScanCommand({
            TableName: it.table,
            ConsistentRead: true,
            ExclusiveStartKey: start,
            Limit: it.pageSize ?? 200,
          }),
        );
        for (const item of page.Items ?? []) {
          const fields = fieldsIn(item).filter(({ path: [name] }) => !keys.includes(String(name)));
          yield { key: keyOf(item), fields };
        }
        start = page.LastEvaluatedKey;
      } while (start);
    },
    async change({ key, path, before, after }) {
      const names: Record<string, string> = {};
      const place = path
        .map((step, index) => {
          if (typeof step === 'number') return `[${step}]`;
          names[`#p${index}`] = step;
          return `${index > 0 ? '.' : ''}#p${index}`;
        })
        .join('');
      try {
        await client.send(
          new UpdateCommand({
            TableName: it.table,
            Key: JSON.parse(key),
            UpdateExpression: `SET ${place} = :after`,
            ConditionExpression: `${place} = :before`,
            ExpressionAttributeNames: names,
            ExpressionAttributeValues: { ':before': before, ':after': after },
          }),
        );
        return 'changed';
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return 'conflict';
        throw error;
      }
    },
    finish: async () => {},
    async remains() {
      const found: string[] = [];
      const pitr = await bare
        .send(new DescribeContinuousBackupsCommand({ TableName: it.table }))
        .then(answer => answer.ContinuousBackupsDescription?.PointInTimeRecoveryDescription)
        .catch(() => undefined);
      if (pitr?.PointInTimeRecoveryStatus === 'ENABLED')
        found.push(
          'Point-in-time recovery is on: the table as it was can be brought back for 35 days. Turn it off and on again to end that at once.',
        );
      const backups = await bare.send(new ListBackupsCommand({ TableName: it.table })).catch(() => undefined);
      const many = backups?.BackupSummaries?.length ?? 0;
      if (many > 0)
        found.push(
          `${many} backup${many === 1 ? '' : 's'} of the table: delete each, or keep them where only owners can restore.`,
        );
      if (description.Table?.StreamSpecification?.StreamEnabled)
        found.push(
          'The stream of the table shows old and new values for 24 hours to whoever reads it, this scrub included.',
        );
      return [
        ...found,
        'Exports of the table in S3, old versions of their objects, and tables restored from a backup.',
        ...alsoRemains,
      ];
    },
  };
}
