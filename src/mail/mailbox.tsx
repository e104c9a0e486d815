import { type Context, Hono } from 'hono';
import type { Child } from 'hono/jsx';
import { contentSecurityPolicy, htmlText, Page, type PageProps } from '#ui/layout.tsx';
import { paths } from '#ui/paths.ts';
import { inviteFacts } from './invite-facts.ical.ts';
import { LetterList, LetterPage, NoLetter } from './mailbox-pages.tsx';
import type { Mailbox } from './mailbox-port.ts';
import { openLetter } from './opened-letter.postal-mime.ts';

/** A letter's own HTML runs nothing, loads nothing and may be framed by us alone; its links open elsewhere. */
const letterPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

/**
 * The web mailbox: what the outbox holds, as the recipients would see it. It shows owner's letters and links that let
 * people in, so whoever mounts it decides who may look. Sets its own Content-Security-Policy on every answer.
 * `zone` is the one in which times are said; `frame` gives the bar at the top of each page.
 */
export function mailboxRoutes(it: {
  mailbox: Mailbox;
  zone: string;
  frame?: (c: Context) => Partial<Pick<PageProps, 'home' | 'nav' | 'who' | 'foot'>>;
}): Hono {
  const { mailbox, zone, frame } = it;
  const routes = new Hono();

  const page = async (c: Context, title: string, content: Child, status: 200 | 404 = 200) => {
    const html = await htmlText(
      <Page title={title} {...frame?.(c)} wide>
        {content}
      </Page>,
    );
    return c.html(html, status, {
      'Content-Security-Policy': `${contentSecurityPolicy}; frame-src 'self'`,
      'Cache-Control': 'no-store',
    });
  };
  const missing = (c: Context) => page(c, 'No such letter', <NoLetter />, 404);
  const bytesOf = (c: Context) => mailbox.find(c.req.param('id') ?? '');

  routes.get(paths.mailbox, async c => {
    const letters = await mailbox.list();
    const to = c.req.query('to') || undefined;
    return page(c, 'Mailbox', <LetterList letters={letters} to={to} zone={zone} />);
  });

  routes.get(`${paths.mailbox}/:id`, async c => {
    const bytes = await bytesOf(c);
    if (!bytes) return missing(c);
    const letter = await openLetter(bytes);
    const invite = letter.invite && inviteFacts(letter.invite, zone);
    const id = c.req.param('id');
    return page(c, letter.subject, <LetterPage id={id} letter={letter} invite={invite} zone={zone} />);
  });

  routes.get(`${paths.mailbox}/:id/html`, async c => {
    const bytes = await bytesOf(c);
    if (!bytes) return missing(c);
    return c.html(linksOpenElsewhere((await openLetter(bytes)).html), 200, {
      'Content-Security-Policy': letterPolicy,
      'Referrer-Policy': 'no-referrer',
      'Cache-Control': 'no-store',
    });
  });

  routes.get(`${paths.mailbox}/:id/letter.eml`, async c => {
    const bytes = await bytesOf(c);
    if (!bytes) return missing(c);
    return c.body(new Uint8Array(bytes), 200, {
      'Content-Type': 'message/rfc822',
      'Content-Disposition': `attachment; filename="${c.req.param('id')}.eml"`,
      'Cache-Control': 'no-store',
    });
  });

  return routes;
}

/** Mail programs open links outside the letter; a frame would open them inside. */
function linksOpenElsewhere(html: string): string {
  const target = '<base target="_blank">';
  return /<head[^>]*>/i.test(html) ? html.replace(/<head[^>]*>/i, head => head + target) : target + html;
}
