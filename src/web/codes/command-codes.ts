import { type CodeTable, shown } from './code.ts';

/** Codes that end a command or a start. No request meets them. */
export const commandCodes = {
  'answer-invalid': shown('An answer given to `gangway init` is not usable.', 'Give it again.'),
  'not-confirmed': shown(
    'A command that cannot be undone was not confirmed, and did nothing.',
    'Answer its question with yes, or give `--yes` where nobody can be asked.',
  ),
  'answers-missing': shown(
    '`gangway init` runs without a terminal and cannot ask.',
    'Give the answers as flags; the message names them.',
  ),
  'file-exists': shown(
    '`gangway init` would overwrite a file.',
    'Name another `--folder`, or replace it with `--force`.',
  ),
  'folder-unwritable': shown('`gangway init` cannot write to the folder.', 'Name another `--folder`.'),
  'file-unreadable': shown(
    'The file given to `gangway intake` or `gangway scrub` cannot be read.',
    'Name a file that exists, or `-` for standard input.',
  ),
  'scrub-file-unreadable': shown(
    'The file given to `gangway scrub` is neither JSON nor CSV, or no undo file of a scrub.',
    'Give a file as `aws dynamodb scan` prints it, an unpacked export to S3, or CSV with a line of names.',
  ),
  'scrub-file-changed': shown(
    'The file was written by somebody else while it was scrubbed. Nothing was changed.',
    'See that nobody writes it, then run it again.',
  ),
  'scrub-undo-exists': shown(
    'There is an undo file already, the only way back of the scrub that wrote it.',
    'Name another with `--undo-file`.',
  ),
  'scrub-table-unreachable': shown(
    'The table given to `gangway scrub` cannot be read.',
    'Check the name, `--region` and the credentials of this machine.',
  ),
  'aws-sdk-missing': shown(
    'A table is read with the AWS SDK, which is not installed here.',
    'Install it with npm, or scrub an export of the table.',
  ),
  'config-missing': shown(
    'There is no configuration where it was looked for.',
    'Make one with `gangway init`, or name yours with `--config`.',
  ),
  'config-invalid': shown(
    'The configuration or a secret it names is wrong; all problems are listed with their path. Nothing was started.',
    'Correct them; `docs/reference/config.md` describes every field.',
  ),
  'aws-stack-missing': shown(
    'The stack for AWS is in the repository and not in the installed package.',
    'Clone the repository and run the command there.',
  ),
  'aws-packages-missing': shown(
    'The packages of the stack for AWS are not installed.',
    'Run `npm ci --prefix deploy/aws`.',
  ),
  'synth-failed': shown(
    'The stack for AWS could not be synthesised; the lines say why.',
    'Correct what they name; nothing was changed anywhere.',
  ),
  'deploy-failed': shown(
    'What would change on AWS could not be found out, or the deployment did not go through.',
    'The lines above it say why; look at the credentials first.',
  ),
  'brand-place-wrong': shown(
    'What the stack on AWS has for a brand is not what the configuration says: bucket, distribution, host or prefix of another one.',
    'Deploy the stack from the configuration the program runs with: `gangway deploy`.',
  ),
  'origin-secret-missing': shown(
    'The secret with which distributions on AWS show who they are has no value that could be used.',
    'Run `gangway deploy`, which makes it; changed by hand it stays JSON with values of 32 signs or more.',
  ),
  'surroundings-missing': shown(
    'A function on AWS was not told what it works with.',
    'Run `gangway deploy`, which sets it; set nothing by hand.',
  ),
  'key-file-open': shown(
    'The key file can be read by others on this machine.',
    'Close it: `chmod 600 gangway.env`.',
  ),
  'money-rule-wrong': shown(
    'A fee or pay rule of the configuration cannot be right.',
    'Correct the rule at the path named.',
  ),
  'webhook-secret-malformed': shown(
    'The secret of a source is no Standard Webhooks secret.',
    'Use `whsec_` followed by the base64 of 24 to 64 random bytes.',
  ),
  'workflow-unknown': shown(
    'Unfinished work is of a workflow version that this program does not have.',
    'Run the version that has it until the work has ended, then upgrade.',
  ),
  'data-newer-than-program': shown(
    'The data folder was written by a newer Gangway.',
    'Run that version, or restore a backup made before the upgrade.',
  ),
  'data-damaged': shown(
    'A file of the data folder is no database, or is damaged.',
    'Put it away and restore a backup.',
  ),
  'data-unwritable': shown(
    'The data folder cannot be written.',
    'Choose another with `--data`, or give this user the right to write there.',
  ),
  'folder-not-scratch': shown(
    'The folder named for the demo holds files that no demo made, and a demo empties its folder.',
    'Name another folder with `--data`, one that does not exist yet.',
  ),
  'data-in-use': shown(
    'Another Gangway holds the data folder; the message names its process.',
    'Stop it first, or use another `--data` folder.',
  ),
  'data-not-empty': shown(
    '`gangway restore` would write into a data folder that has something in it.',
    'Restore into a folder that is empty or does not exist yet.',
  ),
  'restore-unfinished': shown(
    'The data folder was being restored from a backup, and that did not end.',
    'Delete the folder, then run `gangway restore` again.',
  ),
  'backup-incomplete': shown(
    'The folder given to `gangway restore` has no manifest, so it is no whole backup.',
    'Name the folder of a backup that ended well.',
  ),
  'backup-damaged': shown(
    'A file of the backup is missing, is not as it was written, or was damaged before. Nothing was restored.',
    'Take an older backup.',
  ),
  'import-unfinished': shown(
    'A house was being put into the data folder from an export, and that did not end.',
    'Run `gangway import` again with the same export: it goes on where it was.',
  ),
  'import-other-unfinished': shown(
    'Another export was being put into this house, and that did not end.',
    'Import that one again: it goes on where it was. Or begin anew with an empty house.',
  ),
  'import-not-empty': shown(
    '`gangway import` would write into a table that has a house in it.',
    'Import into an empty table; nothing there is ever overwritten.',
  ),
  'import-not-whole': shown(
    'What was put in place was read back, and is not what the export says.',
    'See that nobody else works on this house meanwhile, then import again.',
  ),
  'export-folder-not-empty': shown(
    'The folder for an export has something in it, or cannot be made.',
    'Name a folder that does not exist yet, where this user may write.',
  ),
  'export-not-quiet': shown(
    'The table changed while it was read, so what was read is not of one moment.',
    'Stop what comes in and disable the schedule of the tick, then run it again: [Moving](../operating/aws.md#moving).',
  ),
  'export-incomplete': shown(
    'The folder given to `gangway import` has no `export.json`, or one that cannot be read: it is no whole export.',
    'Name the folder of an export that ended well.',
  ),
  'export-newer': shown(
    'The export was written by a newer Gangway, in a format that this program does not know.',
    'Install that version here, then import again.',
  ),
  'export-damaged': shown(
    'A part of the export is missing, is not as it was written, or is no part of one. Nothing was changed.',
    'Copy it anew from where it was made, or export again.',
  ),
  'export-without-money': shown(
    'The export was made without its books; a house of it would write every letter about money again.',
    'Export once more without `--without-money`.',
  ),
  'export-other-link-key': shown(
    'The house makes personal links with another key than the one that was exported, so no link in a letter that is out would open.',
    'Give it the same link key, then import again.',
  ),
  'export-unknown-brand': shown(
    'The export has pages of a brand that the configuration here does not know.',
    'Take the configuration of the house that was exported along, then import again.',
  ),
  'aws-house-unreachable': shown(
    'The house on AWS cannot be reached with the credentials of this terminal, or is not deployed.',
    'Set credentials and look at `aws.region`; deploy it with `gangway deploy`.',
  ),
  'port-taken': shown(
    'Another program listens on the port.',
    'Choose another with `--port`; 0 finds a free one.',
  ),
  'port-forbidden': shown('This user may not open the port.', 'Choose a port above 1023.'),
  'doctor-found': shown('`gangway doctor` found something failing.', 'The cures stand beside the findings.'),
  failed: shown(
    'The running server answered a command with something that is no problem document.',
    'See whether the address in `server.json` of the data folder is really the server.',
  ),
} as const satisfies CodeTable;

