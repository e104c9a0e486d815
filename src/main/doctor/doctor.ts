import { existsSync, statfsSync } from 'node:fs';
import { createServer } from 'node:net';
import { basename, resolve } from 'node:path';
import { systemRandom } from '#lib/random.ts';
import { Refusal } from '#lib/refusal.ts';
import { canDevelop } from '#photos/darkroom.process.ts';
import { type Outside, outside } from '#platform/outside.ts';
import { problemsIn } from '#platform/sqlite-snapshot.ts';
import { type Config, loadConfig } from '../config/config.ts';
import { runningServer, takeDataFolder } from '../embedded/data-folder.ts';
import { databases } from '../embedded/files.ts';
import { mailboxFindings } from '../embedded/mailboxes.ts';
import { makeFolder } from '../embedded/make-folder.ts';
import { addresses } from '../rooms/addresses.ts';
import { calendarServerFindings } from '../rooms/calendar-servers.ts';
import type { Finding } from './finding.ts';
import { headersThrough } from './headers-through.ts';
import { sourceFindings } from './sources.ts';

/** Looks at everything Gangway depends on here: changes nothing, sends no letter. */
export async function findings(options: {
  config: string;
  data: string;
  url?: string;
  outside?: Outside;
}): Promise<Finding[]> {
  const found: Finding[] = [node(), photos()];
  const config = await loadConfig(options.config).catch((error: unknown) => {
    found.push(...configFindings(error));
    return null;
  });
  if (config) found.push({ what: 'configuration', state: 'ok', detail: `${config.path}, secrets included` });
  found.push(...dataFolder(resolve(options.data)));
  if (config) {
    found.push(...berths(config));
    found.push(await port(config, resolve(options.data)), await mail(config));
    const { shape } = config;
    const { house } = addresses(shape, shape.server.port);
    const reach = options.outside ?? outside();
    found.push(...(await sourceFindings(config, house, reach)));
    found.push(...(await calendarServerFindings(config, reach, systemRandom)));
    found.push(...(await mailboxFindings(config)));
    const url = options.url ?? config.shape.server.url;
    if (url) found.push(await headers(url));
  }
  return found;
}

function node(): Finding {
  const major = Number(process.versions.node.split('.')[0]);
  return major >= 24
    ? { what: 'Node', state: 'ok', detail: process.versions.node }
    : { what: 'Node', state: 'failing', detail: process.versions.node, cure: 'Install Node 24 or newer.' };
}

function photos(): Finding {
  return canDevelop()
    ? { what: 'photos', state: 'ok', detail: 'pictures can be opened' }
    : {
        what: 'photos',
        state: 'warning',
        detail: 'sharp is not installed: guests and crew cannot add photos',
        cure: 'Install with optional dependencies (npm ci without --omit=optional), then start again.',
      };
}

function configFindings(error: unknown): Finding[] {
  if (!(error instanceof Refusal)) {
    return [
      {
        what: 'configuration',
        state: 'failing',
        detail: error instanceof Error ? error.message : String(error),
        cure: 'Correct the file.',
      },
    ];
  }
  const problems = error.data.problems as { path: string; message: string; cure: string }[] | undefined;
  return problems
    ? problems.map(({ path, message, cure }) => ({
        what: `configuration, ${path}`,
        state: 'failing',
        detail: message,
        cure,
      }))
    : [{ what: 'configuration', state: 'failing', detail: error.message, cure: error.cure }];
}

function dataFolder(path: string): Finding[] {
  const running = runningServer(path);
  if (running)
    return [
      { what: 'data folder', state: 'ok', detail: `${path}, held by the server at ${running.url}` },
      space(path),
    ];
  try {
    makeFolder(path);
    const held = takeDataFolder(path);
    const whole = databases.map(name => database(held.file(name)));
    held.release();
    return [
      { what: 'data folder', state: 'ok', detail: `${path} can be written` },
      ...whole.flat(),
      space(path),
    ];
  } catch (error) {
    const refusal =
      error instanceof Refusal
        ? error
        : new Refusal('data-unwritable', String(error), 'Choose another folder with --data.');
    return [{ what: 'data folder', state: 'failing', detail: refusal.message, cure: refusal.cure }];
  }
}

