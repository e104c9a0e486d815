import { cpSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { onlyEnglish } from '../../scripts/only-english.js';
import type { ConfigShape } from '../../src/main/config-shape.ts';
import type { LambdaFunction } from '../../src/main/lambda/function-parts.ts';
import { configForFunctions } from './installation.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

export const isWorkflow = ({ triggers }: LambdaFunction) => triggers.some(({ on }) => on === 'workflow');

/** Whether the function's handler is written. Nothing stands in for one that is not. */
export const isThere = ({ entry }: LambdaFunction) => existsSync(root + entry);

/** What opens photos, as it is installed for the functions' machine. A layer would not do: modules are not looked for in one. */
const sharpModules = fileURLToPath(new URL('sharp/node_modules', import.meta.url));

/**
 * Bundles the functions, each by itself with the configuration beside it, and sharp where one asks for it; returns each
 * one's folder by its name. A second or two, no network.
 */
export async function bundle(
  functions: readonly LambdaFunction[],
  { shape, into }: { shape: ConfigShape; into: string },
): Promise<ReadonlyMap<string, string>> {
  rmSync(into, { recursive: true, force: true });
  const config = JSON.stringify(configForFunctions(shape));
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: Object.fromEntries(functions.map(({ name, entry }) => [`${name}/index`, entry])),
    outdir: into,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    // Packages as modules, of which only what is used comes along: a fifth less of AWS's clients.
    mainFields: ['module', 'main'],
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    external: ['sharp', 'heic-decode'],
    metafile: true,
    logLevel: 'warning',
    plugins: [onlyEnglish],
    // Packages written for CommonJS ask for `require` at run time.
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
  });
  const folders = functions.map(({ name }) => [name, `${into}/${name}`] as const);
  for (const [, folder] of folders) writeFileSync(`${folder}/gangway.config.json`, config);
  for (const [name, { imports }] of Object.entries(metafile.outputs)) {
    if (imports.some(({ path }) => path === 'sharp'))
      cpSync(sharpModules, `${dirname(resolve(root, name))}/node_modules`, { recursive: true });
  }
  return new Map(folders);
}
