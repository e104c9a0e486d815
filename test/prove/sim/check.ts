import type { Booking } from '#booking/booking.ts';
import type { Belief } from '#booking/surface.ts';
import { statementIn } from '#guest-page/document.tsx';
import { sha256 } from '#lib/digest.ts';
import type { Reader } from '#platform/sqlite.ts';
import type { Disk } from './disk.ts';
import { brandOfVessel, ownerAddress, reserve, simulated, usualCrew } from './fleet.ts';
import type { Statement } from './history.ts';
import { type DeskWord, type Heard, nameOf, type Truth, truthsOf } from './model.ts';
import type { Disks, Told } from './story.ts';

type Body = { body: string };
type Named = { source: string; externalId: string; booking: string };
type LetterRow = {
  seq: number;
  id: string;
  state: string;
  kind: string;
  recipient: string;
  error: string | null;
};
type Event = {
  id: string;
  status: string;
  start: { local: string };
  end: { local: string };
  headCount: number;
  guestFirstName: string;
  rosterIs: string;
  roster: { person: string; role: 'captain' | 'crew'; answer: string; holds: boolean }[];
  passed: { person: string }[];
  needs: Record<'captain' | 'crew', number>;
};

/** Every way in which the end of a story is not what it has to be; each begins with the invariant it breaks. */
export function faultsIn(told: Told): string[] {
  const { on } = told;
  const wrong = [...told.wrong];
  const say = (what: string) => void wrong.push(what);
  const heard = heardIn(told, say);
  const words = deskWordsIn(told, heard, say);
  const truths = truthsOf(heard, words);
  const mail = mailIn(told, [on.open, on.money], say);

  const known = new Map(
    on.open.reader
      .all<Body & { id: string; absorbedBy: string | null; fulfilledRevision: number; revision: number }>(
        'SELECT id, body, absorbedBy, revision, fulfilledRevision FROM bookings WHERE body IS NOT NULL',
      )
      .map(row => [row.id, { ...row, booking: JSON.parse(row.body) as Booking }]),
  );
  const names = on.open.reader.all<Named>('SELECT source, externalId, booking FROM booking_names');
  const idOf = (name: string) =>
    names.find(row => (row.source === 'desk' ? row.externalId : `${row.source}:${row.externalId}`) === name)
      ?.booking;

  let shown = 0;
  for (const truth of truths) {
    const ids = new Set([...truth.names].map(idOf));
    if (ids.size !== 1) {
      say(`I2 ${[...truth.names]} are ${ids.size} bookings`);
      continue;
    }
    const id = [...ids][0] ?? '';
    const row = known.get(id);
    if (truth.trip) shown++;
    if (!row !== !truth.trip) say(`I5 ${id} is ${row ? '' : 'not '}there`);
    if (!row || !truth.trip) continue;
    if (row.revision !== row.fulfilledRevision)
      say(`I9 ${id} is at ${row.revision}, fulfilled ${row.fulfilledRevision}`);
    const live = truth.state === 'live';
    if ((row.booking.status !== 'cancelled') !== live) {
      say(`I5 ${id} is ${row.booking.status}, and should be ${truth.state}`);
      continue;
    }
    if (live) sameFacts(row.booking, truth, say);
    surfaces(told, row.booking, live, say);
    board(told, row.booking, mail, say);
    letters(row.booking, truth, live, mail, told, say);
    ledger(on.money.reader, id, truth, live, say);
  }
  const rows = [...known.values()].filter(({ absorbedBy }) => absorbedBy === null).length;
  if (rows !== shown) say(`I2 there are ${rows} bookings, and should be ${shown}`);
  for (const { id, absorbedBy, booking } of known.values()) {
    if (absorbedBy === null) continue;
    const truth = truths.find(
      ({ names }) => names.has(id) || [...names].some(name => idOf(name) === absorbedBy),
    );
    surfaces(told, booking, false, say, truth?.everOff);
    if (truth && !truth.everOff && mail.of(`${id}/guest letter/`).some(({ kind }) => kind === 'cancel'))
      say(`I6 a guest was told that ${id} is off, which is another booking now`);
  }
  wall(told, say);
  answers(told, say);
  return wrong;
}

