import { hash } from 'node:crypto';
import { newSecret, type Random } from '#lib/random.ts';
import type { Outside, OutsideAnswer, OutsideRequest } from '#platform/outside.ts';

export type Login = { readonly user: string; readonly password: string };

/**
 * Asks a server under a name and password: as HTTP basic authentication, or as Digest (RFC 7616, MD5 or SHA-256) where the
 * server takes nothing else, as Baïkal does out of the box. What it wanted is remembered while the program runs.
 */
export type AskAs = (login: Login, asked: OutsideRequest) => Promise<OutsideAnswer>;

export function askAs(outside: Outside, random: Random): AskAs {
  const wanted = new Map<string, { challenge: Challenge; count: number }>();
  return async (login, asked) => {
    const { origin, pathname, search } = new URL(asked.url);
    const key = `${login.user} at ${origin}`;
    const send = () => {
      const known = wanted.get(key);
      const authorization = known
        ? digestLogin(login, known.challenge, {
            method: asked.method,
            uri: pathname + search,
            count: ++known.count,
            chance: newSecret(random, 'calendar server login'),
          })
        : `Basic ${Buffer.from(`${login.user}:${login.password}`).toString('base64')}`;
      return outside({ ...asked, headers: { ...asked.headers, authorization } });
    };
    const answer = await send();
    const challenge = answer.status === 401 ? challengeIn(answer.headers['www-authenticate'] ?? '') : null;
    if (!challenge) return answer;
    wanted.set(key, { challenge, count: 0 });
    return send();
  };
}

/** What a server wants to be sworn by. */
export type Challenge = {
  readonly realm: string;
  readonly nonce: string;
  readonly opaque: string | null;
  readonly algorithm: 'MD5' | 'SHA-256';
  /** False for servers from before RFC 2617, which count nothing. */
  readonly isCounted: boolean;
};

/** The strongest Digest challenge of a `WWW-Authenticate` header that we can answer; null where Basic will do. */
export function challengeIn(header: string): Challenge | null {
  const schemes: { name: string; words: Map<string, string> }[] = [];
  for (const [, name = '', value] of header.matchAll(
    /([A-Za-z][\w-]*)(?:\s*=\s*("(?:[^"\\]|\\.)*"|[^\s,"]+))?/g,
  ))
    if (value === undefined) schemes.push({ name: name.toLowerCase(), words: new Map() });
    else schemes.at(-1)?.words.set(name.toLowerCase(), unquoted(value));
  const offered = schemes.flatMap(({ name, words }) => (name === 'digest' ? (challengeOf(words) ?? []) : []));
  return offered.find(({ algorithm }) => algorithm === 'SHA-256') ?? offered[0] ?? null;
}

function challengeOf(words: ReadonlyMap<string, string>): Challenge | null {
  const algorithm = (['MD5', 'SHA-256'] as const).find(
    name => name === (words.get('algorithm') ?? 'MD5').toUpperCase(),
  );
  const [nonce, qop] = [words.get('nonce'), words.get('qop')];
  const isCounted = qop !== undefined && /(^|[\s,])auth($|[\s,])/i.test(qop);
  if (!algorithm || nonce === undefined || (qop !== undefined && !isCounted)) return null;
  return {
    realm: words.get('realm') ?? '',
    nonce,
    opaque: words.get('opaque') ?? null,
    algorithm,
    isCounted,
  };
}

const unquoted = (value: string) =>
  value.startsWith('"') ? value.slice(1, -1).replace(/\\(.)/g, '$1') : value;

/** The `Authorization` header that answers a challenge for one request, the `count`th under its nonce. */
export function digestLogin(
  { user, password }: Login,
  { realm, nonce, opaque, algorithm, isCounted }: Challenge,
  { method, uri, count, chance }: { method: string; uri: string; count: number; chance: string },
): string {
  const h = (text: string) => hash(algorithm === 'MD5' ? 'md5' : 'sha256', text);
  const nc = count.toString(16).padStart(8, '0');
  const [who, what] = [h(`${user}:${realm}:${password}`), h(`${method}:${uri}`)];
  const response = isCounted
    ? h(`${who}:${nonce}:${nc}:${chance}:auth:${what}`)
    : h(`${who}:${nonce}:${what}`);
  const quoted = { username: user, realm, nonce, uri, response, ...(opaque === null ? {} : { opaque }) };
  return `Digest ${[
    ...Object.entries(quoted).map(([name, value]) => `${name}="${value.replace(/["\\]/g, '\\$&')}"`),
    `algorithm=${algorithm}`,
    ...(isCounted ? ['qop=auth', `nc=${nc}`, `cnonce="${chance}"`] : []),
  ].join(', ')}`;
}
