import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { type Fleet, fleet } from '#booking/fleet.ts';
import { Refusal } from '#lib/refusal.ts';
import { crossChecks } from './checks.ts';
import { importConfig } from './module.ts';
import type { ConfigProblem, Environment } from './problem.ts';
import { type KeptElsewhere, namedSecrets, type SecretSlot, secretProblems } from './secrets.ts';
import { type ConfigShape, configShape } from './shape.ts';

/** Everything the program is told at start: checked, complete, frozen. Secrets stand apart and are never printed. */
export type Config = {
  readonly shape: ConfigShape;
  readonly fleet: Fleet;
  readonly secret: (slot: SecretSlot) => string | null;
  /** Where it was read from, for messages. */
  readonly path: string;
};

/**
 * Reads and checks `gangway.config.ts` and the secrets it names. All problems are reported together, in the refusal
 * `config-invalid`; nothing starts with a bad one. The key file `gangway.env` beside it is read when it is there.
 */
export async function loadConfig(path: string, environment: Environment = process.env): Promise<Config> {
  const file = resolve(path);
  return checkConfig(await written(file), file, { ...keyFile(dirname(file)), ...environment });
}

/** The same with secrets from elsewhere; those that are not kept there at all are not missed. */
export async function loadConfigWith(
  path: string,
  secrets: (shape: ConfigShape) => Promise<Environment>,
): Promise<Config> {
  const file = resolve(path);
  const found = await written(file);
  const kept = await secrets(shapeOf(found, file));
  return checkConfig(found, file, kept, { isRead: variable => Object.hasOwn(kept, variable) });
}

/** Who and what the operator has, without a look at the secrets: for questions that need none. Same refusals. */
export async function loadFleet(path: string): Promise<Fleet> {
  const file = resolve(path);
  const shape = shapeOf(await written(file), file);
  const problems = crossChecks(shape);
  if (problems.length > 0) throw invalid(file, problems);
  return fleetOf(shape);
}

/** The configuration as it is written, without a look at the secrets. Same refusals. */
export async function loadShape(path: string): Promise<ConfigShape> {
  const file = resolve(path);
  return shapeOf(await written(file), file);
}

async function written(file: string): Promise<unknown> {
  if (!existsSync(file)) {
    throw new Refusal(
      'config-missing',
      `There is no configuration at ${file}.`,
      'Make one with `gangway init`, or name yours with --config.',
    );
  }
  const found = await importConfig(file).catch((error: unknown) => {
    throw invalid(file, [
      {
        path: 'the whole file',
        message: `It cannot be loaded: ${error instanceof Error ? error.message : String(error)}`,
        cure: 'Correct it where the message says; `gangway init` in an empty folder writes one that loads.',
      },
    ]);
  });
  if (found === undefined) {
    throw invalid(file, [
      {
        path: 'the whole file',
        message: 'It has no default export.',
        cure: 'Write: export default defineConfig({ … }).',
      },
    ]);
  }
  return found;
}

/**
 * The same from a value, for the demo, for tests and where secrets come from elsewhere. A secret that is not read here is
 * null, as one that nobody asked for.
 */
export function checkConfig(
  written: unknown,
  file: string,
  environment: Environment,
  kept?: KeptElsewhere,
): Config {
  const shape = shapeOf(written, file);
  const secrets = namedSecrets(shape, dirname(file), environment, kept);
  const problems = [...crossChecks(shape), ...secrets.problems, ...secretProblems(secrets.values)];
  if (problems.length > 0) throw invalid(file, problems);
  return Object.freeze({
    shape,
    fleet: fleetOf(shape),
    secret: slot => secrets.bySlot.get(slot) ?? null,
    path: file,
  });
}

const fleetOf = ({ house, brands, vessels, people }: ConfigShape): Fleet =>
  fleet({ house, brands, vessels, people });

/** The same before its secrets are looked at. */
export function shapeOf(written: unknown, file: string): ConfigShape {
  const parsed = configShape.safeParse(written);
  if (!parsed.success) {
    throw invalid(
      file,
      parsed.error.issues.map(issue => ({
        path: issue.path.join('.') || 'the whole file',
        message: issue.message,
        cure: 'Correct it in the configuration; docs/reference/config.md lists every field.',
      })),
    );
  }
  return parsed.data;
}

function keyFile(folder: string): Environment {
  const file = resolve(folder, 'gangway.env');
  if (!existsSync(file)) return {};
  if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0) {
    throw new Refusal(
      'key-file-open',
      `The key file ${file} can be read by others on this machine.`,
      `Close it: chmod 600 ${file}`,
    );
  }
  return parseEnv(readFileSync(file, 'utf8'));
}

function invalid(file: string, problems: readonly ConfigProblem[]): Refusal {
  const lines = problems.map(({ path, message, cure }) => `  ${path}: ${sentence(message)} ${cure}`);
  return new Refusal(
    'config-invalid',
    `The configuration ${file} has ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}:\n${lines.join('\n')}`,
    'Nothing was started.',
    { problems },
  );
}

const sentence = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`);
