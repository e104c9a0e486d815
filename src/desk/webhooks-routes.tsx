import { Hono } from 'hono';
import { formToken } from '#access/forms.ts';
import type { StaffSession } from '#access/staff.ts';
import type { AnnouncementId, Sending } from '#announcements/announcement.ts';
import { Refusal } from '#lib/refusal.ts';
import { paths } from '#ui/paths.ts';
import type { DeskDeps } from './deps.ts';
import { answer } from './desk-frame.tsx';
import { readPosted, seeOther } from './form.ts';
import { WebhooksPage } from './webhooks-page.tsx';

const sendingsShown = 200;

/** The log of what the operator's own programs were told, with replay, and endpoints that wanted nothing more. */
export function webhooksRoutes(deps: DeskDeps): Hono {
  const app = new Hono();
  const { store, endpoints, nudge } = deps.announcements;

  app.get(paths.deskWebhooks, async c => {
    const session = await deps.requireStaff(c.req.raw);
    const [all, disabled] = await Promise.all([store.list({ limit: sendingsShown }), store.disabled()]);
    const sendings = all.filter(mayBeSeenBy(session));
    return answer(c, deps, session, {
      section: 'webhooks',
      title: 'Webhooks',
      about: [...new Set(sendings.flatMap(({ announcement }) => announcement.booking ?? []))],
      content: (
        <WebhooksPage
          fleet={deps.fleet}
          formToken={formToken(session)}
          endpoints={endpoints}
          disabled={disabled}
          sendings={sendings}
          notice={c.req.query('notice') ?? ''}
        />
      ),
    });
  });

  app.post(paths.deskWebhooks, async c => {
    const { session, field } = await readPosted(c, deps);
    const endpoint = field('endpoint');
    if (field('what') === 'enable') {
      if (!endpoints.some(({ id }) => id === endpoint)) throw unknown();
      await store.enable(endpoint);
      nudge();
      return seeOther(c, paths.deskWebhooks, { notice: 'enabled' });
    }
    const id = field('delivery') as AnnouncementId;
    const meant = (await store.find(id)).filter(mayBeSeenBy(session));
    if (!meant.some(sending => sending.endpoint === endpoint)) throw unknown();
    await store.replay(id, endpoint);
    nudge();
    return seeOther(c, paths.deskWebhooks, { notice: 'replayed' });
  });

  return app;
}

/** That something of the books is failing is for owners. */
const mayBeSeenBy =
  ({ role }: StaffSession) =>
  ({ announcement }: Sending): boolean =>
    role === 'owner' || announcement.fence === 'open';

const unknown = () =>
  new Refusal(
    'announcement-unknown',
    'There is no such delivery or endpoint.',
    'Open it from the list of deliveries.',
  );
