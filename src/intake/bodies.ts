import { parseStrictJson } from '#lib/strict-json.ts';
import { parseForm } from './form-body.ts';
import { parseXml } from './xml-body.ts';

/** What a webhook's body may be written in. */
export type Media = 'json' | 'form' | 'xml';

/** The content types of each, as they may stand at the door; a charset other than UTF-8 is none of them. */
export const contentTypes: Readonly<Record<Media, RegExp>> = {
  json: /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i,
  form: /^application\/x-www-form-urlencoded\s*(;\s*charset="?utf-8"?\s*)?$/i,
  xml: /^(application|text)\/xml\s*(;\s*charset="?utf-8"?\s*)?$/i,
};

/**
 * Opens a body into plain values, as strictly as JSON is: what two readers could read differently is refused. Which of a
 * source's media it is shows from its first character, since a file fed by hand has no content type.
 *
 * Refusals: those of `parseStrictJson`, `xml-malformed`, `form-malformed`.
 */
export function openBody(body: Uint8Array, media: readonly Media[]): unknown {
  const first = firstCharacter(body);
  if (first === '<' && media.includes('xml')) return parseXml(body);
  if (first !== '{' && first !== '[' && media.includes('form')) return parseForm(body);
  return parseStrictJson(body);
}

function firstCharacter(body: Uint8Array): string {
  const at = body.findIndex(byte => byte > 0x20);
  return at < 0 ? '' : String.fromCharCode(body[at] ?? 0);
}
