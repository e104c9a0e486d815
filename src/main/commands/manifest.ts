import type { Command } from 'commander';
import { type DataOptions, onData, reach } from '../reach.ts';

export function manifestCommands(program: Command): void {
  onData(program.command('manifest <booking>'))
    .description('the passenger list: crew, guests expected, head counts')
    .option('--money', 'with the ledger, for the owner’s files: never for crew or harbour')
    .action((booking: string, options: DataOptions & { money?: boolean }) =>
      reach(options, async ({ call, out }) => {
        const input = { booking, money: options.money ?? false };
        const done = await call<{ manifest: unknown; text: string }>('manifest', input);
        out.answer(done, () => done.text);
      }),
    );
}
