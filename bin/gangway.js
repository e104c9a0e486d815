#!/usr/bin/env node
// Starts Gangway on Node 24: with the Node that runs this, or with the one that came along as an optional dependency.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const needed = 24;

if (Number(process.versions.node.split('.')[0]) < needed) runOn(bundledNode());
else await run();

async function run() {
  // In a checkout the sources are the truth: build when one is newer than the bundle.
  if (existsSync(join(root, 'src')) && isStale()) {
    const { build } = await import('../scripts/build.js');
    await build();
  }
  nodeModule.enableCompileCache?.();
  await import('../dist/cli.js');
}

function isStale() {
  const built = join(root, 'dist', 'cli.js');
  if (!existsSync(built)) return true;
  if (!existsSync(join(root, 'node_modules', 'esbuild'))) return false;
  const since = statSync(built).mtimeMs;
  const isNewer = folder =>
    readdirSync(folder, { withFileTypes: true }).some(entry => {
      const path = `${folder}/${entry.name}`;
      return entry.isDirectory() ? isNewer(path) : statSync(path).mtimeMs > since;
    });
  return isNewer(join(root, 'src'));
}

function bundledNode() {
  const require = nodeModule.createRequire(import.meta.url);
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  try {
    const folder = join(require.resolve(`${name}/package.json`), '..', 'bin');
    return join(folder, process.platform === 'win32' ? 'node.exe' : 'node');
  } catch {
    console.error(
      `Gangway needs Node ${needed} or newer and this is Node ${process.versions.node}. Install Node ${needed} from https://nodejs.org, then run the same command again.`,
    );
    process.exit(1);
  }
}

function runOn(node) {
  const child = spawn(node, process.argv.slice(1), { stdio: 'inherit' });
  // The terminal sends Ctrl-C to both; the child decides how to end, we only wait for it.
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
}