/** I1: what was acknowledged is there, and counts unless somebody has to look at it first. */
export function heardIn(
  {
    history,
    on,
    acknowledged,
    clock,
  }: Pick<Told, 'history' | 'acknowledged' | 'clock'> & { on: Pick<Disks, 'open' | 'money'> },
  say: (what: string) => void,
): Heard[] {
  const statements = new Map<string, Statement>();
  for (const action of history.actions)
    if (action.do === 'deliver') statements.set(action.statement.key, action.statement);
  const rows = new Map(
    on.money.reader
      .all<{ messageId: string; state: string; receivedAt: string; problems: string }>(
        'SELECT messageId, state, receivedAt, problems FROM deliveries',
      )
      .map(row => [row.messageId, row]),
  );
  const messages = new Set(
    on.open.reader
      .all<{ messageId: string }>('SELECT messageId FROM booking_messages')
      .map(row => row.messageId),
  );
  const heard: Heard[] = [];
  for (const key of acknowledged) {
    const row = rows.get(key);
    const statement = statements.get(key);
    if (!statement) continue;
    if (!row) {
      say(`I1 ${key} was acknowledged and is lost`);
      continue;
    }
    if (row.state === 'recorded') {
      if (!messages.has(key)) say(`I1 ${key} counts as recorded and is in no booking`);
      heard.push({ statement, at: statement.at ?? row.receivedAt });
    } else {
      const isOver = statement.trip !== null && Date.parse(`${statement.trip.end}:00Z`) < clock.now();
      if (row.state !== 'quarantined' || !(statement.bad || isOver))
        say(`I1 ${key} is ${row.state}: ${row.problems}`);
      if (messages.has(key)) say(`I1 ${key} is ${row.state} and part of a booking`);
    }
  }
  for (const key of rows.keys()) if (!statements.has(key)) say(`I1 ${key} was never sent`);
  return heard;
}

/** What the operator said, as it was kept: all that was acknowledged, and nothing that was not said. */
function deskWordsIn({ on, asked }: Told, heard: readonly Heard[], say: (what: string) => void): DeskWord[] {
  const rows = on.open.reader
    .all<{ body: string; heard: number }>(
      "SELECT body, heard FROM booking_messages WHERE source = 'desk' ORDER BY heard",
    )
    .map(
      row =>
        JSON.parse(row.body) as {
          externalId: string;
          at: string;
          kind: string;
          fields: Record<string, unknown>;
        },
    );
  const spoke = asked.filter(({ action }) =>
    ['move', 'correct', 'cancel', 'restore', 'add'].includes(action.do),
  );
  const left = [...rows];
  for (const each of spoke) {
    const { action, answer, booking } = each;
    const index = left.findIndex(
      row =>
        (booking === undefined || row.externalId === booking || action.do !== 'add') &&
        fits(row, action) &&
        Date.parse(row.at) >= each.at,
    );
    if (index >= 0) left.splice(index, 1);
    // Cancelling what is off, or restoring what is on, is done without a word.
    else if (answer === 'done' && action.do !== 'cancel' && action.do !== 'restore')
      say(`I1 the desk's ${action.do} was done and is lost`);
  }
  for (const row of left) say(`I1 the desk never said ${JSON.stringify(row)}`);
  const aliases = new Map<string, string>();
  for (const { statement } of heard) {
    const name = on.open.reader.get<{ booking: string }>(
      'SELECT booking FROM booking_names WHERE source = ? AND externalId = ?',
      statement.source,
      statement.name,
    );
    if (name && !aliases.has(name.booking)) aliases.set(name.booking, nameOf(statement));
  }
  return rows.map(({ externalId, at, kind, fields }) => {
    const now = on.open.reader.get<{ booking: string }>(
      "SELECT booking FROM booking_names WHERE source = 'desk' AND externalId = ?",
      externalId,
    )?.booking;
    return {
      booking: externalId,
      at,
      says: kind === 'cancelled' ? 'off' : said(fields),
      alias: aliases.get(now ?? externalId) ?? null,
    };
  });
}