/** A database from end to end, as nobody uses it just now. One that is not there yet is nothing to look at. */
function database(file: string): Finding[] {
  if (!existsSync(file)) return [];
  const [problem] = problemsIn(file);
  return problem === undefined
    ? [{ what: basename(file), state: 'ok', detail: 'whole, as far as SQLite can tell' }]
    : [
        {
          what: basename(file),
          state: 'failing',
          detail: `damaged: ${problem}`,
          cure: 'Put the data folder away and restore a backup.',
        },
      ];
}

/** A berth as `gangway init` writes it would send guests into the sea off Africa. */
function berths({ fleet }: Config): Finding[] {
  return fleet.vessels
    .filter(({ berth }) => berth.latitude === 0 && berth.longitude === 0)
    .map(({ id, berth }) => ({
      what: `berth of ${id}`,
      state: 'warning',
      detail: `“${berth.name}” at latitude 0, longitude 0: guests and crew would be sent there`,
      cure: 'Fill in where she lies: name, address, latitude, longitude and directions of the vessel’s berth.',
    }));
}

function space(path: string): Finding {
  const { bavail, bsize } = statfsSync(path);
  const free = bavail * bsize;
  const detail = `${Math.round(free / 1e6)} MB free`;
  if (free > 1e9) return { what: 'disk', state: 'ok', detail };
  return {
    what: 'disk',
    state: free > 1e8 ? 'warning' : 'failing',
    detail,
    cure: 'Make room: a full disk refuses bookings.',
  };
}

async function port(config: Config, folder: string): Promise<Finding> {
  const wanted = config.shape.server.port;
  const running = runningServer(folder);
  if (running) return { what: 'port', state: 'ok', detail: `in use by our own server, ${running.url}` };
  const free = await new Promise<boolean>(answer => {
    const probe = createServer();
    probe.once('error', () => answer(false));
    probe.listen(wanted, config.shape.server.listen, () => probe.close(() => answer(true)));
  });
  return free
    ? { what: 'port', state: 'ok', detail: `${wanted} is free` }
    : {
        what: 'port',
        state: 'failing',
        detail: `${wanted} is taken by another program`,
        cure: 'Set server.port to another, or stop that program.',
      };
}

async function mail(config: Config): Promise<Finding> {
  const settings = config.shape.mail;
  if (settings.kind === 'outbox') {
    return {
      what: 'mail',
      state: 'warning',
      detail: 'letters go to the outbox folder, not to people',
      cure: 'Set mail to your SMTP server when you go live.',
    };
  }
  const { createTransport } = await import('nodemailer');
  const transport = createTransport({
    host: settings.host,
    port: settings.port,
    secure: settings.tls === 'implicit',
    requireTLS: settings.tls === 'required',
    ignoreTLS: settings.tls === 'none',
    connectionTimeout: 5_000,
    greetingTimeout: 5_000,
    ...(settings.user ? { auth: { user: settings.user, pass: config.secret('smtp password') ?? '' } } : {}),
  });
  try {
    await transport.verify();
    return { what: 'mail', state: 'ok', detail: `${settings.host}:${settings.port} takes our letters` };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      what: 'mail',
      state: 'failing',
      detail: `${settings.host}:${settings.port}: ${reason}`,
      cure: 'Check host, port, tls, user and password under mail.',
    };
  } finally {
    transport.close();
  }
}

/** Calls our own address as a script would and compares what was sent with what arrived. */
async function headers(url: string): Promise<Finding> {
  const what = `headers through ${url}`;
  const found = await headersThrough(url);
  switch (found.kind) {
    case 'unreachable':
      return {
        what,
        state: 'failing',
        detail: found.why,
        cure: 'Check the address and that the server runs.',
      };
    case 'refused':
      return {
        what,
        state: 'failing',
        detail: `answered ${found.status}`,
        cure: 'Is this the address of the house, and does it reach Gangway?',
      };
    case 'asked':
      return found.lost.length === 0
        ? { what, state: 'ok', detail: 'all arrive' }
        : {
            what,
            state: 'failing',
            detail: `stripped on the way: ${found.lost.join(', ')}`,
            cure: 'Have the CDN or proxy forward them, or give scripts the origin address directly.',
          };
  }
}
