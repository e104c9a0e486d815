// Prints how fast this machine takes bookings in and fulfils them, beside the commit rate of its disk in the same run.
// Ratios count; absolute times on a shared machine mean little. `npm run bench -- --quick` for a look in seconds.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { Webhook } from 'standardwebhooks';
import { checkConfig, composeEmbedded, listen, newKeys, silentLog } from '../dist/embedded.js';
import jada from '../examples/jada/gangway.config.ts';

const quick = process.argv.includes('--quick');
const root = fileURLToPath(new URL('..', import.meta.url));
const rows = [];
const note = (what, figure, beside = '') => {
  rows.push([what, figure, beside]);
  console.log(`${what.padEnd(58)} ${figure.padStart(22)}  ${beside}`);
};
const percentile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
const ms = value => `${value.toFixed(1)} ms`;
const spread = times => {
  const sorted = [...times].sort((a, b) => a - b);
  return `${ms(percentile(sorted, 0.5))} / ${ms(percentile(sorted, 0.99))}`;
};

console.log(
  `Node ${process.versions.node}, ${process.platform} ${process.arch}, ${new Date().toISOString()}\n`,
);
const commits = commitRate();
note('disk: one-row commits, synchronous=FULL', `${commits.toFixed(0)} /s`);
await start();
await latency(quick ? 30 : 200);
await intake(quick ? 3 : 15);
await burst(quick ? 100 : 1000);
await import('./photos.js');

function commitRate() {
  const folder = mkdtempSync(join(tmpdir(), 'gangway-bench-'));
  const db = new DatabaseSync(join(folder, 'disk.db'));
  db.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE t (n INTEGER PRIMARY KEY, v TEXT)');
  const insert = db.prepare('INSERT INTO t (v) VALUES (?)');
  const until = performance.now() + 1500;
  let count = 0;
  for (; performance.now() < until; count++) insert.run('x'.repeat(500));
  db.close();
  rmSync(folder, { recursive: true, force: true });
  return count / 1.5;
}

/** Start to serving, memory at rest: a process of its own, as an operator runs it. */
async function start() {
  const folder = mkdtempSync(join(tmpdir(), 'gangway-bench-'));
  const keys = newKeys([{ variable: 'BOATSETTER_WEBHOOK_SECRET' }, { variable: 'MANUAL_WEBHOOK_SECRET' }]);
  const times = [];
  let rss = 0;
  for (let i = 0; i < 5; i++) {
    const begin = performance.now();
    const child = spawn(
      process.execPath,
      [
        `${root}bin/gangway.js`,
        'serve',
        '--config',
        `${root}examples/jada/gangway.config.ts`,
        '--data',
        folder,
        '--port',
        '0',
      ],
      { env: { ...process.env, ...keys.environment }, stdio: ['ignore', 'pipe', 'ignore'] },
    );
    await new Promise(resolve => child.stdout.once('data', resolve));
    times.push(performance.now() - begin);
    await new Promise(resolve => setTimeout(resolve, 1000));
    const { readFileSync } = await import('node:fs');
    const status = process.platform === 'linux' ? readFileSync(`/proc/${child.pid}/status`, 'utf8') : '';
    rss = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
    child.kill('SIGTERM');
    await new Promise(resolve => child.once('exit', resolve));
  }
  times.sort((a, b) => a - b);
  note('start to serving, empty store (median of 5)', ms(times[2]), 'goal ≤ 300 ms');
  note('memory at rest', `${rss.toFixed(0)} MB`, 'goal ≤ 110 MB');
  rmSync(folder, { recursive: true, force: true });
}