function fits(
  row: { kind: string; fields: Record<string, unknown> },
  action: Told['asked'][number]['action'],
): boolean {
  const start = (row.fields.start as { local?: string } | undefined)?.local;
  switch (action.do) {
    case 'move':
      return start === action.to;
    case 'add':
      return row.kind === 'created' && start === action.trip.start;
    case 'correct':
      return row.fields.guestName === action.guest;
    case 'cancel':
      return row.kind === 'cancelled';
    case 'restore':
      return row.kind === 'changed' && row.fields.status !== undefined;
    default:
      return false;
  }
}

function said(fields: Record<string, unknown>): DeskWord['says'] {
  const local = (field: string) => (fields[field] as { local: string } | undefined)?.local;
  const words = {
    vessel: fields.vessel,
    status: fields.status,
    start: local('start'),
    end: local('end'),
    guest: fields.guestName,
    email: fields.guestEmail,
    party: fields.partySize,
  };
  return Object.fromEntries(Object.entries(words).filter(([, value]) => value !== undefined));
}

/** I5: the booking says what its statements add up to. */
export function sameFacts(booking: Booking, { trip }: Truth, say: (what: string) => void): void {
  const { vessel, status, start, end, guest, partySize } = booking;
  const is = {
    vessel,
    start: start.local,
    end: end.local,
    guest: guest.name,
    email: guest.email,
    party: partySize,
    status,
  };
  for (const [field, value] of Object.entries(is)) {
    const wanted = trip?.[field as keyof typeof is];
    if (value !== wanted) say(`I5 ${booking.id}: ${field} is ${value}, and should be ${wanted}`);
  }
}

const clockOf = (local: string) => local.slice(11, 16);

/** I2, I4, I6: one of each, and each says what it should. */
function surfaces(
  { on, pages }: Told,
  booking: Booking,
  live: boolean,
  say: (what: string) => void,
  /** It turned out to be another, and was called off under a name of its own: its page may go on saying so. */
  wasOff = false,
): void {
  const { id } = booking;
  const { reader } = on.open;
  const all = <T>(sql: string) => reader.all<Body>(sql, id).map(row => JSON.parse(row.body) as T);
  const [event, ...moreEvents] = all<Event>('SELECT body FROM crew_events WHERE booking = ?');
  if (moreEvents.length > 0) say(`I2 ${id} has ${moreEvents.length + 1} crew events`);
  if (live) {
    if (event?.status !== 'on') say(`I2 ${id} has no crew event that is on`);
    else if (
      event.start.local !== booking.start.local ||
      event.end.local !== booking.end.local ||
      event.headCount !== booking.partySize
    )
      say(`I5 the crew event of ${id} says ${event.start.local}, ${event.headCount}`);
    if (event && !isRightlyCrewed(event, usualCrew[booking.vessel] ?? []))
      say(`I5 the crew of ${id} is ${JSON.stringify([event.needs, event.roster, event.passed])}`);
  } else if (event && event.status !== 'cancelled') say(`I6 the crew event of ${id} is still on`);

  const [entry] = all<{ status: string; start: { local: string }; title: string }>(
    'SELECT body FROM calendar_entries WHERE booking = ?',
  );
  if (live) {
    if (
      entry?.start.local !== booking.start.local ||
      entry.status !== booking.status ||
      entry.title !== `${booking.guest.name}, party of ${booking.partySize}`
    )
      say(`I5 the calendar says of ${id}: ${JSON.stringify(entry)}`);
  } else if (entry && entry.status !== 'cancelled') say(`I6 the calendar still has ${id}`);

  const sails = live
    ? (event?.roster ?? []).filter(({ holds }) => holds).map(({ person }) => `person ${person}`)
    : [];
  const wanted = new Set(live ? [...sails, `vessel ${booking.vessel}`] : []);
  const fed = reader.all<Body & { kind: string; subject: string; cancelled: number }>(
    'SELECT kind, subject, cancelled, body FROM feed_entries WHERE booking = ?',
    id,
  );
  for (const { kind, subject, cancelled, body } of fed) {
    const feed = `${kind} ${subject}`;
    if (!wanted.delete(feed) !== (cancelled === 1))
      say(`I5 the feed of ${feed} has ${id} ${cancelled ? 'cancelled' : 'on'}`);
    else if (cancelled === 0 && !body.includes(booking.start.local))
      say(`I5 the feed of ${feed} has another time for ${id}`);
  }
  for (const feed of wanted) say(`I5 the feed of ${feed} lacks ${id}`);

  const isAbsorbed =
    null !==
    reader.get<{ absorbedBy: string | null }>('SELECT absorbedBy FROM bookings WHERE id = ?', id)?.absorbedBy;
  const published = reader.all<{ brand: string; slug: string; digest: string | null; etag: string }>(
    'SELECT brand, slug, digest, etag FROM guest_pages WHERE booking = ?',
    id,
  );
  const home = live ? brandOfVessel[booking.vessel] : null;
  if (live && !published.some(({ brand }) => brand === home)) say(`I2 ${id} has no page`);
  for (const { brand, slug, digest, etag } of published) {
    const page = pages.get(`${brand}/${slug}`);
    const html = page ? Buffer.from(page.html).toString('utf8') : '';
    if (page?.etag !== etag || sha256(html) !== etag)
      say(`I4 the page of ${id} at ${brand} is not the one published`);
    if (!html.endsWith('</html>') && !html.endsWith('</html>\n'))
      say(`I4 the page of ${id} at ${brand} is a part of one`);
    if (brand === home) {
      if (digest === null || statementIn(html) !== digest || !html.includes(clockOf(booking.start.local)))
        say(`I5 the page of ${id} does not say ${booking.start.local}`);
    } else {
      // A page that moved to the other brand before it was called off leads to the one that says so.
      const saysOff = (text: string) => text.includes('This charter is off');
      const next = pages.get(
        /href="https:\/\/([a-z]+)\.com\/g\/([^"]+)">Your new page/.exec(html)?.slice(1).join('/') ?? '',
      );
      const end = next ? Buffer.from(next.html).toString('utf8') : html;
      const isWrong = isAbsorbed ? saysOff(end) && !next && !wasOff : saysOff(end) === live;
      if (isWrong)
        say(
          `I6 the page of ${id} at ${brand} leads to one that says ${saysOff(end) ? '' : 'not '}that it is off`,
        );
    }
  }
}

