import { styleText } from 'node:util';
import type { Command } from 'commander';
import { Refusal } from '#lib/refusal.ts';
import { findings } from '../doctor.ts';
import type { Finding } from '../finding.ts';
import { output } from '../output.ts';

export function doctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('check every setting and dependency; each failure with its cure')
    .option('--config <file>', 'configuration', 'gangway.config.ts')
    .option('--data <folder>', 'data folder', 'data')
    .option(
      '--url <address>',
      'also call this address from outside and name the headers that get lost on the way',
    )
    .option('--json', 'answer with one JSON value')
    .action(async (options: { config: string; data: string; url?: string; json?: boolean }) => {
      const found = await findings(options);
      const out = output(options.json ?? false);
      out.answer(found, () => found.map(line).join('\n'));
      const failed = found.filter(finding => finding.state === 'failing').length;
      if (failed > 0) {
        throw new Refusal(
          'doctor-found',
          `${failed} of ${found.length} checks failed.`,
          'The cures stand beside them.',
        );
      }
    });
}

const marks = { ok: ['green', '✓'], warning: ['yellow', '!'], failing: ['red', '✗'] } as const;

const line = ({ state, what, detail, cure }: Finding) => {
  const [colour, mark] = marks[state];
  return `${styleText(colour, mark, { stream: process.stdout })} ${what}: ${detail}${cure ? `\n    ${cure}` : ''}`;
};
