// Plays the afternoon of docs/operating/a-charter-day.md through and takes its pictures: node scripts/charter-day.js
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const run = spawnSync(
  process.execPath,
  [`${root}node_modules/vitest/vitest.mjs`, 'run', 'test/stories/a-charter-day.test.ts'],
  { cwd: root, stdio: 'inherit', env: { ...process.env, PICTURES: 'docs/images' } },
);
process.exitCode = run.status ?? 1;
