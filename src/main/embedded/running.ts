import { randomBytes } from 'node:crypto';
import type { Log } from '#platform/log.ts';
import type { Config } from '../config/config.ts';
import { takeDataFolder } from './data-folder.ts';
import { type App, composeEmbedded } from './embedded.ts';
import { type HttpServer, listen } from './http-server.ts';

export type Running = {
  app: App;
  /** Where the house answers on this machine: `http://localhost:8787`. */
  url: string;
  /** Takes nothing new, finishes or parks what runs, closes the files, frees the folder. Safe to call twice. */
  stop: () => Promise<void>;
};

/** Starts the embedded edition: takes the data folder, opens the port, wires everything, resumes what a crash interrupted. */
export async function start(options: {
  config: Config;
  folder: string;
  port: number;
  log: Log;
  openMailbox?: boolean;
}): Promise<Running> {
  const { config, log } = options;
  const data = takeDataFolder(options.folder);
  let server: HttpServer | undefined;
  let app: App | undefined;
  try {
    let ready: (app: App) => void = () => {};
    // The port is opened first, because links carry it; a request that comes in meanwhile waits for the wiring.
    const wired = new Promise<App>(resolve => {
      ready = resolve;
    });
    server = await listen({
      fetch: async (request, env) => (app ?? (await wired)).fetch(request, env),
      port: options.port,
      address: config.shape.server.listen,
    });
    const { port } = server;
    const url = `http://localhost:${port}`;
    const token = randomBytes(32).toString('base64url');
    app = await composeEmbedded({
      config,
      data,
      log,
      port,
      operatorToken: token,
      openMailbox: options.openMailbox ?? false,
    });
    ready(app);
    data.announce({ pid: process.pid, url, token });
    await app.resume();
    await app.tick();
    app.keepTicking();
    await app.openMailDoors();
    log.info('serving', { port });
  } catch (error) {
    await server?.stop(0);
    await app?.close();
    data.release();
    throw error;
  }
  const [http, wired] = [server, app];
  let stopping: Promise<void> | undefined;
  const stop = async () => {
    await http.stop(5_000);
    await wired.close();
    data.release();
    log.info('stopped');
  };
  return {
    app: wired,
    url: `http://localhost:${http.port}`,
    stop: () => {
      stopping ??= stop();
      return stopping;
    },
  };
}

/** How something that was started comes to its end by Ctrl-C or a polite kill. */
export type Ending = {
  /** Resolves when everything is stopped. */
  done: Promise<void>;
  /** Aborted as soon as the end is asked for. */
  stopping: AbortSignal;
  /** Resolves with the work, or with nothing once all is stopped: what breaks in it because of that is nobody's business. */
  unless: <T>(work: Promise<T>) => Promise<T | undefined>;
};

/**
 * From now on Ctrl-C or a polite kill stops gracefully what is starting or runs. A second one a while later ends at once.
 * `after` tells what becomes of what was under way.
 */
export function endsOnSignal(
  starting: Promise<Running>,
  { say, after }: { say: (line: string) => void; after: string },
): Ending {
  const asked = new AbortController();
  let since = 0;
  const done = new Promise<void>(resolve => {
    const onSignal = () => {
      const now = Date.now();
      if (since === 0) {
        since = now;
        asked.abort();
        // On a line of its own, after the ^C of the terminal.
        const line = process.stderr.isTTY ? '\n' : '';
        say(`${line}Stopping: finishing what is under way. ${after}`);
        starting.then(running => running.stop()).then(resolve, () => resolve());
      } else if (now - since > 1_000) {
        process.exit(1);
      }
    };
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
  });
  return {
    done,
    stopping: asked.signal,
    unless: work =>
      Promise.race([
        done.then(() => undefined),
        work.catch((error: unknown) => {
          if (!asked.signal.aborted) throw error;
          return done.then(() => undefined);
        }),
      ]),
  };
}
