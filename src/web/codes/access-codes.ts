import { answered, type CodeTable } from './code.ts';

/** Who may come in. */
export const accessCodes = {
  'past-the-edge': answered(
    403,
    'On AWS: the request did not come through a distribution of this installation.',
    'Ask at the host itself, not at the API behind it. If you did, look with `gangway doctor --aws`.',
  ),
  'service-key-missing': answered(
    401,
    'The request has no `X-Service-Key` header (or `X-API-Key`).',
    'Send the header. If you did, a CDN or proxy in between stripped it: call the origin address, or have it forwarded.',
  ),
  'service-key-unknown': answered(
    401,
    'The service key is not known, or was revoked.',
    'Check the key; a new one comes from `gangway key create`.',
  ),
  'service-key-scope': answered(
    403,
    'The service key is good, but not for this.',
    'Use a key with the scope the answer names: `gangway key create --scope …`.',
  ),
  'dashboard-token-missing': answered(
    401,
    'The request has no `X-Dashboard-Token` header.',
    'Send the header. If you did, a CDN or proxy in between stripped it: call the origin address, or have it forwarded.',
  ),
  'dashboard-token-unknown': answered(
    401,
    'The dashboard token is not known, is not one for the calendar, or was revoked.',
    'Check the token; a new one comes from `gangway key create --scope calendar`.',
  ),
  'signature-missing': answered(
    401,
    'A webhook came without its signature: `webhook-id`, `webhook-timestamp` and `webhook-signature`, or the header its marketplace has for it.',
    'Sign it as Standard Webhooks describes, or set the secret of the webhook at the marketplace; see that no proxy strips the headers.',
  ),
  'signature-wrong': answered(
    401,
    'No signature of the webhook fits the secret of its source.',
    'Sign the exact bytes of the body; check that both sides hold the same secret.',
  ),
  'timestamp-out-of-range': answered(
    401,
    'The `webhook-timestamp` is not a time within five minutes of now: a replay, or a wrong clock.',
    'Sign each attempt anew with the time of that attempt, in whole seconds since 1970, and check the clock.',
  ),
  'url-secret-wrong': answered(
    401,
    'The secret in the address of the webhook is not valid.',
    'Copy the whole address again: `/webhooks/{source}/` and the secret that `urlSecret` of the source names.',
  ),
  'sign-in-needed': answered(
    401,
    'Nobody is signed in at the desk, or the sign-in has run out.',
    'Sign in with the link from your letter, or make one with `gangway key sign-in`.',
  ),
  'owner-only': answered(
    403,
    'This page is for the owner: it shows money or a raw message.',
    'Ask the owner, or sign in as the owner.',
  ),
  'not-staff': answered(
    404,
    'A sign-in link was asked for somebody who is neither owner nor operator.',
    'Name a person of the configuration with one of these roles.',
  ),
  'not-a-payee': answered(
    404,
    'A link to their own pay was asked for somebody whom the configuration does not know.',
    'Name a person of the configuration by id.',
  ),
  'crew-link-needed': answered(
    401,
    'A crew page was opened without the link from the letter, or the link is over.',
    'Open the newest letter about the trip and press its button.',
  ),
  'form-from-elsewhere': answered(
    403,
    'A form was sent from another site. Nothing was changed.',
    'Open the page here and send the form from it.',
  ),
  'form-stale': answered(
    403,
    'A form is from an earlier sign-in. Nothing was changed.',
    'Reload the page and send the form again.',
  ),
  'form-too-large': answered(
    413,
    'More was sent than the form can hold.',
    'Send only what the form asks for.',
  ),
  'form-unreadable': answered(
    400,
    'A form came without the field it is about. Nothing was changed.',
    'Reload the page and press the button again.',
  ),
  'https-needed': answered(
    403,
    'Somebody tried to sign in over plain http from another machine.',
    'Open the same address with https, or sign in on the machine itself through localhost.',
  ),
  'too-many-attempts': answered(
    429,
    'One address knocked too often where guessing would pay: sign-in, crew links, feeds, unsigned webhooks, unknown keys.',
    'Wait as long as `Retry-After` says. If it meets callers who did nothing, set `server.trustedProxies`, so that those behind a proxy are told apart.',
  ),
  'key-label-invalid': answered(
    422,
    'The label of a new key is empty, too long or has odd signs.',
    'Use 1 to 64 letters, digits, spaces, dots and dashes, such as `dashboard update`.',
  ),
  'key-without-scope': answered(
    422,
    'A key was asked for that would open nothing.',
    'Give it one or more of `events`, `calendar`, `operations`.',
  ),
  'two-keys-active': answered(
    409,
    'Two keys with this label work already: one in use, one to change over to.',
    'Revoke the one no longer used, then make the new one.',
  ),
  'key-from-configuration': answered(
    409,
    'The key to be revoked is one of the configuration.',
    'Take its hash out of the key file and restart.',
  ),
  'operations-closed': answered(
    403,
    'The address of the command line was called without the token of the running server.',
    'Use `gangway` on the machine where the server runs, as a user who may read its data folder.',
  ),
  'person-unknown': answered(
    404,
    'There is no person with this id in the configuration.',
    'Use one of the ids under `people`.',
  ),
  'feed-unknown': answered(
    404,
    'There is no person or vessel with this id in the configuration.',
    'Use one of the ids under `people` or `vessels`.',
  ),
  'key-unknown': answered(404, 'There is no key with this id.', 'Take the id from `gangway key list`.'),
} as const satisfies CodeTable;
