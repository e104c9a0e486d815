import { cpSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openBundler } from '../../scripts/lambda-bundle.ts';
import type { ConfigShape } from '../../src/main/config/shape.ts';
import type { LambdaFunction } from '../../src/main/lambda/function-parts.ts';
import { configForFunctions } from './installation.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

export const isWorkflow = ({ triggers }: LambdaFunction) => triggers.some(({ on }) => on === 'workflow');

/** Whether people and programs reach it over HTTP, through a distribution. */
export const isBehindTheEdge = ({ triggers }: LambdaFunction) => triggers.some(({ on }) => on === 'http');

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
  const folders = functions.map(({ name }) => [name, `${into}/${name}`] as const);
  const bundler = await openBundler();
  for (const { name, entry } of functions) {
    const folder = `${into}/${name}`;
    const { metafile } = await bundler.bundle(entry, folder);
    writeFileSync(`${folder}/gangway.config.json`, config);
    const asked = Object.values(metafile.outputs).flatMap(({ imports }) => imports);
    if (asked.some(({ path }) => path === 'sharp'))
      cpSync(sharpModules, `${folder}/node_modules`, { recursive: true });
  }
  await bundler.close();
  return new Map(folders);
}
