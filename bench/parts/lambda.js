import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { bundleFunctions } from '../../scripts/lambda-bundle.ts';
import { functions } from '../../src/main/lambda/functions.ts';
import { at, ms } from '../figures.js';
import { freshFolder } from '../gangway.js';

/** What a function of the AWS edition reads and runs before its first answer, beside a bare handler of the same framework. */
export async function coldStarts({ row, saw }, { rounds }) {
  const http = functions.filter(({ triggers }) => triggers.some(({ on }) => on === 'http'));
  const bundles = [
    ...(await bundleFunctions({ 'bare Hono': 'bench/bare-hono.js' }, freshFolder())),
    ...(await bundleFunctions(
      Object.fromEntries(http.map(({ name, entry }) => [name, entry])),
      freshFolder(),
    )),
  ].map(([name, { coldBytes, folder }]) => ({
    name,
    coldBytes,
    file: join(folder, 'index.mjs'),
    took: [],
    cpu: [],
  }));
  // In turn, so that a moment when the machine is busy does not fall on one of them.
  for (let round = 0; round < rounds; round++)
    for (const { file, took, cpu } of bundles) {
      const found = await imported(file);
      took.push(found.took);
      cpu.push(found.cpu);
    }
  const [bare, ...ours] = bundles.map(({ took, cpu, ...bundle }) => ({
    ...bundle,
    took: at(took, 0.5),
    cpu: at(cpu, 0.5),
  }));
  saw('lambda', { bytes: Math.max(...ours.map(({ coldBytes }) => coldBytes)) });
  for (const { name, coldBytes, took, cpu } of ours) {
    row(
      `Lambda ${name}: cold bundle`,
      `${kb(coldBytes)}`,
      `goal 1,200 kB; a bare Hono handler ${kb(bare.coldBytes)}`,
    );
    row(
      `Lambda ${name}: import (median of ${rounds})`,
      ms(took),
      `goal 120 ms; ${ms(cpu)} of processor time; a bare Hono handler ${ms(bare.took)}, ${ms(bare.cpu)}`,
    );
  }
}

const kb = bytes => `${Math.round(bytes / 1000).toLocaleString('en-US')} kB`;

/** Milliseconds and processor time of one import, in a process of its own that has compiled nothing before. */
const code = `
const cpu = process.cpuUsage();
const began = performance.now();
await import(process.argv[1]);
const took = performance.now() - began;
const { user, system } = process.cpuUsage(cpu);
console.log(JSON.stringify({ took, cpu: (user + system) / 1000 }));`;

async function imported(file) {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--eval', code, pathToFileURL(file).href],
    { env: { ...process.env, NODE_DISABLE_COMPILE_CACHE: '1' } },
  );
  return JSON.parse(stdout);
}
