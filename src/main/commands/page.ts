import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { describeRoute } from '#guest-page/edge-function.vm.ts';
import { Refusal } from '#lib/refusal.ts';
import { loadConfig } from '../config.ts';
import { output, table } from '../output.ts';
import { type DataOptions, onData, reach } from '../reach.ts';

export function pageCommands(program: Command): void {
  program
    .command('route <brand> <path>')
    .description(
      'what happens to an address: viewer path, object key, invalidation set, what the edge function returned',
    )
    .option('--config <file>', 'configuration', 'gangway.config.ts')
    .option('--json', 'answer with one JSON value')
    .action(async (id: string, path: string, options: { config: string; json?: boolean }) => {
      const { fleet } = await loadConfig(options.config);
      const brand = fleet.brand(id);
      if (!brand) {
        throw new Refusal(
          'brand-unknown',
          `There is no brand ${id}.`,
          `Brands: ${fleet.brands.map(b => b.id).join(', ')}.`,
        );
      }
      const route = describeRoute(brand, path);
      output(options.json ?? false).answer(route, () =>
        table(
          ['of', 'is'],
          Object.entries(route).map(([key, value]) => [
            key,
            typeof value === 'string' ? value : JSON.stringify(value),
          ]),
        ),
      );
    });

  onData(program.command('page').description('guest pages').command('preview <booking>'))
    .description('write the guest page of a booking to a file that opens from disk')
    .option('--to <file>', 'where to', 'guest-page.html')
    .action((id: string, options: DataOptions & { to: string }) =>
      reach(options, async ({ call, out }) => {
        const { html } = await call<{ html: string }>('page preview', { booking: id });
        writeFileSync(options.to, html);
        out.answer({ file: options.to }, () => `Written to ${options.to}.`);
      }),
    );
}
