import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { Refusal, Unavailable } from '#lib/refusal.ts';
import type { Delivery, DeliveryId } from './inbox.ts';
import type { ReadingOrder } from './reading-order.ts';
import type { Sources } from './source.ts';

/** What came to a door: `secret` is the one of the address, null at the door for those who sign. */
export type AtDoor = {
  source: string;
  secret: string | null;
  header: (name: string) => string | null;
  /** All of them, by their names in small letters. */
  headers: () => Readonly<Record<string, string>>;
  body: Uint8Array;
};

/** What a door needs to know of whatever comes in by it. */
export type Door = {
  /** The path before the source, e.g. `/webhooks`. */
  path: string;
  sources: (id: string) => ReturnType<Sources>;
  /** Refuses what is not of the kind that is read here, before its body is. */
  kindOnly: MiddlewareHandler;
  mostBytes: number;
  tooLarge: () => never;
  receive: (arrived: AtDoor) => Promise<{ kind: 'received' | 'duplicate'; delivery: Delivery }>;
  /** One more, with its source and what became of it: `received`, `duplicate` or the code of its refusal. */
  count: (labels: { source: string; outcome: string }) => void;
  /** Around each answer: what follows from a message waits for it. */
  answering: ReadingOrder['answering'];
  /** A delivery is safe and may be read. Not waited for. */
  onReceived: (id: DeliveryId) => void;
};

/** Two routes, for senders that sign and for those whose address is the secret. A 2xx says that it is on disk, nothing more. */
export function doorRoutes(door: Door): Hono {
  const app = new Hono();
  const receive = async (c: Context, source: string, secret: string | null) => {
    const { kind, delivery } = await door.receive({
      source,
      secret,
      header: name => c.req.header(name) ?? null,
      headers: () => c.req.header(),
      body: new Uint8Array(await c.req.arrayBuffer()),
    });
    door.count({ source, outcome: kind });
    if (kind === 'received') door.onReceived(delivery.id);
    return c.json({ delivery: delivery.id }, 202);
  };
  const refusalsCounted: MiddlewareHandler = async (c, next) => {
    await next();
    if (!c.error) return;
    const source = c.req.param('source') ?? '';
    door.count({
      source: door.sources(source) ? source : 'unknown',
      outcome: c.error instanceof Refusal || c.error instanceof Unavailable ? c.error.code : 'defect',
    });
  };
  const before = [
    refusalsCounted,
    door.kindOnly,
    bodyLimit({ maxSize: door.mostBytes, onError: door.tooLarge }),
  ] as const;
  app.post(`${door.path}/:source`, ...before, c =>
    door.answering(() => receive(c, c.req.param('source') ?? '', null)),
  );
  app.post(`${door.path}/:source/:secret`, ...before, c =>
    door.answering(() => receive(c, c.req.param('source') ?? '', c.req.param('secret') ?? '')),
  );
  return app;
}