/** I9: the board says that all is said, or names the letter that came back. */
function board({ on }: Told, booking: Booking, mail: Mailed, say: (what: string) => void): void {
  for (const side of [on.open, on.money]) {
    const drive = side.reader.get<{ state: string }>(
      'SELECT state FROM drives WHERE booking = ?',
      booking.id,
    );
    if (drive && drive.state !== 'done')
      say(`I9 the drive of ${booking.id} on ${side.name} is ${drive.state}`);
    for (const { body } of side.reader.all<Body>('SELECT body FROM beliefs WHERE booking = ?', booking.id)) {
      const belief = JSON.parse(body) as Belief;
      const who = `${belief.surface} ${belief.recipient} of ${booking.id}`;
      if (belief.state === 'stuck') {
        const prefix = `${booking.id}/${belief.surface}/${belief.recipient}`;
        if (
          belief.error?.code !== 'letter-returned' ||
          !mail.rows.some(row => row.id.startsWith(prefix) && row.state === 'returned')
        )
          say(`I9 ${who} is stuck: ${JSON.stringify(belief.error)}`);
      } else if (belief.state !== 'stated' && belief.state !== 'withdrawn')
        say(`I9 ${who} is ${belief.state}`);
      else if (belief.state === 'stated' && belief.statedRevision !== booking.revision)
        say(`I9 ${who} is stated at ${belief.statedRevision} of ${booking.revision}`);
      else if ((belief.state === 'stated') !== (belief.desiredDigest !== null))
        say(`I9 ${who} is ${belief.state}`);
    }
  }
}

type Mailed = ReturnType<typeof mailIn>;

