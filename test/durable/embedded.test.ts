import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Runs an execution in a process of its own and reports what was loaded and written. */
const script = `
import { registerHooks } from 'node:module';
const loaded = [];
registerHooks({ load(url, context, next) { loaded.push(url); return next(url, context); } });
const { openEngine } = await import('#durable/engine.ts');
const { openSqlite } = await import('#platform/sqlite.ts');
const { systemClock } = await import('#lib/clock.ts');
const { systemRandom } = await import('#lib/random.ts');
const { silentLog } = await import('#platform/log.ts');
const engine = openEngine({
  db: openSqlite(':memory:'), clock: systemClock, random: systemRandom, log: silentLog,
  workflows: { 'a@1': async (_, run) => {
    run.logger.info('in the workflow');
    return run.step('step', async ({ logger }) => { logger.warn('in the step'); return 1; });
  } },
});
await engine.start('a@1', 'a', {});
await engine.idle();
const { status } = await engine.describe('a@1', 'a');
const aws = loaded.filter(url => /node_modules\\/(@aws-sdk|@smithy)\\//.test(url));
process.stderr.write(JSON.stringify({ status, aws, sdk: loaded.some(url => url.includes('durable-execution-sdk')) }));
`;

it('the embedded engine loads no AWS SDK and writes nothing to stdout', () => {
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(stdout).toBe('');
  expect(JSON.parse(stderr)).toEqual({ status: 'SUCCEEDED', aws: [], sdk: true });
});
