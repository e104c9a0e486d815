import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Refusal } from '#lib/refusal.ts';
import { loadFleet, loadShape } from '../config/config.ts';
import { functions } from '../lambda/functions.ts';
import { cloudFolder } from './stack-folder.ts';

/** What was synthesised, counted in the template itself. */
export type Synthesised = {
  readonly stack: 'Gangway';
  readonly region: string;
  /** The folder with the template and what goes with it. */
  readonly out: string;
  readonly template: string;
  readonly resources: number;
  readonly kinds: Readonly<Record<string, number>>;
  readonly brands: readonly { readonly brand: string; readonly host: string; readonly bucket: string }[];
  readonly functions: readonly string[];
  /** Functions of the list whose handler is not written; they have a role and nothing else. */
  readonly notWritten: readonly string[];
  readonly seconds: number;
};

/**
 * Runs the CDK app, which checks the configuration, writes the template and has cdk-nag look it over. Needs no account and
 * no network. Throws the refusal `synth-failed` with what the app said, and those of the configuration.
 */
export async function synthesise({
  config,
  folder,
}: {
  config: string;
  folder: string;
}): Promise<Synthesised> {
  const began = performance.now();
  await loadFleet(config);
  const { aws, brands } = await loadShape(config);
  const out = cloudFolder(folder);
  const ended = await runIn(
    folder,
    { module: 'app.ts', node: ['--import', './tsx.ts'] },
    { GANGWAY_CONFIG: resolve(config), CDK_OUTDIR: out, ...inRegion(aws.region) },
    'kept',
  );
  if (ended.code !== 0) {
    throw new Refusal(
      'synth-failed',
      `The stack could not be synthesised.\n${ended.said.trim()}`,
      'Correct what it names; nothing was changed anywhere.',
    );
  }
  const template = join(out, 'Gangway.template.json');
  const { Resources } = JSON.parse(readFileSync(template, 'utf8')) as {
    Resources: Record<string, { Type: string; Properties?: { FunctionName?: string } }>;
  };
  const all = Object.values(Resources);
  const kinds: Record<string, number> = {};
  for (const { Type } of all) kinds[Type] = (kinds[Type] ?? 0) + 1;
  const isMade = (name: string) =>
    all.some(
      ({ Type, Properties }) =>
        Type === 'AWS::Lambda::Function' && Properties?.FunctionName === `gangway-${name}`,
    );
  const names = functions.map(({ name }) => name);
  return {
    stack: 'Gangway',
    region: aws.region,
    out,
    template,
    resources: all.length,
    kinds,
    brands: brands.map(({ id, host, bucket }) => ({ brand: id, host, bucket })),
    functions: names.filter(isMade),
    notWritten: names.filter(name => !isMade(name)),
    seconds: Math.round((performance.now() - began) / 100) / 10,
  };
}

/** For AWS's own tools: the region of the configuration, whatever this machine's is. */
export const inRegion = (region: string) => ({ AWS_REGION: region, AWS_DEFAULT_REGION: region });

/** Runs a module of Node's in a folder to its end, without a shell. What it says is kept, or shown on standard error as it comes. */
export function runIn(
  cwd: string,
  { module, args = [], node = [] }: { module: string; args?: readonly string[]; node?: readonly string[] },
  environment: Readonly<Record<string, string>>,
  said: 'kept' | 'shown',
): Promise<{ code: number; said: string }> {
  return new Promise((done, fail) => {
    const child = fork(module, args, {
      cwd,
      execArgv: [...node],
      env: { ...process.env, ...environment },
      stdio: said === 'shown' ? ['inherit', 2, 2, 'ipc'] : ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const kept: Buffer[] = [];
    child.stdout?.on('data', (data: Buffer) => kept.push(data));
    child.stderr?.on('data', (data: Buffer) => kept.push(data));
    child.on('error', fail);
    child.on('close', code => done({ code: code ?? 1, said: Buffer.concat(kept).toString() }));
  });
}
