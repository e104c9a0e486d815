import type { Command } from 'commander';
import { costText } from '../cost/cost-text.ts';
import { estimate } from '../cost/estimate.ts';
import { output } from '../output.ts';
import { bookingsNumber } from './bookings-number.ts';

export function costCommand(program: Command): void {
  program
    .command('cost')
    .description(
      'what the AWS edition would cost a month, by a dated price table; an estimate, nothing of it was ever deployed',
    )
    .requiredOption('--bookings <number>', 'bookings a month', bookingsNumber)
    .option('--no-free', 'leave out what AWS gives free of charge each month')
    .option('--json', 'answer with one JSON value: every quantity with its price, source and reason')
    .action((options: { bookings: number; free: boolean; json?: boolean }) => {
      const found = estimate(options.bookings, { freeTier: options.free });
      output(options.json ?? false).answer(found, () => costText(found));
    });
}
