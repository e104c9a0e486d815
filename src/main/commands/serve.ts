import { resolve } from 'node:path';
import type { Command } from 'commander';
import { pinoLog } from '#platform/log.pino.ts';
import { loadConfig } from '../config.ts';
import type { App } from '../embedded.ts';
import type { Held } from '../held-letters.ts';
import { endsOnSignal, start } from '../running.ts';
import { portNumber } from './port-number.ts';

export function serveCommand(program: Command): void {
  program
    .command('serve')
    .description('run the embedded edition: one process, nothing else needed')
    .option('--config <file>', 'configuration', 'gangway.config.ts')
    .option('--data <folder>', 'data folder (default: $GANGWAY_DATA, else ./data)')
    .option('--port <n>', 'TCP port, over the one of the configuration', portNumber)
    .action(async (options: { config: string; data?: string; port?: number }) => {
      const config = await loadConfig(options.config);
      const folder = resolve(options.data ?? process.env.GANGWAY_DATA ?? 'data');
      const starting = start({
        config,
        folder,
        port: options.port ?? config.shape.server.port,
        log: pinoLog(),
      });
      const ending = endsOnSignal(starting, line => console.log(line));
      const { app } = await starting;
      console.log(`Gangway serves ${config.shape.house.name} at ${app.houseUrl}`);
      await ending.unless(greet(app));
      await ending.done;
    });
}

/** How the owner gets to the desk: the link itself at a terminal only, since what a service says rests in its journal. */
async function deskSignIn({ owner, ownerSignIn }: App, isTerminal: boolean): Promise<string | null> {
  if (!owner) return null;
  if (!isTerminal) return `Desk sign-in for ${owner.name}: gangway key sign-in ${owner.id}`;
  const signIn = await ownerSignIn();
  return signIn && `Desk sign-in for ${owner.name} (works for a day): ${signIn.url}`;
}

async function greet(app: App): Promise<void> {
  const line = await deskSignIn(app, process.stdout.isTTY);
  if (line) console.log(line);
  const { count } = (await app.operate('post held', { limit: 0 })) as Held;
  if (count > 0) console.log(`${count} letters are held since a restore. Look: gangway post held`);
}
