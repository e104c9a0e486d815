import type { Command } from 'commander';
import type { Suppression } from '#mail/suppressed.ts';
import { table } from '../output.ts';
import { type DataOptions, onData, reach } from '../reach.ts';

export function lettersCommands(program: Command): void {
  const letters = program
    .command('letters')
    .description('addresses that letters came back from, and what becomes of them');

  onData(letters.command('suppressed'))
    .description('addresses that bounced, complained or sent a letter back')
    .option('--all', 'those that are used again, too')
    .option('--limit <n>', 'at most so many', '100')
    .action((options: DataOptions & { all?: boolean; limit: string }) =>
      reach(options, async ({ call, out }) => {
        const found = await call<Suppression[]>('letters suppressed', {
          all: options.all ?? false,
          limit: Number(options.limit),
        });
        out.answer(found, () => prose(found));
      }),
    );

  onData(letters.command('allow <address>'))
    .description('write to an address again; letters that were withheld go out now')
    .action((address: string, options: DataOptions) =>
      reach(options, async ({ call, out }) => {
        const allowed = await call<Suppression>('letters allow', { address });
        out.answer(allowed, () => `Letters to ${allowed.address} go out again.`);
      }),
    );

  onData(letters.command('keep <address>'))
    .description('leave an address as it is: seen, and no alert any more')
    .action((address: string, options: DataOptions) =>
      reach(options, async ({ call, out }) => {
        const kept = await call<Suppression>('letters keep', { address });
        out.answer(kept, () => `${kept.address} stays as it is. To write there again: gangway letters allow`);
      }),
    );
}

function prose(found: readonly Suppression[]): string {
  if (found.length === 0) return 'No address is in trouble.';
  return table(
    ['heard', 'address', 'why', 'state', 'in the words of'],
    found.map(({ at, address, why, state, said }) => [at, address, why, state, said]),
  );
}
