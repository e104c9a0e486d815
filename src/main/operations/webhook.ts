import * as z from 'zod';
import type { AnnouncementId } from '#announcements/announcement.ts';
import { Refusal } from '#lib/refusal.ts';
import type { Rooms } from '../rooms/rooms.ts';
import { type Operations, operation, text } from './operations.ts';

/** What the operator's own programs were told, told once more by hand, and endpoints that wanted nothing more. */
export function webhookOperations({ announcements }: Rooms): Operations {
  const { store, endpoints, sending } = announcements;
  const endpoint = (id: string) => {
    if (endpoints.some(one => one.id === id)) return id;
    const known =
      endpoints.map(one => one.id).join(', ') || 'none; add one under webhooks of the configuration';
    throw new Refusal('endpoint-unknown', `There is no endpoint ${id}.`, `Endpoints: ${known}.`);
  };
  return {
    'webhook list': operation(
      z.object({
        endpoint: text.optional(),
        state: z.enum(['pending', 'delivered', 'failed']).optional(),
        limit: z.int().min(1).max(1000).default(50),
      }),
      async filter => ({
        endpoints: endpoints.map(({ id, url, audience, events }) => ({ id, url, audience, events })),
        disabled: await store.disabled(),
        deliveries: (
          await store.list({
            limit: filter.limit,
            ...(filter.endpoint === undefined ? {} : { endpoint: endpoint(filter.endpoint) }),
            ...(filter.state === undefined ? {} : { state: filter.state }),
          })
        ).map(({ announcement: { id, kind, booking, revision, at }, ...rest }) => ({
          id,
          kind,
          booking,
          revision,
          at,
          ...rest,
        })),
      }),
    ),
    'webhook replay': operation(
      z.object({ id: text, endpoint: text.optional() }),
      async ({ id, endpoint: only }) => {
        const all = (await store.find(id as AnnouncementId)).map(one => one.endpoint);
        const meant = only === undefined ? all : all.filter(one => one === only);
        if (meant.length === 0) throw unknownDelivery(id);
        for (const one of meant) await store.replay(id as AnnouncementId, one);
        await sending.deliverDue();
        return { replayed: meant, deliveries: await store.find(id as AnnouncementId) };
      },
    ),
    'webhook enable': operation(z.object({ endpoint: text }), async ({ endpoint: id }) => {
      await store.enable(endpoint(id));
      sending.nudge();
      return { enabled: id };
    }),
  };
}

const unknownDelivery = (id: string) =>
  new Refusal(
    'announcement-unknown',
    `There is no delivery ${id.slice(0, 40)}.`,
    'Look for it with `gangway webhook list`; ids begin with ann_.',
  );