/** Codes that stand beside a surface or in a ledger on the desk, and end nothing. */
export const deskCodes = {
  'field-malformed': shown(
    'A field of a delivery is not as the published schema has it.',
    'Have the sender correct it: `examples/webhooks/` shows how it should be.',
  ),
  'occurred-in-future': shown(
    'A delivery says that it happens more than a day from now, so it cannot be put in order.',
    'Correct the clock of the sender, then have it send the booking again.',
  ),
  'unsigned-held': shown(
    'A delivery came without a signature, and its source is set to wait for a person then.',
    'Compare it with the marketplace; run it if it is true, discard it if not.',
  ),
  'delivery-poisoned': shown(
    'Reading a delivery failed five times through a fault of Gangway itself.',
    'Look in the log, update Gangway or enter the booking by hand; then run it again or discard it.',
  ),
  'letter-waiting': shown(
    'A letter has not gone out yet and is tried again.',
    'Nothing to do; the reason stands beside it.',
  ),
  'letter-returned': shown(
    'A letter came back or was given up after five days.',
    'Correct the address, or retry once the mail server works.',
  ),
  drifted: shown(
    'A surface was read back and does not say what it should.',
    'It is set right by itself; `gangway reconcile --repair` does it at once.',
  ),
  'gross-missing': shown(
    'Nobody has said yet what the guest pays.',
    'Enter the amount, or ask the marketplace.',
  ),
  'gross-unreadable': shown(
    'A source states a price that is not a plain decimal.',
    'Look at the message and enter the amount.',
  ),
  'gross-negative': shown(
    'A source states a price below zero.',
    'A refund is not a price: enter what the guest pays in the end.',
  ),
  'currency-other': shown(
    'A source states the price in another currency than the books.',
    'Enter the amount in the currency of the books as it reached the bank.',
  ),
  'tip-unreadable': shown(
    'A source states a tip that cannot be read.',
    'Look at the message and tell the crew what is theirs.',
  ),
  'crew-not-known': shown(
    'Nobody knows yet who sails, because the crew event is not made: pay and net wait for it.',
    'It is tried again by itself; the booking on the desk shows what keeps it.',
  ),
  'pay-unknown': shown(
    'No rule says what somebody earns by a trip, so it is missing from the net.',
    'Add a pay rule for the person or role to the configuration.',
  ),
  'feed-unreachable': shown(
    "A marketplace's calendar could not be reached. The last good copy counts.",
    'Nothing, if it passes; else compare its address with the one the marketplace shows.',
  ),
  'feed-refused': shown(
    'A marketplace answered with something else than its calendar, a redirection for instance. The last good copy counts.',
    'Copy the address of the calendar from the marketplace anew.',
  ),
  'feed-not-calendar': shown(
    'What came from a marketplace is no calendar. The last good copy counts.',
    'Open the address in a browser: it has to give an .ics file, not a page.',
  ),
  'feed-truncated': shown(
    "A marketplace's calendar ends in the middle. The last good copy counts.",
    'Nothing, if it passes; else tell the marketplace.',
  ),
  'feed-too-many': shown(
    "A marketplace's calendar has more than 5,000 entries. The last good copy counts.",
    'Have the marketplace export what is ahead only.',
  ),
  'feed-too-slow': shown(
    "Reading a marketplace's calendar took longer than it may. The last good copy counts.",
    'Look at the file: no calendar of a vessel takes that long unless it is made to.',
  ),
  'redaction-incomplete': shown(
    '`gangway redact` would leave a name, a number or an address of the real mail in the fixture. Nothing was written.',
    'Name the people in it with `--name`.',
  ),
} as const satisfies CodeTable;
