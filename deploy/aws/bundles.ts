import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import type { ConfigShape } from '../../src/main/config-shape.ts';
import type { LambdaFunction } from '../../src/main/lambda/function-parts.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

export const isWorkflow = ({ triggers }: LambdaFunction) => triggers.some(({ on }) => on === 'workflow');

/** Whether the function's handler is written. Nothing stands in for one that is not. */
export const isThere = ({ entry }: LambdaFunction) => existsSync(root + entry);

/** Bundles each function with the configuration beside it; returns its folder by its name. Takes a second or two, no network. */
export function bundle(
  functions: readonly LambdaFunction[],
  { shape, into }: { shape: ConfigShape; into: string },
): ReadonlyMap<string, string> {
  rmSync(into, { recursive: true, force: true });
  const found = functions.map(it => {
    const folder = `${into}/${it.name}`;
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${folder}/gangway.config.json`, JSON.stringify(shape));
    buildSync({
      absWorkingDir: root,
      entryPoints: [it.entry],
      outfile: `${folder}/index.mjs`,
      bundle: true,
      minify: true,
      format: 'esm',
      platform: 'node',
      target: 'node24',
      jsx: 'automatic',
      jsxImportSource: 'hono/jsx',
      external: ['sharp', 'heic-decode'],
      alias: { 'zod/v4/locales': 'zod/v4/locales/en.js' },
      logLevel: 'warning',
      banner: {
        js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
      },
    });
    return [it.name, folder] as const;
  });
  return new Map(found);
}
