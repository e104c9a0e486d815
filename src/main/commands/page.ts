import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { RouteDescription } from '#guest-page/edge-function.vm.ts';
import { loadFleet } from '../config/config.ts';
import { runningServer } from '../embedded/data-folder.ts';
import { routeIn } from '../operations/route-in.ts';
import { type Output, output, table } from '../output.ts';
import { type DataOptions, dataFolderMeant, onData, reach } from '../reach.ts';

export function pageCommands(program: Command): void {
  onData(program.command('route <brand> <path>'))
    .description(
      'what happens to an address: viewer path, object key, invalidation set, what the edge function returned',
    )
    .action(async (brand: string, path: string, options: DataOptions) => {
      const show = (route: RouteDescription, out: Output) =>
        out.answer(route, () => table(['of', 'is'], flat(route)));
      if (runningServer(dataFolderMeant(options.data))) {
        await reach(options, async ({ call, out }) => show(await call('route', { brand, path }), out));
      } else {
        show(routeIn(await loadFleet(options.config), brand, path), output(options.json ?? false));
      }
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

/** Nested facts one to a line: `page.objectKey`. */
const flat = (of: object, prefix = ''): string[][] =>
  Object.entries(of).flatMap(([key, value]) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? flat(value, `${prefix}${key}.`)
      : [[prefix + key, Array.isArray(value) ? value.join('  ') : String(value)]],
  );
