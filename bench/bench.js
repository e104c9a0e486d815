// How fast this machine takes bookings in, fulfils them and serves pages, beside what bounds it: `npm run bench -- --help`.
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { machine, table, writePage } from './figures.js';
import { cleanUp } from './gangway.js';
import { burst, inFlight, intake, oneAtATime, paced, soak } from './parts/bookings.js';
import { chains } from './parts/engine.js';
import { coldStarts } from './parts/lambda.js';
import { limitAtTheEnd, limits } from './parts/limits.js';
import { mails } from './parts/mails.js';
import { pages } from './parts/pages.js';
import { peers } from './parts/peers.js';
import { photos } from './parts/photos.js';
import { emptyStart, fullStart } from './parts/starts.js';
import { synths } from './parts/synth.js';

const help = `npm run bench -- [--quick | --long] [--only part[,part]] [--soak seconds] [--peers] [--write]

Measures this machine for some minutes; writes the table to docs/reference/performance.md when it is asked to.
  --quick   a look in a minute or two, small numbers
  --long    100,000 bookings in the store, an hour of soak
  --only    start, one, flight, intake, paced, burst, soak, engine, mails, pages, photos, lambda, synth, store (the disk's limits are always measured)
  --soak    seconds of soak, whatever else is asked for
  --peers   DBOS, pg-boss, graphile-worker (this machine's PostgreSQL) and bullmq (its redis-server) beside the engine,
            installed from npm into a folder of their own for it
  --write   writes the table
`;
const { values: asked } = parseArgs({
  options: {
    quick: { type: 'boolean' },
    long: { type: 'boolean' },
    only: { type: 'string' },
    soak: { type: 'string' },
    peers: { type: 'boolean' },
    write: { type: 'boolean' },
    help: { type: 'boolean' },
  },
});
if (asked.help) {
  console.log(help);
  process.exit(0);
}

const size = (quick, usual, long = usual) => (asked.quick ? quick : asked.long ? long : usual);
const only = asked.only?.split(',');
const before = loadavg();
const shown = table();
const found = limits(shown, size(1, 3));
const parts = {
  start: () => emptyStart(shown),
  one: () => oneAtATime(shown, { count: size(20, 200) }),
  flight: async () => {
    for (const many of [1, 8, 64]) await inFlight(shown, { many, count: size(30, 400) }, found);
  },
  intake: async () => {
    for (const many of [1, 8, 64]) await intake(shown, { many, count: size(50, 500) }, found);
  },
  paced: () => paced(shown, { rate: 200, seconds: size(1, 10) }),
  burst: () => burst(shown, { count: size(100, 1000) }, found),
  soak: () => soak(shown, { seconds: Number(asked.soak ?? size(10, 60, 3600)) }),
  engine: async () => {
    for (const many of [1, 8, 64]) await chains(shown, { many, count: size(200, 2000) }, found);
  },
  mails: () => mails(shown, { count: size(100, 1000) }),
  pages: () => pages(shown, { seconds: size(1, 5) }),
  photos: () => photos(shown, { rounds: size(3, 10) }),
  lambda: () => coldStarts(shown, { rounds: size(3, 9) }),
  synth: () => synths(shown, { rounds: size(1, 3) }),
  store: () => fullStart(shown, { many: size(10_000, 10_000, 100_000) }),
};
try {
  for (const [name, run] of Object.entries(parts)) if (!only || only.includes(name)) await run();
  if (asked.peers) await peers(shown, { many: 64, count: size(100, 500) });
  limitAtTheEnd(shown, size(1, 3));
} finally {
  cleanUp();
}
const lines = machine(before);
console.log(`\n${lines.join('\n')}`);
if (asked.write) {
  const page = fileURLToPath(new URL('../docs/reference/performance.md', import.meta.url));
  writePage(
    page,
    lines,
    shown.rows,
    process.argv
      .slice(2)
      .filter(word => word !== '--write')
      .join(' '),
  );
}
