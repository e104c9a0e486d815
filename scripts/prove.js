// Bundles the proofs beside the other caches and runs them: `npm run prove -- --help`.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
if (!existsSync(`${root}node_modules/esbuild`)) {
  console.error('The proofs are built from the sources: run npm ci first.');
  process.exit(1);
}
const esbuild = await import('esbuild');
const outfile = `${root}node_modules/.cache/gangway/prove.js`;
await esbuild.build({
  absWorkingDir: root,
  entryPoints: ['test/prove/main.ts'],
  outfile,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  jsx: 'automatic',
  jsxImportSource: 'hono/jsx',
  external: ['@aws-sdk/*', 'esbuild', 'fast-check'],
  alias: { 'gangway/config': `${root}src/main/define-config.ts` },
  define: { 'import.meta.dirname': JSON.stringify(`${root}test/prove`) },
  sourcemap: 'inline',
  logLevel: 'warning',
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
});
const run = spawnSync(
  process.execPath,
  ['--enable-source-maps', '--max-semi-space-size=64', outfile, ...process.argv.slice(2)],
  {
    cwd: root,
    stdio: 'inherit',
  },
);
process.exit(run.status ?? 1);
