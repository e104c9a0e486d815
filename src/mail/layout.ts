import { html, raw } from 'hono/html';
import { type LetterParts, type Link, type Table, tidied } from './letter-parts.ts';

type Tidy = ReturnType<typeof tidied>;
/** HTML in which every value was escaped as it was set in. */
type Markup = ReturnType<typeof html>;

/**
 * Lays a letter out once, as text and as HTML from the same parts, so that both say the same. The HTML is nested tables
 * with their style inline, as mail programs want it; readable on a phone and in the dark. The same parts give the same
 * bytes. Refusal `letter-malformed` for a link of any kind but http(s), mailto, tel and geo.
 */
export function layOut(parts: LetterParts): { text: string; html: string } {
  const tidy = tidied(parts);
  return { text: asText(tidy), html: `<!doctype html>\n${page(tidy)}\n` };
}

function asText(parts: Tidy): string {
  const blocks = [
    `${parts.heading}\n${'='.repeat(Math.min(width(parts.heading), 72))}`,
    ...parts.paragraphs,
    columns(parts.facts.map(([label, value]) => [`${label}:`, value])),
    ...parts.tables.map(tableText),
    parts.action && linkText(parts.action),
    ...parts.more.map(linkText),
    ['-- ', ...parts.footer].join('\n'),
  ];
  return `${blocks.filter(Boolean).join('\n\n')}\n`;
}

const linkText = ({ label, href }: Link) =>
  /^(?:tel|mailto):/.test(href) ? `${label}: ${href.slice(href.indexOf(':') + 1)}` : `${label}:\n${href}`;

function tableText({ caption, columns: heads, rows, total }: Table): string {
  const body = [...(heads.some(head => head.label) ? [heads.map(head => head.label)] : []), ...rows];
  const lines = columns(
    total ? [...body, total] : body,
    heads.map(head => head.align === 'end'),
  ).split('\n');
  if (total) lines.splice(-1, 0, '-'.repeat(Math.max(...lines.map(width))));
  return [caption, ...lines].join('\n');
}

/** Rows as columns of equal width. The last one is not padded, so that long words may run on. */
function columns(rows: readonly (readonly string[])[], atEnd: readonly boolean[] = []): string {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map(row => width(row[at] ?? ''))));
  const cell = (text: string, at: number) => {
    const gap = ' '.repeat(Math.max(0, (widths[at] ?? 0) - width(text)));
    return atEnd[at] ? gap + text : text + gap;
  };
  return rows.map(row => row.map(cell).join('  ').trimEnd()).join('\n');
}

const width = (text: string) => [...text].length;

const paper = '#eef2f4';
const sheet = '#ffffff';
const ink = '#0c2431';
const soft = '#465c69';
const line = '#d2dde2';

const font = "-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif";
const words = `margin:0 0 16px;font-size:16px;line-height:24px;color:${ink};overflow-wrap:anywhere`;
const title = `margin:0 0 16px;font-size:24px;line-height:30px;color:${ink};overflow-wrap:anywhere`;
const foot = `margin:24px 0 12px;padding-top:16px;border-top:1px solid ${line};font-size:14px;line-height:20px;color:${soft};overflow-wrap:anywhere`;
const button =
  'display:inline-block;padding:13px 22px;font-size:16px;line-height:22px;font-weight:600;text-decoration:none';
const small = `margin:0 0 20px;font-size:13px;line-height:19px;color:${soft};overflow-wrap:anywhere`;

/** Programs that know neither these rules nor classes show the light version. */
const inTheDark = `@media (prefers-color-scheme:dark){
.paper{background:#0c161c!important}.sheet{background:#13212a!important}
.ink{color:#e7eff3!important}.soft{color:#a3b7c2!important}.line{border-color:#283c48!important}}
@media (max-width:480px){.edge{padding:12px 0!important}.sheet{border-radius:0!important}}`;

/** What every letter begins with, up to its title. */
const head = raw(
  '<head><meta charset="utf-8"/><meta name="viewport" content="width=device-width, initial-scale=1"/>' +
    '<meta name="color-scheme" content="light dark"/><meta name="supported-color-schemes" content="light dark"/>' +
    '<meta name="format-detection" content="telephone=no,date=no,address=no"/>',
);
const rules = raw(`<style>${inTheDark}</style>`);
const body = html`<body class="paper" style="margin:0;padding:0;background:${paper};font-family:${font}">`;

const page = (parts: Tidy) =>
  html`<html lang="${parts.language}">${head}<title>${parts.heading}</title>${rules}</head>${body}<div style="display:none;max-height:0;overflow:hidden">${parts.preheader}</div>${frame(
    'paper',
    `background:${paper}`,
    html`<td class="edge" align="center" style="padding:24px 12px">${sheetOf(parts)}</td>`,
  )}</body></html>`;

