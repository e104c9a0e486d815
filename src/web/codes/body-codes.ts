import { answered, type CodeTable } from './code.ts';

/** What was sent could not be read, or could not be found. */
export const bodyCodes = {
  'not-found': answered(404, 'There is nothing at this address.', 'The addresses are listed at `/docs`.'),
  'page-unknown': answered(
    404,
    "There is no guest page at this address of a brand. The answer is the same whatever was asked; a browser gets the brand's page for it.",
    'Open the link again as it stands in the letter: capital and small letters count.',
  ),
  'host-unknown': answered(
    421,
    'The request is for a host that is neither the house nor a brand.',
    'Check the host in the address. Behind a proxy, have it forward the `Host` header.',
  ),
  'media-type-unsupported': answered(
    415,
    'A webhook is not plain JSON (for some sources a form or XML): another content type, another charset, or compressed.',
    'Send it with `content-type: application/json` and without `content-encoding`.',
  ),
  'source-unknown': answered(
    404,
    'The configuration knows no source of this name.',
    'Check the last part of the address against the sources of the configuration.',
  ),
  'body-too-large': answered(
    413,
    'The body is larger than 256 KB.',
    'Send one booking or event per message, without attachments.',
  ),
  'mail-not-taken': answered(
    404,
    'The source is not set up for mail.',
    'Give it a `mail` section in the configuration.',
  ),
  'mail-too-large': answered(413, 'The mail is larger than 2 MB.', 'Forward it without its attachments.'),
  'mail-too-slow': answered(
    422,
    'Reading a mail took longer than three seconds or more memory than it may have; it may be made to do that.',
    'Open it in a mail program; if it is a booking, say what it says or enter it by hand.',
  ),
  'mail-malformed': answered(
    422,
    'It is no mail that can be read, or one with neither a text nor an HTML part.',
    'Send the whole mail as it came in (the `.eml` file), not an excerpt of it.',
  ),
  'mail-dns-unavailable': answered(
    503,
    'DNS did not answer while the signature of a mail was checked. It is tried again; in the end the mail waits for a person.',
    'Check that this machine can ask DNS.',
  ),
  'mail-unproven': answered(
    422,
    'It is not proven that a mail comes from the marketplace: no aligned DKIM signature with DMARC, no trusted receiver, no secret address. It waits for a person.',
    'Compare it with the marketplace; run it if it is true, discard it if not.',
  ),
  'mail-several-attached': answered(
    422,
    'More than one mail is attached, and it is not clear which one is meant.',
    'Forward each of them by itself.',
  ),
  'mail-template-unknown': answered(
    422,
    'No template of the source fits the subject of a mail, or more than one does.',
    'Discard it if it is no booking mail; else enter the booking by hand and write a template.',
  ),
  'mail-template-drift': answered(
    422,
    'A mail has a row too many or too few, or one that is written in another way than its template says.',
    'Enter the booking by hand; if the marketplace has changed its mails, change the template and run this again.',
  ),
  'mail-row-twice': answered(
    422,
    'A row stands in a mail more than once, and it is not clear which one is meant.',
    'Look the booking up at the marketplace and enter what it says there.',
  ),
  'mail-parts-disagree': answered(
    422,
    'The subject, the text part and the HTML part of a mail do not say the same.',
    'Look the booking up at the marketplace and enter what it says there.',
  ),
  'mail-date-missing': answered(
    422,
    'A mail does not say when it was sent in a way that can be read, so it cannot be put in order with others.',
    'Forward it as an attachment, or enter the booking by hand.',
  ),
  'mail-zone-disagrees': answered(
    422,
    'A mail gives its times in another zone than the clock of the berth shows.',
    'Look the times up at the marketplace and enter the booking by hand.',
  ),
  'booking-unheard': answered(
    422,
    'A message about the money of a booking, or about nothing but free text, names a booking of which nothing has come in.',
    'Enter the booking or wait for its message; then run this again.',
  ),
  'body-not-utf8': answered(
    400,
    'The body is not UTF-8. `position` names the first byte that fits no character.',
    'Encode the body as UTF-8 before signing and sending it.',
  ),
  'json-malformed': answered(
    400,
    'The body is not JSON. `position` and `path` say where.',
    'Send one JSON value: no comments, no trailing commas, no byte order mark, keys in double quotes.',
  ),
  'json-too-deep': answered(
    400,
    'The body nests deeper than 16 levels.',
    'Send it flat, as the schema has it.',
  ),
  'json-duplicate-key': answered(
    400,
    'A key stands twice in one object, so it is not clear which is meant.',
    'Send each key once.',
  ),
  'json-forbidden-key': answered(
    400,
    'The body has a key that is never accepted from outside: `__proto__`, `constructor` or `prototype`.',
    'Rename or leave out that key.',
  ),
  'field-missing': answered(
    422,
    'A field without which it cannot be done is not there. `field` or `problems` name it.',
    'Add the field.',
  ),
  'field-unknown': answered(
    422,
    'A field or a parameter is not one that is known here, often by a slip of spelling.',
    'Leave it out, or correct its name; the answer lists the known ones.',
  ),
  'field-wrong': answered(
    422,
    'A field or a parameter has a value it cannot have.',
    'Send what the answer says it should be.',
  ),
  'input-invalid': answered(
    422,
    'A command sent the server something that the operation does not take.',
    'Correct it; `--help` shows what is expected. Command and server should be of the same version.',
  ),
  'operation-unknown': answered(
    404,
    'A command asked the running server for an operation it does not have.',
    'Use a `gangway` of the same version as the server.',
  ),
  'idempotency-key-malformed': answered(
    400,
    'The `Idempotency-Key` is empty, longer than 200 characters or not plain text.',
    'Use a fresh UUID for each thing you mean to make.',
  ),
  'idempotency-key-reused': answered(
    409,
    'The `Idempotency-Key` was used before for another body. Nothing was made.',
    'Send a new key with a new request, and the old body with the old key.',
  ),
  'webhook-id-malformed': answered(
    400,
    'The header `webhook-id` is not 1 to 64 letters, digits, hyphens or underscores.',
    'Give each message such an id, and repeat it only with the same bytes.',
  ),
  'delivery-conflict': answered(
    409,
    'A message with this id came in before, with another body. Both are kept; the first one counts.',
    'Send what changed under a new message id. On the desk: take the second as a further message, or discard it.',
  ),
  'delivery-erased': answered(
    409,
    'A message was to be read again whose body has been erased.',
    'Have the marketplace send it again under a new id, or enter the booking by hand.',
  ),
  'delivery-recorded': answered(
    409,
    'A message that is part of a booking was to be discarded.',
    'Change or cancel the booking instead.',
  ),
  'delivery-unknown': answered(
    404,
    'There is no delivery with this id.',
    'Look for it in the quarantine of the desk; ids begin with `dlv_`.',
  ),
} as const satisfies CodeTable;
