import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Import, importsOf, reach, sourceFiles } from './imports.ts';

const rank: Record<string, number> = {
  lib: 0,
  platform: 1,
  ui: 1,
  durable: 2,
  mail: 2,
  access: 2,
  booking: 3,
  crew: 4,
  calendar: 4,
  finances: 4,
  'guest-page': 4,
  photos: 4,
  fulfilment: 5,
  intake: 6,
  announcements: 6,
  scrub: 6,
  desk: 7,
  web: 8,
  main: 9,
};
const roomOf = (file: string) => file.split('/')[1] ?? '';

const files = sourceFiles('src');
const graph = new Map<string, readonly Import[]>(files.map(file => [file, importsOf(file)]));
const all = [...graph.values()].flat();

describe('the dependency rule', () => {
  it('knows every room', () => {
    expect([...new Set(files.map(roomOf))].filter(room => !(room in rank))).toEqual([]);
  });

  it('lets imports point to the left only, and siblings not at each other', () => {
    const breaches = all.filter(({ from, to, isPackage }) => {
      // Examples are data: the documentation shows the very ones that the tests deliver.
      if (isPackage || to.startsWith('examples/') || roomOf(from) === roomOf(to)) return false;
      return (rank[roomOf(to)] ?? 99) >= (rank[roomOf(from)] ?? -1);
    });
    expect(breaches.map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
  });

  it('keeps crew, guest page and calendar from reaching the finances, even through a third file', () => {
    const routes = files
      .filter(file =>
        ['crew', 'guest-page', 'photos', 'calendar', 'mail', 'access', 'booking'].includes(roomOf(file)),
      )
      .flatMap(file => [...reach(file, graph).entries()])
      .filter(([to]) => roomOf(to) === 'finances')
      .map(([, route]) => route.join(' -> '));
    expect(routes).toEqual([]);
  });

  it('has no cycles between files', () => {
    const cycles = files.filter(file =>
      (graph.get(file) ?? []).some(
        ({ to, isPackage }) => !isPackage && to !== file && reach(to, graph).has(file),
      ),
    );
    expect(cycles).toEqual([]);
  });
});

const vendors: Record<string, RegExp> = {
  nodemailer: /\.smtp\.ts$|\.nodemailer\.ts$|^src\/main\/doctor\/doctor\.ts$/,
  'postal-mime': /\.postal-mime\.ts$/,
  bcryptjs: /\.bcrypt\.ts$/,
  'node:sqlite': /^src\/platform\/sqlite[^/]*\.ts$|^src\/main\//,
  'node:fs': /\.sharp\.ts$|\.disk\.ts$|\.outbox\.ts$|^src\/platform\/|^src\/main\//,
  'node:fs/promises': /\.sharp\.ts$|\.disk\.ts$|\.outbox\.ts$|^src\/platform\/|^src\/main\//,
  sharp: /\.sharp\.ts$|\.libheif\.ts$/,
  'libheif-js': /\.libheif\.ts$/,
  'exif-reader': /\.sharp\.ts$/,
  yazl: /\.yazl\.ts$/,
  'node:child_process': /\.process\.ts$|^src\/main\//,
  'node:net': /^src\/main\/|\.smtp\.ts$|\.testing\.ts$|^src\/platform\/outside\.ts$/,
  'smtp-server': /\.smtp\.ts$|\.testing\.ts$/,
  'node:http': /^src\/main\/|^src\/platform\/outside\.ts$/,
  'node:https': /^src\/platform\/outside\.ts$/,
  'ipaddr.js': /^src\/platform\/|\.ipaddr\.ts$/,
  'node:vm': /\.vm\.ts$/,
  'ical.js': /\.ical\.ts$|^src\/platform\/ical\.ts$/,
  imapflow: /\.imapflow\.ts$/,
  mailauth: /\.mailauth\.ts$/,
  'node-html-parser': /\.node-html-parser\.ts$/,
  uqr: /\.uqr\.ts$/,
  pino: /\.pino\.ts$/,
  '@hono/node-server': /^src\/main\//,
  commander: /^src\/main\//,
  listr2: /^src\/main\//,
};

describe('the vendor rule', () => {
  for (const [vendor, allowed] of Object.entries(vendors)) {
    it(`keeps ${vendor} in its adapters`, () => {
      const breaches = all.filter(
        ({ from, to }) => (to === vendor || to.startsWith(`${vendor}/`)) && !allowed.test(from),
      );
      expect(breaches.map(({ from }) => from)).toEqual([]);
    });
  }

  it('loads late by the name of a package only what is written as modules: of any other the bundle has no names', () => {
    const late = files.flatMap(file =>
      [...readFileSync(file, 'utf8').matchAll(/\bimport\('([^'#.][^']*)'\)/g)].map(match => match[1] ?? ''),
    );
    const isModule = (name: string) =>
      name.startsWith('node:') ||
      JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')).type === 'module';
    // Not bundled.
    const outside = new Set(['libheif-js/libheif-wasm/libheif-bundle.js']);
    expect(late.length).toBeGreaterThan(3);
    expect(late.filter(name => !outside.has(name) && !isModule(name))).toEqual([]);
  });

  it('loads no AWS code in the embedded edition but the durable SDK', () => {
    const ofAws = /\.(dynamodb|s3|ses|ssm|cloudfront|lambda)\.ts$/;
    const isAws = (to: string) => to.startsWith('@aws') && to !== '@aws/durable-execution-sdk-js';
    const isOfAws = (file: string) => ofAws.test(file) || file.startsWith('src/main/lambda/');
    const outside = all.filter(({ from, to }) => isAws(to) && !isOfAws(from));
    expect(outside).toEqual([]);
    const moving = 'src/main/commands/moving.ts';
    const embedded = [...reach('src/main/cli.ts', new Map([...graph, [moving, []]])).keys()];
    // Loaded by `gangway doctor --aws`, and when `gangway scrub` is given a table; for nothing else.
    expect(embedded.filter(file => ofAws.test(file))).toEqual([
      'src/platform/parameters.ssm.ts',
      'src/scrub/old-table.dynamodb.ts',
    ]);
    // An export says of each kind where it lies in either edition; the SDK is loaded for --aws alone.
    const moved = ['embedded-house.ts', 'export-house.ts', 'import-house.ts', 'manifest.ts'];
    const loaded = moved.flatMap(file => [...reach(`src/main/moving/${file}`, graph).keys()]);
    expect(all.filter(({ from, to }) => loaded.includes(from) && isAws(to))).toEqual([]);
  });
});

describe('what only ports may do', () => {
  const banned: [string, RegExp, RegExp][] = [
    ['read the environment', /\bprocess\.env\b/, /^src\/main\//],
    [
      'read the wall clock',
      /\bDate\.now\(|\bnew Date\(\)|performance\.now\(/,
      /^src\/lib\/clock\.ts$|^src\/main\/|\.js\.ts$|\.esbuild\.ts$|\/browser\//,
    ],
    [
      'use randomness',
      /\bMath\.random\(|\brandomBytes\(|\brandomUUID\(/,
      /^src\/lib\/random\.ts$|^src\/main\/|\.js\.ts$/,
    ],
    [
      'set timers',
      /\bsetTimeout\(|\bsetInterval\(/,
      /^src\/lib\/clock\.ts$|^src\/main\/|\.js\.ts$|\.esbuild\.ts$|\/browser\/|-script[^/]*\.ts$/,
    ],
    ['write to the console', /\bconsole\./, /^src\/main\//],
  ];
  for (const [what, pattern, allowed] of banned) {
    it(`nothing else may ${what}`, () => {
      const breaches = files.filter(
        file => !allowed.test(file) && pattern.test(withoutComments(readFileSync(file, 'utf8'))),
      );
      expect(breaches).toEqual([]);
    });
  }

  it('keeps files on one screen or two', () => {
    const long = files.filter(file => readFileSync(file, 'utf8').split('\n').length > 300);
    expect(long).toEqual([]);
  });
});

const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, '');
