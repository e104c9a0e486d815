// Bundles the program into dist/: one entry per process, shared chunks, Node's own modules and the AWS SDK left outside.
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { onlyEnglish } from './only-english.js';

const root = fileURLToPath(new URL('..', import.meta.url));

export async function build() {
  const esbuild = await import('esbuild');
  rmSync(`${root}dist`, { recursive: true, force: true });
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: {
      cli: 'src/main/cli.ts',
      config: 'src/main/config/define-config.ts',
      embedded: 'src/main/embedded/entry.ts',
      'photo-worker': 'src/photos/develop-worker.process.ts',
      'photo-guard': 'src/photos/memory-guard.thread.ts',
      'feed-worker': 'src/intake/feeds-in/feed-worker.thread.ts',
      'mail-worker': 'src/intake/mail/mail-worker.thread.ts',
    },
    outdir: 'dist',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    external: ['sharp', 'libheif-js', '@aws-sdk/*'],
    minifySyntax: true,
    minifyWhitespace: true,
    logLevel: 'warning',
    plugins: [onlyEnglish],
    // Packages written for CommonJS ask for `require` at run time.
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build();
