import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { backupCommands } from './commands/backup.ts';
import { boardCommands } from './commands/board.ts';
import { bookingCommands } from './commands/booking.ts';
import { crewCommands } from './commands/crew.ts';
import { demoCommand } from './commands/demo.ts';
import { doctorCommand } from './commands/doctor.ts';
import { feedCommands } from './commands/feed.ts';
import { initCommand } from './commands/init.ts';
import { intakeCommand } from './commands/intake.ts';
import { keyCommands } from './commands/key.ts';
import { pageCommands } from './commands/page.ts';
import { postCommands } from './commands/post.ts';
import { reconcileCommand } from './commands/reconcile.ts';
import { serveCommand } from './commands/serve.ts';
import { complain } from './output.ts';

// Left over from a Lambda shell, these would make the workflow SDK load code or talk on standard output.
for (const name of ['DURABLE_EXECUTION_PLUGINS', 'DURABLE_VERBOSE_MODE', 'AWS_LAMBDA_LOG_LEVEL'])
  delete process.env[name];

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

const program = new Command('gangway')
  .description(
    'From booking to boarding: makes everything that follows a charter booking exist, and keeps it true.',
  )
  .version(version)
  .showSuggestionAfterError()
  .showHelpAfterError('Run gangway --help to see what there is.')
  .exitOverride();

for (const add of [
  serveCommand,
  demoCommand,
  initCommand,
  bookingCommands,
  crewCommands,
  intakeCommand,
  boardCommands,
  reconcileCommand,
  backupCommands,
  postCommands,
  pageCommands,
  feedCommands,
  keyCommands,
  doctorCommand,
]) {
  add(program);
}

// 0 = done, 1 = refused or failed, 2 = used wrongly.
try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else {
    complain(error);
    process.exitCode = 1;
  }
}
