import type { Command } from 'commander';
import { type DataOptions, onData, reach } from '../reach.ts';

export function feedCommands(program: Command): void {
  const feed = program
    .command('feed')
    .description('calendar feeds of people and vessels: each has one secret address');

  onData(feed.command('show <person-or-vessel>'))
    .description('the address to subscribe to; whoever has it reads it')
    .action((of: string, options: DataOptions) =>
      reach(options, async ({ call, out }) => {
        const shown = await call<{ url: string }>('feed show', { of });
        out.answer(shown, () => shown.url);
      }),
    );

  onData(feed.command('renew <person-or-vessel>'))
    .description('end the address at once and make a new one')
    .action((of: string, options: DataOptions) =>
      reach(options, async ({ call, out }) => {
        const renewed = await call<{ url: string }>('feed renew', { of });
        out.remark('The old address shows nothing any more. The new one:');
        out.answer(renewed, () => renewed.url);
      }),
    );
}
