// Takes away what `npm ci` brought only to build, or for another Node than this one. After a production
// install, with the Node that will run Gangway: `node scripts/slim.js`. Not through npm, which would put the other Node first.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

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
console.log(
  isCurrent
    ? 'Taken away: the Node that came along, and what built dist/.'
    : 'Taken away: what built dist/. The Node that came along stays, because this one is too old.',
);
