import { type Context, Hono } from 'hono';
import type { SessionCookie } from '#access/cookies.ts';
import type { CrewSessions } from '#access/crew-sessions.ts';
import { checkForm, formToken } from '#access/forms.ts';
import type { Fleet } from '#booking/fleet.ts';
import { type Clock, isoInstant } from '#lib/clock.ts';
import { sha256 } from '#lib/digest.ts';
import { Refusal } from '#lib/refusal.ts';
import type { Egress } from '#platform/egress.ts';
import { assetHref, assets } from '#ui/assets.ts';
import { htmlText } from '#ui/layout.tsx';
import { paths } from '#ui/paths.ts';
import type { CrewStore } from './crew-store.ts';
import { aboutOf, emitToCrew } from './crew-view.ts';
import { icons, webManifest } from './install.ts';
import { workerScript } from './offline.js.ts';
import { crewAssets, scriptHref, styleHref } from './page-assets.ts';
import { TripsPage } from './trips-page.tsx';
import { parseTripsView } from './trips-view.ts';

export type PhoneParts = {
  store: Pick<CrewStore, 'ofPerson'>;
  sessions: CrewSessions;
  cookie: SessionCookie;
  payCookie: SessionCookie;
  fleet: Fleet;
  egress: Egress;
  clock: Clock;
  feedUrl: (person: string) => Promise<string | null>;
};

/** More than anybody sails ahead; beyond it the calendar feed has them. */
const tripsShown = 30;

/** What a crew member's phone keeps: the list of their trips, and what makes the pages an app that opens without a connection. */
export function crewPhoneRoutes(parts: PhoneParts, closed: (c: Context) => Promise<Response>): Hono {
  const { store, sessions, cookie, fleet, egress, clock } = parts;
  const routes = new Hono();
  const forAWeek = { 'cache-control': 'public, max-age=604800' };

  const files = [...assets.map(({ path }) => assetHref(path)), scriptHref, styleHref];
  const version = sha256([...assets, ...crewAssets].map(({ etag }) => etag).join()).slice(0, 8);
  const worker = workerScript(files, version);
  const manifest = webManifest(fleet.house);

  routes.get(paths.crewWorker, c =>
    c.body(worker, 200, { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'no-cache' }),
  );
  routes.get(paths.crewManifest, c =>
    c.body(manifest, 200, { 'content-type': 'application/manifest+json', ...forAWeek }),
  );
  for (const [size, png] of Object.entries(icons)) {
    routes.get(paths.crewIcon(size), c =>
      c.body(new Uint8Array(png), 200, { 'content-type': 'image/png', ...forAWeek }),
    );
  }

  routes.get(paths.crewTrips, async c => {
    const open = await sessions.sessions(cookie.read(c.req.raw));
    const [newest] = open;
    if (!newest) return closed(c);
    const { person } = newest;
    const events = await store.ofPerson(person, isoInstant(clock.now()), tripsShown);
    const mine = new Set(open.filter(session => session.person === person).map(({ event }) => event));
    const feedUrl = await parts.feedUrl(person);
    const html = await emitToCrew(
      { egress, channel: 'page', about: events.flatMap(aboutOf) },
      parseTripsView({ person, events, open: mine, fleet, feedUrl }),
      view => htmlText(<TripsPage view={view} formToken={formToken(newest)} now={clock.now()} />),
    );
    c.header('cache-control', 'no-store');
    return c.html(html);
  });

  // Where the browser stands after a form that was refused, and reloads.
  routes.get(paths.crewSignOut, c => c.redirect(paths.crewTrips, 303));

  routes.post(paths.crewSignOut, async c => {
    const held = cookie.read(c.req.raw);
    const open = await sessions.sessions(held);
    const presented = (await c.req.parseBody()).formToken;
    const own = open.find(session => formToken(session) === presented) ?? open[0];
    if (own) checkForm(c.req.raw, own, presented);
    await sessions.signOut(held);
    c.header('set-cookie', cookie.clear(c.req.raw));
    c.header('set-cookie', parts.payCookie.clear(c.req.raw), { append: true });
    return c.redirect(paths.crew(), 303);
  });

  return routes;
}

/** The key under which a phone sends a press until it is heard. Null where there is none; refusal `idempotency-key-malformed`. */
export function pressKey(c: Context): string | undefined {
  const key = c.req.header('idempotency-key');
  if (key === undefined || /^[\w-]{8,64}$/.test(key)) return key;
  throw new Refusal(
    'idempotency-key-malformed',
    'The Idempotency-Key is no key of these pages: 8 to 64 letters, digits and hyphens.',
    'Reload the page and press the button again.',
  );
}

/** When something was pressed by the phone's clock, where that can be: not in the future, and at most a day ago; else now. */
export function pressedAt(text: unknown, now: number): string {
  const at = typeof text === 'string' ? Date.parse(text) : Number.NaN;
  return isoInstant(at <= now && at > now - 86_400_000 ? at : now);
}
