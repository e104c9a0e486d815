import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Clock } from '#lib/clock.ts';
import { Refusal } from '#lib/refusal.ts';
import type { Log } from '#platform/log.ts';
import { htmlText, Page } from '#ui/layout.tsx';
import { Button, Card, Field, Heading, Notice, type Wrong } from '#ui/parts.tsx';
import { paths } from '#ui/paths.ts';
import type { SessionCookie } from './cookies.ts';
import type { GreetDevice } from './devices.ts';
import { checkForm, checkOrigin } from './forms.ts';
import { rateLimit } from './rate-limit.ts';
import { signInScript } from './sign-in-script.ts';
import type { Staff } from './staff.ts';

/** Writes the letter with which somebody of the staff signs in. `link` is the whole address; `expiresAt` is ISO 8601 UTC. */
export type SendSignIn = (person: string, link: string, expiresAt: string) => Promise<void>;

/**
 * The way to the desk: a page with a button, the session behind it, a letter with a new link, signing out.
 * Reading any of it (GET, HEAD, running its script) changes nothing. `origin` is the address of the house, never the
 * request's own Host, which whoever asks for a letter could choose.
 */
export function signInRoutes(parts: {
  staff: Staff;
  cookie: SessionCookie;
  clock: Clock;
  log: Log;
  origin: string;
  /** The member of staff with this address (compared without case), or null. */
  staffByEmail: (email: string) => string | null;
  sendSignIn: SendSignIn;
  greetDevice: GreetDevice;
}): Hono {
  const { staff, cookie, log } = parts;
  const letters = rateLimit({ clock: parts.clock, rates: { letter: { burst: 3, perMinute: 0.2 } } });
  const routes = new Hono();
  for (const path of [paths.deskSession, paths.deskSignInLetter, paths.deskSignOut]) {
    routes.use(path, bodyLimit({ maxSize: 4096, onError: refuseLarge }));
  }

  routes.get(paths.deskSignIn(), c => page(c, { next: nextIn(c.req.query('for') ?? null) }));

  // Where the browser stands after a form that did not work, and reloads.
  for (const path of [paths.deskSession, paths.deskSignInLetter]) {
    routes.get(path, c => c.redirect(paths.deskSignIn(), 303));
  }

  routes.get(paths.deskSignInScript, c =>
    c.body(signInScript, 200, {
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'no-cache',
    }),
  );

  routes.post(paths.deskSession, async c => {
    checkOrigin(c.req.raw);
    const form = await fields(c);
    const next = nextIn(form.get('for'));
    const session = await staff.signIn(tokenIn(form.get('token')));
    if (!session) return page(c, { wrong: linkOver, next }, 401);
    const before = cookie.read(c.req.raw);
    c.header('set-cookie', cookie.set(c.req.raw, session.id));
    c.header('set-cookie', await parts.greetDevice(c.req.raw, session.person), { append: true });
    if (before) await staff.signOut(before);
    return c.redirect(next ?? paths.desk, 303);
  });

  routes.post(paths.deskSignInLetter, async c => {
    checkOrigin(c.req.raw);
    const address = (await fields(c)).get('email')?.trim().toLowerCase() ?? '';
    // Not awaited: how long the answer takes must not tell whose address it is.
    write(address).catch((error: unknown) => log.error('a sign-in letter could not be written', { error }));
    return page(c, { asked: true });
  });

  routes.post(paths.deskSignOut, async c => {
    const id = cookie.read(c.req.raw);
    const session = id === null ? null : await staff.session(id);
    if (session) {
      checkForm(c.req.raw, session, (await fields(c)).get('formToken'));
      await staff.signOut(session.id);
    }
    c.header('set-cookie', cookie.clear(c.req.raw));
    return c.redirect(paths.deskSignIn(), 303);
  });

  const write = async (address: string) => {
    const person = parts.staffByEmail(address);
    if (person === null || !letters(person, 'letter').ok) return;
    const { token, expiresAt } = await staff.signInLink(person);
    await parts.sendSignIn(person, new URL(paths.deskSignIn(token), parts.origin).href, expiresAt);
  };

  return routes;
}

// Read as what browsers send for our forms, whatever the request claims: nothing in it can make this fail.
const fields = async (c: Context) => new URLSearchParams(await c.req.text());

const refuseLarge = () => {
  throw new Refusal('form-too-large', 'This is more than the form can hold.', 'Paste the link alone.');
};

/** The token in what somebody pasted: the token alone, or the whole link. */
const tokenIn = (pasted: string | null): string => pasted?.slice(pasted.lastIndexOf('#') + 1).trim() ?? '';

/** Where somebody wanted to go when they were asked to sign in: a page of the desk, or nothing. */
const nextIn = (wanted: string | null): string | null =>
  wanted !== null && /^\/desk(\/[\w-]+)+$/.test(wanted) ? wanted : null;

const linkOver: Wrong = {
  message: 'This link does not work: it has run out, was replaced by a newer one, or is incomplete.',
  cure: 'Ask for a new one below, or on the machine itself: gangway key sign-in',
};

type Shown = { wrong?: Wrong; asked?: boolean; next?: string | null };

async function page(c: Context, shown: Shown, status: 200 | 401 = 200) {
  c.header('cache-control', 'no-store');
  return c.html(await htmlText(<SignInPage {...shown} />), status);
}

function SignInPage({ wrong, asked, next }: Shown) {
  const after = next && <input type="hidden" name="for" value={next} />;
  return (
    <Page title="Sign in" scripts={[paths.deskSignInScript]}>
      <Heading title="Sign in to the desk" lede="With the link from your letter. There is no password." />
      {asked && (
        <Notice
          kind="good"
          title="If this address belongs to somebody of the staff, a letter with a link is on its way."
          cure="The letter says until when it works. Look among the unwanted mail too."
        />
      )}
      <div id="with-link" hidden>
        <form method="post" action={paths.deskSession}>
          <input type="hidden" name="token" />
          {after}
          <button type="submit" class="main" disabled>
            Sign in
          </button>
        </form>
      </div>
      <div id="by-hand">
        <div class="grid">
          <Card title="You have a link">
            <form method="post" action={paths.deskSession}>
              {after}
              <Field
                name="token"
                label="The link, or the part of it behind #"
                hint="Opening the link in your letter fills this in for you."
                wrong={wrong}
                required
                input={{ autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false', maxlength: 500 }}
              />
              <Button kind="main">Sign in</Button>
            </form>
          </Card>
          <Card title="You need a link">
            <form method="post" action={paths.deskSignInLetter}>
              <Field
                name="email"
                label="Your e-mail address"
                type="email"
                required
                input={{ autocomplete: 'email', maxlength: 254 }}
              />
              <Button>Send me a letter</Button>
            </form>
          </Card>
        </div>
      </div>
    </Page>
  );
}
