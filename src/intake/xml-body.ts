import { Refusal } from '#lib/refusal.ts';
import { decodeUtf8, forbiddenKeys, jsonLimits } from '#lib/strict-json.ts';

/** An element with children is an object (attributes under `@attributes`, repeated names as lists), one with text is that text, an empty one is `{}`. */
type Element = { attributes: Record<string, string>; children: Map<string, unknown[]>; text: string };

/**
 * Reads the XML of a webhook: elements, attributes, text, the five entities and numbers of characters. Of our own because
 * it has to do less than any library: no document type, no entity definitions, no processing instructions, no namespaces
 * exist here, so nothing can be fetched or blown up by them. The value is that of the outermost element.
 * Throws `body-not-utf8`, `body-too-large`, `xml-malformed`.
 */
export function parseXml(body: Uint8Array): unknown {
  const text = decodeUtf8(body);
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) at += found[0].length;
    return found;
  };
  const fail = (why: string): Refusal =>
    new Refusal(
      'xml-malformed',
      `The body is no XML that can be read: ${why} at character ${at}.`,
      'Have the marketplace send JSON instead.',
      { position: at },
    );

  const element = (depth: number): [string, unknown] => {
    if (depth > jsonLimits.depth) throw fail(`deeper than ${jsonLimits.depth} levels`);
    const name = take(opening)?.[1];
    if (name === undefined || forbiddenKeys.has(name)) throw fail('an element expected');
    const made: Element = { attributes: {}, children: new Map(), text: '' };
    for (let found = take(attribute); found; found = take(attribute)) {
      const [, key = '', value = ''] = found;
      if (Object.hasOwn(made.attributes, key) || forbiddenKeys.has(key)) throw fail('an attribute twice');
      made.attributes[key] = characters(value);
    }
    if (take(emptyEnd)) return [name, elementValue(made)];
    if (!take(tagEnd)) throw fail('the end of a tag expected');
    for (;;) {
      made.text += characters(take(plainText)?.[0] ?? '');
      const raw = take(cdata)?.[1];
      if (raw !== undefined) made.text += raw;
      else if (take(comment)) continue;
      else if (text.startsWith('</', at)) {
        if (take(closing)?.[1] !== name) throw fail('another end tag expected');
        return [name, elementValue(made)];
      } else {
        const [key, value] = element(depth + 1);
        made.children.set(key, [...(made.children.get(key) ?? []), value]);
      }
    }
  };
  const characters = (raw: string) =>
    raw.replace(/&([^;&]{0,9});?/g, (whole, name: string) => {
      const found = whole.endsWith(';') ? entity(name) : null;
      if (found === null) throw fail('an unknown entity');
      return found;
    });

  take(declaration);
  while (take(comment) || take(blank));
  const [, value] = element(1);
  while (take(comment) || take(blank));
  if (at < text.length) throw fail('the end expected');
  return value;
}

const declaration = /\s*<\?xml\s[^?<>]*\?>/y;
const blank = /\s+/y;
const comment = /<!--(?:(?!--)[\s\S])*-->/y;
const opening = /<([A-Za-z_][\w.-]{0,99})/y;
const attribute = /\s+([A-Za-z_][\w.-]{0,99})\s*=\s*"([^"<]*)"/y;
const tagEnd = /\s*>/y;
const emptyEnd = /\s*\/>/y;
const closing = /<\/([A-Za-z_][\w.-]{0,99})\s*>/y;
const plainText = /[^<]*/y;
const cdata = /<!\[CDATA\[((?:(?!\]\]>)[\s\S])*)\]\]>/y;

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function entity(name: string): string | null {
  if (Object.hasOwn(named, name)) return named[name] ?? null;
  const code = /^#\d+$/.test(name)
    ? Number(name.slice(1))
    : /^#x[0-9a-f]+$/i.test(name)
      ? Number(`0x${name.slice(2)}`)
      : -1;
  const isCharacter = code >= 0x20 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return isCharacter || code === 9 || code === 10 || code === 13 ? String.fromCodePoint(code) : null;
}

function elementValue({ attributes, children, text }: Element): unknown {
  const hasAttributes = Object.keys(attributes).length > 0;
  const words = text.trim();
  if (children.size === 0 && !hasAttributes) return words === '' ? {} : words;
  return {
    ...(hasAttributes ? { '@attributes': attributes } : {}),
    ...(words === '' ? {} : { '#text': words }),
    ...Object.fromEntries([...children].map(([name, all]) => [name, all.length === 1 ? all[0] : all])),
  };
}
