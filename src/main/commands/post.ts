import type { Command } from 'commander';
import type { Held, Released } from '../operations/held-letters.ts';
import { table } from '../output.ts';
import { type DataOptions, onData, reach } from '../reach.ts';

export function postCommands(program: Command): void {
  const post = program.command('post').description('letters that are held since a backup was restored');

  onData(post.command('held'))
    .description('letters that may have gone out before the restore, and wait for you')
    .option('--limit <n>', 'at most so many', '100')
    .action((options: DataOptions & { limit: string }) =>
      reach(options, async ({ call, out }) => {
        const held = await call<Held>('post held', { limit: Number(options.limit) });
        out.answer(held, () => prose(held));
      }),
    );

  onData(post.command('release [letters...]'))
    .description('send held letters, or count them as sent because their readers have them')
    .option('--all', 'every letter that is held')
    .option('--sent', 'do not send: the readers have them')
    .action((letters: string[], options: DataOptions & { all?: boolean; sent?: boolean }) =>
      reach(options, async ({ call, out }) => {
        const done = await call<Released>('post release', {
          ids: letters,
          all: options.all ?? false,
          sent: options.sent ?? false,
        });
        out.answer(done, () =>
          [
            done.countedAsSent > 0 ? `${done.countedAsSent} counted as sent.` : `${done.released} released.`,
            `${done.left} held.`,
          ].join(' '),
        );
      }),
    );
}

function prose({ count, letters }: Held): string {
  if (count === 0) return 'No letter is held.';
  const rows = letters.map(({ postedAt, to, subject, id }) => [postedAt, to, subject, id]);
  return [
    table(['written', 'to', 'subject', 'letter'], rows),
    '',
    `${count === 1 ? 'One letter is' : `${count} letters are`} held since the restore: each may have gone out before.`,
    'Send them with gangway post release, or with --sent count them as sent; --all takes them all.',
  ].join('\n');
}
