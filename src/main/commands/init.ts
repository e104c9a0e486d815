import { existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { Refusal } from '#lib/refusal.ts';
import { isZone } from '#lib/zoned.ts';
import { type Answers, configText } from '../config/text.ts';
import { makeFolder } from '../embedded/make-folder.ts';
import { newKeys } from '../new-keys.ts';
import { output } from '../output.ts';

const questions: Record<
  keyof Answers,
  { ask: string; initial: string; valid: (value: string) => boolean; cure: string }
> = {
  name: {
    ask: 'What is your operation called?',
    initial: 'Harbor Charters',
    valid: v => v.trim() !== '',
    cure: 'a name',
  },
  host: {
    ask: 'Which host do your guests know?',
    initial: 'example.com',
    valid: v => /^([a-z0-9-]+\.)+[a-z]{2,}$/.test(v),
    cure: 'a host name such as example.com',
  },
  vessel: {
    ask: 'What is the vessel called?',
    initial: 'Wanderer',
    valid: v => v.trim() !== '',
    cure: 'a name',
  },
  zone: {
    ask: 'In which time zone is her berth?',
    initial: 'America/Los_Angeles',
    valid: isZone,
    cure: 'an IANA zone such as America/Los_Angeles',
  },
  owner: {
    ask: 'What is the owner called?',
    initial: 'Joan Whitaker',
    valid: v => v.trim() !== '',
    cure: 'a name',
  },
  email: {
    ask: 'Where do the owner’s letters go?',
    initial: 'owner@example.com',
    valid: v => /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(v),
    cure: 'an e-mail address',
  },
};

export function initCommand(program: Command): void {
  const init = program
    .command('init')
    .description('write a commented gangway.config.ts and make the keys; asks, or takes flags')
    .option('--folder <folder>', 'where to', '.')
    .option('--force', 'replace files that are there')
    .option('--json', 'answer with one JSON value');
  for (const [flag, { ask }] of Object.entries(questions)) init.option(`--${flag} <text>`, ask);

  init.action(async (options: Partial<Answers> & { folder: string; force?: boolean; json?: boolean }) => {
    const answers = await ask(options);
    const configFile = resolve(options.folder, 'gangway.config.ts');
    const keyFile = join(resolve(options.folder), 'gangway.env');
    for (const file of [configFile, keyFile]) {
      if (existsSync(file) && !options.force) {
        throw new Refusal(
          'file-exists',
          `${file} is there already.`,
          'Name another --folder, or replace it with --force.',
        );
      }
    }
    const keys = newKeys([
      { id: 'boatsetter', variable: 'BOATSETTER_WEBHOOK_SECRET' },
      { id: 'manual', variable: 'MANUAL_WEBHOOK_SECRET' },
    ]);
    try {
      makeFolder(options.folder, 0o777);
      writeFileSync(configFile, configText(answers));
      writeFileSync(
        keyFile,
        Object.entries(keys.environment)
          .map(([name, value]) => `${name}='${value}'\n`)
          .join(''),
        { mode: 0o600 },
      );
    } catch (error) {
      throw new Refusal(
        'folder-unwritable',
        `${options.folder} cannot be written (${(error as NodeJS.ErrnoException).code}).`,
        'Name another --folder.',
      );
    }
    const out = output(options.json ?? false);
    out.answer(
      { config: configFile, keys: keyFile, serviceKey: keys.serviceKey, dashboardToken: keys.dashboardToken },
      () =>
        [
          `Written: ${configFile}`,
          `Written: ${keyFile} (readable by you only; keep a copy somewhere safe)`,
          '',
          'Two keys for your scripts. They are shown this once and stored only as hashes:',
          `  X-Service-Key: ${keys.serviceKey}`,
          `  X-Dashboard-Token: ${keys.dashboardToken}`,
          '',
          'Next: read through the configuration, then run gangway doctor and gangway serve.',
        ].join('\n'),
    );
  });
}

async function ask(given: Partial<Answers>): Promise<Answers> {
  const missing = (Object.keys(questions) as (keyof Answers)[]).filter(key => given[key] === undefined);
  const interactive = process.stdin.isTTY && process.stdout.isTTY;
  if (missing.length > 0 && !interactive) {
    throw new Refusal(
      'answers-missing',
      `Without a terminal init cannot ask for: ${missing.join(', ')}.`,
      `Give ${missing.map(key => `--${key}`).join(' ')}.`,
    );
  }
  const check = (key: keyof Answers, value: string) =>
    questions[key].valid(value) ? undefined : `This has to be ${questions[key].cure}.`;
  let asked: Partial<Answers> = {};
  if (missing.length > 0) {
    const { cancel, group, intro, outro, text } = await import('@clack/prompts');
    intro('A new Gangway');
    asked = await group(
      Object.fromEntries(
        missing.map(key => [
          key,
          () =>
            text({
              message: questions[key].ask,
              initialValue: questions[key].initial,
              validate: value => check(key, value ?? ''),
            }) as Promise<string>,
        ]),
      ),
      {
        onCancel: () => {
          cancel('Nothing was written.');
          process.exit(1);
        },
      },
    );
    outro('Thank you.');
  }
  const answers = { ...given, ...asked } as Answers;
  for (const key of Object.keys(questions) as (keyof Answers)[]) {
    const wrong = check(key, answers[key]);
    if (wrong)
      throw new Refusal(
        'answer-invalid',
        `--${key} ${JSON.stringify(answers[key])}: ${wrong}`,
        'Give it again.',
      );
  }
  return answers;
}
