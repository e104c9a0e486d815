import type { Command } from 'commander';
import type { Belief } from '#booking/surface.ts';
import { table } from '../output.ts';
import { type DataOptions, onData, reach } from '../reach.ts';

/** What each surface of a booking says, and whether all say what they should. */
export type BoardAnswer = { booking: string; revision: number; settled: boolean; surfaces: Belief[] };

export function boardCommands(program: Command): void {
  onData(program.command('beliefs <booking>'))
    .description('what every surface of a booking says: desired and stated revision, when, state')
    .action((id: string, options: DataOptions) =>
      reach(options, async ({ call, out }) => {
        const board = await call<BoardAnswer>('beliefs', { booking: id });
        out.answer(board, () => showBeliefs(board));
      }),
    );

  onData(program.command('retry <booking>'))
    .description('try the surfaces of a booking again that are failing or stuck')
    .option('--overwrite', 'write over what somebody changed or deleted in your own calendar servers')
    .action((id: string, options: DataOptions & { overwrite?: boolean }) =>
      reach(options, async ({ call, out }) => {
        await call('retry', { booking: id, overwrite: options.overwrite ?? false });
        const board = await call<BoardAnswer>('settle', { booking: id });
        out.answer(board, () => showBeliefs(board));
      }),
    );

  const money = program.command('money').description('ledger of a booking, statement of a month');
  onData(money.command('show <booking>'))
    .description('the breakdown of one booking')
    .action((id: string, options: DataOptions) =>
      reach(options, async ({ call, out }) => {
        const shown = await call<{ text: string }>('money show', { booking: id });
        out.answer(shown, () => shown.text);
      }),
    );
  onData(money.command('report'))
    .description('the statement of a month')
    .option('--month <yyyy-mm>', 'this month if not given')
    .option('--csv', 'as CSV')
    .action((options: DataOptions & { month?: string; csv?: boolean }) =>
      reach(options, async ({ call, out }) => {
        const report = await call<{ text: string; csv: string }>('money report', { month: options.month });
        out.answer(report, () => (options.csv ? report.csv.trimEnd() : report.text));
      }),
    );
}

export function showBeliefs(board: BoardAnswer): string {
  const rows = board.surfaces.map(b => [
    b.surface,
    b.recipient,
    `${b.desiredRevision}${b.desiredDigest === null ? ' (nothing)' : ''}`,
    b.statedRevision === null ? '–' : String(b.statedRevision),
    b.state,
    b.at,
    b.error?.message ?? '',
  ]);
  return rows.length === 0
    ? 'No surface has been told of this booking yet.'
    : table(['surface', 'recipient', 'desired', 'stated', 'state', 'since', 'error'], rows);
}
