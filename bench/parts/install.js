import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isForReading } from '../../scripts/for-reading.js';
import { mb } from '../figures.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What a production install of this tree takes on this machine, after `npm ci --omit=dev && node scripts/slim.js`. */
export function install({ row, saw }) {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const needed = Object.entries(packages)
    .filter(([path, { dev, devOptional }]) => path !== '' && !dev && !devOptional && !takenAway.test(path))
    .map(([path]) => join(root, path))
    .filter(existsSync);
  const own = ['bin', 'dist', 'src', 'docs', 'examples', 'scripts'].map(name => join(root, name));
  const size = sum([...needed, ...own].map(bytesIn));
  const aws = sum(needed.filter(path => /\/(@aws-sdk|@smithy)\//.test(path)).map(bytesIn));
  saw('install', { size: size - aws });
  row(
    'a production install',
    mb(size),
    `${needed.length} packages; ${mb(aws)} of it clients of AWS that come along; goal 80 MB without them`,
  );
}

const sum = sizes => sizes.reduce((all, bytes) => all + bytes, 0) / 2 ** 20;

/** What `scripts/slim.js` takes away: what built dist/, and a Node that came along for those who have an older one. */
const takenAway = /^node_modules\/(@esbuild\/.*|esbuild|node-(linux|win|darwin)-.*)$/;

/** Bytes that the files of a folder take on disk, but those that `scripts/slim.js` takes away and those of packages below it. */
function bytesIn(folder) {
  return readdirSync(folder, { withFileTypes: true }).reduce((bytes, entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' ? bytes : bytes + bytesIn(path);
    const counts = entry.isFile() && !isForReading(entry.name);
    return counts ? bytes + Math.ceil(statSync(path).size / 4096) * 4096 : bytes;
  }, 0);
}
