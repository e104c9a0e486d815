// The goals of the project, each judged by what the parts of one run saw: met, missed, or not measured in it.
import { at } from './figures.js';

const half = 0.5;
const most = 0.99;
const best = rates => Math.max(...Object.values(rates));

/** `figure` is asked with what was seen; where something is missing it breaks or is no number, and the goal counts as not measured. */
const goals = [
  ['P1', 'webhook → every surface and letter, median, in ms', s => at(s.one.whole, half), '≤', 14],
  ['P1', 'the same beside n8n', s => at(s.one.whole, half) / at(s.n8n.whole, half), '≤', 1 / 7],
  ['P1', '99 of 100, beside n8n', s => at(s.one.whole, most) / at(s.n8n.whole, most), '≤', 1 / 4],
  ['P1', 'acknowledged, beside n8n', s => at(s.one.acks, half) / at(s.n8n.acks, half), '≤', 1 / 6],
  ['P2', 'bookings fulfilled a second, times those of n8n', s => best(s['in flight']) / s.n8n.rate, '≥', 20],
  [
    'P2',
    'times those of n8n that keeps its progress',
    s => best(s['in flight']) / s['n8n with progress'].rate,
    '≥',
    33,
  ],
  ['P2', 'times those of Node-RED, which keeps nothing', () => Number.NaN, '≥', 1],
  ['P3', 'acknowledged one by one, per commit of the disk', s => s.intake[1] / s.disk.alone, '≥', 0.5],
  ['P3', 'acknowledged under load, per commit of the disk', s => best(s.intake) / s.disk.alone, '≥', 5],
  ['P3', '99 of 100 acknowledged at 1,000 a second, in ms', s => at(s.paced[1000], most), '≤', 50],
  ['P4', 'engine, 64 in flight, chains a second', s => s.engine[64], '≥', 1400],
  [
    'P4',
    'times the best of DBOS, pg-boss, graphile-worker and Restate',
    s => s.engine[64] / bestPeer(s),
    '≥',
    6,
  ],
  ['P4', 'times bullmq', s => s.engine[64] / s.bullmq.rate, '≥', 1],
  ['P4', 'per chain of the SDK on a transport that keeps nothing', () => Number.NaN, '≥', 0.8],
  ['P5', 'memory at rest, in MB', s => s.start.rest, '≤', 110],
  ['P5', 'the same beside n8n', s => s.start.rest / s.n8n.rest, '≤', 1 / 8],
  ['P5', 'memory for 1,000 at once, in MB', s => s.burst.peak, '≤', 320],
  ['P5', '100,000 bookings stored, MB more', s => s.store.rest - s.start.rest, '≤', 50],
  ['P5', 'a production install without clients of AWS, in MB', s => s.install.size, '≤', 80],
  ['P6', 'start with an empty store, in ms', s => s.start.after, '≤', 300],
  ['P6', 'the same beside n8n', s => s.start.after / s.n8n.startedAfter, '≤', 1 / 15],
  ['P6', 'start with 100,000 bookings, in ms', s => s.store.after, '≤', 1000],
  ['P7', 'a move → every surface and letter, median, in ms', s => at(s.one.moves, half), '≤', 20],
  ['P8', 'guest page as brotli, in bytes', s => s.pages.small, '≤', 8000],
  ['P8', 'rendered with its digest, in ms', s => 1000 / s.pages.rendered, '≤', 0.5],
  ['P8', 'served, beside nginx', s => s.pages.whole, '≥', 0.5],
  ['P9', 'pages rendered a second', s => s.pages.rendered, '≥', 2000],
  ['P9', 'pages rendered and put in place, per file that the disk takes', s => s.publish.share, '≥', 0.5],
  ['P10', 'photos, per photo of sharp alone', s => s.photos.share, '≥', 0.9],
  ['P11', 'cost of a booking with 100,000 stored, times that with few', s => s.store.share, '≤', 1.1],
  ['P12', 'the largest cold bundle on Lambda, in KiB', s => s.lambda.bytes / 1024, '≤', 160],
  ['P12', 'a first reply on Lambda, times that of one bundle that loads all', () => Number.NaN, '≤', 0.6],
  ['P13', 'npm test, in minutes', () => Number.NaN, '≤', 3],
];

const onTheirServers = ['@dbos-inc/dbos-sdk', 'pg-boss', 'graphile-worker', '@restatedev/restate-sdk'];
const bestPeer = seen => Math.max(...onTheirServers.flatMap(name => seen[name]?.rate ?? [])) || Number.NaN;

/** Rows of name, what, figure, goal, and how it stands. */
export const judged = seen =>
  goals.map(([name, what, figure, direction, goal]) => {
    const value = worked(figure, seen);
    const isMet = direction === '≤' ? value <= goal : value >= goal;
    const state = Number.isFinite(value) ? (isMet ? 'met' : '**missed**') : 'not measured';
    return [name, what, Number.isFinite(value) ? short(value) : '', `${direction} ${short(goal)}`, state];
  });

function worked(figure, seen) {
  try {
    return figure(seen);
  } catch {
    return Number.NaN;
  }
}

const short = value =>
  value >= 100
    ? Math.round(value).toLocaleString('en-US')
    : String(Number(value.toPrecision(value < 1 ? 2 : 3)));
