import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import PostalMime, { type Email } from 'postal-mime';
import { Webhook } from 'standardwebhooks';
import { newKeys } from '#main/new-keys.ts';
import jada from '../examples/jada/gangway.config.ts';
import { type Answer, call, type Init, outboxFiles } from './world.ts';

const ours = fileURLToPath(new URL('../bin/gangway.js', import.meta.url));

/** How a command ended, and what it said on either stream. */
export type Ended = { code: number | null; signal: NodeJS.Signals | null; out: string; err: string };

/** A command while it runs. */
export type Started = {
  process: ChildProcess;
  /** Everything on standard output so far. */
  out: () => string;
  /** Resolves when standard output holds this; rejects when the command ends without. */
  says: (words: string | RegExp) => Promise<string>;
  ended: Promise<Ended>;
};

export type GangwayOptions = {
  cwd?: string;
  env?: Record<string, string>;
  input?: string;
  /** In front of the command line, e.g. a shell that sets a limit first. */
  through?: readonly string[];
  /** Another copy of the program than the one that is built here. */
  program?: string;
};

/** Starts `gangway …` as a person would, from the built program. Nothing of this process' environment gets in that configures it. */
export function startGangway(args: readonly string[], options: GangwayOptions = {}): Started {
  const [command = process.execPath, ...rest] = [
    ...(options.through ?? []),
    process.execPath,
    options.program ?? ours,
    ...args,
  ];
  const child = spawn(command, rest, {
    cwd: options.cwd ?? tmpdir(),
    env: { PATH: process.env.PATH ?? '', NO_COLOR: '1', ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', chunk => {
    out += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', chunk => {
    err += chunk;
  });
  child.stdin.on('error', () => {});
  child.stdin.end(options.input ?? '');
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, out, err }));
  });
  const says = (words: string | RegExp) =>
    new Promise<string>((resolve, reject) => {
      const look = () => {
        if (typeof words === 'string' ? out.includes(words) : words.test(out)) resolve(out);
      };
      child.stdout.on('data', look);
      child.on('close', () => reject(new Error(`ended without saying ${words}:\n${out}\n${err}`)));
      look();
    });
  return { process: child, out: () => out, says, ended };
}

/** Runs `gangway …` to its end. */
export const gangway = (args: readonly string[], options?: GangwayOptions): Promise<Ended> =>
  startGangway(args, options).ended;

export type Premises = ReturnType<typeof openPremises>;

/** A running `gangway serve` and the ways to talk to it. */
export type Server = {
  started: Started;
  port: number;
  house: string;
  /** A path of the house, or a whole address. */
  http: (at: string, init?: Init) => Promise<Answer>;
  operate: <T>(name: string, input?: unknown) => Promise<T>;
  /** As a power cut would: no farewell. */
  kill: () => Promise<Ended>;
  stop: () => Promise<Ended>;
};

/**
 * A folder as an operator has it: configuration, key file, data. `config` changes the example fleet; `data` is where the
 * data folder is, if not inside. Remove it in the end; that ends what still runs.
 */
export function openPremises(
  options: { config?: (config: typeof jada) => unknown; data?: string; keys?: Record<string, string> } = {},
) {
  const folder = mkdtempSync(join(tmpdir(), 'gangway-premises-'));
  const data = options.data ?? join(folder, 'data');
  const keys = newKeys([
    { id: 'boatsetter', variable: 'BOATSETTER_WEBHOOK_SECRET' },
    { id: 'manual', variable: 'MANUAL_WEBHOOK_SECRET' },
  ]);
  const environment: Record<string, string> = { ...keys.environment, ...options.keys };
  const written = options.config ? options.config(structuredClone(jada)) : jada;
  const config = join(folder, 'gangway.config.ts');
  writeFileSync(config, `export default ${JSON.stringify(written, null, 2)};\n`);
  writeFileSync(
    join(folder, 'gangway.env'),
    Object.entries(environment)
      .map(([name, value]) => `${name}='${value}'\n`)
      .join(''),
    { mode: 0o600 },
  );
  mkdirSync(data, { recursive: true });
  const alive = new Set<Started>();
  const on = ['--config', config, '--data', data];

  return {
    folder,
    data,
    config,
    keys,
    /** The options by which a command finds this installation. */
    on,
    /** Runs a command on this installation, but for what the arguments say otherwise. */
    gangway: (args: readonly string[], given: GangwayOptions = {}) => {
      const further = [
        ['--config', config],
        ['--data', data],
      ].filter(([option = '']) => !args.includes(option));
      return gangway([...args, ...further.flat()], { cwd: folder, ...given });
    },

    /** Starts the server on a free port; resolves when it takes requests and has gone over what a crash left. */
    async serve(given: GangwayOptions = {}): Promise<Server> {
      const started = startGangway(['serve', ...on, '--port', '0'], { cwd: folder, ...given });
      alive.add(started);
      void started.ended.finally(() => alive.delete(started));
      await started.says('Gangway serves');
      const { url, token } = JSON.parse(readFileSync(join(data, 'server.json'), 'utf8')) as {
        url: string;
        token: string;
      };
      const port = Number(new URL(url).port);
      const http = (at: string, init?: Init) => call(port, new URL(at, url).href, init);
      const end = (signal: NodeJS.Signals) => {
        started.process.kill(signal);
        return started.ended;
      };
      return {
        started,
        port,
        house: url,
        http,
        async operate<T>(name: string, input: unknown = {}) {
          const answer = await http(`/api/operations/${encodeURIComponent(name)}`, {
            method: 'POST',
            headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
            body: JSON.stringify(input),
          });
          if (answer.status !== 200) throw new Error(`${name}: ${answer.status} ${answer.body}`);
          return answer.json<T>();
        },
        kill: () => end('SIGKILL'),
        stop: () => end('SIGTERM'),
      };
    },

    /** What a marketplace sends for a body: the same id is the same message. */
    signed(id: string, body: unknown, source = 'boatsetter'): Init & { body: string } {
      const text = JSON.stringify(body);
      const at = new Date();
      const secret = environment[`${source.toUpperCase()}_WEBHOOK_SECRET`] ?? '';
      return {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'webhook-id': id,
          'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
          'webhook-signature': new Webhook(secret).sign(id, at, text),
        },
        body: text,
      };
    },

    /** Every letter in the outbox. */
    letters(): Promise<Email[]> {
      return Promise.all(outboxFiles(join(data, 'outbox')).map(file => PostalMime.parse(readFileSync(file))));
    },

    async close() {
      for (const { process } of alive) process.kill('SIGKILL');
      await Promise.all([...alive].map(({ ended }) => ended));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
