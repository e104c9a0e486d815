import { type Envelope, headerValues } from './opened-mail.ts';

/**
 * Whether the mail's Authentication-Results (RFC 8601) of `receiver` say that an aligned DKIM signature and DMARC of
 * `domain` passed. Only the topmost such header counts and only if it is the receiver's: a server puts its own on top
 * and takes out others that bear its name. Two of one name are two opinions and count as none.
 */
export function believedResults(mail: Envelope, receiver: string, domain: string): boolean {
  const all = headerValues(mail, 'authentication-results').map(parsed);
  const own = all.filter(one => one.server === receiver.toLowerCase());
  const [first] = all;
  if (own.length !== 1 || !first || first !== own[0]) return false;
  const dmarc = first.results.filter(({ method }) => method === 'dmarc');
  const dkim = first.results.filter(({ method }) => method === 'dkim');
  return (
    dmarc.length === 1 &&
    dmarc.every(({ result, properties }) => result === 'pass' && properties.get('header.from') === domain) &&
    dkim.some(({ result, properties }) => result === 'pass' && isAligned(signerOf(properties), domain))
  );
}

type Result = { method: string; result: string; properties: ReadonlyMap<string, string> };

const signerOf = (properties: ReadonlyMap<string, string>) =>
  properties.get('header.d') ?? properties.get('header.i')?.replace(/.*@/, '') ?? '';

/** Relaxed alignment is the receiver's to judge; here it is enough that one is the other or lies below it. */
const isAligned = (signer: string, domain: string) =>
  signer.includes('.') &&
  (signer === domain || domain.endsWith(`.${signer}`) || signer.endsWith(`.${domain}`));

function parsed(header: string): { server: string; results: Result[] } {
  const [head = '', ...clauses] = withoutComments(header).split(';');
  return {
    server: head.trim().split(/\s/)[0]?.toLowerCase() ?? '',
    results: clauses.flatMap(clause => {
      const [first = '', ...rest] = clause.trim().split(/\s+/);
      const [, method, result] = /^([a-z0-9-]+)(?:\/\d+)?=([a-z]+)$/i.exec(first) ?? [];
      if (!method || !result) return [];
      const pairs = rest.flatMap(word => {
        const [, name, value] = /^([a-z.-]+)=([^=]+)$/i.exec(word) ?? [];
        return name && value ? [[name.toLowerCase(), value.toLowerCase()] as const] : [];
      });
      return [{ method: method.toLowerCase(), result: result.toLowerCase(), properties: new Map(pairs) }];
    }),
  };
}

/** Comments (nested ones too) and quoted texts are the sender's words at times: nothing in them counts. */
function withoutComments(header: string): string {
  let depth = 0;
  let isQuoted = false;
  let kept = '';
  for (let at = 0; at < header.length; at++) {
    const char = header[at];
    if (char === '\\') at++;
    else if (char === '"' && depth === 0) isQuoted = !isQuoted;
    else if (isQuoted) continue;
    else if (char === '(') depth++;
    else if (char === ')') depth = Math.max(0, depth - 1);
    else if (depth === 0) kept += char;
  }
  return kept;
}
