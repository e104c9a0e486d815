import type { Command } from 'commander';
import { table } from '../output.ts';
import { type DataOptions, onData, reach } from '../reach.ts';

type KeyLine = { id: string; label: string; scopes: string[]; createdAt: string; revokedAt: string | null };

export function keyCommands(program: Command): void {
  const key = program
    .command('key')
    .description('keys for scripts, printed once and stored hashed; sign-in links for staff');

  onData(key.command('create'))
    .description('make a key; at most two of one label are active, so that you can rotate')
    .requiredOption('--label <name>', 'what it is for')
    .option('--scope <scope...>', 'events, calendar', ['events'])
    .action((options: DataOptions & { label: string; scope: string[] }) =>
      reach(options, async ({ call, out }) => {
        const made = await call<{ id: string; key: string }>('key create', {
          label: options.label,
          scopes: options.scope,
        });
        out.remark('This is the only time it is shown:');
        out.answer(made, () => made.key);
      }),
    );

  onData(key.command('list'))
    .description('every key, revoked ones too; never the key itself')
    .action((options: DataOptions) =>
      reach(options, async ({ call, out }) => {
        const keys = await call<KeyLine[]>('key list');
        out.answer(keys, () =>
          keys.length === 0
            ? 'No keys but those of the configuration.'
            : table(
                ['key', 'label', 'scopes', 'made', 'revoked'],
                keys.map(k => [k.id, k.label, k.scopes.join(' '), k.createdAt, k.revokedAt ?? '']),
              ),
        );
      }),
    );

  onData(key.command('revoke <key>'))
    .description('end a key at once')
    .action((id: string, options: DataOptions) =>
      reach(options, async ({ call, out }) => {
        await call('key revoke', { id });
        out.answer({ revoked: id }, () => `Revoked ${id}.`);
      }),
    );

  onData(key.command('sign-in <person>'))
    .description('a link with which an owner or operator signs in at the desk; works for a day')
    .action((person: string, options: DataOptions) =>
      reach(options, async ({ call, out }) => {
        const link = await call<{ url: string; expiresAt: string }>('key sign-in', { person });
        out.answer(link, () => `${link.url}\n(until ${link.expiresAt})`);
      }),
    );

  onData(key.command('sign-out <person>'))
    .description(
      'end every sign-in of somebody at once, at the desk and at their own pay, and the links that led there',
    )
    .action((person: string, options: DataOptions) =>
      reach(options, async ({ call, out }) => {
        await call('key sign-out', { person });
        out.answer(
          { signedOut: person },
          () => `${person} is signed out; their old sign-in links open nothing.`,
        );
      }),
    );
}
