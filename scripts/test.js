// Runs the test suites, names what the machine lacks, and closes with one line: N passed, N failed.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from './build.js';

const root = fileURLToPath(new URL('..', import.meta.url));
if (Number(process.versions.node.split('.')[0]) < 24) {
  console.error(
    `The tests need Node 24 or newer and this is Node ${process.versions.node}. Run them with npm test, which brings its own where it can.`,
  );
  process.exit(1);
}
const args = process.argv.slice(2);

const chromium = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  existsSync,
);
const ownChromium = existsSync(`${root}node_modules/@sparticuz/chromium`);
if (!chromium) {
  if (process.env.CI)
    fail('Chromium is missing; in CI nothing may be left out. Install the package chromium.');
  console.log(
    ownChromium
      ? 'Browser tests use the Chromium that came with npm ci.'
      : 'Left out: browser tests (no Chromium here).',
  );
}

const leftOut = [];
const isInstalled = name =>
  ['/usr/sbin', '/usr/bin', '/usr/local/bin'].some(folder => existsSync(`${folder}/${name}`));
for (const [programs, packages, story, file] of [
  [['nginx'], 'nginx-light', 'the hostile edge', 'hostile-edge'],
  [['radicale'], 'radicale', "the operator's own calendar server", 'a-calendar-server'],
  [['dovecot', 'openssl'], 'dovecot-imapd openssl', 'a mailbox behind IMAP', 'a-mailbox-behind-imap'],
  [['vdirsyncer', 'khal'], 'vdirsyncer khal', 'programs that subscribe to feeds', 'a-feed-is-subscribed'],
]) {
  const missing = programs.filter(name => !isInstalled(name)).join(' and ');
  if (missing === '') continue;
  if (process.env.CI) fail(`${missing} is missing; in CI nothing may be left out. Install: ${packages}.`);
  console.log(`Left out: the story of ${story} (no ${missing} here).`);
  leftOut.push('--exclude', `test/stories/${file}.test.ts`);
}
const { dynamodbLocal } = await import('./dynamodb-local.ts');
const dynamo = dynamodbLocal();
if (dynamo.missing) {
  if (process.env.CI) fail(`${dynamo.missing}; in CI nothing may be left out. Install a Java 17 runtime.`);
  console.log(`Left out: the AWS edition on its stand-ins (${dynamo.missing}).`);
  leftOut.push('--exclude', 'test/aws/**');
}
if (!existsSync(`${root}deploy/aws/node_modules/aws-cdk-lib`)) {
  if (process.env.CI)
    fail('The stack for AWS has no packages; in CI nothing may be left out. Run npm ci in deploy/aws.');
  console.log('Left out: the stack for AWS (its packages are its own: npm ci --prefix deploy/aws).');
  leftOut.push('--exclude', 'deploy/aws/**');
}

await build();
const vitest = `${root}node_modules/vitest/vitest.mjs`;
const fast = args.includes('--fast') ? ['--exclude', 'test/stories/**'] : [];
const run = spawnSync(
  process.execPath,
  [vitest, 'run', ...fast, ...leftOut, ...args.filter(arg => arg !== '--fast')],
  {
    cwd: root,
    stdio: 'inherit',
  },
);
process.exit(run.status ?? 1);

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
