import type { Command } from 'commander';
import { table } from '../output.ts';
import { type DataOptions, onData, type Reach, reach } from '../reach.ts';

type Roster = {
  event: string;
  title: string;
  crew: { person: string; role: string; answer: string; answeredAt: string | null }[];
};

export function crewCommands(program: Command): void {
  const crew = program.command('crew').description('the roster of a booking, by hand');

  onData(crew.command('list <booking>'))
    .description('who sails, and what they answered')
    .action((booking: string, options: DataOptions) =>
      reach(options, r => show(r, 'crew list', { booking })),
    );

  onData(crew.command('assign <booking> <person>'))
    .description('put somebody on the crew, or in another role, and write to them')
    .option('--role <role>', 'captain or crew', 'crew')
    .action((booking: string, person: string, options: DataOptions & { role: string }) =>
      reach(options, r => show(r, 'crew assign', { booking, person, role: options.role })),
    );

  onData(crew.command('answer <booking> <person> <answer>'))
    .description('put in what somebody said on the phone: accepted, declined or unknown')
    .action((booking: string, person: string, answer: string, options: DataOptions) =>
      reach(options, r => show(r, 'crew answer', { booking, person, answer })),
    );

  onData(crew.command('release <booking> <person>'))
    .description('take somebody off the crew: the link ends at once, a letter says so')
    .action((booking: string, person: string, options: DataOptions) =>
      reach(options, r => show(r, 'crew release', { booking, person })),
    );
}

async function show({ call, out }: Reach, operation: string, input: Record<string, string>): Promise<void> {
  const roster = await call<Roster>(operation, input);
  out.answer(roster, () =>
    [
      roster.title,
      table(
        ['person', 'role', 'answer', 'since'],
        roster.crew.map(place => [place.person, place.role, place.answer, place.answeredAt ?? '']),
      ),
    ].join('\n'),
  );
}
