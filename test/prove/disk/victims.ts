import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '#lib/digest.ts';

/** A deliberate bug: in a source file, these words instead of those. */
export type Mutation = { readonly file: string; readonly from: string; readonly to: string };

// Proofs and tests are both started at the root of the repository.
const root = process.cwd();

/** Builds `victim.ts`, or another program of the proofs, with all of Gangway in one file; returns how to start it with Node. */
export async function buildVictim(
  entry: 'disk/victim' | 'disk/holder' | 'fence/leaky' | 'sim/faulty' = 'disk/victim',
  mutations: readonly Mutation[] = [],
): Promise<readonly string[]> {
  const { build } = await import('esbuild');
  const cache = join(root, 'node_modules', '.cache', 'gangway');
  mkdirSync(cache, { recursive: true });
  const outfile = join(
    cache,
    `${entry.replace('/', '-')}-${process.pid}-${sha256(JSON.stringify(mutations)).slice(0, 8)}.js`,
  );
  const unmet = new Set(mutations);
  await build({
    absWorkingDir: root,
    entryPoints: [`test/prove/${entry}.ts`],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    external: ['@aws-sdk/*'],
    minify: true,
    keepNames: true,
    logLevel: 'warning',
    alias: { 'gangway/config': join(root, 'src/main/config/define-config.ts') },
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
    plugins: [
      {
        name: 'victim',
        setup(build) {
          build.onLoad({ filter: /zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
            contents: "export { default as en } from './en.js';",
            loader: 'js',
          }));
          build.onLoad({ filter: /[\\/]src[\\/].*\.tsx?$/ }, async ({ path }) => {
            const here = mutations.filter(({ file }) => path.endsWith(file));
            if (here.length === 0) return null;
            const { readFile } = await import('node:fs/promises');
            let contents = await readFile(path, 'utf8');
            for (const mutation of here) {
              if (!contents.includes(mutation.from))
                throw new Error(`${mutation.file} has no ${mutation.from}`);
              contents = contents.replaceAll(mutation.from, mutation.to);
              unmet.delete(mutation);
            }
            return { contents, loader: path.endsWith('x') ? 'tsx' : 'ts' };
          });
        },
      },
    ],
  });
  if (unmet.size > 0) throw new Error(`no such file: ${[...unmet].map(({ file }) => file).join(', ')}`);
  return [process.execPath, '--max-semi-space-size=64', '--min-semi-space-size=64', outfile];
}
