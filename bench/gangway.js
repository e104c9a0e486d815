// A Gangway of its own process, as an operator runs it, and a marketplace that talks to it over HTTP.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Webhook } from 'standardwebhooks';
import { newKeys } from '../dist/embedded.js';
import { heapInUse } from './heap.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const keys = newKeys([{ variable: 'BOATSETTER_WEBHOOK_SECRET' }, { variable: 'MANUAL_WEBHOOK_SECRET' }]);

/** Deleted all at once at the end: a disk that has just deleted many files is slower at making new ones. */
const folders = [];
export function freshFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'gangway-bench-'));
  folders.push(folder);
  return folder;
}
export function cleanUp() {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}

/** What the example's fleet says about one booking: eleven surfaces on the open side, three on the owner's. */
const surfaces = { 'gangway.db': 11, 'money.db': 3 };

/** Starts `gangway serve` on a folder and resolves when it serves. `startedAfter` is in ms. */
export async function openGangway(folder = freshFolder()) {
  const begin = performance.now();
  const child = spawn(
    process.execPath,
    [
      `${root}bin/gangway.js`,
      'serve',
      ...['--config', `${root}examples/jada/gangway.config.ts`],
      ...['--data', folder, '--port', '0'],
    ],
    {
      // Nobody is listened to there before `inUse` asks; then at a port that is free.
      env: {
        ...process.env,
        ...keys.environment,
        NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --inspect-port=127.0.0.1:0`,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let said = '';
  const port = await new Promise((resolve, reject) => {
    const hear = chunk => {
      said += chunk;
      const found = /"port":(\d+)/.exec(said) ?? /localhost:(\d+)/.exec(said);
      if (found) resolve(Number(found[1]));
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', () => reject(new Error(`gangway did not start: ${said}`)));
  });
  const startedAfter = performance.now() - begin;
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const webhook = new Webhook(keys.environment.BOATSETTER_WEBHOOK_SECRET);
  let serial = 0;

  /** Sends one signed message; resolves to the booking's name at the marketplace and the ms until it was acknowledged. */
  async function deliver(booking = `bench${++serial}`, version = 1) {
    const body = JSON.stringify(message(booking, version));
    const at = new Date();
    const id = `msg_${booking}_${version}`;
    const sent = performance.now();
    const status = await post(`http://127.0.0.1:${port}/webhooks/boatsetter`, agent, body, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at / 1000)),
      'webhook-signature': webhook.sign(id, at, body),
    });
    if (status !== 202) throw new Error(`webhook answered ${status}`);
    return { booking, ack: performance.now() - sent };
  }

  const files = new Map();
  const ask = (file, sql, ...values) => {
    const known = files.get(file) ?? { db: new DatabaseSync(join(folder, file), { readOnly: true }) };
    files.set(file, known);
    known[sql] ??= known.db.prepare(sql);
    return Object.values(known[sql].get(...values) ?? { none: undefined })[0];
  };

  /** Resolves when every surface says the booking as of this version and every letter has gone. Looks from outside. */
  async function told(booking, version) {
    const name = 'SELECT booking FROM booking_names WHERE externalId = ?';
    const stated = `SELECT count(*) FROM beliefs WHERE booking = ? AND state = 'stated' AND json_extract(body, '$.statedRevision') = ?`;
    const isTold = () => {
      const id = ask('gangway.db', name, booking);
      return id && Object.entries(surfaces).every(([file, many]) => ask(file, stated, id, version) >= many);
    };
    while (!isTold()) await sleep(1);
  }

  return {
    url: `http://127.0.0.1:${port}`,
    port,
    folder,
    startedAfter,
    agent,
    deliver,
    told,
    ask,
    /** Resolves when so many bookings are fulfilled on both sides and no letter waits. */
    async settled(many) {
      const open = () => [
        ask('gangway.db', 'SELECT count(*) FROM bookings WHERE fulfilledRevision = revision') === many,
        ask('money.db', "SELECT count(*) FROM drives WHERE state = 'done'") === many,
        ask('gangway.db', "SELECT count(*) FROM letters WHERE state = 'waiting'") === 0,
        ask('money.db', "SELECT count(*) FROM letters WHERE state = 'waiting'") === 0,
      ];
      while (!open().every(Boolean)) await sleep(20);
    },
    /** MB of memory now and at most, ms of processor time so far; nothing where there is no /proc. */
    usage() {
      try {
        const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
        const mb = field => Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1]) / 1024;
        const stat = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1].split(' ');
        return { now: mb('VmRSS'), peak: mb('VmHWM'), cpu: (Number(stat[11]) + Number(stat[12])) * 10 };
      } catch {
        return { now: Number.NaN, peak: Number.NaN, cpu: Number.NaN };
      }
    },
    /** MB of the heap that are in use once everything has been collected that is not. Stops the program for a moment. */
    inUse: () => heapInUse(child),
    async close() {
      for (const { db } of files.values()) db.close();
      agent.destroy();
      child.kill('SIGTERM');
      await new Promise(resolve => child.once('exit', resolve));
    },
  };
}

function post(url, agent, body, headers) {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', agent, headers }, response => {
      response.resume();
      response.once('end', () => resolve(response.statusCode));
    });
    // A connection that rested may be closed by the server as it is used again: then, as any sender does, once more.
    sent.once('error', error =>
      sent.reusedSocket && error.code === 'ECONNRESET'
        ? post(url, agent, body, headers).then(resolve, reject)
        : reject(error),
    );
    sent.end(body);
  });
}

/** One trip a day from ten days on, so that none takes the vessel from another; the second version is an hour earlier. */
function message(booking, version) {
  const day = new Date(Date.now() + (10 + Number(booking.replace(/\D/g, ''))) * 86_400_000)
    .toISOString()
    .slice(0, 10);
  return {
    type: version === 1 ? 'booking.created' : 'booking.changed',
    occurred_at: new Date(Date.now() + version).toISOString(),
    booking: {
      id: booking,
      version,
      status: 'confirmed',
      vessel: 'jada',
      start: `${day}T${version === 1 ? 16 : 15}:30`,
      end: `${day}T${version === 1 ? 19 : 18}:30`,
      guest: { name: `Guest ${booking}`, email: `${booking}@example.org`, phone: '+1 619 555 0142' },
      party_size: 4,
    },
    payout: { gross: '840.75', currency: 'USD' },
  };
}
