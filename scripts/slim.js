// Takes away what `npm ci` brought only to build, for another Node than this one, or for people to read. After a production
// install, with the Node that will run Gangway: `node scripts/slim.js`. Not through npm, which would put the other Node first.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isForReading } from './for-reading.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const modules = `${root}node_modules/`;

if (!existsSync(`${root}dist/cli.js`)) {
  console.error('There is no dist/ yet, and what builds it would be taken away: run npm ci first.');
  process.exit(1);
}
const isCurrent = Number(process.versions.node.split('.')[0]) >= 24;
const runtimes = isCurrent ? readdirSync(modules).filter(name => /^node-(linux|win|darwin)-/.test(name)) : [];
const builders = ['esbuild', '@esbuild'];
for (const name of [...runtimes, ...builders]) rmSync(modules + name, { recursive: true, force: true });
for (const entry of readdirSync(modules, { recursive: true, withFileTypes: true }))
  if (entry.isFile() && isForReading(entry.name)) rmSync(join(entry.parentPath, entry.name));
console.log(
  isCurrent
    ? 'Taken away: the Node that came along, what built dist/, and what only editors read.'
    : 'Taken away: what built dist/, and what only editors read. The Node that came along stays, because this one is too old.',
);
