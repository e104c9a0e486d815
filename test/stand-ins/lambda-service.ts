import type { DurableExecutionClient, DurableLambdaHandler } from '@aws/durable-execution-sdk-js';
import { openEngine } from '#durable/engine.ts';
import type { Clock } from '#lib/clock.ts';
import { seededRandom } from '#lib/random.ts';
import { Refusal } from '#lib/refusal.ts';
import { silentLog } from '#platform/log.ts';
import { openSqlite } from '#platform/sqlite.ts';
import { outcomeOf, refusal } from './lambda.ts';
import { type Answer, type Asked, serve } from './serve.ts';

/** Where invocations go: `gangway-crew` by its name alone. */
export type Sandboxes = { run: (name: string, event: unknown, context: unknown) => Promise<unknown> };

/**
 * Lambda as a small HTTP server, for its own clients: invoking and waiting, invoking and not waiting (tried three times, as
 * Lambda does, then a dead letter), and durable functions. The state of durable executions is that of our own engine, which
 * is held to AWS's local runner by one list of scenarios; the handler reaches it by the SDK's own client, over HTTP.
 * It checks no role.
 */
export async function openLambdaService(it: {
  sandboxes: Sandboxes;
  clock: Clock;
  /** Which workflows a durable function has, by its name and alias. */
  workflows: Readonly<Record<string, readonly string[]>>;
  /** What every function finds in its environment, for whoever may read its configuration. */
  environment?: Readonly<Record<string, string>>;
}) {
  const { sandboxes, clock, workflows, environment = {} } = it;
  const deadLetters: { name: string; event: unknown }[] = [];
  const underWay = new Set<Promise<unknown>>();
  /** How many times each asynchronous invocation comes; more than once is what Lambda may do. */
  let deliveries = 1;
  let transport: DurableExecutionClient | undefined;
  let requests = 0;

  const context = () => ({
    awsRequestId: `request-${++requests}`,
    getRemainingTimeInMillis: () => 60_000,
    functionName: 'stand-in',
  });
  /** Through JSON, as everything that goes in and out of a function. */
  const json = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null));
  const invoke = async (name: string, event: unknown) =>
    json(await sandboxes.run(name, json(event), context()));

  const functionOf = (workflow: string) =>
    Object.keys(workflows).find(name => workflows[name]?.includes(workflow)) ?? '';
  const names = Object.values(workflows).flat();
  const engine = openEngine({
    db: openSqlite(':memory:'),
    workflows: Object.fromEntries(names.map(name => [name, async () => {}])),
    clock,
    random: seededRandom('lambda'),
    log: silentLog,
    runElsewhere: client => {
      transport = client;
      return workflow =>
        ((event: unknown) => invoke(functionOf(workflow).split(':')[0] ?? '', event)) as DurableLambdaHandler;
    },
  });

  const keeping = async (name: string, event: unknown) => {
    for (let tries = 0; tries < 3; tries++) {
      try {
        return await invoke(name, event);
      } catch {
        // Lambda tries again, and in the end keeps what nobody could do.
      }
    }
    deadLetters.push({ name, event });
  };

  const invoked = async (name: string, { headers, body }: Asked): Promise<Answer> => {
    const event: unknown = JSON.parse(body.toString());
    const durable = headers['x-amz-durable-execution-name'];
    if (typeof durable === 'string') {
      const { workflow } = event as { workflow: string };
      if (!workflows[name]?.includes(workflow)) return refusal(404, 'ResourceNotFoundException', name);
      await engine.start(workflow, durable, event as never);
      return { status: 202 };
    }
    if (headers['x-amz-invocation-type'] === 'Event') {
      for (let time = 0; time < deliveries; time++) {
        const run = keeping(name, event).finally(() => underWay.delete(run));
        underWay.add(run);
      }
      return { status: 202 };
    }
    return outcomeOf(() => invoke(name, event));
  };

  const place = await serve(async (asked): Promise<Answer> => {
    const path = asked.url.pathname;
    const part = (pattern: RegExp) => {
      const found = pattern.exec(path)?.[1];
      return found === undefined ? null : decodeURIComponent(found);
    };
    try {
      const name = part(/^\/2015-03-31\/functions\/([^/]+)\/invocations$/);
      if (name !== null) return await invoked(name, asked);
      if (part(/^\/2015-03-31\/functions\/([^/]+)\/configuration$/) !== null)
        return said({ Environment: { Variables: environment } });
      const written = part(/^\/2025-12-01\/durable-executions\/(.+)\/checkpoint$/);
      if (written !== null) {
        const given = JSON.parse(asked.body.toString());
        return said(await transport?.checkpoint({ ...given, DurableExecutionArn: written }));
      }
      const read = part(/^\/2025-12-01\/durable-executions\/(.+)\/state$/);
      if (read !== null) {
        const { searchParams } = asked.url;
        const marker = searchParams.get('Marker');
        return said(
          await transport?.getExecutionState({
            DurableExecutionArn: read,
            CheckpointToken: searchParams.get('CheckpointToken') ?? '',
            ...(marker ? { Marker: marker } : {}),
          } as never),
        );
      }
      if (part(/^\/2025-12-01\/functions\/([^/]+)\/durable-executions$/) !== null)
        return said(await listed(asked.url.searchParams.get('DurableExecutionName') ?? ''));
    } catch (error) {
      if (error instanceof Refusal)
        return refusal(409, 'DurableExecutionAlreadyStartedException', error.code);
      return refusal(400, 'InvalidParameterValueException', (error as Error).message);
    }
    return refusal(404, 'ResourceNotFoundException', path);
  });

  const listed = async (name: string) => {
    const found = await Promise.all(names.map(workflow => engine.describe(workflow, name)));
    const DurableExecutions = found
      .filter(each => each !== null)
      .map(({ status, startedAt }) => ({
        DurableExecutionName: name,
        Status: status === 'ACTIVE' || status === 'WAITING' ? 'RUNNING' : status,
        StartTimestamp: Date.parse(startedAt) / 1000,
      }));
    return { DurableExecutions };
  };

  return {
    ...place,
    invoke,
    deadLetters,
    executions: () => engine.list({ limit: 1000 }),
    history: engine.history,
    /** From now on every invocation that nobody waits for comes so many times. */
    deliverEach: (times: number) => {
      deliveries = times;
    },
    /** Resolves when nothing runs and nothing is queued or due. */
    async idle() {
      do {
        await Promise.all(underWay);
        await engine.idle();
      } while (underWay.size > 0);
    },
    async stop() {
      await engine.close(0);
      place.stop();
    },
  };
}

/** Timestamps go as seconds. */
const said = (body: unknown): Answer => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body, (key, value) =>
    key.endsWith('Timestamp') && typeof value === 'string' ? Date.parse(value) / 1000 : value,
  ),
});
