// Why a change that no test notices may stay: in which file, on which line (a part of its text).

const cached = 'kept so that it is not made again; made again it is the same';
const never = 'what stands in for a value that is always there by then';
const constant = 'a constant of the module, made before any test begins; what it does is tested';
const label = 'a name that only has to be the same each time';
const sameOrder = 'no two of them are equal, or the sort of V8 asks only whether one comes before';
const zero = 'zero has no sign';
const idempotent = 'done once more it has no further effect';
const look = 'how a column or a line looks, not what it says';

export const reasons = [
  ...[
    'if (cached !== undefined) return cached;',
    'known.set(currency, digits)',
    'formats.set(key, format)',
  ].map(line => ({ file: 'finances/money.ts', line, why: cached })),
  { file: 'finances/money.ts', line: "const [, sign = '', whole = ''", why: never },
  ...['minor < 0n', 'product < 0n'].map(line => ({ file: 'finances/money.ts', line, why: zero })),
  { file: 'finances/ledger-record.ts', line: "payee: ''", why: 'any text that is nobody’s id does' },
  { file: 'finances/ledger-record.ts', line: "person ?? ''", why: 'any text that is nobody’s id does' },
  {
    file: 'finances/ledger-record.ts',
    line: 'gross === null ? [] : [gross]',
    why: 'an amount of nothing has no spelling that is looked for',
  },
  { file: 'finances/canaries.sqlite.ts', line: "publicWords = ''", why: 'no amount stands in it' },
  { file: 'finances/canaries.sqlite.ts', line: 'id !== null', why: 'no booking is found under null' },
  {
    file: 'finances/captain-letter.ts',
    line: "tripFacts(booking, sailing, fleet, 'first name')",
    why: 'whatever is not the whole name is the first',
  },
  { file: 'finances/captain-letter.ts', line: 'The trip is off. The pay we told you', why: constant },
  {
    file: 'finances/draw-ledger.ts',
    line: 'sailing: sailing ?? []',
    why: 'without knowing who sails nobody’s pay is drawn up',
  },
  { file: 'finances/draw-ledger.ts', line: "note.gross ?? ''", why: never },
  { file: 'finances/draw-ledger.ts', line: 'last?.lines ?? []', why: 'what is no tip is passed over' },
  { file: 'finances/draw-ledger.ts', line: 'last?.source', why: never },
  ...['} catch (error) {', 'if (error instanceof Refusal) return null;'].map(line => ({
    file: 'finances/draw-ledger.ts',
    line,
    why: 'reading an amount throws nothing else',
  })),
  { file: 'finances/fee-rules.ts', line: 'a.from < b.from ? 1', why: sameOrder },
  { file: 'finances/finance-store.sqlite.ts', line: "db.migrate('finances'", why: label },
  ...["kind: 'title'", "kind: 'number'", "kind: 'plain'"].map(line => ({
    file: 'finances/money-panel.tsx',
    line,
    why: look,
  })),
  ...['const Sums =', 'const amount =', 'const shown ='].map(line => ({
    file: 'finances/money-panel.tsx',
    line,
    why: constant,
  })),
  { file: 'finances/owner-letter.ts', line: '?.name ??', why: never },
  { file: 'finances/owner-letter.ts', line: 'earlier?.facts', why: never },
  {
    file: 'finances/owner-letter.ts',
    line: 'FAILED: ',
    why: 'the layout of letters trims each line once more',
  },
  ...['!isSame(', '    ) {', "'the lines of a ledger do not add up'"].map(line => ({
    file: 'finances/settle.ts',
    line,
    why: 'a second look at our own sum: nothing makes it wrong',
  })),
  { file: 'finances/spellings.ts', line: "const [, whole = '', written = '']", why: never },
  {
    file: 'finances/spellings.ts',
    line: 'digits.length < 4',
    why: 'shorter amounts have no spelling of four digits anyway',
  },
  { file: 'finances/tell.ts', line: 'if (!under)', why: idempotent },
  { file: 'finances/tell.ts', line: 'find(earlier.letter))?.state', why: never },
  { file: 'finances/tell.ts', line: 'earlier?.digest', why: never },
  { file: 'finances/tell.ts', line: "split('/').slice(0, 4)", why: label },

  ...['audience.ts', 'random.ts'].flatMap(file =>
    ["'public', 'guest', 'crew', 'operator'", 'systemRandom', 'const alphabet'].map(line => ({
      file: `lib/${file}`,
      line,
      why: constant,
    })),
  ),
  ...['longestTimerMs = ', 'systemClock: Clock', 'now: () => Date.now()', 'isoInstant = '].map(line => ({
    file: 'lib/clock.ts',
    line,
    why: constant,
  })),
  { file: 'lib/clock.ts', line: 'x.due - y.due || a - b', why: sameOrder },
  { file: 'lib/digest.ts', line: 'sort(([a], [b])', why: sameOrder },
  { file: 'lib/digest.ts', line: 'digestOf = ', why: constant },
  {
    file: 'lib/random.ts',
    line: 'drawn.set(purpose, from + 1)',
    why: 'each draw has another number either way',
  },
  {
    file: 'lib/random.ts',
    line: 'let offset = 0, block = 0',
    why: 'each block has another number either way, and one too many is copied nowhere',
  },
  ...['void settled.then', 'tails.get(key) === settled'].map(line => ({
    file: 'lib/one-at-a-time.ts',
    line,
    why: 'lets go of memory; the order is the same',
  })),
  { file: 'lib/strict-json.ts', line: "found.includes('\\\\')", why: 'the quick way to the same text' },
  { file: 'lib/zoned.ts', line: "overflow: 'reject'", why: 'text that is no date is refused anyway' },
  { file: 'lib/zoned.ts', line: 'locale = ', why: 'the key and the text have the same default' },
  { file: 'lib/zoned.ts', line: "part.type === 'timeZoneName'", why: never },
  ...['if (known) return known;', 'formatters.set(key, made)'].map(line => ({
    file: 'lib/zoned.ts',
    line,
    why: cached,
  })),

  { file: 'guest-page/edge-function.vm.ts', line: '!handler', why: cached },
  ...[
    "version: '1.0'",
    'context: {',
    'eventType',
    'distributionId',
    'requestId',
    'viewer: {',
    "method: 'GET'",
  ].map(line => ({
    file: 'guest-page/edge-function.vm.ts',
    line,
    why: 'as CloudFront sends it; our function reads the address alone',
  })),
  { file: 'guest-page/edge-function.vm.ts', line: "path.split(/[?#]/, 1)[0] ?? ''", why: never },
  {
    file: 'guest-page/guest-page-surface.ts',
    line: 'last.digest === digest',
    why: 'the same bytes have the same digest',
  },
  {
    file: 'guest-page/guest-page-surface.ts',
    line: 'brand !== here.id && digest === null',
    why: 'a page that was just put up here is not closed',
  },
  {
    file: 'guest-page/page-host.disk.ts',
    line: '(await mkdir(folder',
    why: 'only a power failure shows it: the power-loss proof',
  },
  {
    file: 'guest-page/page-host.disk.ts',
    line: 'let above = dirname(folder)',
    why: 'only a power failure shows it: the power-loss proof',
  },
  {
    file: 'guest-page/page-host.disk.ts',
    line: 'if (!isCurrent()) return;',
    why: 'spares work; what is made in vain is thrown away',
  },
  { file: 'guest-page/page-host.disk.ts', line: '++made', why: label },
  {
    file: 'guest-page/page-host.disk.ts',
    line: "Buffer.from(html, 'utf8')",
    why: 'UTF-8 is what Node takes by itself',
  },
  ...['cache.forget(file);', 'forget(file);'].map(line => ({
    file: 'guest-page/page-host.disk.ts',
    line,
    why: 'lets go of memory; a page of another state of the file is not shown',
  })),
  { file: 'guest-page/page-host.disk.ts', line: 'held <= cacheBytes', why: 'one byte of eight million' },
  ...["code === 'ENOSPC'", 'disk-full'].map(line => ({
    file: 'guest-page/page-host.disk.ts',
    line,
    why: 'needs a disk that is full: `npm run prove -- --only kills`',
  })),
  { file: 'guest-page/page-host.disk.ts', line: '} catch {', why: 'nothing is as good as null' },
  { file: 'guest-page/page-store.sqlite.ts', line: "migrate('guest-page'", why: label },
  { file: 'guest-page/page-store.sqlite.ts', line: 'known !== null', why: idempotent },
  { file: 'guest-page/page-store.sqlite.ts', line: 'SELECT slug FROM guest_page_slugs', why: never },
  { file: 'guest-page/phase.ts', line: 'findLast(', why: never },
  { file: 'guest-page/phase.ts', line: "'booked'", why: never },
  {
    file: 'guest-page/slug.ts',
    line: 'slice(0, longestPrefix).replace(',
    why: 'dashes were made single before',
  },
  { file: 'guest-page/slug.ts', line: "newSecret(random, 'guest page slug')", why: label },
  { file: 'guest-page/slug.ts', line: "letters[letter] ?? ''", why: never },
  { file: 'guest-page/slug.ts', line: 'replace(/^-+|-+$/g', why: 'dashes were made single before' },
];
