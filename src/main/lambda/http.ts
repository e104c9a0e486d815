import { answering, type HttpEvent, type HttpResult } from '#web/api-gateway.ts';
import { type WebApp, type WebParts, webApp } from '#web/app.tsx';
import type { OpenRooms } from '../rooms/open-rooms.ts';
import type { RoomOptions } from '../rooms/parts.ts';
import type { Afterwards } from './afterwards.ts';
import { hostHeader } from './edge-headers.ts';
import { pastTheEdge } from './past-the-edge.ts';

/** A function behind the HTTP API: what it serves, and its handler. */
export type HttpFunction = ((event: HttpEvent) => Promise<HttpResult>) & Pick<WebApp, 'mounted'>;

/** Serves a part of the routes to those who come through a distribution. What was set going meanwhile is done before the answer goes out. */
export function serving(
  it: { of: OpenRooms; options: RoomOptions; after: Afterwards; origin: readonly string[] },
  routes: Partial<Pick<WebParts, 'guest' | 'house'>> & Pick<WebParts, 'guest'>,
): HttpFunction {
  const { config, clock, log } = it.options;
  const app = webApp({
    house: [],
    ...routes,
    fleet: config.fleet,
    trustedProxies: [],
    photosTo: it.options.photosTo,
    clock,
    log,
    metrics: it.of.numbers,
  });
  const answer = answering(app, hostHeader);
  const refused = pastTheEdge(it.origin);
  const handler = async (event: HttpEvent) => {
    const refusal = refused(event);
    if (refusal) return refusal;
    try {
      return await answer(event);
    } finally {
      await it.after.done();
    }
  };
  return Object.assign(handler, { mounted: app.mounted });
}
