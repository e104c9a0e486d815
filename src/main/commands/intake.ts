import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { Refusal } from '#lib/refusal.ts';
import { type DataOptions, onData, reach } from '../reach.ts';

export function intakeCommand(program: Command): void {
  onData(program.command('intake <file>'))
    .description('feed one webhook body by hand (- reads standard input); says what it became')
    .requiredOption('--source <id>', 'the source it is from')
    .action((file: string, options: DataOptions & { source: string }) =>
      reach(options, async ({ call, out }) => {
        const became = await call<{ text: string }>('intake', {
          source: options.source,
          body: read(file).toString('base64'),
        });
        out.answer(became, () => became.text);
      }),
    );
}

function read(file: string): Buffer {
  try {
    return readFileSync(file === '-' ? 0 : file);
  } catch (error) {
    throw new Refusal(
      'file-unreadable',
      `${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`,
      'Name a file that exists, or - for standard input.',
    );
  }
}
