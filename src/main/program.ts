import { Command } from 'commander';
import { backupCommands } from './commands/backup.ts';
import { boardCommands } from './commands/board.ts';
import { bookingCommands } from './commands/booking.ts';
import { costCommand } from './commands/cost.ts';
import { crewCommands } from './commands/crew.ts';
import { demoCommand } from './commands/demo.ts';
import { doctorCommand } from './commands/doctor.ts';
import { feedCommands } from './commands/feed.ts';
import { holdCommands } from './commands/hold.ts';
import { initCommand } from './commands/init.ts';
import { intakeCommand } from './commands/intake.ts';
import { keyCommands } from './commands/key.ts';
import { lettersCommands } from './commands/letters.ts';
import { manifestCommands } from './commands/manifest.ts';
import { movingCommands } from './commands/moving.ts';
import { pageCommands } from './commands/page.ts';
import { photoCommands } from './commands/photo.ts';
import { postCommands } from './commands/post.ts';
import { reconcileCommand } from './commands/reconcile.ts';
import { redactCommand } from './commands/redact.ts';
import { scrubCommand } from './commands/scrub.ts';
import { serveCommand } from './commands/serve.ts';
import { stackCommands } from './commands/stack.ts';
import { webhookCommands } from './commands/webhook.ts';

const all = [
  serveCommand,
  demoCommand,
  initCommand,
  bookingCommands,
  crewCommands,
  holdCommands,
  manifestCommands,
  intakeCommand,
  redactCommand,
  boardCommands,
  reconcileCommand,
  backupCommands,
  movingCommands,
  postCommands,
  lettersCommands,
  webhookCommands,
  photoCommands,
  pageCommands,
  feedCommands,
  keyCommands,
  doctorCommand,
  costCommand,
  stackCommands,
  scrubCommand,
];

/** Every command of `gangway`, with its options and what it does; nothing runs yet. Wrong usage is thrown as commander's error. */
export function gangwayProgram(version: string): Command {
  const program = new Command('gangway')
    .description(
      'From booking to boarding: makes everything that follows a charter booking exist, and keeps it true.',
    )
    .version(version)
    .showSuggestionAfterError()
    .showHelpAfterError('Run gangway --help to see what there is.')
    .exitOverride();
  for (const add of all) add(program);
  return program;
}
