import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Unavailable } from '#lib/refusal.ts';
import { mayBeAsked, type OutsideRequest, outside } from './outside.ts';

const ask = (url: string, more: Partial<OutsideRequest> = {}): OutsideRequest => ({
  url,
  method: 'GET',
  headers: {},
  timeoutMs: 2000,
  mostBytes: 1000,
  ...more,
});
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'answered',
    (error: unknown) => (error instanceof Unavailable ? error.code : String(error)),
  );

let server: Server;
let hits = 0;
let origin = '';
beforeAll(async () => {
  server = createServer((request, response) => {
    hits++;
    if (request.url === '/moved') response.writeHead(302, { location: `${origin}/` }).end();
    else if (request.url === '/long') response.end('x'.repeat(5000));
    else if (request.url === '/silent') return;
    else request.pipe(response);
  });
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

describe('an address from outside', () => {
  const hosts = [
    ...['127.0.0.1', '127.1', '0x7f.1', '0x7f000001', '2130706433', '017700000001', '0', '0.0.0.0'],
    ...[
      '10.0.0.1',
      '172.16.0.1',
      '172.31.255.254',
      '192.168.1.1',
      '100.64.0.1',
      '169.254.169.254',
      '0xa9fea9fe',
    ],
    ...['192.0.2.1', '198.18.0.1', '203.0.113.9', '224.0.0.1', '240.0.0.1', '255.255.255.255', '192.0.0.170'],
    ...[
      '[::1]',
      '[::]',
      '[::ffff:127.0.0.1]',
      '[::ffff:7f00:1]',
      '[::127.0.0.1]',
      '[64:ff9b::7f00:1]',
      '[2002:7f00:1::]',
    ],
    ...[
      '[fe80::1]',
      '[fc00::1]',
      '[fd12:3456::1]',
      '[ff02::1]',
      '[2001:db8::1]',
      '[2001::1]',
      '[::ffff:0:127.0.0.1]',
    ],
    ...['localhost', 'LOCALHOST', 'localhost.', '127.0.0.1.', '①②⑦.0.0.1', '１２７.0.0.1'],
  ];
  it.each(hosts)('%s is not asked', async host => {
    const before = hits;
    expect(await codeOf(outside()(ask(`https://${host}/`)))).toMatch(/address-forbidden|outside-unreachable/);
    expect(hits).toBe(before);
  });

  it('of a private network in any of 600 spellings is not asked, told plainly, by a name or after a redirect', async () => {
    const before = hits;
    const spelled = [...new Set(privates.flatMap(spellings))];
    expect(spelled.length).toBeGreaterThanOrEqual(600);
    const asked = spelled.map(host => codeOf(outside(async () => ['127.0.0.1'])(ask(`https://${host}/`))));
    const named = privates.map(address =>
      codeOf(outside(async () => [address])(ask('https://calendar.example/'))),
    );
    const codes = new Set(await Promise.all([...asked, ...named]));
    expect([...codes]).toEqual(['address-forbidden']);
    expect(hits).toBe(before);
  });

  it.each([
    'http://example.org/',
    'https://example.org:8443/',
    'https://user:pass@example.org/',
    'ftp://example.org/',
    'file:///etc/passwd',
    'no address',
    '',
  ])('%s is not asked', async url => {
    const public_ = outside(async () => ['93.184.216.34']);
    expect(await codeOf(public_(ask(url)))).toBe('address-forbidden');
  });

  it('is judged by every address its name has', async () => {
    const rebinding = outside(async () => ['93.184.216.34', '127.0.0.1']);
    expect(await codeOf(rebinding(ask('https://rebinding.example/')))).toBe('address-forbidden');
  });

  it('that is public may be asked', () => {
    expect(['93.184.216.34', '2606:2800:220:1::1'].filter(address => !mayBeAsked(address))).toEqual([]);
  });
});

describe('an address the operator wrote', () => {
  const nearby = { isNearby: true };
  it('may be on this machine', async () => {
    const { status, body } = await outside()(ask(`${origin}/`, { ...nearby, method: 'POST', body: 'hello' }));
    expect([status, Buffer.from(body).toString()]).toEqual([200, 'hello']);
  });
  it('is never the one where clouds keep credentials', async () => {
    expect(await codeOf(outside()(ask('http://169.254.169.254/', nearby)))).toBe('address-forbidden');
  });
  it('is not followed elsewhere', async () => {
    expect((await outside()(ask(`${origin}/moved`, nearby))).status).toBe(302);
  });
  it('has to answer within its limits', async () => {
    expect(await codeOf(outside()(ask(`${origin}/long`, nearby)))).toBe('outside-too-long');
    expect(await codeOf(outside()(ask(`${origin}/silent`, { ...nearby, timeoutMs: 50 })))).toBe(
      'outside-unreachable',
    );
    expect(await codeOf(outside()(ask('http://127.0.0.1:1/', nearby)))).toBe('outside-unreachable');
  });
});

/** One address in each network that is nobody's business. */
const privates = [
  ...[
    '127.0.0.1',
    '127.9.8.7',
    '10.0.0.1',
    '10.255.1.2',
    '172.16.0.1',
    '172.31.255.254',
    '192.168.0.1',
    '192.168.255.3',
  ],
  ...[
    '169.254.169.254',
    '169.254.0.1',
    '100.64.0.1',
    '100.127.255.254',
    '0.0.0.0',
    '0.1.2.3',
    '192.0.0.8',
    '192.0.2.44',
  ],
  ...[
    '198.18.0.1',
    '198.51.100.7',
    '203.0.113.9',
    '224.0.0.251',
    '239.255.255.250',
    '240.0.0.1',
    '255.255.255.255',
  ],
];

/** The ways in which browsers and resolvers take an IPv4 address, and the IPv6 addresses that carry it. */
function spellings(address: string): string[] {
  const bytes = address.split('.').map(Number);
  const [a = 0, b = 0, c = 0, d = 0] = bytes;
  const whole = ((a * 256 + b) * 256 + c) * 256 + d;
  const hex = (value: number, size = 2) => value.toString(16).padStart(size, '0');
  const groups = `${hex(a)}${hex(b)}:${hex(c)}${hex(d)}`;
  const wide = (text: string) => text.replace(/\d/g, digit => String.fromCodePoint(0xff10 + Number(digit)));
  return [
    ...[
      address,
      `${address}.`,
      wide(address),
      address.replaceAll('.', '\u3002'),
      address.replace('.', '%2e'),
    ],
    ...[String(whole), `0x${hex(whole, 8)}`, `0X${hex(whole, 8).toUpperCase()}`, `0${whole.toString(8)}`],
    ...[bytes.map(byte => `0x${hex(byte)}`).join('.'), bytes.map(byte => `0${byte.toString(8)}`).join('.')],
    ...[
      bytes.map(byte => `000${byte.toString(8)}`).join('.'),
      `${a}.${(b * 256 + c) * 256 + d}`,
      `${a}.${b}.${c * 256 + d}`,
    ],
    ...[`0x${hex(a)}.${b}.0${c.toString(8)}.${d}`, `%${hex(address.charCodeAt(0))}${address.slice(1)}`],
    ...[
      `[::ffff:${address}]`,
      `[::ffff:${groups}]`,
      `[0:0:0:0:0:ffff:${groups}]`,
      `[::FFFF:${groups.toUpperCase()}]`,
    ],
    ...[
      `[::${address}]`,
      `[::${groups}]`,
      `[64:ff9b::${groups}]`,
      `[64:ff9b::${address}]`,
      `[2002:${groups}::]`,
    ],
    ...[`[2002:${groups}::1]`, `[::ffff:0:${groups}]`],
  ];
}
