import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Links } from '#access/links.ts';
import type { BookingId } from '#booking/booking.ts';
import type { Fleet } from '#booking/fleet.ts';
import { readTime } from '#booking/times.ts';
import { type Clock, isoInstant } from '#lib/clock.ts';
import { digestOf } from '#lib/digest.ts';
import { newId, type Random } from '#lib/random.ts';
import { Refusal } from '#lib/refusal.ts';
import { jsonLimits, parseStrictJson } from '#lib/strict-json.ts';
import type { Egress } from '#platform/egress.ts';
import type { Log } from '#platform/log.ts';
import { paths } from '#ui/paths.ts';
import { type CrewHooks, eventUnknown } from './assign.ts';
import { eventAsked, eventChanged } from './change-event.ts';
import type { CrewEvent, CrewEventId } from './crew.ts';
import { linkFor, linkUrl } from './crew-link.ts';
import type { CrewStore, Once } from './crew-store.ts';
import { aboutOf, emitWithNotes } from './crew-view.ts';
import { parseEventAnswer } from './event-answer.ts';
import { readNewEvent } from './event-request.ts';

export type EventApiParts = {
  store: CrewStore;
  links: Links;
  fleet: Fleet;
  egress: Egress;
  clock: Clock;
  random: Random;
  log: Log;
  /** Address of the house, for the magic links. */
  origin: string;
  /** Who calls, by the service key; throws a refusal for everybody else. */
  authorize: (c: Context) => Promise<{ readonly label: string }>;
  bookingExists: (id: BookingId) => Promise<boolean>;
} & Pick<CrewHooks, 'onEventChanged'>;

/**
 * The API for crew events: `/api/events`, and `/events` for scripts that call it by its old name. A POST with an
 * `Idempotency-Key` makes its event once however often it is sent. Refusals beside those of the body: `event-unknown`,
 * `booking-unknown`, `booking-has-event`, `idempotency-key-malformed`, `idempotency-key-reused`, `money-in-output`.
 */
