import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const log = fileURLToPath(new URL('./log.pino.ts', import.meta.url));

/** A process that logs, then holds up its event loop until its input ends, then logs once more and ends. */
const program = `
  import { readSync } from 'node:fs';
  import { pinoLog } from ${JSON.stringify(log)};
  const log = pinoLog();
  log.info('first');
  log[process.argv[1]]('second');
  readSync(0, Buffer.alloc(1));
  log.info('last');
  process.exit();
`;

/** What it writes; its input ends when `until` is among that. */
async function written(level: 'info' | 'error', until: string | null): Promise<string[]> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', program, level]);
  let said = '';
  child.stderr.setEncoding('utf8').on('data', chunk => {
    said += chunk;
    if (until && said.includes(until)) child.stdin.end();
  });
  if (!until) child.stdin.end();
  await new Promise(resolve => child.on('close', resolve));
  return said
    .trim()
    .split('\n')
    .map(line => JSON.parse(line).what);
}

describe('the log on standard error', () => {
  it('holds back no error, nor what was said before it', async () => {
    expect(await written('error', 'second')).toEqual(['first', 'second', 'last']);
  });

  it('keeps nothing of what it holds when the process ends', async () => {
    expect(await written('info', null)).toEqual(['first', 'second', 'last']);
  });
});
