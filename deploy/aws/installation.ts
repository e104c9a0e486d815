import { resolve } from 'node:path';
import { type Fleet, fleet } from '../../src/booking/fleet.ts';
import { crossChecks } from '../../src/main/config/checks.ts';
import { loadFleet, loadShape } from '../../src/main/config/config.ts';
import { namedSecrets } from '../../src/main/config/secrets.ts';
import type { ConfigShape } from '../../src/main/config/shape.ts';

/** What an operator wrote, checked as the program checks it at boot; secrets are not looked at, they are in SSM. */
export type Installation = { readonly fleet: Fleet; readonly shape: ConfigShape };

/**
 * The configuration as it lies beside a function: people reach the house at its host, whatever `server` says of one
 * machine. Throws an Error where a secret stands in a file, which a function does not have.
 */
export function configForFunctions(shape: ConfigShape): ConfigShape {
  const inFiles = namedSecrets(shape, '.', {}).problems.map(({ path }) => path);
  if (inFiles.length > 0)
    throw new Error(
      `On AWS secrets are in SSM, not in files (${inFiles.join(', ')}): name them as { env: 'NAME' } and put /gangway/NAME there.`,
    );
  return { ...shape, server: { ...shape.server, url: `https://${shape.house.host}`, brandUrls: {} } };
}

/** Reads `gangway.config.ts`. Throws the refusals of `loadFleet`: two brands that share a bucket or a host among them. */
export async function readInstallation(path: string): Promise<Installation> {
  const file = resolve(path);
  return { fleet: await loadFleet(file), shape: await loadShape(file) };
}

/** The same of a shape that is there already, for tests. Throws an Error that lists what is wrong. */
export function installationOf(shape: ConfigShape): Installation {
  const problems = crossChecks(shape);
  if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join('\n'));
  return { shape, fleet: fleet(shape) };
}
