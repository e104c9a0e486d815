import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { mb, ms, perSecond, spread } from '../figures.js';
import { freshFolder } from '../gangway.js';
import { installed } from './installed.js';
import { id, workflow } from './n8n-workflow.js';
import { openSinks } from './sinks.js';

const version = '2.40.7';
const port = 55_434;
const inFlight = 16;
const longest = 60_000;

/** What an operator would otherwise build: the same way from a webhook to a letter in n8n, as it comes (SQLite, executions kept). */
export async function n8n({ row, saw }, { count, seconds }) {
  const { folder, cause } = installed(`n8n-${version}`, {
    dependencies: { n8n: version },
    // Newer ones ask for a package that npm does not have.
    overrides: { linkedom: '0.18.12' },
    compiled: ['sqlite3'],
  });
  if (!folder) return row(`n8n ${version}`, 'left out', cause);
  for (const progress of [false, true]) {
    const name = `n8n ${version}${progress ? ', progress kept' : ''}`;
    try {
      const found = await measured(folder, progress, { count, seconds });
      rows({ row, saw }, name, progress, found);
    } catch (error) {
      row(name, 'left out', error.message.replaceAll('|', ' ').split('\n')[0].slice(0, 200));
    }
  }
}

function rows({ row, saw }, name, progress, { startedAfter, rest, acks, whole, rate }) {
  const key = progress ? 'n8n with progress' : 'n8n';
  saw(key, { startedAfter, rest, acks, whole, rate });
  if (!progress) {
    row(`${name}: start to serving`, ms(startedAfter), 'the first start with this workflow');
    row(`${name}: memory at rest`, mb(rest), 'all its processes');
    row(`${name}: webhook → acknowledged, one at a time`, spread(acks), 'before anything is kept');
  }
  row(`${name}: webhook → letter, eight nodes, one at a time`, spread(whole));
  row(`${name}: executions, ${inFlight} in flight`, perSecond(rate));
}

async function measured(folder, progress, { count, seconds }) {
  const waiting = new Map();
  const sinks = await openSinks(letter => waiting.get(/^Subject: Booking (\S+)/m.exec(letter)?.[1])?.());
  const server = await open(folder, progress, sinks);
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  let serial = 0;
  const one = async () => {
    const booking = `b${++serial}`;
    const begin = performance.now();
    const letter = new Promise(resolve => waiting.set(booking, resolve));
    const asked = { id: booking, vessel: 'jada', start: '2027-05-30 15:30 PDT' };
    // While it starts it takes its webhook down and up again, and its database is not always ready: then again, as any sender does.
    for (let status = 0; status !== 200; ) {
      status = await post(agent, asked);
      if (status !== 200) await sleep(20);
      if (performance.now() - begin > longest) throw new Error(`its webhook answered ${status}`);
    }
    const ack = performance.now() - begin;
    await Promise.race([letter, late()]);
    waiting.delete(booking);
    return { ack, whole: performance.now() - begin };
  };
  try {
    await sleep(5_000);
    const rest = treeMb(server.pid);
    for (let i = 0; i < 10; i++) await one();
    const times = [];
    for (let i = 0; i < count; i++) times.push(await one());
    let done = 0;
    const begin = performance.now();
    const lane = async () => {
      for (; performance.now() - begin < seconds * 1000; done++) await one();
    };
    await Promise.all(Array.from({ length: inFlight }, lane));
    const rate = done / ((performance.now() - begin) / 1000);
    return {
      startedAfter: server.startedAfter,
      rest,
      acks: times.map(({ ack }) => ack),
      whole: times.map(({ whole }) => whole),
      rate,
    };
  } finally {
    agent.destroy();
    await server.close();
    sinks.close();
  }
}

const late = async () => {
  await sleep(longest, undefined, { ref: false });
  throw new Error('a letter did not come within a minute');
};

/** Imports the workflow into a house of its own, and starts it. */
async function open(folder, progress, sinks) {
  const home = freshFolder();
  const pages = join(home, 'pages');
  mkdirSync(pages);
  const program = join(folder, 'node_modules/n8n/bin/n8n');
  const env = {
    ...process.env,
    NODE_ENV: 'production',
    N8N_USER_FOLDER: home,
    N8N_PORT: String(port),
    N8N_LISTEN_ADDRESS: '127.0.0.1',
    N8N_HOST: '127.0.0.1',
    N8N_DIAGNOSTICS_ENABLED: 'false',
    N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
    N8N_TEMPLATES_ENABLED: 'false',
    N8N_PERSONALIZATION_ENABLED: 'false',
    N8N_COMMUNITY_PACKAGES_ENABLED: 'false',
    N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
    N8N_RESTRICT_FILE_ACCESS_TO: pages,
    N8N_LOG_LEVEL: 'warn',
    EXECUTIONS_DATA_SAVE_ON_SUCCESS: 'all',
    EXECUTIONS_DATA_SAVE_ON_PROGRESS: String(progress),
  };
  const made = workflow({ ...sinks, pages });
  for (const [what, content] of Object.entries(made)) {
    const file = join(home, `${what}.json`);
    writeFileSync(file, JSON.stringify(content));
    run(program, env, [
      `import:${what.slice(0, -1).replace('credential', 'credentials')}`,
      `--input=${file}`,
    ]);
  }
  run(program, env, ['publish:workflow', `--id=${id}`]);
  const begin = performance.now();
  const child = spawn(process.execPath, [program, 'start'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', chunk => {
      said = (said + chunk).slice(-4_000);
    });
  const agent = new Agent();
  const isUp = () => post(agent, { id: 'first', vessel: 'jada', start: '' }).then(status => status === 200);
  while (!(await isUp().catch(() => false))) {
    if (child.exitCode !== null || performance.now() - begin > 180_000)
      throw new Error(`it did not start: ${said.trim().split('\n').at(-1)}`);
    await sleep(50);
  }
  return {
    pid: child.pid,
    startedAfter: performance.now() - begin,
    async close() {
      child.kill('SIGTERM');
      const hard = setTimeout(() => child.kill('SIGKILL'), 20_000);
      if (child.exitCode === null) await new Promise(resolve => child.once('exit', resolve));
      clearTimeout(hard);
    },
  };
}

function run(program, env, args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    env,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`n8n ${args[0]}: ${`${stdout}${stderr}`.trim().split('\n').at(-1)}`);
}

function post(agent, body) {
  const text = JSON.stringify(body);
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
  return new Promise((resolve, reject) => {
    request(
      { host: '127.0.0.1', port, path: '/webhook/booking', method: 'POST', agent, headers },
      response => {
        response.resume();
        response.once('end', () => resolve(response.statusCode));
      },
    )
      .once('error', reject)
      .end(text);
  });
}

/** MB of a process and all that it started; nothing where there is no /proc. */
function treeMb(root) {
  try {
    const status = pid => readFileSync(`/proc/${pid}/status`, 'utf8');
    const number = (text, name) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0);
    const all = readdirSync('/proc')
      .filter(name => /^\d+$/.test(name))
      .flatMap(pid => {
        try {
          return [{ pid: Number(pid), text: status(pid) }];
        } catch {
          return [];
        }
      });
    const sum = pid =>
      number(all.find(each => each.pid === pid)?.text ?? '', 'VmRSS') +
      all.filter(({ text }) => number(text, 'PPid') === pid).reduce((kb, child) => kb + sum(child.pid), 0);
    return sum(root) / 1024;
  } catch {
    return Number.NaN;
  }
}
