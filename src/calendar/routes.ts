import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Fleet } from '#booking/fleet.ts';
import type { Clock } from '#lib/clock.ts';
import { Refusal } from '#lib/refusal.ts';
import { jsonLimits, parseStrictJson } from '#lib/strict-json.ts';
import { clockOf, dayOf, inZone, offsetText } from '#lib/zoned.ts';
import { paths } from '#ui/paths.ts';
import { addDays, type CalendarEntry, daysBetween } from './calendar-entry.ts';
import { calendarBody, calendarPatch, readInput } from './calendar-input.ts';
import { changeEntry, type EntryDeps, enterEntry, entryUnknown } from './enter-entry.ts';

export type CalendarRouteDeps = EntryDeps & {
  readonly clock: Clock;
  /** Throws a refusal unless the request carries the dashboard token. */
  readonly requireDashboardToken: (c: Context) => unknown;
};

/** An entry as scripts read it. */
export type EntryView = {
  readonly id: string;
  readonly booking: string | null;
  readonly charter_id: string | null;
  readonly date: string;
  /** Local time `15:30`; `end` with its date when it is on another day. */
  readonly start: string | null;
  readonly end: string | null;
  readonly zone: string;
  /** The same as instants with offset. */
  readonly starts_at: string | null;
  readonly ends_at: string | null;
  readonly vessel: string | null;
  readonly captain: string | null;
  readonly title: string;
  readonly status: string;
  readonly note: string | null;
  readonly revision: number;
  readonly changed_at: string;
};

const longestList = 400;

/** The calendar for the owner's scripts: enter, list, read and change, at `/api/calendar` and, as of old, `/calendar`. */
export function calendarRoutes(deps: CalendarRouteDeps): Hono {
  const { store, fleet, egress } = deps;
  const app = new Hono();

  const answer = async (
    c: Context,
    entries: readonly CalendarEntry[],
    body: unknown,
    status: 200 | 201 = 200,
  ) => {
    const text = JSON.stringify(body);
    const about = entries.flatMap(({ booking }) => (booking ? [booking] : []));
    await egress.emit({ audience: 'machine', channel: 'http', about, body: text });
    return c.body(text, status, { 'content-type': 'application/json' });
  };
  const body = async (c: Context) => parseStrictJson(new Uint8Array(await c.req.arrayBuffer()));

  for (const base of [paths.calendar, '/calendar']) {
    const guard = async (c: Context, next: () => Promise<void>) => {
      await deps.requireDashboardToken(c);
      await next();
    };
    app.use(base, guard);
    app.use(`${base}/:id`, guard);
    for (const path of [base, `${base}/:id`])
      app.use(path, bodyLimit({ maxSize: jsonLimits.bytes, onError: tooLarge }));

    app.post(base, async c => {
      const { entry, outcome } = await enterEntry(deps, readInput(calendarBody, await body(c)));
      c.header('location', paths.calendarEntry(entry.id));
      return answer(c, [entry], entryView(entry, fleet), outcome === 'entered' ? 201 : 200);
    });
    app.get(base, async c => {
      const { from, to } = daysAsked(
        c.req.query(),
        inZone(deps.clock.now(), fleet.house.zone).local.slice(0, 7),
      );
      const entries = await store.list(from, to);
      return answer(c, entries, { from, to, entries: entries.map(entry => entryView(entry, fleet)) });
    });
    app.get(`${base}/:id`, async c => {
      const id = c.req.param('id') as CalendarEntry['id'];
      const entry = await store.find(id);
      if (!entry) throw entryUnknown(id);
      return answer(c, [entry], entryView(entry, fleet));
    });
    app.patch(`${base}/:id`, async c => {
      const entry = await changeEntry(deps, c.req.param('id'), readInput(calendarPatch, await body(c)));
      return answer(c, [entry], entryView(entry, fleet));
    });
  }
  return app;
}

export function entryView(entry: CalendarEntry, fleet: Fleet): EntryView {
  const { start, end } = entry;
  return {
    id: entry.id,
    booking: entry.booking,
    charter_id: entry.charterId,
    date: entry.date,
    start: start && clockOf(start),
    end: end && (dayOf(end) === entry.date ? clockOf(end) : end.local),
    zone: start?.zone ?? (entry.vessel && fleet.vessel(entry.vessel)?.zone) ?? fleet.house.zone,
    starts_at: start && offsetText(start),
    ends_at: end && offsetText(end),
    vessel: entry.vessel,
    captain: entry.captain,
    title: entry.title,
    status: entry.status,
    note: entry.note,
    revision: entry.revision,
    changed_at: entry.changedAt,
  };
}

/** Which days a list is asked for: a `month`, or `from` and `to`, or this month. Refuses `field-wrong`, `field-unknown`. */
function daysAsked(query: Readonly<Record<string, string>>, thisMonth: string): { from: string; to: string } {
  const { month, from, to, ...others } = query;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) {
    throw wrong(
      unknown.slice(0, 60),
      'is nothing to choose entries by',
      'Use month, or from and to.',
      'field-unknown',
    );
  }
  if (month !== undefined && (from !== undefined || to !== undefined)) {
    throw wrong('month', 'stands beside from or to', 'Give either a month, or from and to.');
  }
  if (from === undefined && to === undefined) {
    const first = isDay(`${month ?? thisMonth}-01`);
    if (!first) throw wrong('month', 'is no month', 'Write it like 2027-05.');
    return { from: first, to: addDays(`${addDays(first, 31).slice(0, 7)}-01`, -1) };
  }
  const begin = isDay(from ?? to ?? '');
  const last = isDay(to ?? addDays(begin ?? '1970-01-01', 30));
  if (!begin) throw wrong('from', 'is no day', 'Write it like 2027-05-30.');
  if (!last) throw wrong('to', 'is no day', 'Write it like 2027-05-30.');
  const days = daysBetween(begin, last);
  if (days < 0) throw wrong('to', 'is before from', 'Swap the two.');
  if (days > longestList)
    throw wrong('to', `is more than ${longestList} days after from`, 'Ask for less at a time.');
  return { from: begin, to: last };
}

/** The text if it is a day of the calendar, else null. */
function isDay(text: string): string | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && addDays(text, 0) === text ? text : null;
}

const wrong = (field: string, what: string, cure: string, code = 'field-wrong') =>
  new Refusal(code, `${field} ${what}.`, cure, { field });

function tooLarge(): never {
  throw new Refusal(
    'body-too-large',
    `The body is larger than ${jsonLimits.bytes} bytes.`,
    'An entry needs a few hundred; leave out what is not listed in the documentation.',
    { bytes: jsonLimits.bytes },
  );
}
