import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { Refusal } from '#lib/refusal.ts';
import { type DataOptions, onData, reach } from '../reach.ts';

export function intakeCommand(program: Command): void {
  onData(program.command('intake <file>'))
    .description('feed one webhook body or mail (.eml) by hand, - for standard input; says what it became')
    .requiredOption('--source <id>', 'the source it is from')
    .option('--explain', 'a mail only: say which rule takes which field from where, and change nothing')
    .action((file: string, options: DataOptions & { source: string; explain?: boolean }) =>
      reach(options, async ({ call, out }) => {
        const became = await call<{ text: string }>(options.explain ? 'intake explain' : 'intake', {
          source: options.source,
          body: readMessage(file).toString('base64'),
        });
        out.answer(became, () => became.text);
      }),
    );
}

/** The bytes of a file, or of standard input for `-`. Refusal `file-unreadable`. */
export function readMessage(file: string): Buffer {
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
