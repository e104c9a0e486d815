/** Who asks, as the one who tries it has it in hand. */
export const principals = [
  'nobody',
  'guest with the address of a page',
  'crew of this event',
  'crew of another event',
  'released crew',
  'payee',
  'operator',
  'owner',
  'service key',
  'dashboard token',
  'key of another scope',
  'revoked key',
  "owner at a brand's host",
] as const;
export type Principal = (typeof principals)[number];

/** What is asked for: mine, another booking's, another brand's, or mine when what I hold has run out or was taken back. */
export const relations = ['own', 'other event', 'other brand', 'expired', 'revoked'] as const;
export type Relation = (typeof relations)[number];

/** A way in; `expected` says what it answers to whom. */
type Door =
  | 'anybody'
  | 'staff'
  | 'owner'
  | 'events key'
  | 'calendar token'
  | 'crew'
  | 'any crew'
  | 'payee'
  | 'signature'
  | 'address secret'
  | 'feed secret'
  | 'command line'
  | 'way in';

export type Row = {
  readonly door: Door;
  /** Status for whom it lets in. */
  readonly ok: number;
  readonly body?: Readonly<Record<string, string>>;
  readonly json?: unknown;
};

const row = (door: Door, ok = 200, more: Omit<Row, 'door' | 'ok'> = {}): Row => ({ door, ok, ...more });

