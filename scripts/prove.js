// Bundles the proofs beside the other caches and runs them: `npm run prove -- --help`.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
if (!existsSync(`${root}node_modules/esbuild`)) {
  console.error('The proofs are built from the sources: run npm ci first.');
  process.exit(1);
}
const esbuild = await import('esbuild');
// A folder of its own: two runs at once, of two states of the sources perhaps, must not write over each other.
const cache = `${root}node_modules/.cache/gangway`;
mkdirSync(cache, { recursive: true });
const folder = mkdtempSync(`${cache}/prove-`);
// Ctrl-C ends the proofs; what they were built into is still to be taken away.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});
try {
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: {
      prove: 'test/prove/main.ts',
      // The threads in which mails and calendars are read stand beside the program that asks them.
      'feed-worker': 'src/intake/feeds-in/feed-worker.thread.ts',
      'mail-worker': 'src/intake/mail/mail-worker.thread.ts',
    },
    outdir: folder,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    external: ['@aws-sdk/*', 'esbuild', 'fast-check', 'sharp'],
    alias: { 'gangway/config': `${root}src/main/config/define-config.ts` },
    define: { 'import.meta.dirname': JSON.stringify(`${root}test/prove`) },
    // Beside it and without the sources: half of what every process has to read at its start.
    sourcemap: 'linked',
    sourcesContent: false,
    legalComments: 'none',
    logLevel: 'warning',
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
  });
  const run = spawnSync(
    process.execPath,
    [
      '--enable-source-maps',
      '--max-semi-space-size=64',
      '--min-semi-space-size=64',
      `${folder}/prove.js`,
      ...process.argv.slice(2),
    ],
    {
      cwd: root,
      stdio: 'inherit',
    },
  );
  process.exitCode = run.status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
