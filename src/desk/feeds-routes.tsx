import { Hono } from 'hono';
import { formToken } from '#access/forms.ts';
import { paths } from '#ui/paths.ts';
import type { DeskDeps } from './deps.ts';
import { answer } from './desk-frame.tsx';
import { FeedsPage } from './feeds-page.tsx';
import { readPosted, seeOther } from './form.ts';

/** Marketplaces' calendars: their health, what they mean, and a person's word on an alarm. */
export function feedsRoutes(deps: DeskDeps): Hono {
  const app = new Hono();
  app.get(paths.deskFeeds, async c => {
    const session = await deps.requireStaff(c.req.raw);
    const feeds = await deps.feeds.shown();
    const about = feeds.flatMap(({ matches, unseen }) => [
      ...matches.flatMap(({ bears, against }) => [...bears, ...against]),
      ...unseen,
    ]);
    return answer(c, deps, session, {
      section: 'inbox',
      title: 'Marketplaces’ calendars',
      about: [...new Set(about.map(({ id }) => id))],
      content: (
        <FeedsPage
          fleet={deps.fleet}
          formToken={formToken(session)}
          feeds={feeds}
          notice={c.req.query('notice') ?? ''}
        />
      ),
    });
  });

  app.post(paths.deskFeeds, async c => {
    const { field } = await readPosted(c, deps);
    if (field('what') === 'believe') {
      await deps.feeds.believe(field('feed'));
      return seeOther(c, paths.deskFeeds, { notice: 'believed' });
    }
    await deps.feeds.readNow(field('feed'));
    return seeOther(c, paths.deskFeeds, { notice: 'read' });
  });
  return app;
}
