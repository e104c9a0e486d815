import { type Context, Hono } from 'hono';
import { guestPageRoutes } from '#guest-page/routes.ts';
import { mailboxRoutes } from '#mail/mailbox.tsx';
import { paths } from '#ui/paths.ts';
import { type WebApp, webApp } from '#web/app.tsx';
import type { Operations } from '../operations/operations.ts';
import { operationRoutes } from '../operations/routes.ts';
import { crewWeb } from '../rooms/crew-web.ts';
import { guestWeb } from '../rooms/guest-web.ts';
import { deskWeb, frontWeb, type HouseWiring } from '../rooms/house-web.ts';
import type { IntakeRoom } from '../rooms/intake.ts';
import type { PhotoRoom } from '../rooms/photos.ts';

export type WebWiring = HouseWiring & {
  intake: IntakeRoom;
  photos: PhotoRoom;
  operations: Operations;
  operatorToken: string | undefined;
  /** The demo's letters go to invented people: anybody at this machine may read them without signing in. */
  openMailbox: boolean;
};

/** Hands every room's routes what they need and puts them on the house and the brands. */
export function web(wiring: WebWiring): WebApp {
  const { of, options } = wiring;
  const { config, clock, log } = options;
  const { fleet, shape } = config;

  const mailbox = wiring.mailbox
    ? [
        ownersMailbox(
          wiring,
          mailboxRoutes({
            mailbox: wiring.mailbox,
            zone: fleet.house.zone,
            frame: () => ({ home: paths.desk }),
          }),
        ),
      ]
    : [];

  const pages = guestPageRoutes({ host: of.host });
  const asked = guestWeb(of, wiring.photos, wiring.fulfil);
  return webApp({
    fleet,
    clock,
    log,
    metrics: of.numbers,
    trustedProxies: shape.server.trustedProxies,
    guest: brand => new Hono().route('/', asked(brand)).route('/', pages(brand)),
    house: [
      ...frontWeb(of),
      wiring.intake.routes,
      ...crewWeb(wiring),
      ...deskWeb(wiring),
      ...mailbox,
      operationRoutes(wiring.operations, wiring.operatorToken),
    ],
  });
}

/** The mailbox shows everybody's letters, the owner's and every secret link included: for owners only. */
function ownersMailbox({ of, openMailbox }: WebWiring, routes: Hono): Hono {
  if (openMailbox) return routes;
  const app = new Hono();
  const guard = async (c: Context, next: () => Promise<void>) => {
    await of.who.requireStaff(c, 'owner');
    await next();
  };
  app.use(paths.mailbox, guard);
  app.use(`${paths.mailbox}/*`, guard);
  return app.route('/', routes);
}
