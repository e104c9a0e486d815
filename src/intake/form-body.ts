import { Refusal } from '#lib/refusal.ts';
import { decodeUtf8, forbiddenKeys, jsonLimits } from '#lib/strict-json.ts';

type Tree = Map<string, string | Tree>;

/**
 * Reads `booking[customer][name]=Ann&booking[items][0][sku]=day` as PHP writes it. Names in brackets make objects, and
 * objects whose names count up from 0 are lists; every value is a text. Throws `body-not-utf8`, `body-too-large`,
 * `form-malformed`.
 */
export function parseForm(body: Uint8Array): unknown {
  const root: Tree = new Map();
  for (const pair of decodeUtf8(body).split('&')) {
    if (pair === '') continue;
    const [name = '', ...value] = pair.split('=');
    put(root, stepsOf(unescaped(name)), unescaped(value.join('=')));
  }
  return plain(root);
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw malformed('a % is not followed by two digits of a UTF-8 character');
  }
}

/** `a[b][c]` is a, b, c. */
function stepsOf(name: string): string[] {
  const [, first, rest] = /^([^[\]]+)((?:\[[^[\]]+\])*)$/.exec(name) ?? [];
  if (first === undefined || rest === undefined) throw malformed('a name is not written as a[b][c]');
  const steps = [first, ...[...rest.matchAll(/\[([^[\]]+)\]/g)].map(([, step]) => step ?? '')];
  if (steps.length > jsonLimits.depth) throw malformed(`a name goes deeper than ${jsonLimits.depth} levels`);
  if (steps.some(step => forbiddenKeys.has(step))) throw malformed('a name is not accepted from outside');
  return steps;
}

function put(root: Tree, steps: readonly string[], value: string): void {
  const last = steps.at(-1) ?? '';
  let at = root;
  for (const step of steps.slice(0, -1)) {
    const inner: string | Tree = at.get(step) ?? new Map();
    if (typeof inner === 'string') throw malformed('a name is both a value and a group');
    at.set(step, inner);
    at = inner;
  }
  if (at.has(last)) throw malformed('a name stands there twice');
  at.set(last, value);
}

function plain(tree: Tree): unknown {
  const entries = [...tree].map(
    ([key, value]) => [key, typeof value === 'string' ? value : plain(value)] as const,
  );
  const isList = entries.length > 0 && entries.every(([key], index) => key === String(index));
  return isList ? entries.map(([, value]) => value) : Object.fromEntries(entries);
}

const malformed = (why: string) =>
  new Refusal(
    'form-malformed',
    `The body is no form that can be read: ${why}.`,
    'Have the marketplace send JSON instead.',
  );
