import { answered, type CodeTable } from './code.ts';

/** Letters, workflows, and what goes wrong in the machine. */
export const machineCodes = {
  'address-invalid': answered(
    422,
    'This is not an e-mail address that letters can be sent to.',
    'Correct it: one @, no spaces or quotes, and the domain in plain letters (`xn--…` for others).',
  ),
  'letter-malformed': answered(
    422,
    'A letter was not taken: something typed holds line breaks, invisible signs, too much text or a bad link.',
    'Correct what was typed, then retry.',
  ),
  'letter-unknown': answered(404, 'There is no such letter.', 'Open it from the list of letters.'),
  'letter-not-waiting': answered(
    409,
    'The letter was sent, recalled or is on its way, so it cannot be sent again.',
    'Let the change or the desk write a new one.',
  ),
  'address-not-suppressed': answered(
    404,
    'A decision about an address to which no letters are withheld.',
    'Look at those that are, on the desk under Failures or with `gangway letters suppressed`.',
  ),
  'letter-not-held': answered(
    409,
    'The letter is not one that is held since a restore.',
    'Look at what is held with `gangway post held`.',
  ),
  'backup-folder-not-empty': answered(
    409,
    'The folder for a backup has something in it.',
    'Name a folder that does not exist yet: each backup has its own.',
  ),
  'backup-folder-unwritable': answered(
    422,
    'The folder for a backup cannot be made or read.',
    'Name another; the user that the server runs as has to have the right to write there.',
  ),
  'execution-unknown': answered(
    404,
    'There is no workflow execution of this name.',
    'Check the name; executions are forgotten some time after they ended.',
  ),
  'execution-name-taken': answered(
    409,
    'An execution of this name was started before with another input.',
    'Start it under another name, or with the input it had.',
  ),
  'execution-ended': answered(409, 'The execution has ended already.', 'There is nothing to stop.'),
  'execution-not-failed': answered(
    409,
    'The execution is running or went well.',
    'Only a failed or stopped execution can be run again.',
  ),
  'execution-has-parent': answered(
    409,
    'The execution was invoked by another, which has gone on without it.',
    'Retry the execution that invoked it.',
  ),
  'execution-name-invalid': answered(
    422,
    'An execution cannot be called that.',
    'Use 1 to 64 letters, digits, hyphens and underscores.',
  ),
  'execution-input-too-large': answered(
    413,
    'The input of an execution is larger than 6 MB.',
    'Store the data elsewhere and hand over where it is.',
  ),
  'callback-unknown': answered(
    404,
    'No callback has this id.',
    'Use the id exactly as the workflow handed it out.',
  ),
  'callback-closed': answered(
    409,
    'The callback was answered already, or its time is over.',
    'Nothing to do: the workflow has gone on.',
  ),
  'callback-result-too-large': answered(
    413,
    'The answer to a callback is too large.',
    'Store the data elsewhere and answer with where it is.',
  ),
  'crew-event-behind': answered(
    503,
    'The crew event does not say yet what the booking says; the letters wait for it.',
    'Nothing to do: it is tried again by itself. If it stays, look at the crew event on the desk.',
  ),
  'guest-page-behind': answered(
    503,
    'The guest page does not say yet what the booking says; the letter that links to it waits.',
    'Nothing to do: it is tried again by itself. If it stays, look at the guest page on the desk.',
  ),
  'page-host-failed': answered(
    503,
    'The folder of the guest pages could not be read or written.',
    'Check that `pages/` in the data folder belongs to the user Gangway runs as.',
  ),
  'erasure-unfinished': answered(
    503,
    'A guest is forgotten, but one place could not be reached to erase them there.',
    'It is tried again every minute; the log names what stands in the way.',
  ),
  'outbox-failed': answered(
    503,
    'A letter could not be deleted from the outbox folder.',
    'Check that `outbox/` in the data folder belongs to the user Gangway runs as; it is tried again within a minute.',
  ),
  'database-busy': answered(
    503,
    'Something else, such as a backup, is reading a database just now.',
    'Wait until it is done; what was asked for is tried again within a minute.',
  ),
  'disk-full': answered(
    507,
    'The disk is full. Nothing was stored, so nothing was acknowledged.',
    'Make room. Senders repeat on their own; nothing that was acknowledged is lost.',
  ),
  'disk-failed': answered(
    503,
    'The disk failed while storing, so the process ends and has to read it again.',
    'Look at the disk and its log. On a sound disk a restart goes on where it stopped.',
  ),
  'table-busy': answered(
    503,
    'Others kept changing the same records in the table of the AWS edition.',
    'Try again. If it stays, one booking is being written to far more often than people can.',
  ),
  'table-unavailable': answered(
    503,
    'The table of the AWS edition did not answer.',
    'Try again. Look at the health of DynamoDB in the region and at the role of the function.',
  ),
  'table-unit-too-large': answered(
    500,
    'One change would have touched more than 100 records of the table at once.',
    'Please report it: no booking comes near to this.',
  ),
  'secrets-unavailable': answered(
    503,
    'The secrets could not be read from SSM, so the function did not start.',
    'Try again. Look at the health of SSM in the region and at the role of the function.',
  ),
  'leaks-unanswered': answered(
    503,
    'The function that looks for amounts did not answer, so nothing was let out.',
    'Nothing to do: it is tried again by itself. If it stays, look at the function `leaks` and at who may invoke it.',
  ),
  'lambda-unavailable': answered(
    503,
    'Lambda did not take a workflow or did not say how it stands.',
    'Nothing to do: it is asked again every minute. If it stays, look at who may invoke the function.',
  ),
  'turn-not-given': answered(
    503,
    'Another function was at work on the same surface for 20 seconds.',
    'Nothing to do: the surface is told again within a minute.',
  ),
  defect: answered(
    500,
    'Something in Gangway itself went wrong.',
    'Try again. If it stays, the log line `request broke` names the place; please report it.',
  ),
} as const satisfies CodeTable;