/** Every route of the house. Bodies are such that whoever is let in changes nothing: forms say nothing, or say it again. */
export const table: Readonly<Record<string, Row>> = {
  'GET /': row('anybody', 303),
  'GET /ui/gangway.css': row('anybody'),
  'GET /ui/gangway.js': row('anybody'),
  'GET /ui/gangway.svg': row('anybody'),
  'GET /healthz': row('anybody'),
  'GET /readyz': row('anybody'),
  'GET /healthz/headers': row('anybody'),
  'GET /metrics': row('anybody'),
  'GET /openapi.json': row('anybody'),
  'GET /docs': row('anybody'),
  'GET /docs/errors': row('anybody'),
  'GET /docs/docs.css': row('anybody'),

  'POST /webhooks/:source': row('signature', 401, { json: {} }),
  'POST /webhooks/:source/:secret': row('address secret', 401, { json: {} }),

  'POST /inbound/mail/:source': row('signature', 415),
  'POST /inbound/mail/:source/:secret': row('address secret', 415),

  'POST /api/events': row('events key', 422, { json: {} }),
  'POST /events': row('events key', 422, { json: {} }),
  'GET /api/events': row('events key'),
  'GET /events': row('events key'),
  'GET /api/events/:id': row('events key'),
  'GET /events/:id': row('events key'),
  'PATCH /api/events/:id': row('events key', 200, { json: {} }),
  'PATCH /events/:id': row('events key', 200, { json: {} }),

  'POST /api/calendar': row('calendar token', 422, { json: {} }),
  'POST /calendar': row('calendar token', 422, { json: {} }),
  'GET /api/calendar': row('calendar token'),
  'GET /calendar': row('calendar token'),
  'GET /api/calendar/:id': row('calendar token'),
  'GET /calendar/:id': row('calendar token'),
  'PATCH /api/calendar/:id': row('calendar token', 200, { json: {} }),
  'PATCH /calendar/:id': row('calendar token', 200, { json: {} }),

  'GET /feeds/:file': row('feed secret', 404),

  'GET /c/crew.js': row('anybody'),
  'GET /c/photos.js': row('anybody'),
  'GET /c/crew.css': row('anybody'),
  'GET /c/sw.js': row('anybody'),
  'GET /c/crew.webmanifest': row('anybody'),
  'GET /c/icon-192.png': row('anybody'),
  'GET /c/icon-512.png': row('anybody'),
  'GET /c/trips': row('any crew'),
  'GET /c': row('anybody'),
  'GET /c/session': row('anybody', 303),
  'POST /c/session': row('way in', 401, { body: { link: 'no token' } }),
  'GET /c/sign-out': row('anybody', 303),
  'POST /c/sign-out': row('anybody', 303),
  'GET /c/events/:id': row('crew'),
  'GET /c/events/:id/manifest': row('crew'),
  'GET /c/events/:id/answer': row('anybody', 303),
  'GET /c/events/:id/checklist': row('anybody', 303),
  'POST /c/events/:id/answer': row('crew', 409, { body: { answer: 'perhaps' } }),
  'POST /c/events/:id/checklist': row('crew', 409, { body: { item: 'no such item', done: 'yes' } }),

  'POST /c/events/:id/uploads': row('crew', 400, { json: {} }),
  'PATCH /c/events/:id/uploads/:photo': row('crew', 400, { json: {} }),
  'GET /c/events/:id/uploads/:photo': row('crew', 404),

  // Whoever else asks is led to the sign-in, whatever they hold.
  'GET /pay': row('payee'),
  'GET /pay/sign-in': row('anybody'),
  'GET /pay/session': row('anybody', 303),
  'GET /pay/sign-in/letter': row('anybody', 303),
  'GET /pay/sign-in.js': row('anybody'),
  'POST /pay/session': row('way in', 401, { body: { token: 'no token' } }),
  'POST /pay/sign-in/letter': row('anybody', 200, { body: { email: 'nobody@example.org' } }),
  'POST /pay/sign-out': row('anybody', 303),

  'GET /desk/sign-in': row('anybody'),
  'GET /desk/session': row('anybody', 303),
  'GET /desk/sign-in/letter': row('anybody', 303),
  'GET /desk/sign-in.js': row('anybody'),
  'POST /desk/session': row('way in', 401, { body: { token: 'no token' } }),
  'POST /desk/sign-in/letter': row('anybody', 200, { body: { email: 'nobody@example.org' } }),
  'POST /desk/sign-out': row('anybody', 303),
  'GET /desk/desk.css': row('anybody'),
  'GET /desk': row('staff'),
  'GET /desk/bookings': row('staff'),
  'GET /desk/bookings/new': row('staff'),
  'POST /desk/bookings/new': row('staff', 422),
  'GET /desk/bookings/:id': row('staff'),
  'POST /desk/bookings/:id/retry': row('staff', 303),
  'GET /desk/bookings/:id/move': row('staff'),
  'POST /desk/bookings/:id/move': row('staff', 422),
  'GET /desk/bookings/:id/correct': row('staff'),
  'POST /desk/bookings/:id/correct': row('staff', 303),
  'POST /desk/bookings/:id/decide': row('staff', 404),
  'POST /desk/bookings/:id/merge': row('staff', 404),
  'GET /desk/bookings/:id/split': row('staff', 404),
  'POST /desk/bookings/:id/split': row('staff', 303),
  'GET /desk/bookings/:id/cancel': row('staff'),
  'POST /desk/bookings/:id/cancel': row('staff', 303),
  'GET /desk/bookings/:id/crew': row('staff'),
  'POST /desk/bookings/:id/crew': row('staff', 422),
  'GET /desk/bookings/:id/crew/notes': row('anybody', 303),
  'POST /desk/bookings/:id/crew/notes': row('staff', 303),
  'GET /desk/bookings/:id/manifest': row('staff'),
  'GET /desk/bookings/:id/manifest/money': row('owner'),
  'GET /desk/bookings/:id/forget': row('staff'),
  'POST /desk/bookings/:id/forget': row('staff', 303),
  'GET /desk/bookings/:id/photos': row('staff'),
  'POST /desk/bookings/:id/photos': row('staff', 422),
  'GET /desk/photos/:photo/:name': row('staff', 404),
  'POST /desk/bookings/:id/restore': row('staff', 303),
  'GET /desk/bookings/:id/progress': row('staff'),
  'GET /desk/calendar': row('staff'),
  'GET /desk/holds': row('staff'),
  'POST /desk/holds': row('staff', 422),
  'POST /desk/holds/:id/release': row('staff', 303),
  'GET /desk/holds/:id/release': row('anybody', 303),
  'GET /desk/holds/conflicts': row('anybody', 303),
  'POST /desk/holds/conflicts': row('staff', 422),
  'GET /desk/quarantine': row('staff'),
  'GET /desk/quarantine/:id': row('staff'),
  'POST /desk/quarantine/:id/correct': row('staff', 422),
  'POST /desk/quarantine/:id/rerun': row('staff', 303),
  'POST /desk/quarantine/:id/discard': row('staff', 422),
  'GET /desk/inbox': row('staff'),
  'GET /desk/feeds': row('staff'),
  'POST /desk/feeds': row('staff', 404),
  'GET /desk/webhooks': row('staff'),
  'POST /desk/webhooks': row('staff', 404),
  'GET /desk/failures': row('staff'),
  'POST /desk/failures': row('staff', 404),
  'GET /desk/failures/addresses': row('anybody', 303),
  'POST /desk/failures/addresses': row('staff', 404),
  'GET /desk/money': row('owner'),
  'GET /desk/money.csv': row('owner'),

  'GET /mailbox': row('owner'),
  'GET /mailbox/:id': row('owner'),
  'GET /mailbox/:id/html': row('owner'),
  'GET /mailbox/:id/letter.eml': row('owner'),

  'POST /api/operations/:name': row('command line', 403, { json: {} }),
};

