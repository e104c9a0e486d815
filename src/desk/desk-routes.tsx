import { Hono } from 'hono';
import { bookingRoutes } from './booking-routes.tsx';
import { bookingsRoutes } from './bookings-routes.tsx';
import { calendarRoutes } from './calendar-routes.tsx';
import { cancelRoutes } from './cancel-routes.tsx';
import { correctRoutes } from './correct-routes.tsx';
import { crewRoutes } from './crew-routes.tsx';
import type { DeskDeps } from './deps.ts';
import { deskStyle, deskStylePath } from './desk-style.css.ts';
import { failuresRoutes } from './failures-routes.tsx';
import { feedsRoutes } from './feeds-routes.tsx';
import { forgetRoutes } from './forget-routes.tsx';
import { holdsRoutes } from './holds-routes.tsx';
import { homeRoutes } from './home-routes.tsx';
import { inboxRoutes } from './inbox-routes.tsx';
import { manifestRoutes } from './manifest-routes.tsx';
import { moneyRoutes } from './money-routes.tsx';
import { moveRoutes } from './move-routes.tsx';
import { photosRoutes } from './photos-routes.tsx';
import { progressRoutes } from './progress-routes.tsx';
import { quarantineRoutes } from './quarantine-routes.tsx';
import { splitRoutes } from './split-routes.tsx';
import { voicesRoutes } from './voices-routes.tsx';
import { webhooksRoutes } from './webhooks-routes.tsx';

/** The whole desk under `/desk`. Errors are thrown for the web room to answer: `sign-in-needed`, refusals of forms, defects. */
export function deskRoutes(deps: DeskDeps): Hono {
  const app = new Hono();
  app.get(deskStylePath, c =>
    c.body(deskStyle, 200, {
      'content-type': 'text/css; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
    }),
  );
  // The list comes before a single booking: `/desk/bookings/new` is not an id.
  for (const routes of [
    homeRoutes,
    bookingsRoutes,
    bookingRoutes,
    moveRoutes,
    correctRoutes,
    voicesRoutes,
    splitRoutes,
    cancelRoutes,
    crewRoutes,
    manifestRoutes,
    forgetRoutes,
    photosRoutes,
    progressRoutes,
    calendarRoutes,
    holdsRoutes,
    inboxRoutes,
    feedsRoutes,
    quarantineRoutes,
    failuresRoutes,
    webhooksRoutes,
    moneyRoutes,
  ]) {
    app.route('/', routes(deps));
  }
  return app;
}
