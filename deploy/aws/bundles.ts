import { cpSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bundleFunctions } from '../../scripts/lambda-bundle.ts';
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
 * one's folder by its name. Some seconds, no network.
 */
export async function bundle(
  functions: readonly LambdaFunction[],
  { shape, into }: { shape: ConfigShape; into: string },
): Promise<ReadonlyMap<string, string>> {
  rmSync(into, { recursive: true, force: true });
  const bundled = await bundleFunctions(
    Object.fromEntries(functions.map(({ name, entry }) => [name, entry])),
    into,
  );
  const config = JSON.stringify(configForFunctions(shape));
  for (const { folder, asksFor } of bundled.values()) {
    writeFileSync(`${folder}/gangway.config.json`, config);
    if (asksFor('sharp')) cpSync(sharpModules, `${folder}/node_modules`, { recursive: true });
  }
  return new Map([...bundled].map(([name, { folder }]) => [name, folder]));
}
