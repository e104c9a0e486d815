import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { Refusal } from '#lib/refusal.ts';
import { silentLog } from '#platform/log.ts';
import { loadConfig } from './config/config.ts';
import { runningServer, takeDataFolder } from './embedded/data-folder.ts';
import { operate } from './operations/operations.ts';
import { type Output, output } from './output.ts';

export type Reach = { call: <T>(operation: string, input?: unknown) => Promise<T>; out: Output };

/** The options by which every command that works on data finds its installation. */
export const onData = (command: Command): Command =>
  command
    .option('--data <folder>', 'data folder (default: $GANGWAY_DATA, else the running demo, else ./data)')
    .option('--config <file>', 'configuration, if no server is running', 'gangway.config.ts')
    .option('--json', 'answer with one JSON value');

export type DataOptions = { data?: string; config: string; json?: boolean };

/**
 * Reaches the installation and does some work: through the running server if there is one, else by opening the data folder
 * itself, letting everything settle, and closing it again.
 */
export async function reach(options: DataOptions, work: (reach: Reach) => Promise<void>): Promise<void> {
  const out = output(options.json ?? false);
  const folder = dataFolderMeant(options.data);
  const server = runningServer(folder);
  if (server) return work({ out, call: (name, input) => callServer(server, name, input) });

  const config = await loadConfig(options.config);
  const { composeEmbedded } = await import('./embedded/embedded.ts');
  const data = takeDataFolder(folder);
  try {
    const app = await composeEmbedded({ config, data, log: silentLog });
    try {
      await work({
        out,
        call: async <T>(name: string, input: unknown = {}) =>
          (await operate(app.operations, name, input, 'command line')) as T,
      });
      await app.settle();
    } finally {
      await app.close();
    }
  } finally {
    data.release();
  }
}

export const demoFolder = () => resolve('data', 'demo');

export function dataFolderMeant(given: string | undefined): string {
  const named = given ?? process.env.GANGWAY_DATA;
  if (named) return resolve(named);
  const usual = resolve('data');
  if (!runningServer(usual) && runningServer(demoFolder())) return demoFolder();
  return usual;
}

async function callServer<T>(
  server: { url: string; token: string },
  name: string,
  input: unknown = {},
): Promise<T> {
  const response = await fetch(`${server.url}/api/operations/${encodeURIComponent(name)}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(input),
  });
  const body = (await response.json()) as { code?: string; detail?: string; cure?: string };
  if (response.ok) return body as T;
  throw new Refusal(
    body.code ?? 'failed',
    body.detail ?? `The server answered ${response.status}.`,
    body.cure ?? '',
  );
}

export const configIsThere = (file: string) => existsSync(resolve(file));
