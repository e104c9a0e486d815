import type { Command } from 'commander';
import { looksLikeMoney } from '#crew/money-words.ts';
import { table } from '../output.ts';
import { type DataOptions, onData, type Reach, reach } from '../reach.ts';

type Roster = {
  event: string;
  title: string;
  needs: { captain: number; crew: number };
  crew: {
    person: string;
    role: string;
    holds: boolean;
    answer: string;
    answerBy: string | null;
    answeredAt: string | null;
  }[];
};

const despite = ['--despite <reason>', 'why, where a rule is against it; it is kept in the history'] as const;

export function crewCommands(program: Command): void {
  const crew = program.command('crew').description('the roster of a booking, by hand');

  onData(crew.command('list <booking>'))
    .description('who sails, and what they answered')
    .action((booking: string, options: DataOptions) =>
      reach(options, r => show(r, 'crew list', { booking })),
    );

  onData(crew.command('assign <booking> <person>'))
    .description('put somebody in a place of their own, or in another role, and write to them')
    .option('--role <role>', 'captain or crew', 'crew')
    .option(...despite)
    .action((booking: string, person: string, options: DataOptions & { role: string; despite?: string }) =>
      reach(options, r =>
        show(r, 'crew assign', { booking, person, role: options.role, despite: options.despite }),
      ),
    );

  onData(crew.command('offer <booking> <people...>'))
    .description('ask people for an open place: it goes to the first to accept')
    .option('--role <role>', 'captain or crew', 'crew')
    .option(...despite)
    .action((booking: string, people: string[], options: DataOptions & { role: string; despite?: string }) =>
      reach(options, r =>
        show(r, 'crew offer', { booking, people, role: options.role, despite: options.despite }),
      ),
    );

  onData(crew.command('answer <booking> <person> <answer>'))
    .description('put in what somebody said on the phone: accepted, declined or unknown')
    .option(...despite)
    .action((booking: string, person: string, answer: string, options: DataOptions & { despite?: string }) =>
      reach(options, r => show(r, 'crew answer', { booking, person, answer, despite: options.despite })),
    );

  onData(crew.command('release <booking> <person>'))
    .description('take somebody off the crew: the link ends at once, a letter says so')
    .option('--reopen', 'leave the place open, and ask the reserve for it')
    .action((booking: string, person: string, options: DataOptions & { reopen?: boolean }) =>
      reach(options, r => show(r, 'crew release', { booking, person, reopen: options.reopen ?? false })),
    );

  onData(crew.command('link <booking> <person>'))
    .description('end the link somebody has to the trip and write them a new one: for a phone that is lost')
    .action((booking: string, person: string, options: DataOptions) =>
      reach(options, async r => {
        await show(r, 'crew link', { booking, person });
        r.out.remark(
          `The old link opens nothing any more; the new one is on its way. Their calendar is renewed with: gangway feed renew ${person}`,
        );
      }),
    );

  onData(crew.command('substitute <booking> <out> <person>'))
    .description('have one person sail instead of another, in the same role')
    .option(...despite)
    .action((booking: string, out: string, person: string, options: DataOptions & { despite?: string }) =>
      reach(options, r => show(r, 'crew substitute', { booking, out, person, despite: options.despite })),
    );

  onData(crew.command('notes <booking> <text>'))
    .description('what the crew reads on the page of the trip; an empty text takes it away')
    .action((booking: string, notes: string, options: DataOptions) =>
      reach(options, async r => {
        if (looksLikeMoney(notes)) {
          r.out.remark(
            'This looks as if it spoke of money; should it hold an amount, the crew is not shown it.',
          );
        }
        await show(r, 'crew notes', { booking, notes });
      }),
    );

  onData(crew.command('renters-captain <booking> [person]'))
    .description('bareboat: record whom the renter chose; without a person, a captain of their own')
    .option(...despite)
    .action((booking: string, person: string | undefined, options: DataOptions & { despite?: string }) =>
      reach(options, r =>
        show(r, 'crew renters-captain', { booking, person: person ?? null, despite: options.despite }),
      ),
    );
}

async function show({ call, out }: Reach, operation: string, input: unknown): Promise<void> {
  const roster = await call<Roster>(operation, input);
  const open = (['captain', 'crew'] as const).flatMap(role => {
    const held = roster.crew.filter(place => place.role === role && place.holds).length;
    const missing = roster.needs[role] - held;
    return missing > 0 ? [`Open: ${missing} as ${role}.`] : [];
  });
  out.answer(roster, () =>
    [
      roster.title,
      table(
        ['person', 'role', 'place', 'answer', 'since', 'answer by'],
        roster.crew.map(place => [
          place.person,
          place.role,
          place.holds ? 'held' : place.answer === 'declined' ? 'given up' : 'asked',
          place.answer,
          place.answeredAt ?? '',
          place.answerBy ?? '',
        ]),
      ),
      ...open,
    ].join('\n'),
  );
}