export function eventRoutes(parts: EventApiParts): Hono {
  const { store, links, fleet, egress, clock, log } = parts;
  const routes = new Hono();
  const all = [paths.events, paths.events.replace('/api', '')];
  const one = all.map(path => `${path}/:id`);
  for (const path of [...all, ...one]) {
    routes.use(path, bodyLimit({ maxSize: jsonLimits.bytes, onError: () => tooLarge() }));
  }

  const answer = async (c: Context, event: CrewEvent, status: 200 | 201 = 200) => {
    const links = await magicLinks(event);
    const body = await emitWithNotes(
      { egress, channel: 'http', about: aboutOf(event) },
      withoutNotes => parseEventAnswer(event, fleet, { magicLinks: links, withoutNotes }),
      view => JSON.stringify(view),
    );
    return c.body(body, status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  };

  const magicLinks = async (event: CrewEvent) => {
    const found = event.roster.map(async ({ person }) => {
      const link = linkFor(event, person);
      const isOver = Date.parse(link.expiresAt ?? '') <= clock.now();
      return [person, isOver ? null : linkUrl(parts.origin, await links.issue(link))] as const;
    });
    return new Map(await Promise.all(found));
  };

  // Told apart from the answer: the event is stored and marked, so what fails here is done by the tick.
  const tell = (event: CrewEvent) =>
    parts
      .onEventChanged(event)
      .catch((error: unknown) => log.warn('the crew could not be told yet', { event: event.id, error }));

  /** Before anything is stored: what would be held back from the crew's page must not get into it. */
  const tryNotes = async (notes: string | undefined, about: readonly string[]) => {
    if (notes) await egress.emit({ audience: 'crew', channel: 'http', about, body: notes });
  };

  routes.on('POST', all, async c => {
    const { label } = await parts.authorize(c);
    const body = await bodyOf(c);
    const asked = readNewEvent(body, fleet);
    if (asked.booking && !(await parts.bookingExists(asked.booking))) {
      throw new Refusal(
        'booking-unknown',
        `There is no booking ${asked.booking}.`,
        'Check booking_id, or leave it out.',
      );
    }
    const id = newId(parts.random, 'evt');
    await tryNotes(`${asked.title}\n${asked.notes ?? ''}`, asked.booking ? [id, asked.booking] : [id]);
    const act = { by: `script ${label}`, at: isoInstant(clock.now()) };
    const added = await store.add(eventAsked(id, asked, act), onceOf(c, body));
    if (added.kind === 'key-reused') {
      throw new Refusal(
        'idempotency-key-reused',
        'This Idempotency-Key was used for another request: nothing was made.',
        'Send a new key with a new request, and the old body with the old key.',
      );
    }
    if (added.kind === 'known' && added.by === 'booking') {
      throw new Refusal(
        'booking-has-event',
        `The booking has its crew event already: ${added.event.id}.`,
        `Change it with PATCH ${paths.event(added.event.id)}.`,
        { event_id: added.event.id },
      );
    }
    if (added.kind === 'known') c.header('idempotency-replayed', 'true');
    await tell(added.event);
    c.header('location', paths.event(added.event.id));
    return answer(c, added.event, 201);
  });

  routes.on('GET', all, async c => {
    await parts.authorize(c);
    const from = bound(c, 'from', fleet.house.zone) ?? isoInstant(clock.now() - 24 * 3_600_000);
    const until = bound(c, 'until', fleet.house.zone) ?? '9999-12-31T00:00:00Z';
    const limit = limitOf(c);
    const found = await store.starting(from, until, limit + 1);
    const shown = found.slice(0, limit);
    const body = await emitWithNotes(
      { egress, channel: 'http', about: shown.flatMap(aboutOf) },
      withoutNotes => ({
        events: shown.map(event => parseEventAnswer(event, fleet, { withoutNotes })),
        more: found.length > limit,
      }),
      view => JSON.stringify(view),
    );
    return c.body(body, 200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  });

  routes.on('GET', one, async c => {
    await parts.authorize(c);
    const event = await store.find(idOf(c));
    if (!event) throw eventUnknown(idOf(c));
    return answer(c, event);
  });

  routes.on('PATCH', one, async c => {
    const { label } = await parts.authorize(c);
    const body = await bodyOf(c);
    const id = idOf(c);
    const current = await store.find(id);
    if (!current) throw eventUnknown(id);
    const act = { by: `script ${label}`, at: isoInstant(clock.now()) };
    const tried = eventChanged(current, body, fleet, act)?.event;
    await tryNotes(tried && `${tried.title}\n${tried.notes}`, aboutOf(current));
    let gone: readonly string[] = [];
    const event = await store.change(id, before => {
      const edited = eventChanged(before, body, fleet, act);
      const stay = new Set(edited?.event.roster.map(({ person }) => person));
      gone = edited ? before.roster.map(({ person }) => person).filter(person => !stay.has(person)) : [];
      return edited;
    });
    if (!event) throw eventUnknown(id);
    await Promise.all(gone.map(person => links.revoke('crew', id, person)));
    await tell(event);
    return answer(c, event);
  });

  return routes;
}

const bodyOf = async (c: Context): Promise<unknown> =>
  parseStrictJson(new Uint8Array(await c.req.arrayBuffer()));

const idOf = (c: Context) => (c.req.param('id') ?? '') as CrewEventId;

function onceOf(c: Context, body: unknown): Once | undefined {
  const key = c.req.header('idempotency-key');
  if (key === undefined) return undefined;
  if (/^[\x21-\x7e]{1,200}$/.test(key)) return { key, digest: digestOf(body) };
  throw new Refusal(
    'idempotency-key-malformed',
    'The Idempotency-Key is empty, longer than 200 characters or not plain text.',
    'Use a fresh UUID for each event you mean to make.',
  );
}

/** A bound of a list: a time as in a body, or a day, which begins at midnight at the house. */
function bound(c: Context, name: 'from' | 'until', zone: string): string | null {
  const text = c.req.query(name);
  if (text === undefined) return null;
  const reading = readTime(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00` : text, 'as-written', zone);
  if (reading.kind === 'exact') return reading.time.at;
  if (reading.kind === 'ambiguous') return reading.earlier.at;
  throw new Refusal(
    'field-wrong',
    `${name} is no day or time that exists.`,
    `Write ${name} like 2027-05-30 or 2027-05-30T15:30Z.`,
    { field: name },
  );
}

function limitOf(c: Context): number {
  const text = c.req.query('limit') ?? '100';
  const limit = Number(text);
  if (/^\d{1,3}$/.test(text) && limit >= 1 && limit <= 200) return limit;
  throw new Refusal(
    'field-wrong',
    'limit is not a number from 1 to 200.',
    'Send a limit from 1 to 200, or none.',
    {
      field: 'limit',
    },
  );
}

const tooLarge = (): never => {
  throw new Refusal(
    'body-too-large',
    `The body is larger than ${jsonLimits.bytes} bytes.`,
    'An event needs a few hundred; leave out what is not listed in the documentation.',
    { bytes: jsonLimits.bytes },
  );
};