/** I3: every letter that went out arrived, once, or once more where nobody could know. */
export function mailIn(
  { arrived, doubts }: Pick<Told, 'arrived' | 'doubts'>,
  files: readonly Disk[],
  say: (what: string) => void,
) {
  const rows = files.flatMap(each =>
    each.reader.all<LetterRow>('SELECT seq, id, state, kind, recipient, error FROM letters ORDER BY seq'),
  );
  const count = Map.groupBy(arrived, ({ letter }) => letter.id);
  for (const { id, state } of rows) {
    const copies = count.get(id)?.length ?? 0;
    const doubt = doubts.get(id) ?? 0;
    if (state === 'sent' && copies === 0) say(`I3 ${id} counts as sent and never arrived`);
    if (copies > 1 + Math.min(1, doubt)) say(`I3 ${id} arrived ${copies} times, in doubt ${doubt} times`);
    if (state === 'waiting') say(`I9 ${id} still waits`);
  }
  const known = new Map(rows.map(row => [row.id, row]));
  for (const id of count.keys()) if (!known.has(id)) say(`I3 ${id} arrived and nobody knows of it`);
  const text = new Map(arrived.map(({ letter }) => [letter.id, letter]));
  const of = (prefix: string) =>
    rows
      .filter(row => row.id.startsWith(prefix) && text.has(row.id))
      .map(row => ({ ...row, letter: text.get(row.id) as NonNullable<ReturnType<typeof text.get>> }));
  return { rows, of };
}

/** No place is held twice, whoever accepted has one, and nobody is on it but the usual crew and who was asked in their stead. */
function isRightlyCrewed({ rosterIs, roster, passed, needs }: Event, usual: readonly string[]): boolean {
  const isFull = (['captain', 'crew'] as const).every(
    role => roster.filter(place => place.holds && place.role === role).length <= needs[role],
  );
  const hasPlace = roster.every(({ answer, holds }) => answer !== 'accepted' || holds);
  const known = [...roster, ...passed].map(({ person }) => person);
  const isUsual =
    usual.every(person => known.includes(person)) &&
    known.every(person => usual.includes(person) || reserve.includes(person));
  return isFull && hasPlace && (rosterIs !== 'usual' || isUsual);
}

/** I3, I5, I6: the last thing each of them was told is what is true, and nobody is told the same thing twice on end. */
function letters(
  booking: Booking,
  truth: Truth,
  live: boolean,
  mail: Mailed,
  { on }: Told,
  say: (what: string) => void,
): void {
  const { id } = booking;
  const row = on.open.reader.get<Body>('SELECT body FROM crew_events WHERE booking = ?', id);
  const roster = row ? (JSON.parse(row.body) as Event).roster : [];
  const clock = clockOf(booking.start.local);
  const isFirm = truth.trip?.status === 'confirmed';
  const came = (prefix: string) =>
    mail.rows.some(each => each.id.startsWith(prefix) && each.state === 'returned');

  const lastWord = (surface: string, recipient: string, told: 'must' | 'if told' | 'off') => {
    const prefix = `${id}/${surface}/${recipient}/`;
    const all = mail.of(prefix).filter(({ kind }) => kind !== 'answer');
    const last = all.at(-1);
    if (came(prefix)) return;
    if (told === 'off') {
      if (last && last.kind !== 'cancel')
        say(`I6 ${surface} to ${recipient} of ${id}: the last word is ${last.kind}, and it is off`);
      if (
        all.filter(({ kind }) => kind === 'cancel').length >
        1 + all.filter(({ kind }) => kind !== 'cancel').length
      )
        say(`I6 ${recipient} of ${id} was told that it is off more often than on`);
      return;
    }
    if (!last) {
      if (told === 'must') say(`I3 ${surface} to ${recipient} of ${id} was never written`);
    } else if (last.kind === 'cancel') {
      if (told === 'must')
        say(`I5 ${surface} to ${recipient} of ${id}: the last word is cancel, and it is on`);
    } else if (!last.letter.text.includes(clock))
      say(`I5 ${surface} to ${recipient} of ${id}: the last word does not say ${clock}`);
  };
  const word = live ? (isFirm ? 'must' : 'if told') : 'off';

  const guest = booking.guest.email?.trim().toLowerCase();
  if (guest) lastWord('guest letter', guest, word);
  for (const { id: person } of simulated.fleet.people) {
    const place = roster.find(each => each.person === person);
    lastWord('crew letter', person, live && place ? word : 'off');
    // Who is only asked for an open place hears of pay once it is theirs.
    const sails = live && place?.role === 'captain' && place.holds && place.answer !== 'declined';
    lastWord('captain letter', person, sails ? 'must' : 'off');
  }
  lastWord('owner letter', ownerAddress, live ? 'must' : 'off');

  const bySurface = Map.groupBy(mail.of(`${id}/`), row => `${row.id.split('/')[1]} ${row.recipient}`);
  for (const [who, sent] of bySurface) {
    for (const [index, next] of sent.entries()) {
      const before = sent[index - 1];
      if (
        before &&
        spoken(before.letter.text) === spoken(next.letter.text) &&
        before.letter.subject === next.letter.subject
      )
        say(`I3 ${who} of ${id} was told the same twice: ${before.id} and ${next.id}`);
    }
  }
}

