import { answered, type CodeTable } from './code.ts';

/** Marketplaces that send webhooks of their own, and what they are asked. */
export const sourceCodes = {
  'xml-malformed': answered(
    400,
    'The body is not XML, or XML with what is never read from outside: a document type, an entity of its own. `position` says where.',
    'Have the marketplace send JSON instead.',
  ),
  'form-malformed': answered(
    400,
    'The body is no form: a name is not written as `a[b][c]`, stands there twice, or is both a value and a group.',
    'Have the marketplace send JSON instead.',
  ),
  'status-unknown': answered(
    422,
    'A booking has a status at the marketplace that is not known here, so it is not clear whether it stands.',
    'Look at the marketplace, and enter or cancel the booking by hand.',
  ),
  'trips-several': answered(
    422,
    'An order holds several trips; a booking is one, and which is meant is not guessed.',
    'Enter each trip by hand, and discard the message.',
  ),
  'api-unavailable': answered(
    503,
    'A marketplace was asked for a booking and did not give it. It is asked again by itself, ten times within most of a day.',
    'Look at the status page of the marketplace; then run the message again.',
  ),
  'api-key-refused': answered(
    502,
    'A marketplace was asked for a booking and did not accept our key.',
    'Make a key that may read bookings there and set it under `api` of the source; then run the message again.',
  ),
  'api-unknown-there': answered(
    502,
    'A marketplace was asked for the booking of a notice and does not know it.',
    'Look for the booking there. Run the message again if it is there, discard it if not.',
  ),
  'endpoint-unknown': answered(
    404,
    'The configuration knows no endpoint of this name.',
    'The answer lists the endpoints there are; add one under `webhooks`.',
  ),
  'announcement-unknown': answered(
    404,
    'There is no delivery of this name.',
    'Look for it with `gangway webhook list`; ids begin with `ann_`.',
  ),
  'outside-unreachable': answered(
    504,
    'A server outside did not answer: no such name, no connection, or not in time.',
    'Check the address, and that this machine may speak to it.',
  ),
  'outside-too-long': answered(
    502,
    'The answer of a server outside is longer than what is read.',
    'Check the address.',
  ),
  'address-forbidden': answered(
    422,
    'An address outside is not asked: it is not https on port 443, holds a password, or leads into a private network.',
    'Correct the address.',
  ),
  'calendar-unknown': answered(
    404,
    'There is no such calendar of a marketplace: they are called source/vessel.',
    'Use one of those in the configuration, under the `feeds` of a source.',
  ),
  'feed-no-alarm': answered(
    409,
    'A calendar was to be believed whose alarm is over.',
    'Reload the page: it reads as before again.',
  ),
  'calendar-entry-changed': answered(
    409,
    'Somebody changed the entry of a booking on a calendar server; it says what stands there. Nothing is written over it.',
    'Where they are right, change the booking and undo the change there. Else press “Write over it” at the desk, or `gangway retry BOOKING --overwrite`.',
  ),
  'calendar-entry-deleted': answered(
    409,
    'Somebody deleted the entry of a booking on a calendar server. It is not brought back by itself.',
    'Press “Write over it” at the desk, or `gangway retry BOOKING --overwrite`.',
  ),
  'calendar-entry-busy': answered(
    503,
    'The entry of a booking on a calendar server was changed between looking and writing.',
    'Nothing: it is tried again by itself.',
  ),
  'calendar-server-refused': answered(
    502,
    'A calendar server did not take an entry; the message says how it answered.',
    'Check url, user and password under `calendarServers`; `gangway doctor` asks it.',
  ),
} as const satisfies CodeTable;
