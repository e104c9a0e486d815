import { createHash, randomUUID } from 'node:crypto';
import { serve } from './serve.ts';

/**
 * Stands before a server and lets in only who logs in by Digest (RFC 7616, SHA-256), as the one user it knows. Each nonce is good
 * for a few requests, each count under it for one.
 */
export async function digestDoor(
  behind: { url: string; user: string; password: string },
  { requestsPerNonce }: { requestsPerNonce: number },
) {
  const { origin, pathname } = new URL(behind.url);
  const basic = `Basic ${Buffer.from(`${behind.user}:${behind.password}`).toString('base64')}`;
  const used = new Map<string, Set<string>>();
  const h = (...parts: readonly string[]) => createHash('sha256').update(parts.join(':')).digest('hex');
  const isLetIn = (header: string, method: string, uri: string) => {
    const word = (name: string) => new RegExp(`\\b${name}="?([^",]*)`).exec(header)?.[1] ?? '';
    const counts = used.get(word('nonce'));
    if (!header.startsWith('Digest ') || !counts || counts.size >= requestsPerNonce) return false;
    if (word('uri') !== uri || counts.has(word('nc'))) return false;
    counts.add(word('nc'));
    const who = h(behind.user, 'boats', behind.password);
    return (
      word('response') === h(who, word('nonce'), word('nc'), word('cnonce'), 'auth', h(method, word('uri')))
    );
  };
  const seen: string[] = [];
  const server = await serve(async ({ method, url, headers, body }) => {
    const isIn = isLetIn(headers.authorization ?? '', method, url.pathname + url.search);
    seen.push(`${headers.authorization?.split(' ')[0]} ${isIn ? 'in' : 'out'}`);
    if (!isIn) {
      const nonce = randomUUID();
      used.set(nonce, new Set());
      const challenge = `Digest realm="boats", qop="auth", algorithm=SHA-256, nonce="${nonce}"`;
      return { status: 401, headers: { 'www-authenticate': challenge } };
    }
    const passedOn = ['if-match', 'if-none-match', 'content-type', 'depth'].flatMap(name => {
      const value = headers[name];
      return typeof value === 'string' ? [[name, value] as const] : [];
    });
    const answer = await fetch(`${origin}${url.pathname}${url.search}`, {
      method,
      headers: { ...Object.fromEntries(passedOn), authorization: basic },
      ...(body.length > 0 && { body: Buffer.from(body) }),
    });
    const etag = answer.headers.get('etag');
    return {
      status: answer.status,
      ...(etag && { headers: { etag } }),
      body: answer.status === 204 ? '' : Buffer.from(await answer.arrayBuffer()),
    };
  });
  return { url: `${server.endpoint}${pathname}`, seen, stop: server.stop };
}