async function opened() {
  const folder = mkdtempSync(join(tmpdir(), 'gangway-bench-'));
  const keys = newKeys([{ variable: 'BOATSETTER_WEBHOOK_SECRET' }, { variable: 'MANUAL_WEBHOOK_SECRET' }]);
  const config = checkConfig(jada, join(folder, 'gangway.config.ts'), keys.environment);
  let app;
  const server = await listen({
    fetch: (request, env) => app.fetch(request, env),
    port: 0,
    address: '127.0.0.1',
  });
  app = await composeEmbedded({
    config,
    data: { file: name => join(folder, name) },
    log: silentLog,
    port: server.port,
  });
  const webhook = new Webhook(keys.environment.BOATSETTER_WEBHOOK_SECRET);
  let serial = 0;
  return {
    app,
    folder,
    url: `http://127.0.0.1:${server.port}`,
    async deliver() {
      const n = ++serial;
      const body = JSON.stringify(message(n));
      const id = `msg_${n}`;
      const at = new Date();
      const response = await fetch(`http://127.0.0.1:${server.port}/webhooks/boatsetter`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'webhook-id': id,
          'webhook-timestamp': String(Math.floor(at / 1000)),
          'webhook-signature': webhook.sign(id, at, body),
        },
        body,
      });
      if (response.status !== 202)
        throw new Error(`webhook answered ${response.status}: ${await response.text()}`);
      await response.arrayBuffer();
      return `bench${n}`;
    },
    async close() {
      await server.stop(0);
      await app.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function message(n) {
  const day = new Date(Date.now() + (10 + (n % 300)) * 86_400_000).toISOString().slice(0, 10);
  return {
    type: 'booking.created',
    occurred_at: new Date().toISOString(),
    booking: {
      id: `bench${n}`,
      version: 1,
      status: 'confirmed',
      vessel: 'jada',
      start: `${day}T16:30`,
      end: `${day}T19:30`,
      guest: { name: `Guest ${n}`, email: `guest${n}@example.org`, phone: '+1 619 555 0142' },
      party_size: 4,
    },
    payout: { gross: '840.75', currency: 'USD' },
  };
}

/** One booking at a time on an otherwise idle server: acknowledged, then every surface stated and every letter handed over. */
async function latency(count) {
  const world = await opened();
  const acks = [];
  const whole = [];
  const moves = [];
  for (let i = 0; i < count + 10; i++) {
    const begin = performance.now();
    const name = await world.deliver();
    const acked = performance.now() - begin;
    const booking = await settled(world.app, name, 1, 14);
    const total = performance.now() - begin;
    const moving = performance.now();
    await world.app.operate('booking move', { booking, start: '15:30' });
    await settled(world.app, name, 2, 14);
    if (i < 10) continue; // warming up
    acks.push(acked);
    whole.push(total);
    moves.push(performance.now() - moving);
  }
  note('webhook → acknowledged, p50 / p99', spread(acks));
  note(
    'webhook → all surfaces stated, letters out, p50 / p99',
    spread(whole),
    'goal p50 ≤ 14 ms on an idle machine',
  );
  note('move → all surfaces at the new revision, p50 / p99', spread(moves), 'goal p50 ≤ 20 ms');
  const [page] = await pages(world);
  note('guest page, brotli 11', `${(brotliCompressSync(page).length / 1000).toFixed(1)} kB`, 'goal ≤ 8 kB');
  await world.close();
}

async function settled(app, name, revision, surfaces) {
  let booking;
  for (;;) {
    [booking] = booking
      ? [booking]
      : await app.operate('booking list', { when: 'all', text: name, limit: 1 });
    if (booking) {
      const board = await app.operate('beliefs', { booking: booking.id });
      const done = board.surfaces.filter(
        belief => belief.state === 'stated' && belief.statedRevision === revision,
      );
      if (done.length === surfaces) return booking.id;
    }
    // Looking costs the server time of its own: once a millisecond is enough.
    await new Promise(resolve => setTimeout(resolve, 1));
  }
}

async function pages(world) {
  const { readdirSync, readFileSync } = await import('node:fs');
  return readdirSync(join(world.folder, 'pages'), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && entry.name.endsWith('.html'))
    .slice(0, 1)
    .map(entry => readFileSync(join(entry.parentPath, entry.name)));
}

/** 200 signed webhooks a second for some seconds, fulfilment running meanwhile. */
async function intake(seconds) {
  const world = await opened();
  const acks = [];
  const running = [];
  const begin = performance.now();
  for (let i = 0; i < seconds * 200; i++) {
    const due = begin + i * 5;
    const wait = due - performance.now();
    if (wait > 1) await new Promise(resolve => setTimeout(resolve, wait));
    const sent = performance.now();
    running.push(world.deliver().then(() => acks.push(performance.now() - sent)));
  }
  await Promise.all(running);
  note('acknowledged at 200 signed intakes/s, p50 / p99', spread(acks), 'goal p99 ≤ 50 ms');
  await world.app.settle();
  note(`${acks.length} bookings settled after`, ms(performance.now() - begin));
  await world.close();
}

/** A burst: everything at once, 32 requests in flight. */
async function burst(count) {
  const world = await opened();
  const begin = performance.now();
  let left = count;
  await Promise.all(
    Array.from({ length: 32 }, async () => {
      while (left-- > 0) await world.deliver();
    }),
  );
  const acked = performance.now() - begin;
  await world.app.settle();
  const took = (performance.now() - begin) / 1000;
  const all = await world.app.operate('booking list', { when: 'all', limit: 1000 });
  const peak = process.resourceUsage().maxRSS / 1024;
  note(
    `burst of ${count}: acknowledged`,
    `${(count / (acked / 1000)).toFixed(0)} /s`,
    `${(count / (acked / 1000) / commits).toFixed(2)} of the disk’s single commits`,
  );
  note(
    `burst of ${count}: all settled, none lost`,
    `${(count / took).toFixed(0)} /s`,
    `${all.length} bookings`,
  );
  note('peak memory of this process, the sender included', `${peak.toFixed(0)} MB`, 'goal ≤ 320 MB');
  await world.close();
}
