import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import { assetHref } from './assets.ts';

/**
 * The policy every page here is written for: nothing inline, nothing from elsewhere. `img-src data:` is for QR codes.
 * The web room sends it; the pages are tested against it.
 */
export const contentSecurityPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; manifest-src 'self'; frame-ancestors 'none'; base-uri 'none'";

export type NavItem = {
  href: string;
  label: string;
  current?: boolean;
  /** Things that wait there; nothing is shown for 0. */
  count?: number;
};

/** Who is signed in. Without `signOut` (a link, not a session) only the name is shown. */
export type Who = { name: string; signOut?: { action: string; formToken: string } };

export type PageProps = {
  /** Of the window and the history; the page says its own `h1` (see `Heading`). */
  title: string;
  /** Where the mark in the corner leads; without it the mark is no link. */
  home?: string;
  nav?: readonly NavItem[];
  who?: Who;
  /** For tables and calendars; reading pages stay at a comfortable line length. */
  wide?: boolean;
  /** The operator or brand, in the footer. */
  foot?: Child;
  lang?: string;
  /** Addresses of module scripts beyond the common one. */
  scripts?: readonly string[];
  styles?: readonly string[];
  /** Where a phone finds what it needs to keep the pages as an app. */
  manifest?: string;
  touchIcon?: string;
  children?: Child;
};

/** A whole HTML document for staff and crew. Holds no inline script or style and asks no search engine in. */
export function Page(props: PageProps) {
  const { title, home, nav = [], who, wide = false, foot, lang = 'en', scripts = [], styles = [] } = props;
  return (
    <>
      {raw('<!doctype html>')}
      <html lang={lang}>
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
          <title>{`${title} · Gangway`}</title>
          <meta name="description" content={`${title} · Gangway`} />
          <meta name="robots" content="noindex" />
          <meta name="referrer" content="same-origin" />
          <meta name="color-scheme" content="light dark" />
          <meta name="theme-color" content="#0a2737" />
          <link rel="icon" type="image/svg+xml" href={assetHref('/ui/gangway.svg')} />
          {props.manifest && <link rel="manifest" href={props.manifest} />}
          {props.touchIcon && <link rel="apple-touch-icon" href={props.touchIcon} />}
          {['/ui/gangway.css', ...styles].map(href => (
            <link rel="stylesheet" href={assetHref(href)} />
          ))}
          {['/ui/gangway.js', ...scripts].map(src => (
            <script type="module" src={assetHref(src)} />
          ))}
        </head>
        <body class={wide ? 'wide' : ''}>
          <a class="skip" href="#main">
            Skip to the page
          </a>
          <header class="bar">
            <div>
              {home ? (
                <a class="mark" href={home}>
                  Gangway
                </a>
              ) : (
                <span class="mark">Gangway</span>
              )}
              {nav.length > 0 && <Nav items={nav} />}
              {who && <SignedIn who={who} />}
            </div>
          </header>
          <main id="main" tabindex={-1}>
            {props.children}
          </main>
          {foot && <footer class="foot">{foot}</footer>}
        </body>
      </html>
    </>
  );
}

/** The document as text, all parts awaited: what goes through the egress. */
export const htmlText = async (document: Child | Promise<Child>): Promise<string> =>
  String(await (await document)?.toString());

function Nav({ items }: { items: readonly NavItem[] }) {
  return (
    <nav class="nav" aria-label="Main">
      {items.map(item => (
        <a href={item.href} aria-current={item.current ? 'page' : undefined}>
          {item.label}
          {item.count ? (
            <b>
              {item.count}
              <span class="unseen"> waiting</span>
            </b>
          ) : null}
        </a>
      ))}
    </nav>
  );
}

function SignedIn({ who }: { who: Who }) {
  return (
    <div class="who">
      <span>{who.name}</span>
      {who.signOut && (
        <form class="inline" method="post" action={who.signOut.action}>
          <input type="hidden" name="formToken" value={who.signOut.formToken} />
          <button type="submit">Sign out</button>
        </form>
      )}
    </div>
  );
}
