import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { SessionCookie } from '#access/cookies.ts';
import type { CrewSession, CrewSessions } from '#access/crew-sessions.ts';
import type { GreetDevice } from '#access/devices.ts';
import { checkForm, checkOrigin, formToken } from '#access/forms.ts';
import type { Fleet } from '#booking/fleet.ts';
import { type Clock, isoInstant } from '#lib/clock.ts';
import { Refusal } from '#lib/refusal.ts';
import type { Egress } from '#platform/egress.ts';
import { htmlText } from '#ui/layout.tsx';
import type { Wrong } from '#ui/parts.tsx';
import { paths } from '#ui/paths.ts';
import type { CrewHooks } from './assign.ts';
import { checkItems, isCheckId } from './checklist.ts';
import { type Answer, answers, type CrewEvent, type CrewEventId, checked, placeOf } from './crew.ts';
import type { CrewStore } from './crew-store.ts';
import type { Crewing } from './crew-up.ts';
import { aboutOf, emitToCrew, emitWithNotes, parseCrewView } from './crew-view.ts';
import { parseManifest } from './manifest-view.ts';
import { passedOf } from './offers.ts';
import { crewAssets } from './page-assets.ts';
import { ClosedPage, DoorPage, PassengersPage, TakenPage, TripPage } from './pages.tsx';
import { crewPhoneRoutes, pressedAt, pressKey } from './phone-routes.tsx';

export type CrewPageParts = {
  store: CrewStore;
  sessions: CrewSessions;
  cookie: SessionCookie;
  /** Of the door to one's own pay: a phone that is signed out holds nothing of anybody. */
  payCookie: SessionCookie;
  fleet: Fleet;
  egress: Egress;
  clock: Clock;
  crewing: Pick<Crewing, 'answer'>;
  /** The person's own calendar feed, or null where there is none. */
  feedUrl: (person: string) => Promise<string | null>;
  greetDevice: GreetDevice;
} & Pick<CrewHooks, 'onAnswered'>;

/**
 * The pages of the crew: a door that opens by the link from a letter, and the trip behind it. Reading any of it (GET,
 * HEAD, running its script) changes nothing; each answer and tick is a form, can be undone, and says who and when.
 */
