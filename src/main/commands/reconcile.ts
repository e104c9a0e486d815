import type { Command } from 'commander';
import type { Found, Reconciled } from '../operations/reconcile.ts';
import { table } from '../output.ts';
import { type DataOptions, onData, reach } from '../reach.ts';

export function reconcileCommand(program: Command): void {
  onData(program.command('reconcile'))
    .description('read back what every surface says and compare; exit 1 while something differs')
    .option('--repair', 'set right what differs; letters that people have are not written again')
    .action((options: DataOptions & { repair?: boolean }) =>
      reach(options, async ({ call, out }) => {
        const answer = await call<Reconciled>('reconcile', { repair: options.repair ?? false });
        out.answer(answer, () => prose(answer));
        if (answer.drift.length > 0) process.exitCode = 1;
      }),
    );
}

function prose({ bookings, underWay, drift, repaired }: Reconciled): string {
  const busy = underWay > 0 ? `; ${underWay} left out, being worked on right now` : '';
  const read = `Read back every surface of ${bookings} booking${bookings === 1 ? '' : 's'}${busy}.`;
  return [
    ...(repaired.length > 0 ? ['Set right:', rows(repaired), ''] : []),
    ...(drift.length > 0 ? [repaired.length > 0 ? 'Still differs:' : 'Differs:', rows(drift), ''] : []),
    drift.length === 0
      ? `${read} Everything says what it should.`
      : `${read} ${drift.length === 1 ? 'One differs' : `${drift.length} differ`}; set right with: gangway reconcile --repair`,
  ].join('\n');
}

const rows = (found: readonly Found[]) =>
  table(
    ['booking', 'surface', 'recipient', 'is', 'because'],
    found.map(({ booking, surface, recipient, kind, detail }) => [
      booking ?? '–',
      surface,
      recipient,
      kind,
      detail,
    ]),
  );
