import { html, raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import { sha256 } from '#lib/digest.ts';
import { remembered } from '#lib/remembered.ts';
import { dataText } from './data-url.ts';
import type { BrandView } from './guest-view.ts';
import { lookOf, type Palette } from './look.ts';
import { pageLocale } from './words.ts';

export type DocumentParts = {
  readonly title: string;
  /** Whose colours and language; null for a host that is nobody's. */
  readonly brand: BrandView | null;
  /** Of the words on it, BCP 47; else the brand's English. */
  readonly lang?: string;
  /** CSS, squeezed. */
  readonly sheet: string;
  readonly script?: string;
  /** Its script and forms speak to the host it comes from, and its pictures lie there. */
  readonly asksItsHost?: boolean;
  /** Another host that its script may send files to, `https://…`. */
  readonly sendsTo?: string | undefined;
  /** What `readBack` looks for: the digest of the statement the page makes. */
  readonly statement?: string;
  readonly children: Child;
};

/**
 * One HTML file that needs nothing else: style and script stand inside it, and its own policy allows exactly those, by
 * hash, and no request to anybody but, where it asks for that, its own host. The same parts give the same bytes.
 */
export function documentText(parts: DocumentParts): string {
  const { face, mark, styleWith } = themeOf(parts.brand ?? plainTheme);
  const style = styleWith(parts.sheet);
  const own = parts.asksItsHost ? "'self' " : '';
  const policy = [
    "default-src 'none'",
    `img-src ${own}data:`,
    `style-src ${hashOf(style)}`,
    ...(parts.script ? [`script-src ${hashOf(parts.script)}`] : []),
    "base-uri 'none'",
    ...(parts.asksItsHost
      ? [
          `connect-src 'self'${parts.sendsTo ? ` ${new URL(parts.sendsTo).origin}` : ''}`,
          "worker-src 'self'",
          "form-action 'self'",
        ]
      : ["form-action 'none'"]),
  ].join('; ');
  const head = [
    '<head><meta charset="utf-8"/>',
    html`<meta http-equiv="Content-Security-Policy" content="${policy}"/>`,
    '<meta name="viewport" content="width=device-width, initial-scale=1"/>',
    html`<title>${parts.title}</title><meta name="description" content="${parts.title}"/>`,
    '<meta name="robots" content="noindex"/><meta name="referrer" content="no-referrer"/>',
    html`<meta name="color-scheme" content="light dark"/><meta name="theme-color" content="${face}"/>`,
    '<meta name="format-detection" content="telephone=no,date=no,address=no"/>',
    parts.statement === undefined
      ? ''
      : html`<meta name="statement" content="${lettered(parts.statement)}"/>`,
    html`<link rel="icon" href="${mark}"/>`,
    `<style>${style}</style></head>`,
  ].join('');
  const body = (
    <body>
      {parts.children}
      {parts.script ? <script>{raw(parts.script)}</script> : null}
    </body>
  );
  return summed(
    `<!doctype html>\n<html lang="${parts.lang ?? pageLocale(parts.brand?.locale ?? 'en-GB')}">${head}${body}</html>\n`,
  );
}

const end = '</html>\n';

/** With a check sum of all the rest before its end. */
const summed = (page: string) => `${page.slice(0, -end.length)}<!--${sumOf(page)}-->${end}`;

/** Whether a page is as it was written, down to the bit. One without a check sum is taken as it is. */
export function isWhole(page: string): boolean {
  const sum = /<!--([a-p]{6})--><\/html>\n$/.exec(page.slice(-40))?.[1];
  return sum === undefined || sum === sumOf(page.slice(0, -`<!--${sum}-->${end}`.length) + end);
}

const sumOf = (page: string) => lettered(sha256(page).slice(0, 6));

/** The digest a page was made from, or null for a page that makes no statement (any more). */
export function statementIn(html: string): string | null {
  const written = /<meta name="statement" content="([a-p]{32})"\/>/.exec(html)?.[1];
  return written?.replace(/[g-p]/g, letter => String(digitLetters.indexOf(letter))) ?? null;
}

const digitLetters = 'ghijklmnop';

/** Without digits: five in a row would now and then be somebody's amount, and the egress would hold the page back. */
const lettered = (digest: string) => digest.replace(/\d/g, digit => digitLetters.charAt(Number(digit)));

/** CSS without comments and needless space. */
export const squeezed = (css: string): string =>
  css
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,>]) ?/g, '$1')
    .replace(/ \+ (?=[a-z.])/g, '+')
    .replace(/: /g, ':')
    .replace(/;}/g, '}')
    .trim();

const plainTheme = { accent: '#3b5566', ink: '#1b262d' };

/** Every page of a kind has the same sheet and script. */
const hashOf = remembered(
  (text: string) => text,
  text => `'sha256-${Buffer.from(sha256(text), 'hex').toString('base64')}'`,
);

/** Per theme: a brand has one, and mixing its colours takes longer than the rest of the head. */
const themeOf = remembered(
  ({ accent, ink }: { accent: string; ink: string }) => accent + ink,
  theme => {
    const look = lookOf(theme);
    // Paper is always light, whatever the screen was.
    const colours = `:root{${variables(look.light)}}@media screen and (prefers-color-scheme:dark){:root{${variables(look.dark)}}}`;
    const { face } = look.light;
    return {
      face,
      mark: icon(face),
      styleWith: remembered(
        (sheet: string) => sheet,
        sheet => colours + sheet,
      ),
    };
  },
);

const variables = (palette: Palette) =>
  Object.entries(palette)
    .map(([name, colour]) => `--${name}:${colour}`)
    .join(';');

const icon = (colour: string) =>
  `data:image/svg+xml,${dataText(
    `<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'><circle cx='8' cy='8' r='8' fill='${colour}'/><path d='M8 3v7H4zM9 5l3 5H9zM3 11h10l-1 2H4z' fill='#fff'/></svg>`,
  )}`;