export function crewPageRoutes(parts: CrewPageParts): Hono {
  const { store, sessions, cookie, fleet, egress, clock } = parts;
  const routes = new Hono();
  const house = { name: fleet.house.name, email: fleet.house.sender.address };
  routes.use('/c/*', bodyLimit({ maxSize: 8192 }));

  for (const { path, type, body, etag } of crewAssets) {
    const headers = { 'content-type': type, etag, 'cache-control': 'public, max-age=31536000, immutable' };
    routes.get(path, c =>
      c.req.header('if-none-match') === etag ? c.body(null, 304, headers) : c.body(body, 200, headers),
    );
  }

  const send = (c: Context, html: string, status: 200 | 401 | 404 | 409 = 200) => {
    c.header('cache-control', 'no-store');
    return c.html(html, status);
  };

  const door = async (c: Context, wrong?: Wrong) => {
    const html = await emitToCrew(
      { egress, channel: 'page', about: [] },
      { house, wrong: wrong ?? null },
      view => htmlText(<DoorPage house={view.house} {...(view.wrong ? { wrong: view.wrong } : {})} />),
    );
    return send(c, html, wrong ? 401 : 200);
  };

  const closed = async (c: Context) =>
    send(
      c,
      await emitToCrew({ egress, channel: 'page', about: [] }, house, view =>
        htmlText(<ClosedPage house={view} />),
      ),
      404,
    );

  const trip = async (c: Context, session: CrewSession, event: CrewEvent, wrong?: Wrong) => {
    const feedUrl = await parts.feedUrl(session.person);
    const html = await emitWithNotes(
      { egress, channel: 'page', about: aboutOf(event) },
      withoutNotes => parseCrewView({ event, person: session.person, fleet, feedUrl, withoutNotes }),
      view =>
        htmlText(
          <TripPage
            view={view}
            formToken={formToken(session)}
            now={clock.now()}
            {...(wrong ? { wrong } : {})}
          />,
        ),
    );
    return send(c, html, wrong ? 409 : 200);
  };

  /** For who was asked for a place that somebody else took: the same trip, and nothing of who sails it. */
  const taken = async (c: Context, event: CrewEvent) =>
    send(
      c,
      await emitToCrew(
        { egress, channel: 'page', about: aboutOf(event) },
        { house, start: event.start, end: event.end },
        view => htmlText(<TakenPage {...view} />),
      ),
    );

  /** Whose session this is and the event it opened, or null: no session, released, or no such event look all the same. */
  const visit = async (c: Context): Promise<{ session: CrewSession; event: CrewEvent } | null> => {
    const id = c.req.param('id') ?? '';
    const session = await sessions.session(cookie.read(c.req.raw), id);
    const event = session && (await store.find(session.event as CrewEventId));
    return event && (placeOf(event, session.person) || passedOf(event, session.person))
      ? { session, event }
      : null;
  };

  /** A form of the trip: checked, done to the event as it is by then, and back to the page; or the page says why not. */
  const act = async (
    c: Context,
    work: (event: CrewEventId, person: string, form: Record<string, unknown>, once?: string) => Promise<void>,
    anchor: string,
  ) => {
    const came = await visit(c);
    if (!came) return closed(c);
    const form = await c.req.parseBody();
    checkForm(c.req.raw, came.session, form.formToken);
    const key = pressKey(c);
    const once = key && `${came.session.person} ${came.event.id} ${key}`;
    try {
      await work(came.event.id, came.session.person, form, once);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const event = (await store.find(came.event.id)) ?? came.event;
      if (passedOf(event, came.session.person)) return taken(c, event);
      return placeOf(event, came.session.person)
        ? trip(c, came.session, event, { message: error.message, cure: error.cure })
        : closed(c);
    }
    return c.redirect(`${paths.crewEvent(came.event.id)}#${anchor}`, 303);
  };

  routes.get(paths.crew(), c => door(c));
  // Where the browser stands after a link that did not work, and reloads.
  routes.get(paths.crewSession, c => c.redirect(paths.crew(), 303));

  routes.post(paths.crewSession, async c => {
    checkOrigin(c.req.raw);
    const { link } = await c.req.parseBody();
    const opened = await sessions.signIn(tokenIn(link), cookie.read(c.req.raw));
    if (!opened) return door(c, linkOver(house.email));
    c.header('set-cookie', cookie.set(c.req.raw, opened.cookie));
    c.header('set-cookie', await parts.greetDevice(c.req.raw, opened.session.person), { append: true });
    return c.redirect(paths.crewEvent(opened.session.event), 303);
  });

  routes.get(paths.crewEvent(':id'), async c => {
    const came = await visit(c);
    if (!came) return closed(c);
    return placeOf(came.event, came.session.person)
      ? trip(c, came.session, came.event)
      : taken(c, came.event);
  });

  // Where the browser stands after a form that was refused, and reloads.
  for (const path of [paths.crewAnswer(':id'), paths.crewCheck(':id')]) {
    routes.get(path, c => c.redirect(paths.crewEvent(c.req.param('id') ?? ''), 303));
  }

  routes.get(paths.crewPassengers(':id'), async c => {
    const came = await visit(c);
    if (!came || !placeOf(came.event, came.session.person)) return closed(c);
    const { event } = came;
    const html = await emitToCrew(
      { egress, channel: 'page', about: aboutOf(event) },
      parseManifest(event, fleet, event.guestFirstName),
      view => htmlText(<PassengersPage view={view} house={house} event={event.id} now={clock.now()} />),
    );
    return send(c, html);
  });

  routes.post(paths.crewAnswer(':id'), c =>
    act(
      c,
      async (event, person, { answer }, once) => {
        if (!isAnswer(answer)) throw reload();
        const act = { by: person, at: isoInstant(clock.now()) };
        const done = await parts.crewing.answer(event, person, answer, act, { once });
        if (done?.isNew) await parts.onAnswered(done.event);
      },
      'answer',
    ),
  );

  routes.post(paths.crewCheck(':id'), c =>
    act(
      c,
      async (event, person, { item, done, at }, once) => {
        if (!isCheckId(item) || (done !== 'yes' && done !== 'no')) throw reload();
        const when = { by: person, at: pressedAt(at, clock.now()) };
        const label = checkItems.find(({ id }) => id === item)?.label ?? item;
        const what = done === 'yes' ? `Done: ${label}.` : `Undone: ${label}.`;
        await store.change(
          event,
          before => {
            const next = checked(before, item, done === 'yes', when);
            return next && { event: next, entries: [{ ...when, what }] };
          },
          once,
        );
      },
      'checklist',
    ),
  );

  routes.route('/', crewPhoneRoutes(parts, closed));
  return routes;
}

const isAnswer = (value: unknown): value is Answer => answers.some(answer => answer === value);

/** The token in what somebody pasted: the token alone, or the whole link. */
const tokenIn = (pasted: unknown): string =>
  typeof pasted === 'string' ? pasted.slice(pasted.lastIndexOf('#') + 1).trim() : '';

const linkOver = (email: string): Wrong => ({
  message: 'This link opens no trip: it is over, was replaced by a newer one, or is incomplete.',
  cure: `Use the newest letter about the trip. If that does not help, write to ${email}.`,
});

const reload = () =>
  new Refusal(
    'form-unreadable',
    'The form was not understood: nothing was changed.',
    'Press the button again.',
  );
