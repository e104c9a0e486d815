import { resolve } from 'node:path';
import type { Command } from 'commander';
import { pinoLog } from '#platform/log.pino.ts';
import { loadConfig } from '../config.ts';
import type { Held } from '../held-letters.ts';
import { start, untilStopped } from '../running.ts';

export function serveCommand(program: Command): void {
  program
    .command('serve')
    .description('run the embedded edition: one process, nothing else needed')
    .option('--config <file>', 'configuration', 'gangway.config.ts')
    .option('--data <folder>', 'data folder (default: $GANGWAY_DATA, else ./data)')
    .option('--port <n>', 'TCP port, over the one of the configuration')
    .action(async (options: { config: string; data?: string; port?: string }) => {
      const config = await loadConfig(options.config);
      const folder = resolve(options.data ?? process.env.GANGWAY_DATA ?? 'data');
      const port = options.port === undefined ? config.shape.server.port : Number(options.port);
      const running = await start({ config, folder, port, log: pinoLog() });
      console.log(`Gangway serves ${config.shape.house.name} at ${running.app.houseUrl}`);
      const signIn = await running.app.ownerSignIn();
      if (signIn) console.log(`Desk sign-in for ${signIn.name} (works for a day): ${signIn.url}`);
      const { count } = (await running.app.operate('post held', { limit: 0 })) as Held;
      if (count > 0) console.log(`${count} letters are held since a restore. Look: gangway post held`);
      await untilStopped(running, line => console.log(line));
    });
}
