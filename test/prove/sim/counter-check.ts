import type { Booking } from '#booking/booking.ts';
import type { FinanceNote } from '#finances/finance-note.ts';
import { heardIn, mailIn, sameFacts } from './check.ts';
import { newsAbout } from './counter.ts';
import type { CounterTold } from './counter-story.ts';
import { type Heard, truthsOf } from './model.ts';
import type { Disks, Told } from './story.ts';

type Row = { id: string; body: string | null; absorbedBy: string | null };

/** What bookings and books are compared with: what was said, and what of it was acknowledged. */
export type Said = Pick<Told, 'history' | 'acknowledged' | 'clock'> & { on: Pick<Disks, 'open' | 'money'> };

/** Every way in which bookings and books are not what the acknowledged statements add up to: I1, I2 and I5. */
export function orderFaults(told: Said): string[] {
  const wrong: string[] = [];
  const say = (what: string) => void wrong.push(what);
  const heard = heardIn(told, say);
  const { open, money } = { open: told.on.open.reader, money: told.on.money.reader };

  const rows = open.all<Row>('SELECT id, body, absorbedBy FROM bookings');
  const names = new Map(
    open
      .all<{ name: string; booking: string }>(
        "SELECT source || ':' || externalId AS name, booking FROM booking_names",
      )
      .map(({ name, booking }) => [name, booking]),
  );
  const standing = new Map(
    rows
      .filter(({ absorbedBy, body }) => absorbedBy === null && body !== null)
      .map(({ id, body }) => [id, JSON.parse(body ?? '') as Booking]),
  );

  let shown = 0;
  for (const truth of truthsOf(heard, [])) {
    const ids = new Set([...truth.names].map(name => names.get(name)));
    const [id] = ids;
    if (ids.size !== 1 || id === undefined) {
      say(`I2 ${[...truth.names]} are ${ids.size} bookings`);
      continue;
    }
    const booking = standing.get(id);
    if (truth.trip) shown++;
    if (!booking !== !truth.trip) say(`I5 ${id} is ${booking ? '' : 'not '}there`);
    const mine = heard.filter(({ statement }) => truth.names.has(`${statement.source}:${statement.name}`));
    if (booking) books(told, id, mine, say);
    if (!booking || !truth.trip) continue;
    const isOn = booking.status !== 'cancelled';
    if (isOn !== (truth.state === 'live')) say(`I5 ${id} is ${booking.status}, and should be ${truth.state}`);
    else if (isOn) sameFacts(booking, truth, say);
  }
  if (standing.size !== shown) say(`I2 there are ${standing.size} bookings, and should be ${shown}`);

  const messages = open.all<{ messageId: string }>('SELECT messageId FROM booking_messages');
  if (messages.length !== heard.length)
    say(`I2 ${messages.length} messages count, and ${heard.length} were said`);
  const kept = open.all<{ booking: string; revision: number; n: number }>(
    `SELECT b.id AS booking, b.revision, count(r.revision) AS n FROM bookings b
     LEFT JOIN booking_revisions r ON r.booking = b.id GROUP BY b.id`,
  );
  for (const { booking, revision, n } of kept)
    if (revision !== n) say(`I2 ${booking} is at revision ${revision} and has had ${n}`);
  const strays = money.all<{ booking: string }>('SELECT DISTINCT booking FROM finance_notes');
  for (const { booking } of strays)
    if (!rows.some(({ id }) => id === booking)) say(`I2 the books know ${booking}, which is no booking`);
  return wrong;
}

/** What was said about the price of a booking stands in the books, once, under the booking it is now. */
function books({ on }: Said, id: string, mine: readonly Heard[], say: (what: string) => void): void {
  const notes = on.money.reader
    .all<{ message: string; body: string }>('SELECT message, body FROM finance_notes WHERE booking = ?', id)
    .map(({ message, body }) => ({ message, gross: (JSON.parse(body) as FinanceNote).gross }))
    .filter(({ gross }) => gross !== null);
  const said = new Map(mine.map(({ statement }) => [statement.key, statement.gross]));
  for (const { message, gross } of notes)
    if (said.get(message) !== gross) say(`I5 the books of ${id} say ${gross} by ${message}`);
  const noted = new Set(notes.map(({ message }) => message));
  for (const [key, gross] of said)
    if (gross !== null && !noted.has(key)) say(`I1 the price of ${key} is not in the books`);
}

/** All that is wrong at the end of a story at the counter: the above, I3 for its letters, and I9. */
export function counterFaults(told: CounterTold): string[] {
  const wrong = [...told.wrong, ...orderFaults(told)];
  const say = (what: string) => void wrong.push(what);
  const mail = mailIn(told, [told.on.open], say);
  const said = new Map(told.arrived.map(({ letter }) => [letter.id, letter.text]));
  for (const { id, body } of told.on.open.reader.all<Row>('SELECT id, body, absorbedBy FROM bookings')) {
    if (body === null) continue;
    const { revision, status } = JSON.parse(body) as Booking;
    const last = mail.rows.filter(row => row.id.startsWith(newsAbout(id))).at(-1);
    if (status !== 'cancelled') {
      if (last?.id !== newsAbout(id) + revision)
        say(`${last ? 'I5' : 'I3'} ${id} is at ${revision}, and the last news of it is ${last?.id}`);
    } else if (last && !(said.get(last.id) ?? 'cancelled').includes('cancelled'))
      say(`I6 ${id} is off, and the last news of it is ${said.get(last.id)}`);
  }
  return wrong;
}
