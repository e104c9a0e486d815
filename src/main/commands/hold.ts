import type { Command } from 'commander';
import type { Claim } from '#booking/claims.ts';
import type { KnownConflict } from '#booking/conflicts.ts';
import { table } from '../output.ts';
import { type DataOptions, onData, reach } from '../reach.ts';

export function holdCommands(program: Command): void {
  const hold = program.command('hold').description('keep a vessel or a person free, and see what is taken');

  onData(hold.command('add <vessel-or-person>'))
    .description('keep a vessel or person free: no trip can be entered, nobody can accept then')
    .requiredOption('--from <time>', 'e.g. 2027-05-30T08:00, the clock at the vessel')
    .requiredOption('--until <time>', 'when it is free again')
    .requiredOption('--why <text>', 'what for, such as haul-out or holiday')
    .option('--hours <n>', 'let the hold run out by itself after so many hours')
    .action(
      (id: string, options: DataOptions & { from: string; until: string; why: string; hours?: string }) =>
        reach(options, async ({ call, out }) => {
          const { from, until, why } = options;
          const hours = options.hours === undefined ? undefined : Number(options.hours);
          const done = await call<{ hold: Claim }>('hold add', { of: id, from, until, why, hours });
          out.answer(done, () => `Held: ${done.hold.holder}\n${listed([done.hold])}`);
        }),
    );

  onData(hold.command('list'))
    .description('what is taken from now on, and what is taken twice')
    .action((options: DataOptions) =>
      reach(options, async ({ call, out }) => {
        const found = await call<{ claims: Claim[]; conflicts: KnownConflict[] }>('hold list');
        out.answer(found, () =>
          [
            found.claims.length === 0 ? 'Nothing is taken.' : listed(found.claims),
            ...found.conflicts.map(
              ({ name, sides: [a, b], settled }) =>
                `Taken twice: ${a.what}, by ${a.holder} and ${b.holder} (${a.why}; ${b.why}). ` +
                (settled ? `Settled by ${settled.by}: ${settled.why}` : `Waits for a person: ${name}`),
            ),
          ].join('\n'),
        );
      }),
    );

  onData(hold.command('release <hold>'))
    .description('end a hold that was put in by hand')
    .action((id: string, options: DataOptions) =>
      reach(options, async ({ call, out }) => {
        const done = await call<{ released: number }>('hold release', { hold: id });
        out.answer(done, () => (done.released > 0 ? 'Released.' : 'There was no such hold.'));
      }),
    );

  onData(hold.command('settle <conflict>'))
    .description('say why something that is taken twice is meant so: it is no alert any more')
    .requiredOption('--why <text>', 'the reason, which is kept')
    .action((conflict: string, options: DataOptions & { why: string }) =>
      reach(options, async ({ call, out }) => {
        out.answer(await call('hold settle', { conflict, why: options.why }), () => 'Settled.');
      }),
    );

  onData(hold.command('reopen <conflict>'))
    .description('take that back: it waits for a person again')
    .action((conflict: string, options: DataOptions) =>
      reach(options, async ({ call, out }) => {
        out.answer(await call('hold reopen', { conflict }), () => 'It waits for a person again.');
      }),
    );
}

const listed = (claims: readonly Claim[]) =>
  table(
    ['what', 'from', 'until', 'by', 'runs out', 'why'],
    claims.map(({ what, from, until, holder, expiresAt, why }) => [
      what,
      from,
      until,
      holder,
      expiresAt ?? '',
      why,
    ]),
  );
