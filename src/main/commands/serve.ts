import { resolve } from 'node:path';
import type { Command } from 'commander';
import { pinoLog } from '#platform/log.pino.ts';
import { loadConfig } from '../config/config.ts';
import { boundNewObjects } from '../embedded/new-objects.ts';
import { endsOnSignal, start } from '../embedded/running.ts';
import { greeting } from '../greeting.ts';
import { portNumber } from './port-number.ts';

export function serveCommand(program: Command): void {
  program
    .command('serve')
    .description('run the embedded edition: one process, nothing else needed')
    .option('--config <file>', 'configuration', 'gangway.config.ts')
    .option('--data <folder>', 'data folder (default: $GANGWAY_DATA, else ./data)')
    .option('--port <n>', 'TCP port, over the one of the configuration', portNumber)
    .action(async (options: { config: string; data?: string; port?: number }) => {
      boundNewObjects();
      const config = await loadConfig(options.config);
      const folder = resolve(options.data ?? process.env.GANGWAY_DATA ?? 'data');
      const starting = start({
        config,
        folder,
        port: options.port ?? config.shape.server.port,
        log: pinoLog(),
      });
      const ending = endsOnSignal(starting, {
        say: line => console.log(line),
        after: 'Nothing is lost; what is left goes on at the next start.',
      });
      const { app } = await starting;
      console.log(`Gangway serves ${config.shape.house.name} at ${app.houseUrl}`);
      await ending.unless(
        greeting(app, process.stdout.isTTY).then(lines => {
          for (const line of lines) console.log(line);
        }),
      );
      await ending.done;
    });
}
