import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Clock } from '#lib/clock.ts';
import { Refusal } from '#lib/refusal.ts';
import type { Log } from '#platform/log.ts';
import { htmlText, Page } from '#ui/layout.tsx';
import { Button, Card, Field, Heading, Notice } from '#ui/parts.tsx';
import type { SessionCookie } from './cookies.ts';
import type { GreetDevice } from './devices.ts';
import { checkForm, checkOrigin } from './forms.ts';
import { rateLimit } from './rate-limit.ts';
import type { SignInLink } from './sign-in-links.ts';
import { signInScript } from './sign-in-script.ts';

/** Writes the letter with which somebody signs in. `link` is the whole address; `expiresAt` is ISO 8601 UTC. */
export type SendSignIn = (person: string, link: string, expiresAt: string) => Promise<void>;

/** One way in: what stands on its page, where it is, and who keeps its sessions. */
export type SignInDoor = {
  readonly sessions: {
    signInLink(person: string): Promise<SignInLink>;
    signIn(token: string): Promise<{ readonly id: string; readonly person: string } | null>;
    session(id: string): Promise<{ readonly id: string } | null>;
    signOut(id: string): Promise<void>;
  };
  readonly at: {
    readonly page: (token?: string) => string;
    readonly script: string;
    readonly letter: string;
    readonly session: string;
    readonly signOut: string;
    /** Where a sign-in leads, unless a page behind it was asked for. */
    readonly inside: string;
  };
  readonly words: {
    readonly title: string;
    readonly heading: string;
    readonly lede: string;
    readonly who: string;
  };
  /** What to do about a link that is over. */
  readonly cure: string;
};

/**
 * A way in: a page with a button, the session behind it, a letter with a new link, signing out. Reading any of it (GET,
 * HEAD, running its script) changes nothing. `origin` is the address of the house, never the request's own Host, which
 * whoever asks for a letter could choose.
 */
export function signInRoutes(parts: {
  door: SignInDoor;
  cookie: SessionCookie;
  clock: Clock;
  log: Log;
  origin: string;
  /** Who may come in here and has this address (compared without case), or null. */
  personByEmail: (email: string) => string | null;
  sendSignIn: SendSignIn;
  greetDevice: GreetDevice;
}): Hono {
  const { door, cookie, log } = parts;
  const { at, sessions } = door;
  const letters = rateLimit({ clock: parts.clock, rates: { letter: { burst: 3, perMinute: 0.2 } } });
  const routes = new Hono();
  for (const path of [at.session, at.letter, at.signOut]) {
    routes.use(path, bodyLimit({ maxSize: 4096, onError: refuseLarge }));
  }

  routes.get(at.page(), c => page(c, door, { next: nextIn(at.inside, c.req.query('for') ?? null) }));

  // Where the browser stands after a form that did not work, and reloads.
  for (const path of [at.session, at.letter]) {
    routes.get(path, c => c.redirect(at.page(), 303));
  }

  routes.get(at.script, c =>
    c.body(signInScript, 200, {
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'no-cache',
    }),
  );

  routes.post(at.session, async c => {
    checkOrigin(c.req.raw);
    const form = await fields(c);
    const next = nextIn(at.inside, form.get('for'));
    const session = await sessions.signIn(tokenIn(form.get('token')));
    if (!session) return page(c, door, { isOver: true, next }, 401);
    const before = cookie.read(c.req.raw);
    c.header('set-cookie', cookie.set(c.req.raw, session.id));
    c.header('set-cookie', await parts.greetDevice(c.req.raw, session.person), { append: true });
    if (before) await sessions.signOut(before);
    return c.redirect(next ?? at.inside, 303);
  });

  routes.post(at.letter, async c => {
    checkOrigin(c.req.raw);
    const address = (await fields(c)).get('email')?.trim().toLowerCase() ?? '';
    // Not awaited: how long the answer takes must not tell whose address it is.
    write(address).catch((error: unknown) => log.error('a sign-in letter could not be written', { error }));
    return page(c, door, { asked: true });
  });

  routes.post(at.signOut, async c => {
    const id = cookie.read(c.req.raw);
    const session = id === null ? null : await sessions.session(id);
    if (session) {
      checkForm(c.req.raw, session, (await fields(c)).get('formToken'));
      await sessions.signOut(session.id);
    }
    c.header('set-cookie', cookie.clear(c.req.raw));
    return c.redirect(at.page(), 303);
  });

  const write = async (address: string) => {
    const person = parts.personByEmail(address);
    if (person === null || !letters(person, 'letter').ok) return;
    const { token, expiresAt } = await sessions.signInLink(person);
    await parts.sendSignIn(person, new URL(at.page(token), parts.origin).href, expiresAt);
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

/** Where somebody wanted to go when they were asked to sign in: a page behind this door, or nothing. */
const nextIn = (inside: string, wanted: string | null): string | null =>
  wanted?.startsWith(`${inside}/`) && /^(\/[\w-]+)+$/.test(wanted) ? wanted : null;

type Shown = { isOver?: boolean; asked?: boolean; next?: string | null };

async function page(c: Context, door: SignInDoor, shown: Shown, status: 200 | 401 = 200) {
  c.header('cache-control', 'no-store');
  return c.html(await htmlText(<SignInPage door={door} {...shown} />), status);
}

function SignInPage({ door, isOver, asked, next }: Shown & { door: SignInDoor }) {
  const { at, words } = door;
  const after = next && <input type="hidden" name="for" value={next} />;
  const wrong = isOver
    ? {
        message: 'This link does not work: it has run out, was replaced by a newer one, or is incomplete.',
        cure: door.cure,
      }
    : undefined;
  return (
    <Page title={words.title} scripts={[at.script]}>
      <Heading title={words.heading} lede={words.lede} />
      {asked && (
        <Notice
          kind="good"
          title={`If this address belongs to somebody of the ${words.who}, a letter with a link is on its way.`}
          cure="The letter says until when it works. Look among the unwanted mail too."
        />
      )}
      <div id="with-link" hidden>
        <form method="post" action={at.session}>
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
            <form method="post" action={at.session}>
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
            <form method="post" action={at.letter}>
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
