import type { Command } from 'commander';
import { table } from '../output.ts';
import { type DataOptions, onData, reach } from '../reach.ts';

type Listed = {
  endpoints: { id: string; url: string; audience: string }[];
  disabled: { endpoint: string; at: string; reason: string }[];
  deliveries: Row[];
};
type Row = {
  id: string;
  kind: string;
  booking: string | null;
  endpoint: string;
  state: string;
  attempts: number;
  nextAt: string | null;
  status: number | null;
  reason: string | null;
};

export function webhookCommands(program: Command): void {
  const webhook = program
    .command('webhook')
    .description('what your own programs were told by webhook, and how that went');

  onData(webhook.command('list'))
    .description('the log of deliveries, newest first')
    .option('--endpoint <id>', 'only of this endpoint')
    .option('--state <state>', 'only pending, delivered or failed ones')
    .option('--limit <n>', 'at most so many', '50')
    .action((options: DataOptions & { endpoint?: string; state?: string; limit: string }) =>
      reach(options, async ({ call, out }) => {
        const { endpoint, state, limit } = options;
        const found = await call<Listed>('webhook list', { endpoint, state, limit: Number(limit) });
        out.answer(found, () =>
          [
            ...found.disabled.map(
              one =>
                `Disabled since ${one.at}: ${one.endpoint}. ${one.reason} Enable it with: gangway webhook enable ${one.endpoint}`,
            ),
            found.endpoints.length === 0
              ? 'No endpoint is configured; add one under webhooks.'
              : found.deliveries.length === 0
                ? 'Nothing was announced yet.'
                : listed(found.deliveries),
          ].join('\n'),
        );
      }),
    );

  onData(webhook.command('replay <delivery>'))
    .description(
      'send one again now, whatever became of it; under the same id, so it can be told from a new one',
    )
    .option('--endpoint <id>', 'only to this endpoint')
    .action((id: string, options: DataOptions & { endpoint?: string }) =>
      reach(options, async ({ call, out }) => {
        const done = await call<{ deliveries: Omit<Row, 'id' | 'kind' | 'booking'>[] }>('webhook replay', {
          id,
          endpoint: options.endpoint,
        });
        out.answer(done, () =>
          done.deliveries
            .map(({ endpoint, state, reason }) => `${endpoint}: ${state}${reason ? `. ${reason}` : ''}`)
            .join('\n'),
        );
      }),
    );

  onData(webhook.command('enable <endpoint>'))
    .description('send to an endpoint again that had answered 410, beginning with what has waited')
    .action((endpoint: string, options: DataOptions) =>
      reach(options, async ({ call, out }) => {
        out.answer(await call('webhook enable', { endpoint }), () => `${endpoint} is sent to again.`);
      }),
    );
}

const listed = (rows: readonly Row[]) =>
  table(
    ['delivery', 'what', 'booking', 'endpoint', 'state', 'tries', 'answer', 'next try'],
    rows.map(({ id, kind, booking, endpoint, state, attempts, status, reason, nextAt }) => [
      id,
      kind,
      booking ?? '',
      endpoint,
      state,
      String(attempts),
      reason ?? String(status ?? ''),
      nextAt ?? '',
    ]),
  );