/** Links are no news. */
const spoken = (text: string) => text.replace(/https?:\S+/g, '').replace(/revision \d+/g, '');

/** I5 behind the fence: the ledger has the last price that was said, and counts only while the trip is on. */
function ledger(reader: Reader, id: string, truth: Truth, live: boolean, say: (what: string) => void): void {
  const row = reader.get<Body>('SELECT body FROM ledgers WHERE booking = ?', id);
  const entry = row && (JSON.parse(row.body) as { state: string; gross: { minor: string | number } | null });
  if (!live) {
    if (entry && entry.state !== 'reversed') say(`I6 the ledger of ${id} still counts`);
    return;
  }
  const gross = entry?.gross ? String(entry.gross.minor) : null;
  const wanted = truth.gross?.replace('.', '') ?? null;
  if (!entry || entry.state === 'reversed' || gross !== wanted)
    say(`I5 the ledger of ${id}: ${entry?.state} ${gross}, and should be ${wanted}`);
}

/** I8: nothing hangs where no booking's page is, and no slug is two bookings'. */
function wall({ on, pages }: Told, say: (what: string) => void): void {
  const rows = on.open.reader.all<{ place: string; booking: string; slug: string }>(
    "SELECT brand || '/' || slug AS place, booking, slug FROM guest_pages",
  );
  const places = new Set(rows.map(({ place }) => place));
  for (const place of pages.keys()) if (!places.has(place)) say(`I8 a page nobody knows of at ${place}`);
  for (const [slug, group] of Map.groupBy(rows, row => row.slug))
    if (new Set(group.map(({ booking }) => booking)).size > 1) say(`I8 two bookings at ${slug}`);
}

/** What one of the crew answered last stands, as long as it was the same trip. */
function answers({ on, asked }: Told, say: (what: string) => void): void {
  const given = asked.filter(({ action }) => action.do === 'answer');
  for (const [who, all] of Map.groupBy(given, ({ booking }) => booking ?? '')) {
    const last = all.at(-1);
    if (
      !last ||
      all
        .slice(all.findLastIndex(({ answer }) => answer === 'done'))
        .some(({ answer }) => answer === 'unknown')
    )
      continue;
    if (last.answer !== 'done' || last.action.do !== 'answer') continue;
    const [event = '', address] = who.split(' ');
    const row = on.open.reader.get<Body>('SELECT body FROM crew_events WHERE id = ?', event);
    const person = simulated.fleet.people.find(({ email }) => email === address)?.id;
    const place = row && (JSON.parse(row.body) as Event).roster.find(each => each.person === person);
    const later = on.open.reader.all<{ what: string; at: string }>(
      'SELECT what, at FROM crew_audit WHERE event = ? ORDER BY line',
      event,
    );
    const own = later.findLastIndex(({ what }) => what.startsWith(`${person} `));
    if (own < 0) {
      if (last.action.answer !== 'unknown' && place && place.answer !== last.action.answer)
        say(`I1 the answer of ${who} is lost`);
      continue;
    }
    const since = later.slice(own + 1);
    if (since.some(({ what }) => /Moved|takes place after all|crew is now|usual crew/.test(what))) continue;
    if (place && place.answer !== last.action.answer)
      say(`I1 ${who} answered ${last.action.answer}, and ${place.answer} stands`);
  }
}
