// How fast this machine takes bookings in, fulfils them and serves pages, beside what bounds it: `npm run bench -- --help`.
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { machine, table, writePage } from './figures.js';
import { cleanUp } from './gangway.js';
import { judged } from './goals.js';
import { burst, inFlight, intake, oneAtATime, paced } from './parts/bookings.js';
import { chains } from './parts/engine.js';
import { install } from './parts/install.js';
import { coldStarts } from './parts/lambda.js';
import { limitAtTheEnd, limits } from './parts/limits.js';
import { mails } from './parts/mails.js';
import { pages } from './parts/pages.js';
import { photos } from './parts/photos.js';
import { publish } from './parts/publish.js';
import { soak } from './parts/soak.js';
import { emptyStart, fullStart } from './parts/starts.js';
import { synths } from './parts/synth.js';
import { engines } from './peers/engines.js';
import { n8n } from './peers/n8n.js';

const help = `npm run bench -- [--quick | --long] [--only part[,part]] [--minutes n] [--bookings n] [--peers] [--write]

Measures this machine for some minutes; writes the table to docs/reference/performance.md when it is asked to.
  --quick     a look in a minute or two, small numbers
  --long      100,000 bookings in the store, an hour of soak
  --only      start, one, flight, intake, paced, burst, soak, engine, mails, pages, publish, photos, lambda,
              synth, store, install, and with --peers n8n, engines (the disk's limits are always measured)
  --minutes   minutes of soak, whatever else is asked for
  --rate      bookings a second meanwhile, 5 if nothing is said
  --bookings  how many are in the store of the part store
  --peers     n8n beside a booking; DBOS, pg-boss, graphile-worker (this machine's PostgreSQL), Restate and bullmq
              (this machine's redis-server) beside the engine. From npm, once, into ~/.cache/gangway-bench: 3 GB
  --write     writes the table

The whole table, with every goal that the bench judges: npm run bench -- --bookings 100000 --peers --write
`;
const { values: asked } = parseArgs({
  options: {
    quick: { type: 'boolean' },
    long: { type: 'boolean' },
    only: { type: 'string' },
    minutes: { type: 'string' },
    rate: { type: 'string' },
    bookings: { type: 'string' },
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
  paced: async () => {
    await paced(shown, { rate: 200, seconds: size(1, 10) });
    await paced(shown, { rate: 1000, seconds: size(1, 2) });
  },
  burst: () => burst(shown, { count: size(100, 1000) }, found),
  soak: () =>
    soak(shown, {
      seconds: asked.minutes ? Number(asked.minutes) * 60 : size(10, 60, 3600),
      rate: Number(asked.rate ?? 5),
    }),
  engine: async () => {
    for (const many of [1, 8, 64]) await chains(shown, { many, count: size(200, 2000) }, found);
  },
  mails: () => mails(shown, { count: size(100, 1000) }),
  pages: () => pages(shown, { seconds: size(1, 5) }),
  publish: () => publish(shown, { count: size(200, 2000) }, found),
  photos: () => photos(shown, { rounds: size(3, 10) }),
  lambda: () => coldStarts(shown, { rounds: size(3, 9) }),
  synth: () => synths(shown, { rounds: size(1, 3) }),
  store: () =>
    fullStart(shown, {
      many: Number(asked.bookings ?? size(10_000, 10_000, 100_000)),
      count: size(20, 100),
    }),
  install: () => install(shown),
  ...(asked.peers && {
    n8n: () => n8n(shown, { count: size(10, 60), seconds: size(3, 10) }),
    engines: () => engines(shown, { many: 64, count: size(100, 500) }),
  }),
};
try {
  for (const [name, run] of Object.entries(parts)) if (!only || only.includes(name)) await run();
  limitAtTheEnd(shown, size(1, 3));
} finally {
  cleanUp();
}
const lines = machine(before);
console.log(`\n${lines.join('\n')}\n`);
const goals = judged(shown.seen);
for (const goal of goals) if (goal[2] !== '') console.log(goal.join('  '));
if (asked.write) {
  const page = fileURLToPath(new URL('../docs/reference/performance.md', import.meta.url));
  writePage(
    page,
    lines,
    { rows: shown.rows, goals },
    process.argv
      .slice(2)
      .filter(word => word !== '--write')
      .join(' '),
  );
}