/** What a brand's host serves, whoever asks. */
export const brandTable: Readonly<Record<string, string>> = {
  'GET /g/worker.js': 'what keeps pages for where there is no network: the same for everybody',
  'GET /*': 'the pages of its own guests, else the one page for nothing',
  'POST /g/:slug/uploads':
    'leave to send one photo, at a page of its own and in its time; else the page for nothing',
  'PATCH /g/:slug/uploads/:photo': 'takes bytes of a photo, under a grant; else the page for nothing',
  'GET /g/:slug/uploads/:photo': 'how an upload of that page stands; else the page for nothing',
  'GET /g/:slug/uploads': 'the page that lists what the device in hand sent; else the page for nothing',
  'DELETE /g/:slug/uploads/:photo':
    'takes back what nobody has looked at, by the key of the sending device; else the page for nothing',
  'PUT /g/:slug/uploads/:photo': 'undoes that, by the same key; else the page for nothing',
  'GET /g/:slug/photos.zip': 'what is shown on that page; else the page for nothing',
  'GET /g/:slug/photos/:file': 'what is shown on that page; else the page for nothing',
  'GET /g/:slug/letters': 'what the guest of that page wishes for letters; else the page for nothing',
  'POST /g/:slug/letters': 'takes down what the guest of that page wishes; else the page for nothing',
  'POST /g/:slug/photos/removal':
    'hides a photo of that page until a person decides; else the page for nothing',
};

export type Expected = { readonly status: number; readonly code?: string };

/**
 * What the answer must be. Whoever holds something that ran out or was taken back is answered like somebody who holds
 * nothing, or, with a key, somebody who made one up.
 */
export function expected({ door, ok }: Row, who: Principal, relation: Relation): Expected {
  const holds = relation !== 'expired' && relation !== 'revoked';
  if (who === "owner at a brand's host") return { status: 404 };
  switch (door) {
    case 'staff':
      return holds && (who === 'owner' || who === 'operator')
        ? { status: ok }
        : { status: 401, code: 'sign-in-needed' };
    case 'owner':
      if (holds && who === 'owner') return { status: ok };
      return holds && who === 'operator'
        ? { status: 403, code: 'owner-only' }
        : { status: 401, code: 'sign-in-needed' };
    case 'events key':
      return keyed(who, relation, ok, 'service key', 'service-key');
    case 'calendar token':
      return keyed(who, relation, ok, 'dashboard token', 'dashboard-token');
    case 'crew': {
      const mine = { own: 'crew of this event', 'other event': 'crew of another event' }[relation as string];
      return who === mine ? { status: ok } : { status: 404 };
    }
    case 'any crew':
      return holds && (who === 'crew of this event' || who === 'crew of another event')
        ? { status: ok }
        : { status: 404 };
    case 'payee':
      return { status: holds && who === 'payee' ? ok : 303 };
    default:
      return { status: ok };
  }
}

/** A key does not run out by itself; it works until it is taken back. */
function keyed(
  who: Principal,
  relation: Relation,
  ok: number,
  own: Principal,
  kind: 'service-key' | 'dashboard-token',
): Expected {
  const holds = relation !== 'revoked';
  if (holds && who === own) return { status: ok };
  if (![own, 'key of another scope', 'revoked key'].includes(who))
    return { status: 401, code: `${kind}-missing` };
  return holds && who === 'key of another scope' && kind === 'service-key'
    ? { status: 403, code: 'service-key-scope' }
    : { status: 401, code: `${kind}-unknown` };
}
