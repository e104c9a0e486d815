import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Command } from 'commander';
import { Webhook } from 'standardwebhooks';
import { pinoLog } from '#platform/log.pino.ts';
import { silentLog } from '#platform/log.ts';
import { checkConfig } from '../config/config.ts';
import { endsOnSignal, type Running, start } from '../embedded/running.ts';
import { freshScratch } from '../embedded/scratch-folder.ts';
import { newKeys } from '../new-keys.ts';
import { demoFolder } from '../reach.ts';
import { portNumber } from './port-number.ts';

type DemoOptions = { exit?: boolean; json?: boolean; port?: number; data?: string; verbose?: boolean };

const examples = fileURLToPath(new URL('../examples/', import.meta.url));

export function demoCommand(program: Command): void {
  program
    .command('demo')
    .description(
      'the whole way on one machine: the example fleet, a signed webhook, every effect as it lands',
    )
    .option('--exit', 'end with 0 once all is settled, instead of staying up')
    .option('--json', 'print one JSON object and nothing else')
    .option('--port <n>', 'TCP port (default 8787; a free one with --exit)', portNumber)
    .option('--data <folder>', 'scratch folder, emptied first if a demo made it (default ./data/demo)')
    .option('--verbose', 'log to standard error')
    .action(run);
}

async function run(options: DemoOptions): Promise<void> {
  const say = (line = '') => {
    if (!options.json) console.log(line);
  };
  const folder = options.data ? resolve(options.data) : demoFolder();
  const file = `${examples}jada/gangway.config.ts`;
  const { default: written } = (await import(pathToFileURL(file).href)) as { default: unknown };
  const keys = newKeys([
    { id: 'boatsetter', variable: 'BOATSETTER_WEBHOOK_SECRET' },
    { id: 'manual', variable: 'MANUAL_WEBHOOK_SECRET' },
  ]);
  const own = process.env.BOATSETTER_WEBHOOK_SECRET;
  // Whoever wants to send messages of their own has to know what to sign them with.
  const environment = { ...keys.environment, ...(own && { BOATSETTER_WEBHOOK_SECRET: own }) };
  const config = checkConfig(written, file, environment);

  freshScratch(folder, folder === demoFolder());
  const starting = start({
    config,
    folder,
    port: options.port ?? (options.exit ? 0 : 8787),
    log: options.verbose ? pinoLog() : silentLog,
    openMailbox: true,
  });
  const ending = endsOnSignal(starting, {
    say: line => (options.json ? process.stderr.write(`${line}\n`) : say(line)),
    after: 'The next demo starts afresh.',
  });
  say('Starting Gangway with the example fleet …');
  const running = await starting;
  try {
    const report = await ending.unless(show(running));
    if (!report) return;
    if (options.json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
    else say(`\n${links(report)}`);
    if (options.exit) return;
    say(next(report.booking.id));
    await ending.done;
  } finally {
    await running.stop();
  }

  async function show({ app, url }: Running) {
    say(`Serving at ${url}. A booking comes in from Boatsetter, as a signed webhook:`);
    say();
    await deliver({ app, url }, environment.BOATSETTER_WEBHOOK_SECRET ?? '');
    const { demoProgress } = await import('../demo-progress.ts');
    return app.report(await demoProgress(app, { quiet: options.json ?? false, stopping: ending.stopping }));
  }
}

/** Sends the booking of the brief to our own server, over HTTP, signed as a marketplace would. */
async function deliver({ url, app }: Pick<Running, 'url' | 'app'>, secret: string): Promise<void> {
  const body = exampleBooking();
  const id = `msg_demo_${app.clock.now()}`;
  const sentAt = new Date(app.clock.now());
  const response = await fetch(`${url}/webhooks/boatsetter`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1000)),
      'webhook-signature': new Webhook(secret).sign(id, sentAt, body),
    },
    body,
  });
  if (!response.ok)
    throw new Error(`the demo's own webhook was answered with ${response.status}: ${await response.text()}`);
}

/** The example's trip, on the next 30 May that is at least three weeks off, so that the demo never ages. */
function exampleBooking(): string {
  const text = readFileSync(`${examples}webhooks/boatsetter-created.json`, 'utf8');
  const soon = new Date(Date.now() + 21 * 86_400_000).toISOString();
  const thisYear = soon.slice(0, 4);
  const year = soon.slice(0, 10) <= `${thisYear}-05-30` ? thisYear : String(Number(thisYear) + 1);
  return text.replaceAll('2027-05-30', `${year}-05-30`);
}

const links = ({ urls }: { urls: Record<string, string> }) =>
  Object.entries(urls)
    .map(([what, url]) => `  ${what.padEnd(16)} ${url}`)
    .join('\n');

const next = (booking: string) => `
Open the links. Then move the trip by an hour, in another terminal, and watch every surface follow:
  npx gangway booking move ${booking} --start 15:30
  npx gangway beliefs ${booking}
Ctrl-C ends the demo.`;
