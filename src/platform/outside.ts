import { lookup as systemLookup } from 'node:dns/promises';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { Unavailable } from '#lib/refusal.ts';

/** One request to a server that is not ours. */
export type OutsideRequest = {
  readonly url: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PROPFIND';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** From the first byte asked for to the last one read. */
  readonly timeoutMs: number;
  /** A longer answer is cut off and counts as none. */
  readonly mostBytes: number;
  /** It may be http, on any port and on this network: for an address that the operator wrote into the configuration. */
  readonly isNearby?: boolean;
};

export type OutsideAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
};

/**
 * Speaks to servers outside. Follows no redirect. Throws `Unavailable` with `address-forbidden` (not retryable) for what
 * must not be asked, `outside-unreachable` for what does not answer in time, and `outside-too-long`.
 */
export type Outside = (request: OutsideRequest) => Promise<OutsideAnswer>;

/** All addresses of a host name, as DNS gives them. */
export type Lookup = (host: string) => Promise<readonly string[]>;

/**
 * The real one: https on port 443 and public addresses only. A name is resolved once and the connection goes to an address
 * that was judged, so an answer of DNS that changes in between cannot lead anywhere else.
 */
export function outside(lookup: Lookup = everyAddress): Outside {
  return async asked => {
    const url = allowedUrl(asked);
    const address = await judged(url, asked.isNearby ?? false, lookup);
    return send(url, address, asked);
  };
}

const everyAddress: Lookup = async host =>
  (await systemLookup(host, { all: true, verbatim: true })).map(({ address }) => address);

function allowedUrl({ url: text, isNearby = false }: OutsideRequest): URL {
  const url = URL.parse(text);
  if (!url) throw forbidden('it is no address');
  if (url.username !== '' || url.password !== '') throw forbidden('it holds a password');
  if (isNearby ? !/^https?:$/.test(url.protocol) : url.protocol !== 'https:')
    throw forbidden('it is not https');
  if (!isNearby && url.port !== '') throw forbidden('it names a port');
  return url;
}

async function judged(url: URL, isNearby: boolean, lookup: Lookup): Promise<string> {
  // The URL parser has already turned every spelling of an IPv4 address (0x7f.1, 2130706433) into the plain one.
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const addresses = isIP(host) ? [host] : await resolved(host, lookup);
  const bad = addresses.find(address => !mayBeAsked(address, isNearby));
  if (bad !== undefined) throw forbidden('it leads to an address that is not public');
  const [first] = addresses;
  if (first === undefined) throw unreachable('the name has no address');
  return first;
}

async function resolved(host: string, lookup: Lookup): Promise<readonly string[]> {
  try {
    return await lookup(host);
  } catch (error) {
    throw unreachable('the name has no address', error);
  }
}

/** Public unicast only, also inside addresses that carry another one. Nearby, the private ranges too, but never link-local. */
export function mayBeAsked(address: string, isNearby = false): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  const range = parsed.range();
  if (range === 'unicast') return parsed.kind() === 'ipv4' || !carriesIpv4(parsed as ipaddr.IPv6);
  return isNearby && ['loopback', 'private', 'uniqueLocal', 'carrierGradeNat'].includes(range);
}

/** ::a.b.c.d, the ancient way of carrying an IPv4 address, which some systems still route. */
const carriesIpv4 = (address: ipaddr.IPv6): boolean => address.parts.slice(0, 6).every(part => part === 0);

function send(url: URL, address: string, asked: OutsideRequest): Promise<OutsideAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<OutsideAnswer>();
  const pinned: LookupFunction = (_host, options, done) => {
    const family = isIP(address);
    if (options.all) done(null, [{ address, family }]);
    else done(null, address, family);
  };
  const start = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const request = start(
    url,
    {
      method: asked.method,
      headers: { ...asked.headers, 'accept-encoding': 'identity' },
      lookup: pinned,
      agent: false,
      signal: AbortSignal.timeout(asked.timeoutMs),
    },
    response => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        chunks.push(chunk);
        if (size > asked.mostBytes) response.destroy(tooLong(asked.mostBytes));
      });
      response.on('error', error =>
        reject(error instanceof Unavailable ? error : unreachable(reasonOf(error), error)),
      );
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: Object.fromEntries(
            Object.entries(response.headers).map(([key, value]) => [key, String(value)]),
          ),
          body: Buffer.concat(chunks),
        }),
      );
    },
  );
  request.on('error', error =>
    reject(error instanceof Unavailable ? error : unreachable(reasonOf(error), error)),
  );
  request.end(asked.body);
  return promise;
}

const reasonOf = (error: Error): string =>
  error.name === 'AbortError' || error.name === 'TimeoutError'
    ? 'it did not answer in time'
    : `it could not be reached (${(error as NodeJS.ErrnoException).code ?? error.name})`;

const forbidden = (why: string) =>
  new Unavailable('address-forbidden', `The address is not asked: ${why}.`, { retryable: false });

const unreachable = (why: string, cause?: unknown) =>
  new Unavailable('outside-unreachable', `No answer: ${why}.`, { cause });

const tooLong = (mostBytes: number) =>
  new Unavailable('outside-too-long', `The answer is longer than ${mostBytes} bytes.`, { retryable: false });