const sheetOf = (parts: Tidy) =>
  frame(
    'sheet',
    `max-width:560px;background:${sheet};border-radius:10px;border-top:6px solid ${parts.accent}`,
    html`<td style="padding:28px 24px 12px;text-align:left;font-family:${font}">${[
      html`<h1 class="ink" style="${title}">${parts.heading}</h1>`,
      ...parts.paragraphs.map(text => html`<p class="ink" style="${words}">${lines(text)}</p>`),
      parts.facts.length > 0 && factsOf(parts.facts),
      ...parts.tables.map(tableOf),
      parts.action && actionOf(parts.action, parts.accent),
      ...parts.more.map(
        link => html`<p class="ink" style="${words}">${linkOf('ink', ink, link.href, link.label)}</p>`,
      ),
      html`<p class="soft line" style="${foot}">${lines(parts.footer.join('\n'))}</p>`,
    ]}</td>`,
  );

const linkOf = (name: string, colour: string, href: string, label: string) =>
  html`<a class="${name}" href="${href}" style="color:${colour};text-decoration:underline">${label}</a>`;

/** A table for the eye only, with one cell: what Outlook needs to keep a width. */
const frame = (name: string, style: string, cell: Markup) =>
  html`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" class="${name}" style="border-spacing:0;${style}"><tbody><tr>${cell}</tr></tbody></table>`;

const cellStyle = `padding:8px 0;border-bottom:1px solid ${line};font-size:16px;line-height:22px;vertical-align:top;overflow-wrap:anywhere`;
const caption = `padding:8px 0;text-align:left;font-size:16px;font-weight:600;color:${ink}`;
const grid = raw(
  '<table width="100%" cellpadding="0" cellspacing="0" style="border-spacing:0;margin:0 0 20px">',
);

const factsOf = (facts: Tidy['facts']) =>
  html`${grid}<tbody>${facts.map(
    ([label, value]) =>
      html`<tr><th scope="row" align="left" class="soft line" style="${cellStyle};padding-right:12px;width:28%;font-weight:normal;color:${soft}">${label}</th><td class="ink line" style="${cellStyle};color:${ink}">${value}</td></tr>`,
  )}</tbody></table>`;

function tableOf({ caption: said, columns, rows, total }: Table): Markup {
  const align = (at: number) => (columns[at]?.align === 'end' ? 'right' : 'left');
  const apart = (at: number) => (at < columns.length - 1 ? ';padding-right:12px' : '');
  const row = (values: readonly string[], more: string) =>
    html`<tr>${values.map(
      (value, at) =>
        html`<td class="ink line" align="${align(at)}" style="${cellStyle};color:${ink};text-align:${align(at)};font-variant-numeric:tabular-nums${apart(at)}${more}">${value}</td>`,
    )}</tr>`;
  const heads = columns.map(
    ({ label }, at) =>
      html`<th scope="col" class="soft line" align="${align(at)}" style="${cellStyle};font-size:14px;font-weight:normal;color:${soft};text-align:${align(at)}${apart(at)}">${label}</th>`,
  );
  return html`${grid}<caption class="ink" style="${caption}">${said}</caption>${
    columns.some(column => column.label) && html`<thead><tr>${heads}</tr></thead>`
  }<tbody>${rows.map(values => row(values, ''))}${total && row(total, ';font-weight:600')}</tbody></table>`;
}

const actionOf = ({ label, href }: Link, accent: string) =>
  html`<table role="presentation" cellpadding="0" cellspacing="0" style="border-spacing:0;margin:4px 0 12px"><tbody><tr><td bgcolor="${accent}" style="background:${accent};border-radius:8px"><a href="${href}" style="${button};color:${readableOn(accent)}">${label}</a></td></tr></tbody></table><p class="soft" style="${small}">${linkOf('soft', soft, href, href)}</p>`;

const br = raw('<br/>');

const lines = (text: string) => text.split('\n').flatMap((part, at) => (at === 0 ? [part] : [br, part]));

/** Black or white, whichever contrasts more with a colour (WCAG 2.2 relative luminance). */
function readableOn(accent: string): string {
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(accent);
  if (!hex) throw new TypeError(`not a colour as #rrggbb: ${accent}`);
  const [red = 0, green = 0, blue = 0] = hex.slice(1).map(pair => {
    const part = Number.parseInt(pair, 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return luminance > 0.179 ? '#000000' : '#ffffff';
}
